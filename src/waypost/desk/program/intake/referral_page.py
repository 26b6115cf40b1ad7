"""A referral: taken once, and never beside a record of the same person without being asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from waypost.accounts.queries import owners as listing_owners
from waypost.accounts.roles import Permission
from waypost.accounts.who_may import Actor
from waypost.audit.actions import record_event
from waypost.design.program_faults import sentences_of
from waypost.design.program_words import left_words, priority_words, state_words
from waypost.desk.frame import render
from waypost.desk.permission import needs
from waypost.desk.program.door import owner_here, roles_in
from waypost.desk.program.long_texts import too_long
from waypost.desk.program.people.fields import person_from, person_problems
from waypost.treatment.consents.actions import log_read
from waypost.treatment.consents.queries import standing
from waypost.treatment.intake.actions import add_referral, take_referral
from waypost.treatment.intake.queries import waiting_list, whose_referral
from waypost.treatment.intake.referral import (
    BadSheet,
    ReferralWords,
    referral_number,
    sheet_says,
)
from waypost.treatment.records.episode import EpisodeState
from waypost.treatment.records.ids import new_id
from waypost.treatment.records.owner import Owner
from waypost.treatment.records.person import PersonSeen, PersonWords
from waypost.treatment.records.queries import episodes, people_alike, people_in_care
from waypost.treatment.who_may import may_read

MOST = 8_000
MOST_ONCE = 40
NOBODY, NO_REFERRAL = PersonWords(""), ReferralWords()


@dataclass(frozen=True, slots=True)
class HereAlready:
    """Whoever may be the person of a referral: who is shown, and whether there are others."""

    everyone: tuple[str, ...]
    shown: tuple[tuple[PersonSeen, str], ...]

    @property
    def closed(self) -> bool:
        """Whether one of them has a record that is not open to whoever asks."""
        return len(self.shown) < len(self.everyone)


@needs(Permission.KEEP_INTAKE)
def intake(request: HttpRequest) -> HttpResponse:
    """The waiting list in its order, and a form for a referral that keeps what was typed."""
    owner, actor = owner_here(request, Permission.KEEP_INTAKE)
    if request.method != "POST":
        return intake_page(request, owner, [])
    words, now = person_from(request.POST), timezone.now()
    referral, problems = _referral(request, owner)
    problems += person_problems(words, timezone.localdate(now))
    if problems:
        return intake_page(request, owner, problems, words, referral)
    return _take(request, owner, actor, words, referral)


def _take(
    request: HttpRequest, owner: Owner, actor: Actor, words: PersonWords, referral: ReferralWords
) -> HttpResponse:
    """Take a referral; where the person may have a record, staff say whether it is theirs."""
    now, once = timezone.now(), request.POST.get("once", "")[:MOST_ONCE]
    number = referral_number(once, actor.person, words, referral) if once else ""
    if number and (taken := whose_referral(owner, number)):  # pressed twice, or sent again
        return _taken(request, taken)
    here = _here_already(owner, actor, words, now)
    same = request.POST.get("same", "")
    if same in {seen.id for seen, _state in here.shown}:
        add_referral(owner, person=same, referral=referral, by=actor.person, now=now)
        messages.success(
            request, _("The referral is kept in this record. The details here were not changed.")
        )
        return redirect("program_record", person=same)
    if not set(here.everyone) <= set(request.POST.get("another", "").split()):
        _log_shown(owner, actor, here, now)
        return intake_page(request, owner, [], words, referral, here)
    person = take_referral(
        owner, words=words, referral=referral, by=actor.person, now=now, once=once
    )
    return _taken(request, person)


def _taken(request: HttpRequest, person: str) -> HttpResponse:
    messages.success(request, _("The referral is taken. Begin with the pre-screen."))
    return redirect("program_pre_screen", person=person)


def _here_already(owner: Owner, actor: Actor, words: PersonWords, now: datetime) -> HereAlready:
    """Whoever may be this person, each with where their care stands, to whoever may read it."""
    people, roles = people_alike(owner, words), roles_in(actor, owner)
    states: dict[str, str] = {}
    for stay in episodes(owner) if people else ():
        if states.get(stay.person, EpisodeState.ENDED) == EpisodeState.ENDED:  # an open one counts
            states[stay.person] = stay.state
    shown = []
    for seen in people:
        stands = standing(owner, person=seen.id, staff=actor.person, roles=roles, now=now)
        if may_read(stands) is None:
            shown.append((seen, states.get(seen.id, "")))
    return HereAlready(tuple(seen.id for seen in people), tuple(shown))


def _log_shown(owner: Owner, actor: Actor, here: HereAlready, now: datetime) -> None:
    """Who is shown is read; whose record is closed was asked for, which the audit has."""
    shown, by = {seen.id for seen, _state in here.shown}, actor.person
    for person in here.everyone:
        if person in shown:
            log_read(owner, person=person, part="referral", emergency=False, by=by, now=now)
        else:
            record_event(act="typed a referral like this", record=person, by=by, now=now)


def intake_page(
    request: HttpRequest,
    owner: Owner,
    problems: list[str],
    words: PersonWords = NOBODY,
    referral: ReferralWords = NO_REFERRAL,
    here: HereAlready | None = None,
) -> HttpResponse:
    """The waiting list and the form, with what was typed where it is not stored."""
    waiting = waiting_list(owner)
    context: Mapping[str, object] = {
        "waiting": waiting,
        "names": people_in_care(owner, [w.person for w in waiting]),
        "priorities": priority_words(),
        "left": left_words(),
        "words": words,
        "referral": referral,
        "once": request.POST.get("once", "")[:MOST_ONCE] or new_id("form"),
        "here_already": here,
        "state_words": state_words,
        "problems": problems,
        "today": timezone.localdate(),
    }
    status = 409 if here else 400 if problems else 200
    return render(request, "program/intake/intake.html", context, status=status)


def _referral(request: HttpRequest, owner: Owner) -> tuple[ReferralWords, list[str]]:
    """What was typed about the referral; a call sheet's address is read, not fetched."""

    def text(name: str) -> str:
        return request.POST.get(name, "").strip()

    sheet, says = text("sheet"), ""
    problems = too_long([text(n) for n in ("referred_by", "reason", "wants", "sheet")], MOST)
    if sheet:
        sites = [o.site_id for o in listing_owners(owner.organization)]
        try:
            says = sheet_says(sheet, sites)
        except BadSheet as error:
            problems += sentences_of(error)
    return ReferralWords(text("referred_by"), text("reason"), text("wants"), sheet, says), problems
