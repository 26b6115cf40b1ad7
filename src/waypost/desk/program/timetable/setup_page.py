"""Groups, rooms, facilitators and times of a program, a line each, as a director types them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from waypost.accounts.queries import owners
from waypost.accounts.roles import Permission
from waypost.design.days_words import kind_words
from waypost.design.program_faults import sentences_of
from waypost.desk.frame import render
from waypost.desk.permission import needs
from waypost.desk.program.door import owner_here
from waypost.places.states import STATE_NAMES
from waypost.treatment.timetable.actions import Changed, keep_setup
from waypost.treatment.timetable.attendees import spans_of
from waypost.treatment.timetable.caps import cap_rules
from waypost.treatment.timetable.kinds import GroupKind
from waypost.treatment.timetable.problem import CareGroup, Facilitator, MeetingRoom, WeekSlot
from waypost.treatment.timetable.queries import setup_now
from waypost.treatment.timetable.setup import BadSetup, Leave, ProgramSetup
from waypost.values.wall_time import MINUTES_A_DAY, WEEK, clock_of, known_zones

AREAS = ("slots", "groups", "rooms", "facilitators", "leave", "closed")
MOST_LINES = 400


class BadLine(ValueError):
    """A line that cannot be read; ``sentence`` quotes it, in the reader's language."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@needs(Permission.KEEP_TIMETABLE)
def setup_page(request: HttpRequest) -> HttpResponse:
    """Show and keep the setup; what is wrong comes back with everything that was typed."""
    owner, actor = owner_here(request, Permission.KEEP_TIMETABLE)
    kept = setup_now(owner)
    typed, version = lines_of(kept[0]) if kept else _empty(), kept[1] if kept else 0
    problems: list[str] = []
    if request.method == "POST":
        typed = {name: request.POST.get(name, "") for name in typed}
        try:
            setup = _read(typed, kept[0] if kept else None)
            read = request.POST.get("read", "")
            after = int(read) if read.isdecimal() and len(read) < 7 else version
            keep_setup(owner, setup=setup, after=after, by=actor.person, now=timezone.now())
        except BadLine as error:
            problems = [error.sentence]
        except (BadSetup, Changed) as error:
            problems = sentences_of(error)
        else:
            messages.success(request, _("Saved."))
            return redirect("program_week")
    sites = [o.site_id for o in owners() if o.organization == owner.organization]
    context = {
        "typed": typed,
        "version": version,
        "problems": problems,
        "sites": sites,
        "states": STATE_NAMES,
        "kinds": kind_words(),
        "rules": cap_rules(typed["state"]),
    }
    status = 400 if problems else 200
    return render(request, "program/timetable/setup.html", context, status=status)


def _empty() -> dict[str, str]:
    return dict.fromkeys(("zone", "state", "site", *AREAS), "") | {"zone": "America/New_York"}


def lines_of(setup: ProgramSetup) -> dict[str, str]:
    """The setup as it is typed."""
    slots = [f"{s.track}; {_when(s.start, s.end)}" for s in setup.slots]
    groups = [f"{g.id}; {g.kind}; {g.track}; {g.fewest}; {g.most}" for g in setup.groups]
    rooms = [f"{r.id}; {r.seats}" for r in setup.rooms]
    staff = [
        f"{f.id}; {', '.join(sorted(f.kinds)) if len(f.kinds) < len(GroupKind) else '*'}; "
        f"{f.most_minutes // 60}; {', '.join(_when(a, b) for a, b in f.hours)}"
        for f in setup.facilitators
    ]
    leave = [f"{absence.facilitator}; {absence.first}; {absence.last}" for absence in setup.leave]
    lines = (slots, groups, rooms, staff, leave, [day.isoformat() for day in setup.closed])
    texts = {name: "\n".join(of) for name, of in zip(AREAS, lines, strict=True)}
    return {"zone": setup.zone, "state": setup.state, "site": setup.site} | texts


def _when(start: int, end: int) -> str:
    day = start // MINUTES_A_DAY
    at = day * MINUTES_A_DAY
    return f"{WEEK[day]} {clock_of(start - at)}-{clock_of(end - at)}"


