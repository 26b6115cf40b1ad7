"""Opens the reviewed rule files of ``content/treatment``: caps, billing, progress."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

from waypost.levels_of_care.content_file import load_mapping, read_each
from waypost.levels_of_care.words import BadContent
from waypost.values.content import content_folder

CHECKED = ("yes", "secondary", "no")
"""Whether the source itself was read, a page that quotes it, or neither."""


@cache
def rule_entries(name: str) -> tuple[Mapping[str, Any], ...]:
    """The entries of ``<name>.yaml``, each with a source.

    Raises:
        BadContent: the file is not a list of rules, names no source, or is not dated.
    """
    data = load_mapping(content_folder() / "treatment", name)
    if not isinstance(data.get("reviewed"), date) or not isinstance(data.get("review_by"), date):
        raise BadContent(f"{name}.yaml does not say when it was reviewed, and until when it holds.")
    return read_each(data, "rules", lambda entry: _sourced(name, entry))


def _sourced(name: str, entry: Mapping[str, Any]) -> Mapping[str, Any]:
    if not entry.get("source") or not str(entry.get("url", "")).startswith("https://"):
        raise BadContent(f"A rule of {name}.yaml names no source: {entry.get('id', entry)}.")
    checked_source(f"{name}.yaml", entry)
    return entry


def checked_source(name: str, entry: Mapping[str, Any]) -> str:
    """How sure the source of a rule is.

    Raises:
        BadContent: the rule does not say whether its source was read, and on which day.
    """
    checked = entry.get("checked")
    if checked not in CHECKED:
        raise BadContent(f"A rule of {name} does not say whether its source was read.")
    if checked != "no" and not isinstance(entry.get("read"), date):
        raise BadContent(f"A rule of {name} does not say on which day its source was read.")
    return str(checked)
