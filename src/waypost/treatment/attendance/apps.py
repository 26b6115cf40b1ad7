"""Attendance as a Django app."""

from django.apps import AppConfig


class AttendanceConfig(AppConfig):
    """Tables of the private database alone."""

    name = "waypost.treatment.attendance"
    label = "treatment_attendance"
