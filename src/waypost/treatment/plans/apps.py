"""The plans of the program as a Django app."""

from django.apps import AppConfig


class PlansConfig(AppConfig):
    """Tables of the private database alone."""

    name = "waypost.treatment.plans"
    label = "treatment_plans"
