"""What is known about each state's Medicaid: its name, its telephone, and survey answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from waypost.places.states import STATE_NAMES
from waypost.values.content import content_folder, read_yaml
from waypost.values.saying import Sentence

STATES_FILE = content_folder() / "coverage" / "medicaid_states.yaml"
_FIELDS = frozenset({"name", "phone", "expanded", "outpatient", "copay", "residential"})


class BadStates(ValueError):
    """A file of states that breaks its own form; the message names the state."""


@dataclass(frozen=True, slots=True)
class StateMedicaid:
    """What is known about a state's Medicaid; None and '' where it is not known.

    ``outpatient`` and ``residential`` are what the state told KFF in 2022; ``copay`` is that of
    outpatient treatment: "no", or the amount in words.
    """

    name: str = ""
    phone: str = ""
    expanded: bool | None = None
    outpatient: bool | None = None
    copay: Sentence | None = None
    residential: bool | None = None


@cache
def load_states(path: Path = STATES_FILE) -> Mapping[str, StateMedicaid]:
    """Every state and territory, in the order of its code; those that the file lacks are empty.

    Raises:
        BadStates: an unknown state or field.
    """
    rows = read_yaml(path.read_text("utf-8"))["states"]
    unknown = [k for k, row in rows.items() if k not in STATE_NAMES or not row.keys() <= _FIELDS]
    if unknown:
        raise BadStates(f"{path.name}: {', '.join(map(str, unknown))}: no such state or field")
    return {code: _state(rows.get(code, {})) for code in sorted(STATE_NAMES)}


def _state(row: Mapping[str, Any]) -> StateMedicaid:
    copay = row.get("copay", "")
    words = copay if isinstance(copay, dict) else {"en": copay, "es": copay}
    return StateMedicaid(
        row.get("name", ""),
        row.get("phone", ""),
        row.get("expanded"),
        row.get("outpatient"),
        Sentence("copay", words["en"], words["es"]) if copay else None,
        row.get("residential"),
    )
