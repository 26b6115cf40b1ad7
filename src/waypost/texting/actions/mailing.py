"""Mail to somebody who was called to a case: the address of the desk, and nothing of the person."""

from __future__ import annotations

import logging
import smtplib
from datetime import datetime

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.core.mail import send_mail
from django.utils.translation import gettext as _

from waypost.accounts.queries import person_for_sign_in
from waypost.texting.models import StaffAlert
from waypost.texting.queries.due import AlertToMail

log = logging.getLogger(__name__)
PERSON = "person:"


def mail_alert(*, alert: AlertToMail, now: datetime) -> None:
    """Mail an alert once; a server that does not answer is tried again with the next turn."""
    address = _address(alert.to)
    if address:
        words = _(
            "Somebody who texts with us needs a person now. Open the case at the desk:\n\n"
            "%(link)s\n\nThis is call “%(why)s” of the ladder."
        )
        link = f"{settings.WAYPOST_DESK_URL}/texts/case/{alert.case}"
        try:
            send_mail(_("A person is needed now"), words % {"link": link, "why": alert.why}, None,
                      [address])  # fmt: skip
        except (OSError, smtplib.SMTPException):
            log.exception("Alert %s could not be mailed.", alert.id)
            return
    StaffAlert.objects.filter(pk=alert.id).update(mailed_at=now)


def _address(to: str) -> str:
    """The address of a person of the staff, or of the operator; '' where there is none."""
    if to.startswith(PERSON) and to[len(PERSON) :].isdigit():
        try:
            return person_for_sign_in(int(to[len(PERSON) :])).email
        except ObjectDoesNotExist:
            return ""
    return to if "@" in to else ""
