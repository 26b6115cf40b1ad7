"""`waypost find`: the search on a terminal, or as JSON for a script."""

from __future__ import annotations

from typing import Annotated

import orjson
import typer
from django.utils import timezone

from waypost.cli.exits import BAD_QUESTION, NOTHING_FOUND, stop
from waypost.cli.find.text import answer_json, print_answer
from waypost.cli.ready import open_snapshot
from waypost.design.place_words import place_problem, ways_on
from waypost.directory.facets import FACETS, find_option
from waypost.navigation.find_care import find_care
from waypost.navigation.need import ANY_LEVEL, LEVEL, BadNeed, Need
from waypost.navigation.need_url import need_from_query
from waypost.places.choosing import places_in
from waypost.places.place import Ambiguous, Unknown

EXAMPLES = """Examples:

`waypost find 78701`

`waypost find "Pittsburgh, PA" --within 10 --need medicaid --need women --sort best`

`waypost find "El Paso" --age 16 --need medicaid`

`waypost find 78701 --come "mon wed thu 17:30-21:00" --sort best`

`waypost find Guam --within nearest --level any --json`"""


def find(
    place: Annotated[list[str], typer.Argument(help="A ZIP, city, county, state, or “lat,lon”.")],
    level: Annotated[
        list[str] | None,
        typer.Option(help="Level of care: iop (the default), outpatient, php, ..., or any."),
    ] = None,
    within: Annotated[str, typer.Option(help="Miles, or “nearest”.")] = "25",
    need: Annotated[
        list[str] | None, typer.Option(help="What must be offered: a service code or its name.")
    ] = None,
    prefer: Annotated[
        list[str] | None,
        typer.Option(help="What counts in --sort best but hides no program."),
    ] = None,
    any_of: Annotated[
        list[str] | None,
        typer.Option("--any", help="A facet in which any one --need is enough."),
    ] = None,
    age: Annotated[str, typer.Option(help="The person's age in years.")] = "",
    state: Annotated[str, typer.Option(help="Only programs in this state, such as TX.")] = "",
    without: Annotated[
        list[str] | None, typer.Option("--not", help="What must not be offered.")
    ] = None,
    name: Annotated[str, typer.Option(help="Name of a program or organization.")] = "",
    come: Annotated[
        list[str] | None, typer.Option(help="When you can come: “mon wed thu 17:30-21:00”.")
    ] = None,
    weekly: Annotated[str, typer.Option(help="Hours a week: 9, 9-12 or -12.")] = "",
    attend: Annotated[str, typer.Option(help="in-person or telehealth.")] = "",
    by: Annotated[str, typer.Option(help="The last day to begin, such as 2026-12-07.")] = "",
    opening: Annotated[bool, typer.Option("--opening", help="Who has a place now?")] = False,
    hours: Annotated[str, typer.Option(help="Whom to show: all, said or fit.")] = "all",
    sort: Annotated[str, typer.Option(help="nearest, best or name.")] = "nearest",
    limit: Annotated[int, typer.Option(help="How many programs, from 1 to 200.")] = 20,
    page: Annotated[int, typer.Option(help="Which page of the answer.")] = 1,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Find programs near a place."""
    query = {"near": [" ".join(place)], "within": [within], "q": [name], "sort": [sort]}
    query |= {"page_size": [str(limit)], "page": [str(page)]}
    query |= _choices(level or [], need or [], without or [])
    query |= {"any": any_of or [], "prefer": [_column(text) for text in prefer or []]}
    query |= {"age": [*query.get("age", []), age], "state": [state]}
    query |= {"come": come or [], "weekly": [weekly], "attend": [attend], "by": [by]}
    query |= {"opening": ["1" if opening else ""], "hours": [hours]}
    try:
        parsed = need_from_query(query)
    except BadNeed as error:
        stop(" ".join(error.problems.values()), BAD_QUESTION)
    if not parsed.place and not parsed.text:
        stop("Where? Give a ZIP, a city, a county or a state, or a program's --name.", BAD_QUESTION)
    _answer(parsed, as_json=as_json)


def _answer(question: Need, *, as_json: bool) -> None:
    answer = find_care(open_snapshot(), question, timezone.now())
    if isinstance(answer.resolution, Ambiguous | Unknown):
        names = "; ".join(place.key for place in places_in(answer.resolution))
        ways = (f"\n{words}: {address}" for address, words in ways_on(answer.resolution))
        sentence = " ".join((place_problem(answer.resolution), names)).rstrip()
        stop(sentence + "".join(ways), BAD_QUESTION)
    if as_json:
        print(orjson.dumps(answer_json(answer), option=orjson.OPT_INDENT_2).decode())
    else:
        print_answer(answer)
    if not answer.options:
        raise typer.Exit(NOTHING_FOUND)


def _choices(levels: list[str], needs: list[str], without: list[str]) -> dict[str, list[str]]:
    chosen: dict[str, list[str]] = {}
    for text in levels:
        column = ANY_LEVEL if text == ANY_LEVEL else _column(text, LEVEL)
        chosen.setdefault(LEVEL, []).append(column.removeprefix(f"{LEVEL}:"))
    for text in needs:
        facet, _, option = _column(text).partition(":")
        chosen.setdefault(facet, []).append(option)
    return chosen | {"not": [_column(text) for text in without]}


def _column(text: str, facet: str = "") -> str:
    choice = find_option(f"{facet}:{text}") if facet else None
    choice = choice or find_option(text)
    if choice is None or (facet and choice.facet != facet):
        names = ", ".join(f.key for f in FACETS)
        if facet:
            options = next(f.options for f in FACETS if f.key == facet)
            stop(f"“{text}” is not a {facet}; choose {', '.join(o.key for o in options)}.",
                 BAD_QUESTION)  # fmt: skip
        stop(
            f"“{text}” is neither a service code nor the name of a choice. "
            f"The facets are {names}; a choice is written like payment:medicaid.",
            BAD_QUESTION,
        )
    return choice.column
