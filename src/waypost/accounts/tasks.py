"""Mail to people who sign in."""

from __future__ import annotations

from django.core.mail import send_mail
from django.utils.translation import gettext as _


def send_invitation(*, email: str, token: str, desk_url: str) -> None:
    """Send the link of an invitation; ``desk_url`` is where staff reach the desk."""
    words = _(
        "You are invited to work at the desk of Waypost. Open this address within 72 hours; it "
        "works once:\n\n%(link)s\n\nIf you did not expect this, you need do nothing."
    )
    link = f"{desk_url}/invitation/{token}"
    send_mail(_("Your invitation to Waypost"), words % {"link": link}, None, [email])
