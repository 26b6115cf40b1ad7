"""The articles that we carry: every one that was promised, what each names, what is in Spanish."""

from __future__ import annotations

import re

import pytest

from waypost.articles.article import TOPICS
from waypost.articles.blocks import blocks
from waypost.articles.related import related
from waypost.web.articles.library import articles_in

PROMISED = {
    *("what-is-an-iop", "iop-and-outpatient", "iop-and-inpatient", "who-an-iop-suits"),
    *("what-happens-in-an-iop", "therapies", "the-weekly-schedule", "detox-and-iop"),
    *("how-long-it-lasts", "medication-in-an-iop", "drug-testing", "relapse-in-an-iop"),
    *("cost-and-insurance", "rights-at-work", "privacy-and-42-cfr-part-2"),
    *("groups-for-people-like-you", "choosing-a-program", "warning-signs", "near-home-or-away"),
    *("for-families", "after-an-iop"),
}
MUST_NAME = {
    "what-happens-in-an-iop": ["group", "family", "peer", "psychiatr", "job"],
    "therapies": ["CBT", "Motivational interviewing", "Matrix Model", "12-step facilitation",
                  "Contingency management", "Trauma-informed"],
    "groups-for-people-like-you": ["Women", "Men", "Veterans", "LGBTQ", "Young adults",
                                   "Older adults", "Trauma"],
    "iop-and-inpatient": ["Good points", "Hard points"],
    "medication-in-an-iop": ["opioid use disorder", "alcohol use disorder"],
    "cost-and-insurance": ["Medicaid", "Medicare", "no insurance", "appeal"],
}  # fmt: skip


def test_every_promised_article_is_here() -> None:
    assert set(articles_in("en")) == PROMISED


@pytest.mark.parametrize(("slug", "words"), MUST_NAME.items())
def test_an_article_speaks_of_what_it_promises(slug: str, words: list[str]) -> None:
    text = " ".join(block.text for block in blocks(articles_in("en")[slug].body))
    assert [word for word in words if word not in text] == []


@pytest.mark.parametrize("slug", sorted(PROMISED))
def test_every_article_leads_on_and_gives_help_near_its_top(slug: str) -> None:
    article = articles_in("en")[slug]
    assert article.topic in TOPICS[:-1]
    assert 2 <= len(article.questions) <= 5
    assert len(related(article, list(articles_in("en").values()))) >= 2
    text = " ".join(block.text for block in blocks(article.body))
    assert re.search(r"\b(?:911|988)\b", text)


def test_every_article_is_in_spanish() -> None:
    spanish = articles_in("es")
    assert set(spanish) == PROMISED
    assert {article.language for article in spanish.values()} == {"es"}


def test_no_clinician_is_claimed_who_has_not_read_it() -> None:
    for language in ("en", "es"):
        assert [a.slug for a in articles_in(language).values() if a.reviewed_by] == []
