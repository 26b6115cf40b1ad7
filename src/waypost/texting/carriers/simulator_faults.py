"""What the simulator does wrong, kept in a file that the page writes and every worker reads."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

from waypost.texting.carriers.simulator import NO_FAULTS, Faults

LONGEST_DELAY = 5.0
"""Seconds; a lease is far longer, so a slow simulator doubles nothing."""


def read_faults(file: Path) -> Faults:
    """The faults in force; none where the file is missing or is no such file."""
    try:
        return Faults(**json.loads(file.read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return NO_FAULTS


def write_faults(file: Path, faults: Faults) -> None:
    """Keep them, whole or not at all."""
    new = file.with_suffix(".new")
    new.write_text(json.dumps(asdict(faults)), "utf-8")
    new.replace(file)


def chosen_faults(choices: dict[str, str]) -> Faults:
    """Faults from a form: seconds and shares in percent; no number, or too much, is 0."""

    def share(name: str) -> float:
        return _number(choices.get(name, ""), 100) / 100

    return Faults(
        delay=_number(choices.get("delay", ""), LONGEST_DELAY),
        lost=share("lost"),
        silent=share("silent"),
        refused=share("refused"),
        doubled=share("doubled"),
        shuffled=share("shuffled"),
    )


def _number(text: str, most: float) -> float:
    value = float(text) if text.isascii() and text.isdigit() and len(text) < 4 else 0.0
    return value if value <= most else 0.0
