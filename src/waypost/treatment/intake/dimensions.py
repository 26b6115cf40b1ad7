"""The assessment along plain dimensions, and when a level may be decided from it.

The dimensions are our own plain words; the order and the idea that each names the least that is
safe are common to the field's published standards. No criteria of others are copied.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from waypost.treatment.when_may import TooLate
from waypost.values.coded_fault import CodedError


class Dimension(StrEnum):
    """What is talked about, in the order in which danger comes first."""

    WITHDRAWAL = "withdrawal"
    BODY = "body"
    MIND = "mind"
    USE = "use"
    HOME = "home"
    WISHES = "wishes"


class Concern(StrEnum):
    """How much help a dimension calls for; not asked yet is unknown, and unknown is no "none"."""

    NONE = "none"
    SOME = "some"
    SERIOUS = "serious"
    UNKNOWN = "unknown"


OUTPATIENT = frozenset({"outpatient", "iop", "php", "recovery-housing"})
"""Levels (ids of levels.yaml) without medical care day and night."""

CHECK = "withdrawal-check"
"""The part in which a medical provider writes that withdrawal was checked."""

DECISION = "decision"
"""The part with what is written of the level before it is signed; ``text`` is its reasons."""

INSTRUMENT = "check-up:"
"""How the name of a part begins that has the answers to a check-up: ``check-up:phq-9``."""

BAM_PART = f"{INSTRUMENT}bam"


@dataclass(frozen=True, slots=True)
class Decision:
    """The level that a clinician decided, with their reasons."""

    level: str
    reasons: str
    own_words: str = ""


class LevelNotDecided(CodedError, ValueError):
    """A level that may not be decided now."""


def concern_of(parts: Mapping[str, Mapping[str, Any]], dimension: Dimension) -> Concern:
    """What a dimension's newest version says; unknown where nothing was saved."""
    said = parts.get(dimension, {}).get("concern", "")
    return Concern(said) if said in set(Concern) else Concern.UNKNOWN


def unasked(parts: Mapping[str, Mapping[str, Any]]) -> list[Dimension]:
    """The dimensions that nobody has written anything of yet."""
    return [d for d in Dimension if not parts.get(d, {}).get("text", "").strip()]


def withdrawal_checked(parts: Mapping[str, Mapping[str, Any]]) -> bool:
    """Whether a medical provider wrote that an outpatient level is safe for withdrawal."""
    return parts.get(CHECK, {}).get("safe") == "yes"


def decision_refused(
    parts: Mapping[str, Mapping[str, Any]],
    decision: Decision,
    *,
    screened_withdrawal: bool,
    older_check: bool = False,
) -> TooLate | None:
    """None where the level may be decided.

    Withdrawal that is serious, unknown, or flagged by the pre-screen keeps every outpatient level
    closed until a medical provider has checked it: an unknown risk counts as a risk. A check that
    does not say "safe" closes them whatever others wrote, and one that is older than the risk
    (``older_check``) does not count.
    """
    if decision.level not in OUTPATIENT:
        return None
    if CHECK in parts and not withdrawal_checked(parts):
        return TooLate.UNSAFE_WITHDRAWAL
    if withdrawal_checked(parts):
        return TooLate.OLDER_CHECK if older_check else None
    risk = concern_of(parts, Dimension.WITHDRAWAL) in (Concern.SERIOUS, Concern.UNKNOWN)
    return TooLate.UNCHECKED_WITHDRAWAL if risk or screened_withdrawal else None
