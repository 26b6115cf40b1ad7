"""Consents and the log of disclosures as a Django app."""

from django.apps import AppConfig


class ConsentsConfig(AppConfig):
    """Tables of the private database alone."""

    name = "waypost.treatment.consents"
    label = "treatment_consents"
