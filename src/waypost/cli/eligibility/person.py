"""Reads from standard input whom a live question is about; no error repeats what was typed."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from waypost.x12.question import InquiryPerson

RELATIONSHIPS = {"spouse": "01", "child": "19", "other": "34"}


class BadPersonFile(Exception):
    """Something is missing or wrong; the message names the field, never its value."""


def read_person(text: str) -> tuple[InquiryPerson, InquiryPerson | None]:
    """The subscriber and the dependent. Raises `BadPersonFile`."""
    try:
        fields = json.loads(text)
    except (ValueError, RecursionError):
        raise BadPersonFile("Standard input must be one JSON object.") from None
    if not isinstance(fields, dict):
        raise BadPersonFile("Standard input must be one JSON object.")
    subscriber = InquiryPerson(*_named(fields), member_id=_text(fields, "member_id"))
    dependent = fields.get("dependent")
    if dependent is None:
        return subscriber, None
    if (
        not isinstance(dependent, dict)
        or dependent.get("relationship", "other") not in RELATIONSHIPS
    ):
        raise BadPersonFile("dependent is wrong: relationship must be spouse, child or other.")
    relationship = RELATIONSHIPS[dependent.get("relationship", "other")]
    return subscriber, InquiryPerson(*_named(dependent), relationship=relationship)


def _named(fields: dict[str, Any]) -> tuple[str, str, date]:
    try:
        born = date.fromisoformat(_text(fields, "birth_date"))
    except ValueError:
        raise BadPersonFile("birth_date is not a day, such as 1985-04-23.") from None
    return _text(fields, "last_name"), _text(fields, "first_name"), born


def _text(fields: dict[str, Any], name: str) -> str:
    value = fields.get(name)
    if not isinstance(value, str) or not value.strip():
        raise BadPersonFile(f"{name} is missing or not text.")
    return value.strip()
