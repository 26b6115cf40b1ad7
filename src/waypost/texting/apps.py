"""The texting room as a Django app of the private process."""

from django.apps import AppConfig


class TextingConfig(AppConfig):
    """Consent, conversations, the outbox, crisis cases and their timers."""

    name = "waypost.texting"
    label = "texting"
