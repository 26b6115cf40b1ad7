"""Reads a field of an article's front matter, or says in a sentence what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\Z")
PUBLISHED = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?\Z")


class BadArticle(ValueError):
    """A file that cannot be read as an article; the message says what to change."""


def only(fields: Mapping[str, Any], known: Sequence[str], where: str) -> None:
    """Refuse a field that nothing reads: it is usually a typing error."""
    for name in fields:
        if name not in known:
            raise BadArticle(f"{where} has an unknown field {name!r}.")


def mapping(value: object, where: str) -> Mapping[str, Any]:
    """A table of fields."""
    if not isinstance(value, dict) or not all(isinstance(key, str) for key in value):
        raise BadArticle(f"{where} should be a list of fields with values.")
    return value


def items(fields: Mapping[str, Any], name: str) -> list[Any]:
    """A list; an absent one is empty."""
    value = fields.get(name) or []
    if not isinstance(value, list):
        raise BadArticle(f"{name!r} should be a list.")
    return value


def text(fields: Mapping[str, Any], name: str, where: str) -> str:
    """Words on one line."""
    value = fields.get(name)
    if not isinstance(value, str) or not value.strip() or "\n" in value.strip():
        raise BadArticle(f"{where} needs {name!r}: words on one line.")
    return value.strip()


def slug(fields: Mapping[str, Any], name: str, where: str) -> str:
    """Lower-case words joined by hyphens."""
    value = fields.get(name)
    if not isinstance(value, str) or not SLUG.match(value):
        raise BadArticle(f"{where} needs {name!r}: lower-case words joined by hyphens.")
    return value


def slugs(fields: Mapping[str, Any], name: str) -> tuple[str, ...]:
    """A list of slugs without repeats."""
    listed = items(fields, name)
    if not all(isinstance(item, str) and SLUG.match(item) for item in listed):
        raise BadArticle(f"{name!r} should list lower-case words joined by hyphens.")
    if len(set(listed)) != len(listed):
        raise BadArticle(f"{name!r} names something twice.")
    return tuple(listed)


def one_of(fields: Mapping[str, Any], name: str, known: Sequence[str], default: str) -> str:
    """One of the allowed words, or the default where the field is left out."""
    value = fields.get(name, default)
    if value not in known:
        raise BadArticle(f"{name!r} should be one of: {', '.join(known)}.")
    return str(value)


def number(fields: Mapping[str, Any], name: str, default: int) -> int:
    """A whole number, or the default where the field is left out."""
    value = fields.get(name, default)
    if type(value) is not int:
        raise BadArticle(f"{name!r} should be a whole number.")
    return value


def day(fields: Mapping[str, Any], name: str, where: str) -> date:
    """A day written 2026-11-24."""
    value = fields.get(name)
    if type(value) is not date:
        raise BadArticle(f"{where} needs {name!r}: a day such as 2026-11-24.")
    return value


def maybe_day(fields: Mapping[str, Any], name: str, where: str) -> date | None:
    """A day, or None where the field says null."""
    return None if fields.get(name) is None else day(fields, name, where)


def published(fields: Mapping[str, Any], where: str) -> str:
    """A year, month or day as the source gives it; empty where it gives none."""
    value = fields.get("published")
    if value is None:
        return ""
    written = str(value)
    if not PUBLISHED.match(written):
        raise BadArticle(
            f"{where} has a 'published' that is not a year, month or day: {written!r}."
        )
    return written


def web_address(fields: Mapping[str, Any], where: str) -> str:
    """An https address without spaces."""
    value = text(fields, "url", where)
    if not re.match(r"https://[^\s\"<>]+\.[^\s\"<>]+\Z", value):
        raise BadArticle(f"{where} needs 'url': an https address.")
    return value
