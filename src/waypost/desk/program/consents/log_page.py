"""The log for an auditor: emergencies with their reasons, what left, and who read what."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from waypost.accounts.roles import Permission
from waypost.accounts.who_may import Actor
from waypost.design.program_faults import sentences_of
from waypost.design.program_words import exception_words
from waypost.design.words import moment_text
from waypost.desk.frame import render
from waypost.desk.permission import needs
from waypost.desk.program.door import owner_here, staff_names
from waypost.desk.program.long_texts import too_long
from waypost.desk.program.sheet import sheet
from waypost.treatment.consents.actions import NotAllowed, review_emergency
from waypost.treatment.consents.log import MOST, LoggedTime, ProgramLog
from waypost.treatment.consents.notices import SHORT
from waypost.treatment.consents.queries import program_log
from waypost.treatment.records.actions import NoSuchRecord
from waypost.treatment.records.ids import PERSON
from waypost.treatment.records.owner import Owner

MOST_FINDING = 500
RECORD = re.compile(f"{PERSON}_[A-Za-z0-9_-]+")
"""Only an id is looked for: a name has no place in an address."""


@needs(Permission.READ_DISCLOSURES)
def log(request: HttpRequest) -> HttpResponse:
    """Who opened which record, in an emergency or not, and what left the program."""
    owner, actor = owner_here(request, Permission.READ_DISCLOSURES)
    return _page(request, owner, actor, [])


@require_POST
@needs(Permission.READ_DISCLOSURES)
def review(request: HttpRequest, number: str) -> HttpResponse:
    """Write what was found of an emergency; what was typed comes back where it is refused."""
    owner, actor = owner_here(request, Permission.READ_DISCLOSURES)
    finding = request.POST.get(f"finding-{number}", "").strip()
    if problems := too_long([finding], MOST_FINDING):
        return _page(request, owner, actor, problems)
    try:
        review_emergency(
            owner, emergency=number, finding=finding, by=actor.person, now=timezone.now()
        )
    except NotAllowed as error:
        return _page(request, owner, actor, sentences_of(error))
    except NoSuchRecord:
        raise Http404 from None
    messages.success(request, _("Saved: the emergency was reviewed."))
    return redirect("program_log")


def _page(request: HttpRequest, owner: Owner, actor: Actor, problems: list[str]) -> HttpResponse:
    """The log as asked for in the address."""
    typed = {name: request.GET.get(name, "").strip() for name in ("from", "to", "record")}
    typed["record"] = typed["record"] if RECORD.fullmatch(typed["record"]) else ""
    as_file = request.GET.get("format") == "csv"
    asked = LoggedTime(_midnight(typed["from"]), _midnight(typed["to"], 1), typed["record"])
    shown = program_log(owner, asked, most=None if as_file else MOST)
    if as_file:
        return sheet(_rows(shown, staff_names(owner)), "log.csv")
    context = {
        "log": shown,
        "typed": typed,
        "findings": request.POST,
        "reader": actor.person,
        "problems": problems,
        "most": MOST,
        "full": MOST in map(len, (shown.emergencies, shown.disclosures, shown.reads)),
        "staff_name": staff_names(owner),
        "exceptions": exception_words(),
    }
    status = 400 if problems else 200
    return render(request, "program/consents/log.html", context, status=status)


def _midnight(typed: str, later: int = 0) -> datetime | None:
    """When a day begins on the program's wall, or the one after; None where none is typed."""
    try:
        day = date.fromisoformat(typed) + timedelta(days=later)
    except (ValueError, OverflowError):
        return None
    return timezone.make_aware(datetime.combine(day, time()))


def _rows(log: ProgramLog, name_of: Callable[[str], str]) -> list[tuple[str, ...]]:
    head = (_("When"), _("What happened"), _("Record"), _("By"), _("To whom"), _("What"),
            _("Reason or purpose"), _("Basis"))  # fmt: skip
    bases = exception_words()
    rows = [
        *((e.at, _("opened in an emergency"), e.person, e.by, "", "", e.reason, "")
          for e in log.emergencies),
        *((e.reviewed_at, _("looked at the emergency"), e.person, e.reviewed_by, "", "",
           e.finding, "") for e in log.emergencies if e.reviewed_at),
        *((d.at, _("left the program"), d.person, d.by, d.recipient, f"{d.what} ({d.form})",
           d.purpose, bases.get(d.basis, d.basis)) for d in log.disclosures),
        *((r.at, _("read in an emergency") if r.emergency else _("read"), r.person, r.by, "",
           r.part, "", "") for r in log.reads),
    ]  # fmt: skip
    rows.sort(key=lambda row: row[0], reverse=True)
    body = [
        (moment_text(at), act, record, name_of(by), *rest) for at, act, record, by, *rest in rows
    ]
    return [head, *body, (SHORT,)]
