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


def send_reminder(*, emails: list[str], name: str, field: str, link: str) -> None:
    """Ask a program's people whether what it said is still right; ``link`` takes a yes once."""
    words = _(
        "Is this still right? %(name)s: %(field)s.\n\nIf it is, open this address and press the "
        "button; you need not sign in:\n\n%(link)s\n\nIf it has changed, sign in and say what is "
        "right. Without an answer it fades from the page."
    )
    said = {"name": name, "field": field, "link": link}
    send_mail(_("Is it still right?"), words % said, None, emails)


def send_late_reports(*, emails: list[str], count: int, desk_url: str) -> None:
    """Tell the operator's administrators that reports wait for more than five business days."""
    words = _(
        "%(count)s reports of a wrong fact have waited for more than five business days. Decide "
        "them today:\n\n%(link)s"
    )
    said = {"count": count, "link": f"{desk_url}/?tab=reports"}
    send_mail(_("Reports are late"), words % said, None, emails)
