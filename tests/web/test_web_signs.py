"""Signs and checks on a program's page: sentences with their evidence, and no verdict."""

from __future__ import annotations

from datetime import date
from html import unescape

import pytest
from django.test import Client

from builders import listing
from waypost.directory.signs import SignKind
from waypost.directory.site import FactSource
from waypost.publishing.reader import Snapshot
from waypost.web.programs.signs import checked_words

TODAY = date(2026, 12, 1)


@pytest.mark.parametrize(
    ("site_id", "kind", "words"),
    [
        ("site_2e4s6y5kg7", SignKind.OTHER_WEBSITE, "No part of the name appears in its website, baycove.org."),
        ("site_izy35gqwpe", SignKind.LICENSE_EXPIRED, "(CRI-HELP, PFLEGER RESIDENTIAL, 190095AN) had expired on December 31, 2025"),
        ("site_muwpq6bvd7", SignKind.FAR_NUMBER, "This number is in California: it may be a call center"),
        ("site_ks7opnmf6e", SignKind.SHARED_NUMBER, "9 programs with other names publish this number too"),
    ],
)  # fmt: skip
def test_each_sign_is_a_sentence_with_its_evidence(
    snapshot: Snapshot, site_id: str, kind: SignKind, words: str
) -> None:
    site = snapshot.site(site_id)
    assert site is not None and [sign.kind for sign in snapshot.signs(site)] == [kind]
    text = unescape(Client().get(f"/site/{site_id}").content.decode())
    assert words in text and "Nobody here has checked this listing yet" in text
    section = kind in (SignKind.OTHER_WEBSITE, SignKind.LICENSE_EXPIRED)
    assert ("A sign is not a verdict" in text) is section
    spanish = Client().get(f"/es/site/{site_id}").content.decode()
    assert "had expired" not in spanish and "No part of" not in spanish
    assert "nadie ha verificado" in spanish


def test_a_listing_without_a_sign_has_no_section(snapshot: Snapshot) -> None:
    site = next(s for _, s in snapshot.walk() if s.phones and not snapshot.signs(s))
    assert 'id="signs"' not in Client().get(f"/site/{site.id}").content.decode()


def test_what_a_person_checked_is_said_with_its_day_and_when_it_is_old() -> None:
    def fact(day: date, source: str = "call-round") -> FactSource:
        return FactSource(source, day, "asked by telephone")

    facts = {
        "phones": fact(date(2026, 11, 1)),
        "name": fact(date(2026, 8, 1)),
        "address": fact(TODAY, "su-2024"),
    }
    assert checked_words(listing(facts=facts), TODAY) == (
        "Checked by a person: telephone (November 1, 2026), name (August 1, 2026; over 90 days ago). "
        "The rest is as its sources say."
    )
