"""The fields of a plan, as a form sends them: one row for each line, empty rows left out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.http import QueryDict
from django.utils.translation import gettext as _

from waypost.design.days_words import kind_words
from waypost.desk.numbers import whole_number
from waypost.desk.program.long_texts import too_long
from waypost.treatment.plans.plan import COLUMNS, AskedWeek, LineState, PlanLine, PlanWords

MOST_LINES = 40
ROWS_MORE = 2
MOST = 500
MOST_OWN_WORDS = 5_000
MOST_HOURS = 60


def plan_from(post: QueryDict) -> PlanWords:
    """What a form says of a plan."""

    def text(name: str) -> str:
        return post.get(name, "").strip()

    rows = (
        PlanLine(**{c: text(f"{c}-{n}") for c in COLUMNS}, state=_state(text(f"state-{n}")))
        for n in range(MOST_LINES)
    )
    week = AskedWeek(
        whole_number(text("hours"), 3),
        whole_number(text("days"), 3),
        tuple(word.strip() for word in text("kinds").split(",") if word.strip()),
        text("can_come"),
        text("transport"),
        text("child_care"),
    )
    lines = tuple(row for row in rows if any(getattr(row, c) for c in COLUMNS))
    return PlanWords(text("own_words"), lines, week, text("template")[:40])


def plan_problems(post: QueryDict, words: PlanWords) -> list[str]:
    """What is wrong with a plan as it was typed, in sentences."""
    cells = [getattr(line, column) for line in words.lines for column in COLUMNS]
    week = words.week
    return [
        *too_long([words.own_words], MOST_OWN_WORDS),
        *too_long([*cells, *week.kinds, week.can_come, week.transport, week.child_care], MOST),
        *_numbers(post),
        *_unknown_kinds(week.kinds),
    ]


def _numbers(post: QueryDict) -> list[str]:
    asked = (
        ("hours", MOST_HOURS, _("Hours a week are a whole number up to %(most)s, such as 9.")),
        ("days", 7, _("Days a week are a whole number up to %(most)s, such as 3.")),
    )
    typed = {name: post.get(name, "0").strip() or "0" for name, _most, _sentence in asked}
    return [
        sentence % {"most": most}
        for name, most, sentence in asked
        if not (typed[name].isdecimal() and whole_number(typed[name]) <= most)
    ]


def _unknown_kinds(kinds: Iterable[str]) -> list[str]:
    known = kind_words()
    unknown = [kind for kind in kinds if kind not in known]
    if not unknown:
        return []
    sentence = _("“%(kind)s” is not a kind of group. The kinds are: %(kinds)s.")
    return [sentence % {"kind": kind, "kinds": ", ".join(known)} for kind in unknown]


def too_many(lines: Sequence[PlanLine]) -> list[str]:
    """A sentence where a plan would have more lines than its page shows and keeps."""
    if len(lines) <= MOST_LINES:
        return []
    sentence = _("A plan has at most %(most)s lines; with these it would have %(lines)s.")
    return [sentence % {"most": MOST_LINES, "lines": len(lines)}]


def shown_lines(words: PlanWords) -> list[PlanLine]:
    """The lines and a few empty ones to write in."""
    return [*words.lines, *[PlanLine("", "")] * ROWS_MORE][:MOST_LINES]


def line_states() -> dict[str, str]:
    """Where a line of a plan stands, by code."""
    return {
        LineState.OPEN: _("open"),
        LineState.REACHED: _("reached"),
        LineState.DROPPED: _("dropped"),
    }


def place_words(place: str) -> str:
    """Where in a plan something changed, as the page of the plan calls it."""
    words = {
        "own words": _("What the person wants, in their own words"),
        "hours": _("Hours a week"),
        "days": _("Days a week"),
        "kinds": _("Kinds of groups, with commas"),
        "can come": _("When they can come"),
        "transport": _("Transport"),
        "child care": _("Child care"),
        "intervention": _("Intervention"),
        "who": _("Who"),
        "by when": _("By when"),
        "state": _("State"),
    }
    line, colon, field = place.rpartition(": ")
    return f"{line}{colon}{words.get(field, field)}"


def _state(text: str) -> str:
    return text if text in set(LineState) else LineState.OPEN


def payer_words() -> dict[str, str]:
    """The payers by whose rules a plan is reviewed, by code."""
    return {"medicare": "Medicare", "medicaid": "Medicaid", "other": _("other")}
