"""Questions to the checker, for its tests: what is carried, one imported file, a program."""

from __future__ import annotations

import re
from datetime import date

import html5lib

from waypost.coverage.answer import answer
from waypost.coverage.knowledge import carried_knowledge
from waypost.coverage.listing import ProgramListing
from waypost.coverage.question import read_question
from waypost.plans.imported import NetworkLook
from waypost.values.saying import SourceNote

KNOWLEDGE = carried_knowledge()
GOLD = "40220TX0080024-01"
TODAY = date(2026, 11, 28)
ISSUER_FILE = SourceNote("qhp-x", "providers.json of the issuer", "An issuer", "", "2026-03-01")


class OneFile:
    """An imported network file that names one NPI for one plan."""

    def plan(self, plan_id, care):
        return None

    def versions(self, plan_id):
        return (GOLD,) if plan_id == GOLD else ()

    def network(self, plan_id, npis, year):
        if (plan_id, year) != (GOLD, 2026):
            return None
        return NetworkLook(ISSUER_FILE, "PREFERRED" if "1234567893" in npis else "")

    def network_npis(self, plan_id, year):
        return (ISSUER_FILE, frozenset({"1234567893"})) if plan_id == GOLD else None

    def serves(self, plan_id, state, county):
        return county == "48201" if county else None

    def price_files(self):
        return ()


def ask(site=None, knowledge=KNOWLEDGE, **fields):
    """The answer to a question by its fields."""
    return answer(read_question(fields), knowledge, TODAY, site)


def program(*columns, npis=()):
    """A program that offers intensive outpatient care and takes these payments."""
    return ProgramListing(
        "site_a",
        "A Program",
        "TX",
        frozenset(columns),
        frozenset({"payment:medicaid", "payment:medicare", "payment:private", "level:iop"}),
        frozenset(),
        date(2023, 12, 31),
        npis,
    )


def strict(response):
    """The page's text; it must be valid HTML with one h1 and a label for every field."""
    html5lib.HTMLParser(strict=True).parse(response.content.decode())
    text = response.content.decode()
    assert len(re.findall(r"<h1[ >]", text)) == 1
    for field in re.findall(r'<(?:input|select)[^>]*\bid="([^"]+)"', text):
        assert f'for="{field}"' in text
    return text
