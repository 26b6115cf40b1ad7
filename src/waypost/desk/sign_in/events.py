"""Every sign-in, sign-out and failed try is an audit event, and a session knows when it began."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone

from waypost.audit.actions import record_event

SINCE = "waypost-since"
"""Under this name a session keeps when its person signed in, as seconds since 1970."""


def _record(act: str, person: Any) -> None:
    name = f"person:{person.pk}"
    record_event(act=act, record=name, by=name, now=timezone.now())


@receiver(user_logged_in, dispatch_uid="waypost-signed-in")
def _signed_in(user: Any, request: HttpRequest, **_: Any) -> None:
    request.session[SINCE] = timezone.now().timestamp()
    _record("signed in", user)


@receiver(user_logged_out, dispatch_uid="waypost-signed-out")
def _signed_out(user: Any, **_: Any) -> None:
    if user is not None:
        _record("signed out", user)


@receiver(user_login_failed, dispatch_uid="waypost-sign-in-failed")
def _failed(**_: Any) -> None:
    # The typed address is not kept: it may be anyone's, or a password in the wrong field.
    record_event(act="sign-in failed", record="sign-in", by="visitor", now=timezone.now())
