"""A program's people say what is right of their listing, field by field, and that it closed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import zip_longest

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from waypost.accounts.queries import owner_of
from waypost.accounts.roles import Permission, Role
from waypost.accounts.who_may import Actor
from waypost.design.directory_faults import directory_words
from waypost.design.timetable_faults import fault_text
from waypost.design.word_words import value_words, word_names
from waypost.desk.drafts.presence import others_on
from waypost.desk.frame import render
from waypost.desk.listings.known import site_named
from waypost.desk.permission import ensure, needs
from waypost.desk.sign_in.again import asks_again
from waypost.directory.program_word import (
    CLOSED,
    FIELDS,
    MOST_LINES,
    PLANS,
    joined_plan,
    plan_and_payer,
)
from waypost.directory.said.actions import (
    CannotClose,
    SaidMeanwhile,
    decide_closing,
    say_closed,
    say_words,
)
from waypost.directory.said.queries import (
    closing_numbered,
    closings,
    version_of_words,
    words_now,
)
from waypost.directory.site import Site
from waypost.directory.timetables import Speaker
from waypost.values.placed_fault import Faulty

Values = Mapping[str, Sequence[str]]
PLANS_MORE = 3
"""Empty lines for more plans."""


def speaker_of(actor: Actor, organization: str) -> Speaker:
    """Whose word it is: an administrator's of the program, or a representative's."""
    roles = {seat.role for seat in actor.seats if seat.organization == organization}
    return Speaker.ADMINISTRATOR if Role.ADMINISTRATOR in roles else Speaker.REPRESENTATIVE


@needs(Permission.SPEAK_FOR_LISTING)
def word(request: HttpRequest, site_id: str) -> HttpResponse:
    """Every field in one form; what is wrong or came meanwhile loses nothing that was typed."""
    actor, site = _theirs(request, site_id)
    typed: Values | None = None
    problems: list[str] = []
    meanwhile = False
    if request.method == "POST":
        typed = _typed(request)
        try:
            _say(request, site, typed, actor)
        except Faulty as error:
            names = word_names()
            problems = [
                f"{names[f.place.partition('[')[0]]}: {fault_text(f)}" for f in error.faults
            ]
        except SaidMeanwhile as error:
            meanwhile, problems = True, directory_words(error)
        else:
            messages.success(request, _("Saved. It goes out with the next publish."))
            return redirect("desk_word", site_id=site_id)
    return _page(request, site, actor, problems, typed=typed, meanwhile=meanwhile)


def _page(
    request: HttpRequest,
    site: Site,
    actor: Actor,
    problems: list[str],
    *,
    typed: Values | None = None,
    meanwhile: bool = False,
) -> HttpResponse:
    stands = words_now(site.id)
    shown: Values = stands if typed is None else typed
    context = {
        "site": site,
        "fields": [f for f in FIELDS.values() if f.name != CLOSED],
        "names": word_names(),
        "shown": shown,
        "stands": stands,
        "meanwhile": meanwhile,
        "value_words": value_words,
        "seen": version_of_words(site.id),
        "closings": [(c, c.asked_by == actor.person) for c in closings(site.id)],
        "plans": PLANS,
        "plan_rows": _plan_rows(shown.get(PLANS, ())),
        "problems": problems,
        "others": others_on(request, f"site:{site.id}"),
    }
    status = 409 if meanwhile else 400 if problems else 200
    return render(request, "listings/word.html", context, status=status)


def _theirs(request: HttpRequest, site_id: str) -> tuple[Actor, Site]:
    actor = ensure(request, Permission.SPEAK_FOR_LISTING, owner_of(site_id))
    site = site_named(request, site_id)
    if site is None:
        raise Http404
    return actor, site


def _typed(request: HttpRequest) -> dict[str, list[str]]:
    """What the form says of each field: ticked choices, a value a line, a plan with its payer."""
    typed = {
        field.name: request.POST.getlist(field.name)
        if field.choices
        else request.POST.get(field.name, "").splitlines()
        for field in FIELDS.values()
        if field.name != CLOSED
    }
    pairs = zip_longest(request.POST.getlist(PLANS), request.POST.getlist("payer"), fillvalue="")
    return typed | {PLANS: [joined_plan(plan.strip(), payer.strip()) for plan, payer in pairs]}


def _plan_rows(values: Sequence[str]) -> list[tuple[str, str]]:
    """The plans and payers of the form's lines, each on its own line, and a few empty ones."""
    rows = [plan_and_payer(value) for value in values]
    return [*rows, *[("", "")] * min(PLANS_MORE, MOST_LINES - len(rows))]


def seen_version(request: HttpRequest) -> int | None:
    """The version that the form was made from; None where it does not say."""
    seen = request.POST.get("seen", "")
    return int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 16 else None


def _say(request: HttpRequest, site: Site, typed: Values, actor: Actor) -> None:
    organization = owner_of(site.id)
    say_words(
        site_id=site.id,
        values=typed,
        speaker=speaker_of(actor, organization),
        organization=organization,
        by=actor.person,
        now=timezone.now(),
        seen=seen_version(request),
        zone=site.timezone,
    )


@require_POST
@needs(Permission.SPEAK_FOR_LISTING)
@asks_again
def closed(request: HttpRequest, site_id: str) -> HttpResponse:
    """Say that the program closed for good; a second person confirms it."""
    actor, site = _theirs(request, site_id)
    organization = owner_of(site.id)
    typed = _typed(request) if "seen" in request.POST else None
    try:
        say_closed(
            site_id=site.id,
            closed_on=date.fromisoformat(request.POST.get("closed_on", "")),
            speaker=speaker_of(actor, organization),
            organization=organization,
            by=actor.person,
            now=timezone.now(),
            zone=site.timezone,
        )
    except CannotClose as error:
        return _page(request, site, actor, directory_words(error), typed=typed)
    except ValueError:
        return _page(request, site, actor, [_("Write the day as 2026-12-03.")], typed=typed)
    messages.success(request, _("Noted. It counts once a second person has confirmed it."))
    return redirect("desk_word", site_id=site_id)


@require_POST
@needs(Permission.SPEAK_FOR_LISTING)
@asks_again
def second_person(request: HttpRequest, number: int) -> HttpResponse:
    """A colleague confirms or refuses that the program closed."""
    closing = closing_numbered(number)
    actor = ensure(
        request, Permission.SPEAK_FOR_LISTING, owner_of(closing.site_id) if closing else ""
    )
    return decided(
        request, number, actor.person, f"/listings/{closing.site_id if closing else ''}/word"
    )


def decided(request: HttpRequest, number: int, by: str, to: str) -> HttpResponse:
    """Take the decision of a second person and go back."""
    confirm = request.POST.get("decision") == "confirm"
    closing = closing_numbered(number)
    site = site_named(request, closing.site_id) if closing else None
    zone = site.timezone if site else ""
    try:
        decide_closing(number=number, confirm=confirm, by=by, now=timezone.now(), zone=zone)
    except CannotClose as error:
        messages.error(request, " ".join(directory_words(error)))
    else:
        messages.success(request, _("Decided. It goes out with the next publish."))
    return redirect(to)
