"""What an in-network file says about one price, and which of these rows are a visit's price.

Rules: CMS, "price-transparency-guide", in-network-rates schema, additional notes on
``negotiated_type``, ``expiration_date`` and ``billing_code_type``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar, NamedTuple

LEAST_CENTS = 100
MOST_CENTS = 50_000_00
"""Issuers fill gaps with amounts of a dollar or less, or of fifty thousand or more."""

MONEY_TYPES = frozenset({"negotiated", "fee schedule", "per diem"})
"""Kinds of amounts in dollars from which a member's share is calculated."""

WITH_NIGHTS = frozenset(("13", "14", "21", "31", "32", "33", "34", "51", "54", "55", "56", "61"))
"""Places of service in which people stay overnight (CMS, "Place of Service Code Set")."""

_AMOUNT = re.compile(r"\d{1,12}(\.\d{1,6})?", re.ASCII)
_NUMBER = re.compile(r"\d+(\.\d+)?", re.ASCII)
_PERCENT = re.compile(r"%|\bpercent", re.IGNORECASE)
_REVENUE = re.compile(r"\d{3,4}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whose prices to keep: NPIs, tax ids (each as `tax_number` writes it), billing codes.

    ``by_day`` are the codes of care without nights, for which an inpatient price says nothing.
    """

    npis: frozenset[str]
    codes: frozenset[str]
    tax_ids: frozenset[str] = frozenset()
    by_day: frozenset[str] = frozenset()


@dataclass(slots=True)
class FileHead:
    """The file's own fields, as written there; '' where they are left out."""

    KEYS: ClassVar = (
        "reporting_entity_name", "issuer_name", "plan_name", "plan_id_type", "plan_id",
        "plan_sponsor_name", "last_updated_on",
    )  # fmt: skip
    reporting_entity_name: str = ""
    issuer_name: str = ""
    plan_name: str = ""
    plan_id_type: str = ""
    plan_id: str = ""
    plan_sponsor_name: str = ""
    last_updated_on: str = ""


@dataclass(slots=True)
class StatedPrice:
    """One negotiated price as the file states it, before it is checked."""

    KEYS: ClassVar = (
        "negotiated_rate", "negotiated_type", "expiration_date", "billing_class", "setting",
        "billing_code_modifier", "service_code", "additional_information",
    )  # fmt: skip
    negotiated_rate: Any = None
    negotiated_type: str = ""
    expiration_date: str = ""
    billing_class: str = ""
    setting: str = ""
    modifiers: list[str] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    additional_information: str = ""

    @property
    def is_inpatient(self) -> bool:
        """Whether it is for nights in a hospital or home alone: by its setting, or every place."""
        by_place = bool(self.places) and WITH_NIGHTS.issuperset(self.places)
        return self.setting.strip().lower() == "inpatient" or by_place

    @property
    def is_stated(self) -> bool:
        """False for an object without a price, such as a group of providers."""
        return self.negotiated_rate is not None or bool(self.negotiated_type)

    def state(self, key: str, value: Any) -> None:
        """Take the value of one key."""
        if key == "negotiated_rate":
            self.negotiated_rate = value
        elif key == "billing_code_modifier":
            self.modifiers.append(str(value))
        elif key == "service_code":
            self.places.append(str(value).strip().zfill(2))
        else:
            setattr(self, key, str(value))


class PriceRow(NamedTuple):
    """A price of one wanted program: ``number`` is its NPI, or its tax id after ``tin:``."""

    number: str
    code: str
    code_type: str
    arrangement: str
    price: StatedPrice
    network: str


def plain_code(text: str) -> str:
    """A billing code in capitals; revenue codes have four digits (``906`` is ``0906``)."""
    code = text.strip().upper()
    return code.zfill(4) if _REVENUE.fullmatch(code) else code


def plain_group_id(value: Any) -> tuple[Any, ...]:
    """Every way in which the file may write this id elsewhere: 1, 1.0 and "1" are the same."""
    text = str(value).strip()
    if not _NUMBER.fullmatch(text):
        return (value,)
    number = Decimal(text)
    whole = number == number.to_integral_value()
    plain = str(int(number)) if whole else str(number.normalize())
    return text, plain, int(number) if whole else float(number)


def refusal(row: PriceRow, wanted: Wanted, today: date) -> str:
    """Why a row is not the price of a visit or a day, in plain words; '' if it is."""
    price = row.price
    cents = cents_of(price.negotiated_rate)
    kind = price.negotiated_type.strip().lower()
    ends = day_of(price.expiration_date)
    code_type = "RC" if row.code.isdigit() else "HCPCS"
    reasons = (
        (
            row.code_type.strip().upper() != code_type,
            "a code of another kind than HCPCS or revenue",
        ),
        (row.arrangement.strip().lower() != "ffs", "a price that is not for a single service"),
        (kind == "percentage", "a percentage of the program's charges, which is no amount"),
        (kind == "derived", "an amount for the issuer's own books (derived)"),
        (kind not in MONEY_TYPES, "a kind of price that the guide does not name"),
        (cents is None, "a price that is no amount of money"),
        (ends is None, "a price without a day on which it ends"),
        (ends is not None and ends < today, "a price that has ended"),
        (cents is not None and cents <= LEAST_CENTS, "a price of a dollar or less"),
        (cents is not None and cents >= MOST_CENTS, "a price above any day's, a placeholder"),
        (price.is_inpatient and row.code in wanted.by_day, "a price for inpatient care"),
        (
            _PERCENT.search(price.additional_information) is not None,
            "a price that its own note calls a percentage",
        ),
    )
    return next((words for fails, words in reasons if fails), "")


def cents_of(amount: Any) -> int | None:
    """Cents of a number, or of a number in quotes; None for anything else."""
    if isinstance(amount, bool) or not isinstance(amount, int | float | str):
        return None
    # repr gives back a float's digits as the file writes them
    text = amount.strip() if isinstance(amount, str) else repr(amount)
    if not _AMOUNT.fullmatch(text):
        return None
    return int((Decimal(text) * 100).to_integral_value())


def day_of(text: str) -> date | None:
    """The day of ``2026-12-31``, with or without hyphens; None for anything else."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None
