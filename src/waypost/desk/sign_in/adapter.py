"""How allauth behaves here: nobody signs up on their own, and nobody learns who has an account."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.http import HttpRequest
from django.shortcuts import redirect


class Invited(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Accounts are made by invitation alone."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: see `waypost staff invite`."""
        return False


class InvitedElsewhere(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """A provider's sign-in counts only for people who were invited."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Never; a known address is connected before this is asked."""
        return False

    def on_authentication_error(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Go back to the form, which says what to do."""
        raise ImmediateHttpResponse(redirect("account_login"))
