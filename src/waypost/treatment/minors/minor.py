"""Minors in care: who signs their consents, and when a guardian may be told anything.

42 CFR 2.14. A minor is who has not reached the age of majority of the state's law, or 18 where it
names none. Where state law lets a minor apply for treatment alone, only the minor's consent counts
for a disclosure, one to a parent included. Where it asks for a parent's consent, both sign; and
that the minor asked for help at all is not told to the parent without the minor's own written
consent, unless the program director determines two things: that the minor cannot decide for
reasons of extreme youth or condition, and that there is a substantial threat to somebody's life
or physical well-being which telling the parent may reduce (paragraph (c), both parts). The
section's own text, as amended at 89 FR 12621 (16 February 2024), was read on 29 November 2026 in a
copy of the eCFR.

What a state's law says is not in the product: a program enters it, with its source.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from waypost.treatment.faults import TreatmentFault
from waypost.treatment.records.sealed_words import SealedWords
from waypost.values.coded_fault import CodedError, CodedFault

MAJORITY = 18
"""The age of majority where a program has not entered its state's."""

LATEST_MAJORITY = 21
"""The latest age that a rule can name."""


class Signers(StrEnum):
    """Whose consent a disclosure of a minor's record needs."""

    ALONE = "the minor alone"
    BOTH = "the minor and a guardian"


@dataclass(frozen=True, slots=True)
class MinorRule:
    """What a program's state says: from which age a minor may apply alone, None where never."""

    majority: int
    alone_from: int | None
    source: str
    at: datetime | None = None
    by: str = ""

    def proposed(self, age: int) -> Signers:
        """Who signs by this rule; a named person decides, and may have a reason to differ."""
        alone = self.alone_from is not None and age >= self.alone_from
        return Signers.ALONE if alone else Signers.BOTH


@dataclass(frozen=True, slots=True)
class GuardianWords(SealedWords):
    """A guardian, and what was decided; sealed at rest. ``signers`` is '' while nobody decided.

    ``agreed_by`` and ``agreed_on`` are the minor's signature and its day under the consent that
    the guardian may be contacted; ``cannot_decide`` is the program director's reason for judging
    that the minor lacks the capacity for a rational choice.
    """

    name: str = ""
    relation: str = ""
    phone: str = ""
    email: str = ""
    signers: str = ""
    reason: str = ""
    agreed_by: str = ""
    agreed_on: str = ""
    cannot_decide: str = ""
    threat: str = ""


class BadGuardian(CodedError, ValueError):
    """What cannot be kept of a guardian or a rule; each fault's place is the field."""


class ContactRefusal(StrEnum):
    """Why a guardian may not be contacted, as a code; ``design.program_faults`` words it."""

    ADULT = "of age"
    NO_CONSENT = "the minor has not agreed"


@dataclass(frozen=True, slots=True)
class SigningOf:
    """How consents of a person are signed on a day; ``age`` is None where it is not known."""

    age: int | None
    minor: bool
    rule: MinorRule | None = None
    guardian: GuardianWords = field(default_factory=GuardianWords, repr=False)

    @property
    def signers(self) -> Signers | None:
        """Who signs; None for an adult, and while nobody decided."""
        decided = self.minor and self.guardian.signers in set(Signers)
        return Signers(self.guardian.signers) if decided else None

    @property
    def contact_refused(self) -> ContactRefusal | None:
        """None where the guardian may be told that the minor asked for help."""
        if not self.minor:
            return ContactRefusal.ADULT
        agreed = self.guardian.agreed_by and self.guardian.agreed_on
        determined = self.guardian.cannot_decide and self.guardian.threat
        return None if agreed or determined else ContactRefusal.NO_CONSENT


def age_on(born_on: str, day: date) -> int | None:
    """Whole years on a day; None where the birth date is not known."""
    try:
        born = date.fromisoformat(born_on)
    except ValueError:
        return None
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def faults_of_guardian(
    words: GuardianWords, before: GuardianWords, today: date, *, director: bool
) -> Iterator[CodedFault]:
    """What is missing or not allowed; ``director`` is whether the program director writes it."""
    if words.signers not in {"", *Signers} or (words.signers and len(words.reason.split()) < 3):
        yield CodedFault(TreatmentFault.GUARDIAN_REASON, "reason")
    if words.signers == Signers.BOTH and not words.name:
        yield CodedFault(TreatmentFault.GUARDIAN_NAME, "name")
    if bool(words.agreed_by) != bool(words.agreed_on) or not _past(words.agreed_on, today):
        yield CodedFault(TreatmentFault.GUARDIAN_AGREED, "agreed_by")
    if bool(words.cannot_decide) != bool(words.threat):
        yield CodedFault(TreatmentFault.GUARDIAN_THREAT, "threat")
    judged = (words.cannot_decide, words.threat) != (before.cannot_decide, before.threat)
    if judged and not director:
        yield CodedFault(TreatmentFault.GUARDIAN_DIRECTOR, "cannot_decide")


def faults_of_rule(rule: MinorRule, *, director: bool) -> Iterator[CodedFault]:
    """What is wrong with a rule that somebody enters."""
    ages = [rule.majority, *([] if rule.alone_from is None else [rule.alone_from])]
    if not all(10 <= age <= LATEST_MAJORITY for age in ages):
        yield CodedFault(TreatmentFault.MINOR_AGES, "alone_from")
    if len(rule.source.split()) < 2:
        yield CodedFault(TreatmentFault.MINOR_SOURCE, "source")
    if not director:
        yield CodedFault(TreatmentFault.MINOR_DIRECTOR, "")


def consent_faults(signing: SigningOf, guardian_signature: str) -> Iterator[CodedFault]:
    """What a minor's consent lacks besides the elements of 42 CFR 2.31."""
    if signing.minor and signing.signers is None:
        yield CodedFault(TreatmentFault.CONSENT_MINOR, "guardian_signature")
    if signing.signers is Signers.BOTH and not guardian_signature.strip():
        yield CodedFault(TreatmentFault.CONSENT_GUARDIAN, "guardian_signature")
    if signing.signers is Signers.ALONE and guardian_signature.strip():
        yield CodedFault(TreatmentFault.CONSENT_ALONE, "guardian_signature")


def _past(day: str, today: date) -> bool:
    """Whether it is no day, or one that is not to come."""
    try:
        return not day or date.fromisoformat(day) <= today
    except ValueError:
        return False
