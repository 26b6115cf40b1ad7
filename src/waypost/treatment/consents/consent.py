"""A written consent to disclose, with every element that 42 CFR 2.31 requires.

Elements as amended by 89 FR 12472: name of the patient; who may disclose; what, in a specific
way; to whom (and through which intermediary); that recipients may redisclose; for what purpose;
the right to revoke and how; a date, event or condition of expiry; signature and its date.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from waypost.treatment.faults import TreatmentFault
from waypost.treatment.records.sealed_words import SealedWords
from waypost.values.coded_fault import CodedError, CodedFault


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
class ConsentWords(SealedWords):
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
    guardian_signature: str = ""


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


class BadConsent(CodedError, ValueError):
    """A consent that lacks an element; each fault's place is the field."""


REQUIRED: Mapping[str, TreatmentFault] = {
    "patient": TreatmentFault.CONSENT_PATIENT,
    "discloser": TreatmentFault.CONSENT_DISCLOSER,
    "what": TreatmentFault.CONSENT_WHAT,
    "recipient": TreatmentFault.CONSENT_RECIPIENT,
    "purpose": TreatmentFault.CONSENT_PURPOSE,
    "revocation": TreatmentFault.CONSENT_REVOCATION,
    "signature": TreatmentFault.CONSENT_SIGNATURE,
}
"""The elements that every consent has, each with what is said where it is missing."""


WORD = r"\w+"
OF_THE_RECORD = frozenset({ConsentKind.CARE, ConsentKind.SPECIFIC})
"""Consents on which the record may go out; the two others stand for something else alone."""


def disclosure_fault(kind: ConsentKind, words: ConsentWords, recipient: str) -> CodedFault | None:
    """None where a consent of this kind lets the record go to ``recipient``.

    One for all care may name a class of recipients, 42 CFR 2.31(a)(4)(i), of which no text can
    say who belongs to it; one for a purpose names its recipients, and nobody else gets anything.
    """
    if kind not in OF_THE_RECORD:
        return CodedFault(TreatmentFault.CONSENT_FOR_OTHER)
    if kind is ConsentKind.CARE:
        return None
    named, given = _plain(f"{words.recipient} {words.intermediary}"), _plain(recipient)
    if given in named or _plain(words.recipient) in given:
        return None
    facts = {"recipient": words.recipient}
    return CodedFault(TreatmentFault.CONSENT_OF_OTHERS, facts=facts)


def _plain(text: str) -> str:
    """The words alone, each between spaces, so that one is never part of another."""
    return f" {' '.join(re.findall(WORD, text.casefold()))} "


def faults_of(terms: ConsentTerms, words: ConsentWords, today: date) -> list[CodedFault]:
    """What is missing or not allowed; empty where the consent is complete."""
    missing = [
        CodedFault(code, name)
        for name, code in REQUIRED.items()
        if not getattr(words, name).strip()
    ]
    return missing + [CodedFault(code, name) for name, code in _of_terms(terms, words, today)]


def _of_terms(
    terms: ConsentTerms, words: ConsentWords, today: date
) -> Iterator[tuple[str, TreatmentFault]]:
    if terms.signed_on is None or terms.signed_on > today:
        yield "signed_on", TreatmentFault.CONSENT_SIGNED_ON
    if terms.expiry is Expiry.DATE and (terms.expires_on is None or terms.expires_on <= today):
        yield "expires_on", TreatmentFault.CONSENT_EXPIRES_ON
    if terms.expiry is Expiry.EVENT and not words.expiry_event.strip():
        yield "expiry_event", TreatmentFault.CONSENT_EVENT
    if terms.expiry is Expiry.NONE and terms.kind is not ConsentKind.CARE:
        yield "expiry", TreatmentFault.CONSENT_NO_END
    if terms.kind is ConsentKind.CARE and not words.redisclosure.strip():
        yield "redisclosure", TreatmentFault.CONSENT_REDISCLOSURE
