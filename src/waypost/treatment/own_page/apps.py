"""The person's own page as a Django app."""

from django.apps import AppConfig


class OwnPageConfig(AppConfig):
    """Tables of the private database alone."""

    name = "waypost.treatment.own_page"
    label = "treatment_own_page"
