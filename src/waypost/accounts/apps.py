"""The accounts room as a Django app."""

from urllib.parse import urlsplit

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """People who sign in, their organizations and their roles."""

    name = "waypost.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Name the desk's host in mail headers: this machine's own name is private, and looking it
        up would query the network."""
        from django.conf import settings
        from django.core.mail import utils

        utils.DNS_NAME._fqdn = urlsplit(settings.WAYPOST_DESK_URL).hostname or "localhost"
