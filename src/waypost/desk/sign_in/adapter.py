"""How allauth behaves here: nobody signs up by themselves, and no address is given away."""

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
    """A provider's word counts for people who were invited, and for nobody else."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Never; a known address is connected before this is asked."""
        return False

    def on_authentication_error(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Back to the form, which says what can be done."""
        raise ImmediateHttpResponse(redirect("account_login"))
