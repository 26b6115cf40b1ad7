"""The intake of the program as a Django app."""

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    """Tables of the private database alone."""

    name = "waypost.treatment.intake"
    label = "treatment_intake"
