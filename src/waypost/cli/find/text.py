"""An answer as a table for people and as JSON for scripts."""

from __future__ import annotations

from typing import Any

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from waypost.design.timetable_words import count_words, fit_words
from waypost.design.words import address_text, miles_text, number_text
from waypost.directory.facets import option
from waypost.navigation.answer import Answer, ChangeKind, RankedSite, Standing
from waypost.navigation.hours_json import count_json, fit_json
from waypost.navigation.need_json import to_json
from waypost.places.place import Found, PlaceKind
from waypost.values.geo import shown_miles

_MARKS = {Standing.OFFERED: "yes", Standing.NOT_LISTED: "not listed", Standing.UNKNOWN: "not known"}
PLAIN_WIDTH = 110


def print_answer(answer: Answer) -> None:
    """A readable table; colors and the terminal's width only on a terminal."""
    console = Console(highlight=False)
    if not console.is_terminal:
        console = Console(highlight=False, width=PLAIN_WIDTH, no_color=True)
    where = answer.place.label if answer.place else "anywhere"
    if _corrected(answer):
        typed = escape(answer.need.place)
        console.print(f"Read “{typed}” as {escape(where)}.")
    others = answer.resolution.others if isinstance(answer.resolution, Found) else ()
    if others:
        names = "; ".join(place.key for place in others)
        console.print(f"Not this one? {escape(names)}", style="dim")
    console.print(f"{number_text(answer.total)} programs for {escape(where)}")
    if answer.hours is not None:
        console.print(count_words(answer.hours))
    if answer.options:
        console.print(_table(answer))
    if answer.nearest is not None:
        console.print(f"The nearest that fits: {escape(_nearest(answer.nearest))}")
    for change in answer.changes:
        console.print(f"  {number_text(change.total)} with {_change(change.kind, change.detail)}")
    if answer.total and not answer.options:
        last = f"the last is page {number_text(answer.pages)}"
        console.print(f"There is no page {number_text(answer.need.page)}; {last}.")
    elif answer.pages > 1:
        console.print(f"Page {answer.need.page} of {number_text(answer.pages)}; --page shows more.")
    console.print("Call to confirm. In danger, call 911. In crisis, call or text 988.", style="dim")


def _corrected(answer: Answer) -> bool:
    """Whether the typed place was corrected to a different spelling."""
    resolution = answer.resolution
    if not isinstance(resolution, Found) or not resolution.corrected:
        return False
    return not resolution.place.label.startswith(answer.need.place)


def _table(answer: Answer) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("", justify="right")
    whole = answer.place is not None and answer.place.kind in (PlaceKind.STATE, PlaceKind.COUNTY)
    table.add_column("From its middle" if whole else "Distance")
    table.add_column("Program", ratio=3)
    table.add_column("Telephone", no_wrap=True)
    table.add_column("Why", ratio=2)
    for row in answer.options:
        site = row.site
        address = address_text(site)
        table.add_row(
            str(row.number),
            "" if row.miles is None else miles_text(row.miles, exact=row.exact),
            f"[bold]{escape(site.name)}[/]\n{escape(address)}\n[dim]{site.id}[/]",
            site.phones[0].display if site.phones else "no number",
            escape(why(row)),
        )
    return table


def _nearest(program: RankedSite) -> str:
    """ "Permian Basin Community Centers, Midland, TX, 131 miles"."""
    site = program.site
    far = "" if program.miles is None else f", {miles_text(program.miles, exact=program.exact)}"
    return f"{site.name}, {site.city}, {site.state}{far}"


def why(program: RankedSite) -> str:
    """ "Intensive outpatient: yes; Medicaid: not known"."""
    reasons = [f"{option(r.column).label}: {_MARKS[r.standing]}" for r in program.reasons]
    if program.hours is not None:
        reasons.append(f"Hours ({program.hours.standing.value}): {fit_words(program.hours)}")
    return "; ".join(reasons)


def _change(kind: ChangeKind, detail: str) -> str:
    return {
        ChangeKind.TELEHEALTH: f"telehealth, anywhere in {detail}: call and ask",
        ChangeKind.TELEHEALTH_ALONE: f"telehealth, anywhere in {detail}, the rest left open",
        ChangeKind.LEVEL: f"--level {detail} here",
        ChangeKind.ANY_OF: f"--any {detail}",
        ChangeKind.OPEN_HOURS: "--hours all",
        ChangeKind.OPEN_STATE: "other states too",
        ChangeKind.WIDER: f"--within {detail}",
        ChangeKind.BEYOND: f"--within {detail} of its middle, across the border",
        ChangeKind.OPEN_FACET: f"{detail} left open",
        ChangeKind.ALLOW: f"{detail} allowed",
        ChangeKind.DROP_TEXT: "any name",
        ChangeKind.OPEN_ALL: f"--within nearest{'' if detail else ' --level any'} and nothing else",
    }[kind]


def answer_json(answer: Answer) -> dict[str, Any]:
    """The answer as plain JSON values."""
    return {
        "need": to_json(answer.need),
        "place": answer.place.label if answer.place else None,
        "snapshot": answer.version,
        "total": answer.total,
        "hours": count_json(answer.hours),
        "programs": [_program(program) for program in answer.options],
        "changes": [
            {"kind": c.kind.value, "detail": c.detail, "total": c.total} for c in answer.changes
        ],
        "nearest": _program(answer.nearest) if answer.nearest else None,
    }


def _program(program: RankedSite) -> dict[str, Any]:
    site = program.site
    return {
        "number": program.number,
        "id": site.id,
        "name": site.name,
        "name2": site.name2,
        "street": site.street,
        "city": site.city,
        "state": site.state,
        "zip": site.zip,
        "phones": [{"kind": p.kind.value, "number": p.e164} for p in site.phones],
        "miles": shown_miles(program.miles, exact=program.exact),
        "exact": program.exact,
        "reasons": {r.column: r.standing.value for r in program.reasons},
        "score": program.score,
        "hours": fit_json(program.hours),
    }
