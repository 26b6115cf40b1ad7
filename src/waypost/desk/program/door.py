"""The door to a person's record: whose it is, who asks, and that the read is logged."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone

from waypost.accounts.queries import member_names, person_name
from waypost.accounts.roles import PERMISSIONS, Permission, Role
from waypost.accounts.who_may import Actor
from waypost.design.program_faults import sentence_of
from waypost.desk.frame import render
from waypost.desk.permission import asking, needs
from waypost.treatment.consents.actions import log_read
from waypost.treatment.consents.queries import standing
from waypost.treatment.records.owner import Owner
from waypost.treatment.records.person import PersonSeen
from waypost.treatment.records.queries import person_in_care
from waypost.treatment.who_may import (
    CLINICIANS,
    RecordRefusal,
    RecordStanding,
    may_read,
)


@dataclass(frozen=True, slots=True)
class Opened:
    """A record that a member of staff may see, and how they stand to it."""

    owner: Owner
    actor: Actor
    person: PersonSeen
    standing: RecordStanding
    now: datetime

    @property
    def by(self) -> str:
        """Who acts, as the audit names them."""
        return self.actor.person

    @property
    def today(self) -> date:
        """The day of the act, on the program's wall (`program_clock`)."""
        return timezone.localdate(self.now)


def owners_of(actor: Actor | None, permission: Permission) -> list[Owner]:
    """The organizations in which somebody may do this, each once."""
    seats = actor.seats if actor else ()
    able = [s.organization for s in seats if permission in PERMISSIONS[s.kind, s.role]]
    return [Owner(organization) for organization in dict.fromkeys(able)]


def owner_here(request: HttpRequest, permission: Permission) -> tuple[Owner, Actor]:
    """The organization whose pages are shown: the one in which this person may do this."""
    actor = asking(request)
    owners = owners_of(actor, permission)
    if actor is None or not owners:
        raise Http404
    return owners[0], actor


def roles_in(actor: Actor, owner: Owner) -> frozenset[Role]:
    """The roles that somebody has in an organization."""
    return frozenset(s.role for s in actor.seats if s.organization == owner.organization)


def staff_name(by: str) -> str:
    """The name of whom the audit calls "person:7"; what it says where it is nobody's."""
    kind, _colon, number = by.partition(":")
    return (person_name(int(number)) if kind == "person" and number.isdecimal() else "") or by


def staff_names(owner: Owner, known: Mapping[int, str] | None = None) -> Callable[[str], str]:
    """`staff_name` for a page: the organization's people are read once, at the first look.

    ``known`` are names that the page has read already, by person.
    """
    names = {f"person:{number}": name for number, name in (known or {}).items()}

    def name_of(by: str) -> str:
        if not names:
            members = member_names(owner.organization)
            names.update((f"person:{number}", name) for number, name in members.items())
        return names.get(by) or names.setdefault(by, staff_name(by))

    return name_of


def find_record(request: HttpRequest, permission: Permission, person: str) -> Opened:
    """The record with this id, of an organization in which the actor may do this.

    Another organization's record and one that never was get the same answer: nothing is here.
    """
    actor, now = asking(request), timezone.now()
    for owner in owners_of(actor, permission):
        seen = person_in_care(owner, person)
        if seen is not None and actor is not None:
            roles = roles_in(actor, owner)
            stands = standing(owner, person=person, staff=actor.person, roles=roles, now=now)
            return Opened(owner, actor, seen, stands, now)
    raise Http404


def of_record(
    permission: Permission, part: str
) -> Callable[[Callable[..., HttpResponseBase]], Callable[..., HttpResponseBase]]:
    """A view of one person's record. Who may not read it is told how; every read is logged.

    A form that comes back with what is wrong shows the record too, and is a read.
    """

    def decorate(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
        @needs(permission)
        @wraps(view)
        def wrapped(request: HttpRequest, person: str, **more: Any) -> HttpResponseBase:
            opened = find_record(request, permission, person)
            refusal = may_read(opened.standing)
            if refusal is not None:
                return refused(request, opened, refusal)
            if request.method == "GET" and not getattr(request, "unseen", False):
                _log(opened, part)
            response = view(request, opened, **more)
            if request.method != "GET" and not 300 <= response.status_code < 400:
                _log(opened, part)  # the record's page came back, with a sentence on what is wrong
            return response

        return wrapped

    return decorate


def _log(opened: Opened, part: str) -> None:
    log_read(
        opened.owner,
        person=opened.person.id,
        part=part,
        emergency=opened.standing.emergency and not opened.standing.on_team,
        by=opened.by,
        now=opened.now,
    )


def refused(
    request: HttpRequest, opened: Opened, refusal: RecordRefusal, problems: list[str] | None = None
) -> HttpResponse:
    """The page that says why a record is closed, and how a clinician opens it in an emergency."""
    context = {
        "sentence": sentence_of(refusal),
        "record": opened.person.id,
        "may_break": bool(opened.standing.roles & CLINICIANS),
        "problems": problems or [],
    }
    return render(request, "program/people/closed.html", context, status=403)
