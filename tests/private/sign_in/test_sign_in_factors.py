"""Secrets of second factors lie sealed in the database, and its keys lie elsewhere."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.apps import apps
from django.db import connection
from django.test import Client

from waypost.accounts.actions import seal_factors_again
from waypost.accounts.models import Organization, Person
from waypost.accounts.sealed_factors import SECRETS, open_factor
from waypost.files.keyring import CannotOpen, Keyring, new_keyring, with_new_seal
from waypost.treatment.records.actions import add_person
from waypost.treatment.records.owner import Owner
from waypost.treatment.records.person import PersonWords

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


@pytest.mark.parametrize("code", ["000000", "totp", "recovery"])
def test_a_database_without_its_keys_lets_nobody_in_and_says_so(
    signed_in: SignedIn, settings, code: str
) -> None:
    made(signed_in)
    codes = {
        "totp": format_hotp_value(hotp_value(SECRET, next(iter(yield_hotp_counters_from_time())))),
        "recovery": rows()["recovery_codes"].wrap().get_unused_codes()[0],
    }
    settings.WAYPOST_KEYRING = new_keyring()
    browser = Client()
    asked = browser.post("/account/login/", {"login": ANA, "password": "correct horse 9!"})
    assert asked.status_code == 302 and asked["Location"].startswith("/account/2fa/")
    answer = browser.post(asked["Location"], {"code": codes.get(code, code)})
    assert answer.status_code == 503 and "restore the file of keys" in answer.content.decode()
    assert "_auth_user_id" not in browser.session
    assert browser.get("/").status_code == 302


def test_a_record_without_its_keys_says_so(signed_in: SignedIn, settings) -> None:
    client = signed_in("clinical supervisor", organization="River", kind="program")
    owner = Owner(Organization.objects.get(name="River").pk)
    person = add_person(owner, words=PersonWords("Ann"), by="person:1", now=datetime.now(UTC))
    settings.WAYPOST_KEYRING = new_keyring()
    for page in ("people", f"people/{person}", f"people/{person}/export"):
        answer = client.get(f"/program/{page}")
        assert answer.status_code == 503 and "keys" in answer.content.decode(), page


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
