"""A code's way out: a message to a mailbox, or a call by the carrier."""

from __future__ import annotations

from django.core.mail import send_mail
from django.utils.translation import gettext as _

from waypost.accounts.proofs.calls import CallCarrier
from waypost.accounts.proofs.codes import spoken


def mail_code(*, address: str, code: str, number: int, desk_url: str) -> None:
    """Send the code with the address of the page on which it is typed."""
    words = _(
        "Somebody asked to speak for your program's listing in this directory. If it is you or "
        "your organization, type this code on the page below within 24 hours:\n\n%(code)s\n\n"
        "%(link)s\n\nIf you know nothing about this, do nothing, and tell nobody the code."
    )
    link = f"{desk_url}/listings/claims/{number}"
    send_mail(_("Your code for Waypost"), words % {"code": code, "link": link}, None, [address])


def call_with_code(*, carrier: CallCarrier, e164: str, code: str) -> str:
    """Have the code said by telephone; the carrier's id of the call. Raises `CallRefused`."""
    return carrier.call(e164, call_words(code))


def call_words(code: str) -> str:
    """What is said to whoever answers."""
    words = _(
        "Hello, this is the directory of treatment programs, Waypost. Somebody asked to speak for "
        "your program's listing. If your colleagues asked, give them this code: %(code)s. Again: "
        "%(code)s. If you know nothing about this, hang up; nothing will change."
    )
    return words % {"code": spoken(code)}
