"""The timetable as a Django app."""

from django.apps import AppConfig


class TimetableConfig(AppConfig):
    """Tables of the private database alone."""

    name = "waypost.treatment.timetable"
    label = "treatment_timetable"
