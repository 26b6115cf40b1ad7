"""Every sign-in, sign-out and failed try is an audit event, and a session knows when it began."""

from __future__ import annotations

from typing import Any

from allauth.account.signals import user_logged_in as allauth_logged_in
from django.conf import settings
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone

from waypost.accounts.second_factor import used_second_factor
from waypost.audit.actions import record_event

SINCE = "waypost-since"
"""Under this name a session keeps when its person signed in, as seconds since 1970."""

SECOND_FACTOR = "waypost-second-factor"
"""Under this name a session keeps that its identity provider asked for a second factor."""


def _record(act: str, person: Any) -> None:
    name = f"person:{person.pk}"
    record_event(act=act, record=name, by=name, now=timezone.now())


@receiver(user_logged_in, dispatch_uid="waypost-signed-in")
def _signed_in(user: Any, request: HttpRequest, **_: Any) -> None:
    request.session[SINCE] = timezone.now().timestamp()
    request.session.pop(SECOND_FACTOR, None)  # of a sign-in before
    _record("signed in", user)


@receiver(allauth_logged_in, dispatch_uid="waypost-signed-in-elsewhere")
def _signed_in_elsewhere(request: HttpRequest, sociallogin: Any = None, **_: Any) -> None:
    """Who signs in with an identity provider may have used its second factor, or needs ours."""
    if sociallogin is not None:
        claims = sociallogin.account.extra_data.get("id_token", {})
        asked = used_second_factor(claims, settings.WAYPOST_OPENID_ACR)
        request.session[SECOND_FACTOR] = asked


@receiver(user_logged_out, dispatch_uid="waypost-signed-out")
def _signed_out(user: Any, **_: Any) -> None:
    if user is not None:
        _record("signed out", user)


@receiver(user_login_failed, dispatch_uid="waypost-sign-in-failed")
def _failed(**_: Any) -> None:
    # The typed address is not kept: it may be anyone's, or a password in the wrong field.
    record_event(act="sign-in failed", record="sign-in", by="visitor", now=timezone.now())
