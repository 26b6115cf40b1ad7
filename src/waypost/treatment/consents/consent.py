"""A written consent to disclose, with every element that 42 CFR 2.31 requires.

Elements as amended by 89 FR 12472: name of the patient; who may disclose; what, in a specific
way; to whom (and through which intermediary); that recipients may redisclose; for what purpose;
the right to revoke and how; a date, event or condition of expiry; signature and its date.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, fields
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Self


class ConsentKind(StrEnum):
    """What a consent is for; the last two stand alone (42 CFR 2.31(b) and (d))."""

    CARE = "all treatment, payment and operations"
    SPECIFIC = "one purpose"
    COUNSELING_NOTES = "counseling notes"
    PROCEEDINGS = "legal proceedings"


class Expiry(StrEnum):
    """When a consent ends; only one for treatment, payment and operations may have no end."""

    DATE = "date"
    EVENT = "event"
    NONE = "none"


class Exception42(StrEnum):
    """Disclosures that need no consent, by their section of 42 CFR Part 2."""

    OWN_RECORD = "2.23 to the person"
    EMERGENCY = "2.51 medical emergency"
    AUDIT = "2.53 audit or evaluation"
    COURT = "2.61 court order"


@dataclass(frozen=True, slots=True)
class ConsentWords:
    """What the paper says; sealed at rest."""

    patient: str
    discloser: str
    what: str
    recipient: str
    purpose: str
    revocation: str
    signature: str
    intermediary: str = ""
    redisclosure: str = ""
    expiry_event: str = ""

    @classmethod
    def read(cls, words: dict[str, Any]) -> Self:
        """From what was sealed."""
        names = {f.name for f in fields(cls)}
        return cls(**{name: str(value) for name, value in words.items() if name in names})

    def sealable(self) -> dict[str, str]:
        """As JSON holds it."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class ConsentTerms:
    """What is not a person's own words: the kind, the days, and how it ends."""

    kind: ConsentKind
    signed_on: date | None
    expiry: Expiry
    expires_on: date | None = None


@dataclass(frozen=True, slots=True)
class ConsentSeen:
    """A consent as it stands; ``refusal`` is why nothing goes out on it now, '' where it does."""

    id: str
    person: str
    terms: ConsentTerms
    words: ConsentWords = field(repr=False)
    revoked_at: datetime | None
    refusal: str


class BadConsent(ValueError):
    """A consent that lacks an element; ``faults`` maps a field to a sentence."""

    def __init__(self, faults: dict[str, str]) -> None:
        super().__init__(" ".join(faults.values()))
        self.faults = faults


REQUIRED = {
    "patient": "Write the person's name.",
    "discloser": "Write who may disclose: this program by name, or a class of people.",
    "what": "Write what may be disclosed, specifically: “dates of attendance”, not “everything”.",
    "recipient": "Write who may receive it: a name, or a class of people.",
    "purpose": "Write the purpose; “at my request” is enough where the person asks for it.",
    "revocation": "Write how the person can revoke it.",
    "signature": "The person signs with their name.",
}
"""A sentence for each element that every consent has."""


def faults_of(terms: ConsentTerms, words: ConsentWords, today: date) -> dict[str, str]:
    """What is missing or not allowed, by field; empty where the consent is complete."""
    missing = {name: text for name, text in REQUIRED.items() if not getattr(words, name).strip()}
    return missing | dict(_of_terms(terms, words, today))


def _of_terms(terms: ConsentTerms, words: ConsentWords, today: date) -> Iterator[tuple[str, str]]:
    if terms.signed_on is None or terms.signed_on > today:
        yield "signed_on", "Give the day on which it was signed, today or earlier."
    if terms.expiry is Expiry.DATE and (terms.expires_on is None or terms.expires_on <= today):
        yield "expires_on", "Give a day after today on which it ends."
    if terms.expiry is Expiry.EVENT and not words.expiry_event.strip():
        yield "expiry_event", "Name the event or condition that ends it."
    if terms.expiry is Expiry.NONE and terms.kind is not ConsentKind.CARE:
        yield "expiry", "Only a consent for all treatment, payment and operations may have no end."
    if terms.kind is ConsentKind.CARE and not words.redisclosure.strip():
        yield "redisclosure", "Say that whoever receives the records may disclose them again."
