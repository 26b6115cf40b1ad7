"""Each change that would find more is told in a sentence with its count, and its link leads there."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import translation

from waypost.navigation.answer import Change, ChangeKind
from waypost.navigation.need import Need
from waypost.web.find.words import change_words

SAID = [
    (
        ChangeKind.TELEHEALTH,
        "TX",
        "1,203 licensed in Texas offer telehealth: call and ask",
    ),
    (
        ChangeKind.TELEHEALTH_ALONE,
        "TX",
        "1,203 licensed in Texas offer telehealth, if all but the level is left open",
    ),
    (ChangeKind.LEVEL, "outpatient", "1,203 here: Standard outpatient"),
    (ChangeKind.ANY_OF, "group", "1,203 if any one of “Groups served” is enough"),
    (ChangeKind.OPEN_STATE, "TX", "1,203 if other states are allowed too"),
    (ChangeKind.WIDER, "50", "1,203 within 50 miles"),
    (ChangeKind.WIDER, "nearest", "1,203 at any distance, the nearest first"),
    (ChangeKind.BEYOND, "50", "1,203 within 50 miles of its middle, across the border"),
    (ChangeKind.BEYOND, "nearest", "1,203 at any distance from its middle, the nearest first"),
    (ChangeKind.OPEN_FACET, "payment", "1,203 if “Payment” is left open"),
    (ChangeKind.ALLOW, "payment:cash", "1,203 if “"),
    (ChangeKind.OPEN_HOURS, "", "1,203 if those that do not fit or do not say are shown too"),
    (ChangeKind.DROP_TEXT, "hope", "1,203 without the name “hope”"),
    (
        ChangeKind.OPEN_ALL,
        "level",
        "1,203 at any distance, if all but the level of care is left open",
    ),
    (ChangeKind.OPEN_ALL, "", "1,203 at any distance, if everything is left open"),
]


@pytest.mark.parametrize(("kind", "detail", "words"), SAID)
def test_a_change_is_a_sentence_in_both_languages(
    kind: ChangeKind, detail: str, words: str
) -> None:
    change = Change(kind, detail, Need("78701"), 1203)
    english = change_words(change).words
    assert english.startswith(words)
    with translation.override("es"):
        spanish = change_words(change).words
    assert spanish != english and "%" not in spanish


def test_every_kind_is_told() -> None:
    assert {kind for kind, *_ in SAID} == set(ChangeKind)


@pytest.mark.parametrize(
    "query", ["near=79830&q=zzzzqqq", "near=Loving+County,+TX", "near=79830&within=25"]
)
def test_no_results_lead_to_some(query: str) -> None:
    """The counts on the page are what the links find."""
    data = Client().get(f"/api/v1/search?{query}").json()
    page = Client().get(f"/find?{query}").content.decode()
    assert data["total"] == 0 and data["changes"]
    for change in data["changes"]:
        followed = Client().get(change["link"]).json()
        assert followed["total"] == change["total"] > 0
        assert change["link"].partition("?")[2].replace("&", "&amp;") in page