def _read(typed: Mapping[str, str], kept: ProgramSetup | None) -> ProgramSetup:
    """What was typed; a time and a group that stay keep what the week that runs calls them."""
    ids = {(s.track, s.start, s.end): s.id for s in kept.slots} if kept else {}
    pins = {group.id: group for group in kept.groups} if kept else {}
    if typed["zone"] not in known_zones():
        raise BadLine(_("“%(zone)s” is not a time zone such as America/New_York.") % typed)
    slots = [_slot(parts, ids) for parts in _parts(typed["slots"], 2)]
    groups = [_group(parts, pins) for parts in _parts(typed["groups"], 5)]
    rooms = [MeetingRoom(p[0], _number(p[1])) for p in _parts(typed["rooms"], 2)]
    staff = [_facilitator(parts) for parts in _parts(typed["facilitators"], 4)]
    return ProgramSetup(
        typed["zone"],
        typed["state"],
        typed["site"],
        slots=tuple(slots),
        groups=tuple(groups),
        rooms=tuple(rooms),
        facilitators=tuple(staff),
        leave=tuple(_leave(parts, staff) for parts in _parts(typed["leave"], 3)),
        closed=tuple(sorted(_day(parts[0]) for parts in _parts(typed["closed"], 1))),
    )


def _leave(parts: list[str], staff: list[Facilitator]) -> Leave:
    first, last = _day(parts[1]), _day(parts[2])
    if parts[0] not in {member.id for member in staff}:
        raise BadLine(_("“%(text)s” is not one of the facilitators above.") % {"text": parts[0]})
    if last < first:
        raise BadLine(_("“%(text)s”: the last day is before the first.") % {"text": parts[0]})
    return Leave(parts[0], first, last)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadLine(_("“%(text)s” is not a day such as 2026-12-25.") % {"text": text}) from None


def _parts(text: str, count: int) -> list[list[str]]:
    lines = [line for line in text.splitlines() if line.strip()][:MOST_LINES]
    parts = [[part.strip() for part in line.split(";")] for line in lines]
    for line, of_line in zip(lines, parts, strict=True):
        if len(of_line) != count or not of_line[0]:
            raise BadLine(_("“%(line)s” needs %(n)s parts with “;” between them.")
                          % {"line": line, "n": count})  # fmt: skip
    return parts


def _number(text: str) -> int:
    if not re.fullmatch(r"\d{1,3}", text):
        raise BadLine(_("“%(text)s” is not a number.") % {"text": text})
    return int(text)


def _slot(parts: list[str], ids: Mapping[tuple[str, int, int], str]) -> WeekSlot:
    spans = spans_of(parts[1])
    if len(spans) != 1:
        raise BadLine(_("“%(text)s” is not a time such as mon 18:00-19:30.") % {"text": parts[1]})
    start, end = spans[0]
    new = f"{parts[0]} {_when(start, end)}"
    return WeekSlot(ids.get((parts[0], start, end), new), parts[0], start, end)


def _kind(text: str) -> GroupKind:
    if text not in set(GroupKind):
        raise BadLine(_("“%(text)s” is not a kind of group.") % {"text": text})
    return GroupKind(text)


def _group(parts: list[str], pins: Mapping[str, CareGroup]) -> CareGroup:
    fewest, most = _number(parts[3]), _number(parts[4])
    if fewest > most or not most:
        raise BadLine(_("“%(text)s”: the fewest is more than the most.") % {"text": parts[0]})
    kept = pins.get(parts[0], CareGroup("", GroupKind.PROCESS))
    return replace(
        kept, id=parts[0], kind=_kind(parts[1]), track=parts[2], fewest=fewest, most=most
    )


def _facilitator(parts: list[str]) -> Facilitator:
    kinds = GroupKind if parts[1] == "*" else [_kind(k.strip()) for k in parts[1].split(",")]
    hours = spans_of(parts[3])
    if not hours:
        raise BadLine(_("“%(text)s” is not a time such as mon 18:00-19:30.") % {"text": parts[3]})
    return Facilitator(parts[0], frozenset(kinds), hours, _number(parts[2]) * 60)
