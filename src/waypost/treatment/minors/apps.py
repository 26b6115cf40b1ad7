"""Minors as a Django app."""

from django.apps import AppConfig


class MinorsConfig(AppConfig):
    """Tables of the private database alone."""

    name = "waypost.treatment.minors"
    label = "treatment_minors"
