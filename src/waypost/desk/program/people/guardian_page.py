"""A minor's guardian and who signs for the minor; and the program's rule for minors."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from waypost.accounts.roles import Permission
from waypost.design.program_faults import sentence_of, sentences_of
from waypost.desk.frame import render
from waypost.desk.numbers import whole_number
from waypost.desk.permission import needs
from waypost.desk.program.door import Opened, of_record, owner_here, roles_in, staff_names
from waypost.treatment.minors.actions import keep_guardian, set_minor_rule
from waypost.treatment.minors.minor import (
    MAJORITY,
    BadGuardian,
    GuardianWords,
    MinorRule,
    Signers,
    SigningOf,
)
from waypost.treatment.minors.queries import minor_rule, newest_guardian, signing_of
from waypost.treatment.records.drafts import ChangedMeanwhile, Version


def signer_words() -> dict[str, str]:
    """Who signs a minor's consents, by code."""
    return {
        Signers.ALONE: _("The minor alone"),
        Signers.BOTH: _("The minor and a guardian"),
    }


def signing(opened: Opened) -> SigningOf:
    """How the consents of the person whose record is open are signed today."""
    person = opened.person
    return signing_of(opened.owner, person.id, person.words.born_on, opened.today)


@of_record(Permission.KEEP_INTAKE, "guardian")
def guardian(request: HttpRequest, opened: Opened) -> HttpResponse:
    """Who the guardian is, who signs and why; of two who save at once nothing is lost."""
    if request.method != "POST":
        return _page(request, opened, {}, [])
    words = _typed(request.POST)
    try:
        keep_guardian(
            opened.owner,
            person=opened.person.id,
            words=words,
            read_version=whole_number(request.POST.get("read", "0")),
            roles=opened.standing.roles,
            by=opened.by,
            now=opened.now,
        )
    except BadGuardian as error:
        return _page(request, opened, words.sealable(), sentences_of(error))
    except ChangedMeanwhile as error:
        return _page(request, opened, words.sealable(), [], theirs=error.newest)
    messages.success(request, _("Saved."))
    return redirect("program_guardian", person=opened.person.id)


def _typed(post: Mapping[str, str]) -> GuardianWords:
    names = (field.name for field in fields(GuardianWords))
    return GuardianWords(**{name: " ".join(post.get(name, "").split())[:400] for name in names})


def _page(
    request: HttpRequest,
    opened: Opened,
    typed: Mapping[str, str],
    problems: list[str],
    *,
    theirs: Version | None = None,
) -> HttpResponse:
    kept, now = newest_guardian(opened.owner, opened.person.id), signing(opened)
    refusal = now.contact_refused
    context = {
        "person": opened.person,
        "kept": kept,
        "typed": typed or now.guardian.sealable(),
        "theirs": GuardianWords.read(theirs.words) if theirs else None,
        "read": kept.number,
        "signing": now,
        "proposed": now.rule.proposed(now.age) if now.rule and now.age is not None else "",
        "refusal": sentence_of(refusal) if refusal else "",
        "signers": signer_words(),
        "problems": problems,
        "staff_name": staff_names(opened.owner),
    }
    status = 409 if theirs else 400 if problems else 200
    return render(request, "program/people/guardian.html", context, status=status)


@needs(Permission.KEEP_CONSENTS)
def minors(request: HttpRequest) -> HttpResponse:
    """What the state's law says of minors: entered by the director, with its source."""
    owner, actor = owner_here(request, Permission.KEEP_CONSENTS)
    typed: Mapping[str, str] = {}
    problems: list[str] = []
    if request.method == "POST":
        typed = {
            name: request.POST.get(name, "").strip()[:400]
            for name in ("majority", "alone_from", "source")
        }
        alone = typed["alone_from"]
        rule = MinorRule(
            whole_number(typed["majority"], 2),
            whole_number(alone, 2) if alone else None,
            typed["source"],
        )
        roles = roles_in(actor, owner)
        try:
            set_minor_rule(owner, rule=rule, roles=roles, by=actor.person, now=timezone.now())
        except BadGuardian as error:
            problems = sentences_of(error)
        else:
            messages.success(request, _("Saved."))
            return redirect("program_minors")
    context = {
        "rule": minor_rule(owner),
        "typed": typed,
        "problems": problems,
        "majority": MAJORITY,
        "staff_name": staff_names(owner),
    }
    status = 400 if problems else 200
    return render(request, "program/people/minors.html", context, status=status)
