"""Who a live question is about, read from standard input; no error repeats what was typed."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from waypost.x12.question import InquiryPerson

RELATIONSHIPS = {"spouse": "01", "child": "19", "other": "34"}


class BadPersonFile(Exception):
    """Something is missing or not right; names the field, never its value."""


def read_person(text: str) -> tuple[InquiryPerson, InquiryPerson | None]:
    """The subscriber and the dependent. Raises `BadPersonFile`."""
    try:
        told = json.loads(text)
    except (ValueError, RecursionError):
        raise BadPersonFile("Standard input must hold one JSON object.") from None
    if not isinstance(told, dict):
        raise BadPersonFile("Standard input must hold one JSON object.")
    subscriber = InquiryPerson(*_named(told), member_id=_text(told, "member_id"))
    other = told.get("dependent")
    if other is None:
        return subscriber, None
    if not isinstance(other, dict) or other.get("relationship", "other") not in RELATIONSHIPS:
        raise BadPersonFile("dependent is not right: relationship is spouse, child or other.")
    relationship = RELATIONSHIPS[other.get("relationship", "other")]
    return subscriber, InquiryPerson(*_named(other), relationship=relationship)


def _named(told: dict[str, Any]) -> tuple[str, str, date]:
    try:
        born = date.fromisoformat(_text(told, "birth_date"))
    except ValueError:
        raise BadPersonFile("birth_date is not a day, such as 1985-04-23.") from None
    return _text(told, "last_name"), _text(told, "first_name"), born


def _text(told: dict[str, Any], name: str) -> str:
    value = told.get(name)
    if not isinstance(value, str) or not value.strip():
        raise BadPersonFile(f"{name} is missing or not a text.")
    return value.strip()
