"""The rules layer: what programs and laws say, as checked data files with sources and dates.

A fact may hold only for some states and only for some days of the year (``from`` and ``to``, month
and day, both included): what can be chosen in the fall is not shown in spring.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from waypost.coverage.medicaid import StateMedicaid, load_states
from waypost.coverage.verdict import Verdict
from waypost.places.states import STATE_NAMES
from waypost.plans.insurance import Insurance
from waypost.values.content import content_folder, read_yaml
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
"""Names in the files for several kinds at once; without a kind, a fact holds for all."""

_WHOLE_YEAR = ("01-01", "12-31")


class BadRules(ValueError):
    """A rules file that breaks its own form; the message names the file and the fact."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A sentence, and for whom it holds. No ``insurance``, ``care`` or ``states`` means any.

    ``days`` are the first and the last day of the year on which it holds, as ``11-01``; a sentence
    of such a fact has blanks for ``year`` and ``next_year``.
    """

    sentence: Sentence
    topic: str
    insurance: frozenset[Insurance]
    care: frozenset[LevelOfCare]
    verdict: Verdict | None
    states: frozenset[str] = frozenset()
    days: tuple[str, str] = _WHOLE_YEAR

    def holds_for(self, subject: Subject) -> bool:
        """True where this fact speaks of that insurance, care and state, on that day."""
        return (
            (not self.insurance or subject.insurance in self.insurance)
            and (not self.care or subject.care in self.care)
            and (not self.states or subject.state in self.states)
            and self.days[0] <= f"{subject.today:%m-%d}" <= self.days[1]
        )

    def said_on(self, today: date) -> Fact:
        """The fact with the year in its blanks."""
        if self.days == _WHOLE_YEAR:
            return self
        years = {"year": str(today.year), "next_year": str(today.year + 1)}
        return replace(self, sentence=self.sentence.with_values(**years))


@dataclass(frozen=True, slots=True)
class Subject:
    """What rules are asked about; ``state`` is '' where it was not given."""

    insurance: Insurance
    care: LevelOfCare
    state: str
    today: date


@dataclass(frozen=True, slots=True)
class DayRate:
    """What Medicare pays for one day of a care in one year, in cents; ``words`` name the day."""

    care: LevelOfCare
    year: int
    cents: int
    words: Sentence
    source: SourceNote


@dataclass(frozen=True, slots=True)
class Rules:
    """All facts and numbers, and when they must be looked at again."""

    facts: tuple[Fact, ...]
    sources: Mapping[str, SourceNote]
    numbers: Mapping[str, Mapping[str, Any]]
    medicare_days: tuple[DayRate, ...]
    medicaid: Mapping[str, StateMedicaid]
    review_by: Mapping[str, date]

    def about(self, topic: str, subject: Subject) -> tuple[Fact, ...]:
        """The facts of one topic that hold, in the files' order."""
        return tuple(
            fact.said_on(subject.today)
            for fact in self.facts
            if fact.topic == topic and fact.holds_for(subject)
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
    numbers = {k: v for c in files.values() for k, v in c.get("numbers", {}).items()}
    days = tuple(_day_rate(row, sources) for row in numbers.pop("medicare_days", ()))
    return Rules(
        tuple(facts),
        sources,
        numbers,
        days,
        load_states(),
        {name: content["review_by"] for name, content in files.items()},
    )


def _read(path: Path) -> dict[str, Any]:
    content = read_yaml(path.read_text("utf-8"))
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
            _states(row),
            (row.get("from", _WHOLE_YEAR[0]), row.get("to", _WHOLE_YEAR[1])),
        )
    except (KeyError, ValueError) as error:
        raise BadRules(f"{name}: {row.get('id', '?')}: {error}") from error


def _refuse_doubles(ids: Iterable[str]) -> None:
    seen: set[str] = set()
    for k in ids:
        if k in seen:
            raise BadRules(f"{k} stands twice")
        seen.add(k)


def _states(row: Mapping[str, Any]) -> frozenset[str]:
    states = frozenset(row.get("states", ()))
    if not states <= STATE_NAMES.keys():
        raise BadRules(f"{row['id']}: {sorted(states - STATE_NAMES.keys())}: no such states")
    return states


def _day_rate(row: Mapping[str, Any], sources: Mapping[str, SourceNote]) -> DayRate:
    words = Sentence("medicare-day", row["en"], row["es"])
    return DayRate(
        LevelOfCare(row["care"]), row["year"], row["cents"], words, sources[row["source"]]
    )
