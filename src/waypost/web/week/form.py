"""What the form of "your week" shows: what was typed, or the example, and what is wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from waypost.design.times import day_names
from waypost.levels_of_care.week.calendar_file import ZONES
from waypost.levels_of_care.week.plan import DAYS, DutyKind, PlanFault, WeekPlan
from waypost.levels_of_care.week.query import FIELDS, query_pairs
from waypost.web.week.words import duty_names, fault_text

MAX_SHOWN = 60


@dataclass(frozen=True, slots=True)
class WeekForm:
    """The fields' values as typed; ``problems`` are sentences by field."""

    values: Mapping[str, Sequence[str]]
    problems: Mapping[str, str]

    def text(self, name: str) -> str:
        """The last value typed into a field, shortened."""
        values = self.values.get(name, ())
        return values[-1].replace("\x00", "")[:MAX_SHOWN] if values else ""

    def has(self, name: str, value: str) -> bool:
        """Whether a box or a button is chosen."""
        return value in self.values.get(name, ())

    def problem(self, name: str) -> str:
        """What is wrong with a field."""
        return self.problems.get(name, "")

    def kind(self, name: str, usual: str) -> str:
        """The type of an input; text after a fault, since browsers drop what they cannot read."""
        return "text" if name in self.problems else usual

    def days(self, name: str) -> list[tuple[str, str, bool]]:
        """Days as (value, words, chosen)."""
        return [
            (key, words, self.has(name, key)) for key, words in zip(DAYS, day_names(), strict=True)
        ]

    @property
    def duties(self) -> list[tuple[str, str, bool]]:
        """Duties as (field, words, whether anything of it was given)."""
        return [
            (kind.value, _duty_words(kind), any(self.text(f"{kind}_{part}") for part in PARTS))
            for kind in DutyKind
        ]

    @property
    def zones(self) -> list[tuple[str, str, bool]]:
        """Time zones as (value, words, chosen)."""
        chosen = self.text("zone")
        rows = [(zone, words, zone == chosen) for zone, words in zone_names().items()]
        if chosen and chosen not in ZONES and "zone" not in self.problems:
            rows.append((chosen, chosen, True))
        return rows


PARTS = ("day", "from", "to")


def week_form(query: Mapping[str, Sequence[str]], faults: Mapping[str, PlanFault]) -> WeekForm:
    """The form as it was sent, or filled with the example where nothing was."""
    values: dict[str, Sequence[str]] = dict(query)
    if not any(query.get(name) for name in FIELDS):
        for name, value in query_pairs(WeekPlan()):
            values[name] = [*values.get(name, ()), value]
    values.setdefault("hours", ["evening"])
    values.setdefault("age", ["adult"])
    for name, default in (("times", "3"), ("travel", "30"), ("full", "8"), ("two", "2")):
        values.setdefault(name, [default])
    return WeekForm(values, {field: fault_text(fault) for field, fault in faults.items()})


def zone_names() -> dict[str, str]:
    """The time zones of the United States, in plain words."""
    words = (
        _("Eastern"),
        _("Central"),
        _("Mountain"),
        _("Arizona"),
        _("Pacific"),
        _("Alaska"),
        _("Hawaii"),
        _("Puerto Rico and Virgin Islands"),
        _("Guam and Northern Mariana Islands"),
    )
    return dict(zip(ZONES, words, strict=True))


def _duty_words(kind: DutyKind) -> str:
    details = {
        DutyKind.WORK: _("Work, with the way there"),
        DutyKind.SCHOOL: _("School or classes"),
        DutyKind.CARE: _("Care for children or others"),
    }
    return details.get(kind, duty_names()[kind])
