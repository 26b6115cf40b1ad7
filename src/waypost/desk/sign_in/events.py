"""Sign-ins, failed tries and changes of an account are audit events; a session knows its start."""

from __future__ import annotations

from typing import Any

from allauth.account.signals import password_changed, password_reset, password_set
from allauth.account.signals import user_logged_in as allauth_logged_in
from allauth.mfa.signals import (
    authentication_failed,
    authenticator_added,
    authenticator_removed,
    authenticator_reset,
)
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


PASSWORDS = {
    password_changed: "changed the password",
    password_set: "set a password",
    password_reset: "reset the password by mail",
}
FACTORS = {
    authenticator_added: "added a second factor",
    authenticator_removed: "removed a second factor",
    authenticator_reset: "made new recovery codes",
    authentication_failed: "second factor failed",
}


def note(act: str, person: Any) -> None:
    """An event of a person on their own account."""
    name = f"person:{person.pk}"
    record_event(act=act, record=name, by=name, now=timezone.now())


@receiver(user_logged_in, dispatch_uid="waypost-signed-in")
def _signed_in(user: Any, request: HttpRequest, **_: Any) -> None:
    request.session[SINCE] = timezone.now().timestamp()
    request.session.pop(SECOND_FACTOR, None)  # of a sign-in before
    note("signed in", user)


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
        note("signed out", user)


@receiver(user_login_failed, dispatch_uid="waypost-sign-in-failed")
def _failed(**_: Any) -> None:
    # The typed address is not kept: it may be anyone's, or a password in the wrong field.
    record_event(act="sign-in failed", record="sign-in", by="visitor", now=timezone.now())


def _password(signal: Any, user: Any, **_: Any) -> None:
    note(PASSWORDS[signal], user)


def _factor(signal: Any, user: Any, authenticator: Any = None, **_: Any) -> None:
    kind = getattr(authenticator, "type", "")
    note(f"{FACTORS[signal]}: {kind}" if kind else FACTORS[signal], user)


for _signal in PASSWORDS:
    _signal.connect(_password, dispatch_uid="waypost-password")
for _signal in FACTORS:
    _signal.connect(_factor, dispatch_uid="waypost-factor")
