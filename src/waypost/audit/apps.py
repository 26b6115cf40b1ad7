"""The audit room as a Django app."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Who did what, when, to which record."""

    name = "waypost.audit"
    label = "audit"
