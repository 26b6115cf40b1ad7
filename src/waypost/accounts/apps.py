"""The accounts room as a Django app."""

from urllib.parse import urlsplit

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """People who sign in, their organizations and their roles."""

    name = "waypost.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Mail is signed with the desk's own name: this machine's is nobody's business, and to
        look it up would ask the network."""
        from django.conf import settings
        from django.core.mail import utils

        utils.DNS_NAME._fqdn = urlsplit(settings.WAYPOST_DESK_URL).hostname or "localhost"
