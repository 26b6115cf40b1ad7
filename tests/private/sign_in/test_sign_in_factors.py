"""Secrets of second factors lie sealed in the database, and its keys lie elsewhere."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.apps import apps
from django.db import connection
from django.test import Client

from waypost.accounts.actions import seal_factors_again
from waypost.accounts.models import Person
from waypost.accounts.sealed_factors import SECRETS, open_factor
from waypost.files.keyring import CannotOpen, Keyring, new_keyring, with_new_seal

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("still_clocks")]
SignedIn = Callable[..., Client]
ANA = "ana@example.org"
SECRET = "JBSWY3DPEHPK3PXP"


def rows() -> dict[str, Authenticator]:
    return {row.type: row for row in Authenticator.objects.all()}


def kept() -> list[str]:
    """What the database has of secrets."""
    return [row.data[name] for row in rows().values() for name in SECRETS if name in row.data]


def made(signed_in: SignedIn) -> Client:
    client = signed_in("editor", email=ANA, second_factor=False)
    person = Person.objects.get(email=ANA)
    TOTP.activate(person, SECRET)
    RecoveryCodes.activate(person)
    return client


def test_neither_a_secret_nor_a_code_stands_in_the_database(signed_in: SignedIn) -> None:
    made(signed_in)
    codes = rows()["recovery_codes"].wrap().get_unused_codes()
    whole = repr([row.data for row in rows().values()])
    assert SECRET not in whole and len(codes) == 10 and not any(code in whole for code in codes)
    assert len(kept()) == 2 and all(text.startswith("gAAAA") for text in kept())  # Fernet's mark


def test_a_database_without_its_keys_gives_no_codes(signed_in: SignedIn, settings) -> None:
    made(signed_in)
    settings.WAYPOST_KEYRING = new_keyring()
    with pytest.raises(CannotOpen):
        rows()["recovery_codes"].wrap().get_unused_codes()
    with pytest.raises(CannotOpen):
        rows()["totp"].wrap().validate_code("000000")


def test_new_keys_seal_them_again_and_the_same_codes_let_in(signed_in: SignedIn, settings) -> None:
    made(signed_in)
    codes = rows()["recovery_codes"].wrap()
    (first, *others), before = codes.get_unused_codes(), settings.WAYPOST_KEYRING
    assert codes.validate_code(first) and seal_factors_again() == 0
    settings.WAYPOST_KEYRING = fresh = with_new_seal(before)
    assert (seal_factors_again(), seal_factors_again()) == (2, 0)
    settings.WAYPOST_KEYRING = Keyring(fresh.mark, fresh.seals[:1])
    assert rows()["recovery_codes"].wrap().get_unused_codes() == others
    assert open_factor(settings.WAYPOST_KEYRING, rows()["totp"].data["secret"]) == SECRET


def test_what_was_kept_bare_before_is_sealed_once_and_back(signed_in: SignedIn) -> None:
    made(signed_in)
    step = importlib.import_module("waypost.accounts.migrations.0004_sealed_factors")
    sealed_codes = rows()["recovery_codes"].wrap().get_unused_codes()
    editor = SimpleNamespace(connection=connection)
    step.unseal(apps, editor)
    assert SECRET in kept()
    step.seal(apps, editor)
    assert SECRET not in kept()
    assert rows()["recovery_codes"].wrap().get_unused_codes() == sealed_codes
