"""How allauth behaves here: nobody signs up on their own, and nobody learns who has an account."""

from __future__ import annotations

import logging
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from waypost.accounts.actions import accept_invitations_of

log = logging.getLogger(__name__)


class Invited(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Accounts are made by invitation alone."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: see `waypost staff invite`."""
        return False


class InvitedElsewhere(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """A provider's sign-in counts only for people who were invited."""

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Give the roles of an invitation to its address, once the provider has verified that."""
        name = sociallogin.account.extra_data.get("id_token", {}).get("name") or ""
        for address in sociallogin.email_addresses:
            if address.verified:
                accept_invitations_of(
                    email=address.email, name=name or address.email, now=timezone.now()
                )
        if not sociallogin.is_existing:
            sociallogin.lookup()

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Never; a known address is connected before this is asked."""
        return False

    def get_requests_session(self) -> Any:
        """What asks the provider; it follows no redirect, wherever one would lead."""
        session = super().get_requests_session()
        session.max_redirects = 0
        return session

    def on_authentication_error(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Go back to the form, which says what to do."""
        exception = kwargs.get("exception")
        log.warning("A sign-in through the provider failed: %s", type(exception).__name__)
        words = _(
            "Your organization’s sign-in did not work. Try again, or ask who runs it; a passkey or "
            "a password works as well."
        )
        messages.error(request, words)
        raise ImmediateHttpResponse(redirect("account_login"))
