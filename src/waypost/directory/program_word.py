"""What a program says of itself beside its hours and places: fields, their values, their changes.

Each is a claim that stands beside the survey's and takes nothing away from it: no search counts
it, no choice is made by it, and no order depends on it. A value is a list of texts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from waypost.directory.facets import FACET
from waypost.directory.site import Claim, FactSource, HistoryEntry, Site
from waypost.places.states import STATE_NAMES
from waypost.values.phone import read_listed_phone
from waypost.values.placed_fault import FaultCode, Faulty, PlacedFault
from waypost.values.website import read_website

PHONES, WEBSITE, PLANS = "says:phones", "says:website", "says:plans"
TELEHEALTH, STATES, ACCESS, CLOSED = (
    *("says:telehealth", "says:states"),
    *("says:access", "says:closed"),
)
BAR = "|"
"""Between a plan's name and its payer's."""
CHANGES = "says:changes"
"""A made-up field whose value is the history: [day, field, what] for each change."""

BY_FACET = {
    f"says:{key}": key
    for key in ("level", "payment", "age", "gender", "group", "language", "medication", "practical")
}
"""The fields whose values are choices of the search, by the facet that they are of."""

WORD_HOLDS = timedelta(days=180)
CLOSED_HOLDS = timedelta(days=3650)
MOST_CHANGES = 12
MOST_LINES = 30
MOST_LETTERS = 80
SAID, CHANGED, TAKEN_BACK = "program said", "program changed", "program took back"
"""What a program did, as an entry of a site's history."""


@dataclass(frozen=True, slots=True)
class WordField:
    """A field: the values that it may have, or what reads one; ``most`` values at a time."""

    name: str
    choices: tuple[str, ...] = ()
    read: Callable[[str], str] | None = None
    fault: FaultCode = FaultCode.BAD_CHOICE
    most: int = MOST_LINES

    @property
    def holds(self) -> timedelta:
        """How long a word holds before it has to be said again."""
        return CLOSED_HOLDS if self.name == CLOSED else WORD_HOLDS


def _phone(text: str) -> str:
    phone = read_listed_phone(text)
    return phone.display if phone else ""


def _plan(text: str) -> str:
    """ "Example PPO | Example Health": a plan, its payer, or both; one that is not named is ''."""
    parts = [" ".join(part.split()) for part in text.split(BAR)]
    short = all(len(part) <= MOST_LETTERS and "<" not in part for part in parts)
    return joined_plan(*parts) if len(parts) <= 2 and any(parts) and short else ""


def joined_plan(plan: str, payer: str = "") -> str:
    """A plan and its payer as one value of `PLANS`; either may be ''."""
    return f"{plan} {BAR} {payer}".strip() if payer else plan


def plan_and_payer(value: str) -> tuple[str, str]:
    """The two parts of a value of `PLANS`; what the program did not name is ''."""
    plan, _bar, payer = value.partition(BAR)
    return plan.strip(), payer.strip()


def _state(text: str) -> str:
    return text.upper() if text.upper() in STATE_NAMES else ""


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        return ""


FIELDS: Mapping[str, WordField] = {
    field.name: field
    for field in (
        WordField(PHONES, read=_phone, fault=FaultCode.BAD_PHONE, most=5),
        WordField(WEBSITE, read=read_website, fault=FaultCode.BAD_WEBSITE, most=1),
        *(
            WordField(name, choices=tuple(o.key for o in FACET[key].options))
            for name, key in BY_FACET.items()
        ),
        WordField(PLANS, read=_plan, fault=FaultCode.BAD_LINE),
        WordField(TELEHEALTH, choices=("yes", "no"), most=1),
        WordField(STATES, read=_state, fault=FaultCode.BAD_STATE, most=len(STATE_NAMES)),
        WordField(ACCESS, choices=("yes", "partly", "no"), most=1),
        WordField(CLOSED, read=_day, fault=FaultCode.BAD_DATE, most=1),
    )
}
"""Every field that a program may speak of, in the order in which it is shown."""


def clean_word(name: str, values: Sequence[str]) -> list[str]:
    """The values of a field in their one spelling and order, each once.

    Raises:
        Faulty: with every fault; nothing is taken then.
    """
    field = FIELDS[name]
    faults: list[PlacedFault] = []
    read: list[str] = []
    for i, text in enumerate(filter(None, map(str.strip, values))):
        value = field.read(text) if field.read else text if text in field.choices else ""
        if value and value not in read:
            read.append(value)
        elif not value:
            faults.append(PlacedFault(f"{name}[{i}]", field.fault, text[:MOST_LETTERS]))
    if len(read) > field.most:
        faults.append(PlacedFault(name, FaultCode.TOO_MANY))
    if faults:
        raise Faulty(faults)
    return sorted(read, key=field.choices.index) if field.choices else read


def with_words(site: Site, won: Mapping[str, Claim]) -> Site:
    """The site with what its program says beside the survey, and with the history of that."""
    said = {name: won[name] for name in FIELDS if name in won and won[name].value}
    facts = {name: fact for name, fact in site.facts.items() if not name.startswith("says:")}
    facts |= {n: FactSource(c.source, c.as_of, c.method, c.until) for n, c in said.items()}
    values = {name: tuple(map(str, _items(claim.value))) for name, claim in said.items()}
    history = tuple(h for h in site.history if h.what not in (SAID, CHANGED, TAKEN_BACK))
    changes = _items(won[CHANGES].value) if CHANGES in won else []
    entries = tuple(HistoryEntry(str(day), str(what), "", str(name)) for day, name, what in changes)
    return replace(site, said=values, facts=facts, history=(*history, *entries))


def _items(value: object) -> list[Any]:
    assert isinstance(value, list | tuple)
    return list(value)


def word_now(site: Site, name: str, today: date) -> tuple[str, ...]:
    """What the program says of a field, as far as it holds today."""
    fact = site.facts.get(name)
    holds = fact is not None and (fact.until is None or today < fact.until)
    return site.said.get(name, ()) if holds else ()


@dataclass(frozen=True, slots=True)
class Spoken:
    """One word on one field, from a day to the day on which it ended, None while it stands."""

    field: str
    value: object
    said_on: date
    ended_on: date | None


def changes_of(words: Iterable[Spoken]) -> list[list[str]]:
    """The newest changes among words in the order in which they were said, the oldest first.

    Saying the same again is no change. Of places, which change daily, only the newest counts.
    """
    last: dict[str, Spoken] = {}
    entries: list[tuple[date, str, str]] = []
    for word in words:
        before = last.get(word.field)
        ended = before is not None and before.ended_on is not None
        if before is None or (ended and before.ended_on < word.said_on):  # type: ignore[operator]
            if before is not None and before.ended_on is not None:
                entries.append((before.ended_on, word.field, TAKEN_BACK))
            entries.append((word.said_on, word.field, SAID))
        elif before.value != word.value:
            entries.append((word.said_on, word.field, CHANGED))
        last[word.field] = word
    entries += [
        (word.ended_on, word.field, TAKEN_BACK)
        for word in last.values()
        if word.ended_on is not None
    ]
    places = [entry for entry in entries if entry[1] == "openings"]
    kept = [e for e in entries if e[1] != "openings" or e is places[-1]]
    newest = sorted(kept, key=lambda e: (e[0], e[1]))[-MOST_CHANGES:]
    return [[day.isoformat(), field, what] for day, field, what in newest]
