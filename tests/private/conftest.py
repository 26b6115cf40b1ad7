"""Tests of the private process, in a session of their own: they run under its settings."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.test import Client

NOW = datetime(2026, 12, 1, 12, tzinfo=UTC)
SignedIn = Callable[..., Client]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A test that opens a database may open both: the queue and the private one."""
    for item in items:
        marker = item.get_closest_marker("django_db")
        if marker is not None:
            marker.kwargs.setdefault("databases", ["default", "queue"])


@pytest.fixture
def signed_in() -> SignedIn:
    """A browser in which someone with this role, and a second factor, is signed in."""

    def sign_in(
        role: str = "administrator",
        *,
        organization: str = "Operator",
        kind: str = "operator",
        second_factor: bool = True,
        email: str = "",
    ) -> Client:
        from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
        from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

        from waypost.accounts.actions import accept_invitation, found_organization, invite
        from waypost.accounts.models import Person

        number = found_organization(name=organization, kind=kind, by="test", now=NOW)
        address = email or f"{role}@{number.replace('_', '-')}.example"
        token = invite(email=address, role=role, organization=number, by="test", now=NOW)
        person = Person.objects.get(
            pk=accept_invitation(
                token=token, name=role.title(), password="correct horse 9!", now=NOW
            )
        )
        if second_factor:
            TOTP.activate(person, generate_totp_secret())
            RecoveryCodes.activate(person)
        client = Client()
        client.force_login(person)
        return client

    return sign_in
