"""A client that sends forms as a browser does: with an Origin, and with the token that the form held."""

from __future__ import annotations

from typing import Any

from django.core import signing
from django.test import Client

from waypost.web.doors import _SALT, _purpose


def token(path: str) -> str:
    """The token of the form at this address."""
    return signing.TimestampSigner(salt=_SALT).sign(_purpose(path))


class BrowserClient(Client):
    """Django's client, sending forms from pages of ours."""

    def post(self, path: str, data: Any = None, *args: Any, **more: Any) -> Any:
        """Send a form; what a test says of where it comes from stands."""
        if isinstance(data, dict):
            data = {"token": token(path), **data}
        if "HTTP_SEC_FETCH_SITE" not in more and "Sec-Fetch-Site" not in more.get("headers", {}):
            more.setdefault("HTTP_ORIGIN", "http://testserver")
        return super().post(path, data, *args, **more)


class Following(BrowserClient):
    """A browser's client that goes where a form leads: to the page that a 303 names."""

    def post(self, path: str, data: Any = None, *args: Any, **more: Any) -> Any:
        """Send a form and take the page that it leads to."""
        sent = super().post(path, data, *args, **more)
        return self.get(sent.headers["Location"]) if sent.status_code == 303 else sent
