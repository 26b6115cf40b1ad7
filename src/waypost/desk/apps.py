"""The desk as a Django app."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """Where staff work."""

    name = "waypost.desk"
    label = "desk"

    def ready(self) -> None:
        """Sign-ins and sign-outs are audited from the first one on."""
        from waypost.desk.sign_in import events  # noqa: F401 - importing connects them
