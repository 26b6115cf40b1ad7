"""Progress as a Django app."""

from django.apps import AppConfig


class ProgressConfig(AppConfig):
    """Tables of the private database alone."""

    name = "waypost.treatment.progress"
    label = "treatment_progress"
