"""Rounds of calls as a Django app of the directory: its tables have migrations of their own."""

from django.apps import AppConfig


class CallsConfig(AppConfig):
    """Samples of listings that are called, and what the calls found."""

    name = "waypost.directory.calls"
    label = "calls"
