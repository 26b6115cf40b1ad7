"""The records of people in care as a Django app."""

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    """Tables of the private database alone."""

    name = "waypost.treatment.records"
    label = "treatment_records"
