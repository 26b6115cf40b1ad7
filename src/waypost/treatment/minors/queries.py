"""Reads the rule for minors, guardians, and how a person's consents are signed."""

from __future__ import annotations

from datetime import date

from waypost.treatment.minors.minor import (
    LATEST_MAJORITY,
    MAJORITY,
    GuardianWords,
    MinorRule,
    SigningOf,
    age_on,
)
from waypost.treatment.minors.models import GuardianVersion, MinorRuleRow
from waypost.treatment.records.drafts import EMPTY, Version
from waypost.treatment.records.owner import Owner


def minor_rule(owner: Owner) -> MinorRule | None:
    """The rule that holds; None where the program has entered none."""
    row = MinorRuleRow.objects.owned_by(owner).last()
    return MinorRule(row.majority, row.alone_from, row.source, row.at, row.by) if row else None


def newest_guardian(owner: Owner, person: str) -> Version:
    """The newest version of a person's guardian; `EMPTY` where there is none."""
    rows = GuardianVersion.objects.owned_by(owner).filter(person=person)
    row = rows.order_by("-version").first()
    return row.seen() if row else EMPTY


def signing_of(owner: Owner, person: str, born_on: str, day: date) -> SigningOf:
    """How the consents of a person with this birth date are signed on a day.

    Somebody of unknown age, or older than any rule can name, is not looked up.
    """
    age = age_on(born_on, day)
    if age is None or age >= LATEST_MAJORITY:
        return SigningOf(age, minor=False)
    rule = minor_rule(owner)
    minor = age < (rule.majority if rule else MAJORITY)
    guardian = GuardianWords.read(newest_guardian(owner, person).words)
    return SigningOf(age, minor, rule, guardian)
