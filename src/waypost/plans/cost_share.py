"""Reads the cost-share strings of the marketplace's public use files, or names what it refuses.

Forms and their meaning: CMS, "Plans & Benefits Template" instructions and the data dictionary of
the Benefits and Cost Sharing public use file. Years before 2016 say "before deductible" where
later ones say "with deductible": the copay is paid first and what remains counts toward it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from waypost.values.money import BadAmount, dollars_text, percent_text, read_dollars, read_percent

MAX_LENGTH = 120


class BadCostShare(ValueError):
    """A cost-share string that the grammar does not know; it is never guessed at."""

    def __init__(self, text: str) -> None:
        super().__init__(f"unknown cost-share wording: {text[:80]!r}")
        self.text = text


class ShareKind(StrEnum):
    """What the enrollee pays by."""

    NONE = "not applicable"
    COPAY = "copay"
    COINSURANCE = "coinsurance"


class Deductible(StrEnum):
    """How the deductible applies: not at all, before the share, or after the copay."""

    NO = ""
    AFTER = "after"  # first the deductible, then the share
    WITH = "with"  # first the copay, then what remains counts toward the deductible


class Basis(StrEnum):
    """What one copay pays for."""

    VISIT = "visit"
    DAY = "day"
    STAY = "stay"


@dataclass(frozen=True, slots=True)
class CostShare:
    """One cell: ``amount`` is cents for a copay and basis points for coinsurance."""

    kind: ShareKind
    amount: int = 0
    deductible: Deductible = Deductible.NO
    basis: Basis = Basis.VISIT

    @property
    def applies(self) -> bool:
        """False for "Not Applicable" and for an empty cell."""
        return self.kind is not ShareKind.NONE

    def __str__(self) -> str:
        if not self.applies:
            return "Not Applicable"
        copay = self.kind is ShareKind.COPAY
        words = dollars_text(self.amount) if copay else percent_text(self.amount)
        words += " copay" if copay else " coinsurance"
        words += "" if self.basis is Basis.VISIT else f" per {self.basis}"
        return f"{words} {self.deductible} deductible" if self.deductible else words


NOT_APPLICABLE = CostShare(ShareKind.NONE)

_FORM = re.compile(
    r"(?P<amount>\$[\d,.]+|[\d.]+%|no charge)"
    r"(?: (?P<word>copay|coinsurance))?"
    r"(?: per (?P<basis>visit|day|stay))?"
    r"(?: (?P<when>after|before|with) deductible)?",
    re.ASCII | re.IGNORECASE,
)
_WHEN = {"after": Deductible.AFTER, "before": Deductible.WITH, "with": Deductible.WITH}


@lru_cache(maxsize=4096)
def read_cost_share(text: str) -> CostShare:
    """Read one cell of CopayInnTier1, CoinsInnTier1 and their like.

    Raises:
        BadCostShare: the wording is none of the published forms.
    """
    plain = " ".join(text.split(" ")).strip()
    if plain.lower() in ("", "not applicable"):
        return NOT_APPLICABLE
    form = _FORM.fullmatch(plain) if len(plain) <= MAX_LENGTH else None
    if form is None:
        raise BadCostShare(text)
    try:
        return _share(form)
    except BadAmount as error:
        raise BadCostShare(text) from error


def _share(form: re.Match[str]) -> CostShare:
    amount, word = form["amount"].lower(), (form["word"] or "").lower()
    when = _WHEN.get((form["when"] or "").lower(), Deductible.NO)
    basis = Basis((form["basis"] or "visit").lower())
    if amount.endswith("%"):
        if word == "copay" or form["basis"]:
            raise BadCostShare(form[0])
        return CostShare(ShareKind.COINSURANCE, read_percent(amount), when)
    if word == "coinsurance" or (amount == "no charge" and (word or form["basis"])):
        raise BadCostShare(form[0])
    cents = 0 if amount == "no charge" else read_dollars(amount)
    return CostShare(ShareKind.COPAY, cents, when, basis)
