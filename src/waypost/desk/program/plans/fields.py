"""The fields of a plan, as a form sends them: a row a line, empty rows left out."""

from __future__ import annotations

from django.http import QueryDict

from waypost.desk.program.door import whole_number
from waypost.treatment.plans.plan import COLUMNS, AskedWeek, LineState, PlanLine, PlanWords

STATES = tuple(LineState)
MOST_LINES = 40
ROWS_MORE = 2
MOST = 500


def plan_from(post: QueryDict) -> PlanWords:
    """What a form says of a plan."""

    def text(name: str, most: int = MOST) -> str:
        return post.get(name, "").strip()[:most]

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
    return PlanWords(text("own_words", 5_000), lines, week, text("template", 40))


def shown_lines(words: PlanWords) -> list[PlanLine]:
    """The lines and a few empty ones to write in."""
    return [*words.lines, *[PlanLine("", "")] * ROWS_MORE][:MOST_LINES]


def _state(text: str) -> str:
    return text if text in set(LineState) else LineState.OPEN
