"""Reports of the program, as a page that prints and as CSV; and the worksheet of billable units."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from waypost.accounts.roles import Permission
from waypost.design.days_words import checked_words, hours_words
from waypost.desk.frame import render
from waypost.desk.permission import needs
from waypost.desk.program.days.page import FIRST, LAST, local_day
from waypost.desk.program.door import owner_here
from waypost.desk.program.plans.fields import payer_words
from waypost.desk.program.reports.more_rows import more_rows
from waypost.desk.program.sheet import sheet
from waypost.treatment.attendance.billing import UnitLine, UnitRule, unit_rules, worksheet
from waypost.treatment.attendance.queries import attended, minutes_of_sessions
from waypost.treatment.attendance.tally import week_of
from waypost.treatment.consents.notices import SHORT
from waypost.treatment.plans.queries import payers_of
from waypost.treatment.progress.report import (
    PUBLISHED_ENDS,
    PUBLISHED_SOURCE,
    ProgramReport,
    report,
)
from waypost.treatment.records.owner import Owner
from waypost.treatment.records.queries import episodes, people_in_care

USUAL = timedelta(days=112)
WEEK = timedelta(days=7)
NOT_SET = "not-set"
"""In the filter of the worksheet: whoever has no payer."""


@needs(Permission.SEE_REPORTS)
def reports(request: HttpRequest) -> HttpResponse:
    """The figures of sixteen weeks, or from the day that is asked for; counts alone, no names."""
    owner, _actor = owner_here(request, Permission.SEE_REPORTS)
    last = local_day()
    first = local_day(request.GET.get("from", "")) if request.GET.get("from") else last - USUAL
    first = min(first, last)
    figures = _report(owner, first, last)
    rows = [*_rows(figures), *more_rows(owner, first, last)]
    ends = _ends(figures)
    if request.GET.get("format") == "csv":
        time = [(_("From"), first.isoformat()), (_("To"), last.isoformat())]
        head = (_("End"), _("Here"), _("Percent"), _("Published, percent"))
        body = [tuple(str(cell) for cell in row) for row in ends]
        table = [(_("Figure"), _("Value")), *time, *rows, (), head, *body, PUBLISHED_SOURCE]
        return sheet(table, "report.csv")
    context = {"figures": figures, "rows": rows, "ends": ends, "source": PUBLISHED_SOURCE}
    return render(request, "program/reports/reports.html", context)


def _ends(figures: ProgramReport) -> list[tuple[str, int, int | str, int]]:
    """How stays ended: the word, how many, their percent if any ended, and the published one."""
    return [
        (
            end_words()[code],
            count := figures.ends.get(code, 0),
            round(100 * count / figures.ended) if figures.ended else _("nobody ended"),
            published,
        )
        for code, published in PUBLISHED_ENDS.items()
    ]


def _report(owner: Owner, first: date, last: date) -> ProgramReport:
    return report(first, last, episodes(owner), minutes_of_sessions(owner, first, last))


def _rows(figures: ProgramReport) -> list[tuple[str, str]]:
    rows = [
        (_("In care today"), str(figures.census)),
        (_("Began"), str(figures.begun)),
        (_("Ended"), str(figures.ended)),
        (_("Hours attended"), hours_words(figures.attended_minutes)),
        (_("Hours offered to those on the rosters"), hours_words(figures.planned_minutes)),
    ]
    for days, (stayed, able) in figures.retained.items():
        rows.append((_("Stayed %(n)s days, or completed before") % {"n": days},
                     _("%(n)s of %(all)s") % {"n": stayed, "all": able}
                     if able else _("nobody began so long ago")))  # fmt: skip
    for track, (minutes, length) in figures.tracks.items():
        share = round(100 * minutes / length) if length else 0
        rows.append((_("Attended in the track “%(track)s”") % {"track": track}, f"{share}%"))
    return rows


def end_words() -> dict[str, str]:
    """How stays end as TEDS counts them, by code."""
    return {
        "completed": _("Completed"),
        "transferred": _("Transferred"),
        "dropped out": _("Dropped out"),
        "terminated": _("Terminated by the program"),
        "other": _("Other"),
    }


@needs(Permission.SEE_BILLING)
def billing(request: HttpRequest) -> HttpResponse:
    """Units of a week from attended minutes, by one payer's rule: a worksheet, not a claim."""
    owner, _actor = owner_here(request, Permission.SEE_BILLING)
    rules = unit_rules()
    rule = rules.get(request.GET.get("rule", ""), rules["h0015-day"])
    monday, after = week_of(local_day(request.GET.get("day", "")))
    choices = {"": _("everyone"), **payer_words(), NOT_SET: _("not set")}
    payer = request.GET.get("payer", "")
    payer = payer if payer in choices else ""
    minutes = _minutes(owner, monday, after - timedelta(days=1))
    payers = payers_of(owner) if payer else {}
    theirs = [person for person in minutes if payer in ("", payers.get(person, NOT_SET))]
    lines = _lines(owner, rule, {person: minutes[person] for person in theirs})
    if request.GET.get("format") == "csv":
        head = (
            _("Name"),
            _("Day"),
            _("Minutes"),
            _("Code"),
            _("Units"),
            _("Condition code"),
            _("Note"),
        )
        body = [
            (
                *(name, line.day.isoformat(), str(line.minutes), line.code, str(line.units)),
                *(line.condition_code, caution_words().get(line.caution, "")),
            )
            for name, line in lines
        ]
        return sheet([head, *body, (SHORT,)], "worksheet.csv")
    context = {
        "rules": rules,
        "rule": rule,
        "needs": rule.needs.spoken(get_language() or "en"),
        "checked": checked_words(rule.checked),
        "payer": payer,
        "payers": choices,
        "not_set": sum(person not in payers for person in minutes) if payer else 0,
        "lines": lines,
        "totals": _totals(line for _name, line in lines),
        "monday": monday,
        "before": max(monday - WEEK, FIRST),
        "after": min(monday + WEEK, LAST),
        "cautions": caution_words(),
    }
    return render(request, "program/reports/billing.html", context)


def _minutes(owner: Owner, first: date, last: date) -> dict[str, dict[date, int]]:
    """The minutes that each person attended on each day."""
    minutes: dict[str, dict[date, int]] = defaultdict(lambda: defaultdict(int))
    for line in attended(owner, first, last):
        minutes[line.person][line.day] += line.minutes or 0
    return {person: days for person, days in minutes.items() if any(days.values())}


def _lines(
    owner: Owner, rule: UnitRule, minutes: Mapping[str, Mapping[date, int]]
) -> list[tuple[str, UnitLine]]:
    """The lines of the sheet by name: a claim is in the name of the card."""
    people = people_in_care(owner, minutes)
    lines = [
        (people[person].words.name, line)
        for person, days in minutes.items()
        if person in people
        for line in worksheet(rule, days)
    ]
    return sorted(lines, key=lambda pair: (pair[0], pair[1].day))


def _totals(lines: Iterable[UnitLine]) -> list[tuple[str, int, int, int]]:
    """Of each code that makes units: its units, its days, and how many of those have a note."""
    of_code: dict[str, list[UnitLine]] = defaultdict(list)
    for line in lines:
        if line.units:
            of_code[line.code].append(line)
    return [
        (code, sum(line.units for line in of), len(of), sum(bool(line.caution) for line in of))
        for code, of in sorted(of_code.items())
    ]


def caution_words() -> dict[str, str]:
    """What a biller looks at, by code."""
    return {
        "short day": _("The day was too short; the neighboring code is shown."),
        "short week": _("The week is below what the rule asks for."),
        "no unit": _("Too short for any unit."),
    }
