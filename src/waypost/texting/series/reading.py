"""Reads the series of `content/texting/series/`: every file is checked before anything is sent."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import yaml

from waypost.texting.series.lint import lint
from waypost.texting.series.series import Pace, Series, Step, StepKind
from waypost.values.bilingual import Bilingual
from waypost.values.content import content_folder

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_PACES = {"less": Pace.LESS, "usual": Pace.USUAL, "more": Pace.MORE}


class BadSeries(ValueError):
    """A series cannot be used; the message says which step and why."""


@cache
def all_series() -> tuple[Series, ...]:
    """Every version of every series that is carried, each id's versions in order."""
    folder = content_folder() / "texting" / "series"
    series = [read_series(path) for path in sorted(folder.glob("*.yaml"))]
    return tuple(sorted(series, key=lambda each: (each.id, each.version)))


def read_series(path: Path) -> Series:
    """Read and check one file.

    Raises:
        BadSeries: a field is missing or a text breaks a rule; the message lists every finding.
    """
    try:
        data = yaml.load(path.read_text("utf-8"), Loader=_LOADER)  # noqa: S506 - a safe loader
        series = _series(data)
    except (OSError, yaml.YAMLError, KeyError, TypeError, ValueError) as error:
        raise BadSeries(f"{path.name}: {type(error).__name__}: {error}.") from error
    findings = lint(series)
    sources = set(data.get("sources", ()))
    for entry in (*data.get("steps", ()), *data.get("repeat", ())):
        if entry.get("source") not in sources:
            findings.append(f"{entry.get('id')}: names no source of this file.")
    if findings:
        raise BadSeries(f"{path.name}: " + " ".join(findings))
    return series


def _series(data: Mapping[str, Any]) -> Series:
    steps = [*_steps(data.get("steps", ())), *_repeated(data.get("repeat", ()))]
    in_order = tuple(sorted(steps, key=lambda step: (step.day, step.minute or 0, step.id)))
    return Series(
        id=data["id"],
        version=int(data["version"]),
        name=data["name"],
        title=Bilingual(**data["title"]),
        steps=in_order,
        digest=_digest(data),
        about_crisis=bool(data["about_crisis"]),
        allowance_hours=int(data.get("allowance_hours", 3)),
        adults=bool(data.get("adults", True)),
    )


def _steps(entries: list[dict[str, Any]]) -> Iterator[Step]:
    for entry in entries:
        yield _step(entry, entry["id"], int(entry["day"]), 0)


def _repeated(entries: list[dict[str, Any]]) -> Iterator[Step]:
    """One step a day named, its variants in turn: the first day begins with the first of them."""
    for entry in entries:
        every = entry.get("every")
        days = range(every["from"], every["until"] + 1, every["days"]) if every else entry["days"]
        for at, day in enumerate(days):
            yield _step(entry, f"{entry['id']}-{day:03}", day, at)


def _step(entry: Mapping[str, Any], id_: str, day: int, turn: int) -> Step:
    texts = tuple(Bilingual(text["en"], text["es"]) for text in entry["texts"])
    first = turn % len(texts)
    return Step(
        id=id_,
        day=day,
        texts=texts[first:] + texts[:first],
        kind=StepKind(entry.get("kind", "text")),
        minute=entry.get("minute"),
        pace=_PACES[entry["pace"]],
        answer_hours=int(entry.get("answer_hours", 0)),
        task_hours=int(entry.get("task_hours", 0)),
    )


def _digest(data: Mapping[str, Any]) -> str:
    """Of every word and rule in the file, but not of who reviewed it: that is what is approved."""
    approved = {key: value for key, value in data.items() if not key.startswith("reviewed")}
    return sha256(json.dumps(approved, sort_keys=True, default=str).encode()).hexdigest()
