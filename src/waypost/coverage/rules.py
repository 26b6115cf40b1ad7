"""The rules layer: what programs and laws say, as checked data files with sources and dates."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from waypost.coverage.verdict import Verdict
from waypost.places.states import STATE_NAMES
from waypost.plans.insurance import Insurance
from waypost.values.content import content_folder
from waypost.values.level_of_care import LevelOfCare
from waypost.values.saying import Sentence, SourceNote, Sure

RULES_FOLDER = content_folder() / "coverage" / "rules"
TOPICS = frozenset(
    {"covered", "network", "cost", "authorization", "change", "appeal", "help", "privacy"}
)

_GROUPS: Mapping[str, Iterable[str]] = {
    "any": (),
    "any plan": [kind.value for kind in Insurance if kind is not Insurance.NONE],
}
"""Names in the files for many kinds at once; no kind at all means that a fact holds for any."""

TERRITORIES = frozenset({"AS", "GU", "MP", "PR", "VI", "FM", "MH", "PW"})
"""The Medicaid expansion was for the states and the District of Columbia."""


class BadRules(ValueError):
    """A rules file that breaks its own form; the message names the file and the fact."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A sentence, and for whom it holds. No ``insurance`` or ``care`` means any."""

    sentence: Sentence
    topic: str
    insurance: frozenset[Insurance]
    care: frozenset[LevelOfCare]
    verdict: Verdict | None

    def holds_for(self, insurance: Insurance, care: LevelOfCare) -> bool:
        """True where this fact speaks of that insurance and that care."""
        return (not self.insurance or insurance in self.insurance) and (
            not self.care or care in self.care
        )


@dataclass(frozen=True, slots=True)
class StateMedicaid:
    """What is known of a state's Medicaid; None where it is not."""

    expanded: bool | None
    outpatient_covered: bool | None
    outpatient_copay: str | None  # "no", or what the state named in 2022


@dataclass(frozen=True, slots=True)
class Rules:
    """All facts and numbers, and when they must be looked at again."""

    facts: tuple[Fact, ...]
    sources: Mapping[str, SourceNote]
    numbers: Mapping[str, Mapping[str, Any]]
    medicaid: Mapping[str, StateMedicaid]
    review_by: Mapping[str, date]

    def about(self, topic: str, insurance: Insurance, care: LevelOfCare) -> tuple[Fact, ...]:
        """The facts of one topic that hold, in the files' order."""
        return tuple(
            fact for fact in self.facts if fact.topic == topic and fact.holds_for(insurance, care)
        )


@cache
def load_rules(folder: Path = RULES_FOLDER) -> Rules:
    """Read and check every rules file of a folder.

    Raises:
        BadRules: an unknown field, source, topic or language gap.
    """
    files = {path.name: _read(path) for path in sorted(folder.glob("*.yaml"))}
    sources = _sources(files)
    facts = [
        _fact(name, row, sources) for name, content in files.items() for row in content["facts"]
    ]
    _refuse_doubles([fact.sentence.id for fact in facts])
    states: dict[str, Any] = next((c["states"] for c in files.values() if "states" in c), {})
    numbers = {k: v for c in files.values() for k, v in c.get("numbers", {}).items()}
    return Rules(
        tuple(facts),
        sources,
        numbers,
        _medicaid(states),
        {name: content["review_by"] for name, content in files.items()},
    )


def _read(path: Path) -> dict[str, Any]:
    content = yaml.safe_load(path.read_text("utf-8"))
    if not isinstance(content, dict) or not {"reviewed", "review_by", "facts"} <= content.keys():
        raise BadRules(f"{path.name}: reviewed, review_by and facts must be there")
    return content


def _sources(files: Mapping[str, Mapping[str, Any]]) -> dict[str, SourceNote]:
    rows = [(k, v) for content in files.values() for k, v in content.get("sources", {}).items()]
    _refuse_doubles([k for k, _row in rows])
    return {
        k: SourceNote(k, row["title"], row["publisher"], row["url"], str(row["as_of"]))
        for k, row in rows
    }


def _fact(name: str, row: Mapping[str, Any], sources: Mapping[str, SourceNote]) -> Fact:
    try:
        insurance = _GROUPS.get(str(row["insurance"]), row["insurance"])
        if row["topic"] not in TOPICS or not row["sources"]:
            raise BadRules(f"{name}: {row['id']}: unknown topic, or no source")
        return Fact(
            Sentence(
                row["id"],
                row["en"],
                row["es"],
                tuple(sources[k] for k in row["sources"]),
                Sure(row["sure"]),
            ),
            row["topic"],
            frozenset(Insurance(k) for k in insurance),
            frozenset(LevelOfCare(k) for k in row.get("care", [])),
            Verdict(row["verdict"]) if "verdict" in row else None,
        )
    except (KeyError, ValueError) as error:
        raise BadRules(f"{name}: {row.get('id', '?')}: {error}") from error


def _refuse_doubles(ids: Iterable[str]) -> None:
    seen: set[str] = set()
    for k in ids:
        if k in seen:
            raise BadRules(f"{k} stands twice")
        seen.add(k)


def _medicaid(states: Mapping[str, Any]) -> dict[str, StateMedicaid]:
    told = states.get("level_1", {})
    missing = frozenset(states.get("not_expanded", ()))
    return {
        code: StateMedicaid(
            None if code in TERRITORIES else code not in missing,
            told.get(code, {}).get("covered"),
            told.get(code, {}).get("copay"),
        )
        for code in STATE_NAMES
    }
