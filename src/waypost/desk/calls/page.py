"""Rounds of calls at the desk: how far each has come, and one call at a time with its script."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from waypost.accounts.roles import Permission
from waypost.design.directory_faults import directory_sentence, directory_words
from waypost.desk.calls import words
from waypost.desk.frame import render
from waypost.desk.permission import asking, needs
from waypost.directory.calls.actions import BadCall, Findings, keep_try, local
from waypost.directory.calls.outcomes import (
    MOST_TRIES,
    CallField,
    CallVerdict,
    TryOutcome,
    TryRefusal,
    try_refused,
)
from waypost.directory.calls.queries import (
    SampledCall,
    call_numbered,
    found_wrong,
    next_call,
    rounds,
)
from waypost.directory.faults import DirectoryFault
from waypost.values.coded_fault import CodedFault

START = "waypost accuracy draw --state TX --size 150 --seed 7 --start"


@needs(Permission.CHECK_LISTINGS)
def calls(request: HttpRequest) -> HttpResponse:
    """Every round with how far it has come, and what calls found wrong."""
    wrong = [
        (site_id, words.listed_field(field), value, day)
        for site_id, field, value, day in found_wrong()
    ]
    context = {"rounds": rounds(), "wrong": wrong, "command": START}
    return render(request, "calls/calls.html", context)


@needs(Permission.CHECK_LISTINGS)
def next_one(request: HttpRequest, number: int) -> HttpResponseBase:
    """Lead to the next listing of a round that may be called at this hour."""
    call = next_call(number, _by(request), timezone.now())
    if call is not None:
        return redirect("desk_call", number=call.number)
    messages.success(
        request,
        _("There is nobody in this round for you to call now: come back at another hour or day."),
    )
    return redirect("desk_calls")


@needs(Permission.CHECK_LISTINGS)
def one_call(request: HttpRequest, number: int) -> HttpResponseBase:
    """The script of one call, and the form that keeps what it found."""
    call = call_numbered(number)
    if call is None:
        raise Http404
    problems: list[str] = []
    wrong_field = ""
    if request.method == "POST":
        try:
            _keep(request, call)
        except BadCall as error:
            problems, wrong_field = directory_words(error), error.faults[0].place
        else:
            messages.success(request, _("Kept."))
            return redirect("desk_next_call", number=call.round)
    context = _context(request, call) | {"problems": problems, "wrong_field": wrong_field}
    return render(request, "calls/call.html", context, status=400 if problems else 200)


def _keep(request: HttpRequest, call: SampledCall) -> None:
    outcome = _one_of(TryOutcome, request.POST.get("outcome", ""))
    if outcome is None:
        raise BadCall(CodedFault(DirectoryFault.NO_ENDING, "outcome"))
    findings: Findings = {
        field: (verdict, request.POST.get(f"value-{field}", ""))
        for field in CallField
        if (verdict := _one_of(CallVerdict, request.POST.get(f"verdict-{field}", "")))
    }
    keep_try(
        listing=call.number,
        coder=call.coder_now(),
        outcome=outcome,
        findings=findings,
        by=_by(request),
        now=timezone.now(),
    )


def _one_of(kind: Any, text: str) -> Any:
    """The member of an enum with this value; None where there is none."""
    with suppress(ValueError):
        return kind(text)
    return None


def _by(request: HttpRequest) -> str:
    actor = asking(request)
    return actor.person if actor else ""


def _context(request: HttpRequest, call: SampledCall) -> dict[str, Any]:
    coder = call.coder_now()
    here = local(timezone.now(), call.zone)
    refused = _refused(call, coder, _by(request), here)
    asked = words.questions(call.facts)
    return {
        "call": call,
        "coder": coder,
        "title": next((q.listed for q in asked if q.field is CallField.NAME), call.site_id),
        "here": here,
        "refused": directory_sentence(refused) if refused else "",
        "script": words.script(),
        "questions": asked,
        "phones": next((q.listed for q in asked if q.field is CallField.PHONES), ""),
        "endings": [(outcome, words.try_words(outcome)) for outcome in TryOutcome],
        "verdicts": [(verdict, words.verdict_words(verdict)) for verdict in CallVerdict],
        "tries": [(t.at, words.try_words(t.outcome)) for t in call.tries[max(coder, 1) - 1]],
        "most": MOST_TRIES,
        "typed": request.POST,
    }


def _refused(call: SampledCall, coder: int, by: str, here: Any) -> TryRefusal | None:
    """Why this person may not call now; None where they may."""
    if coder == 0:
        return TryRefusal.FINISHED
    if coder == 2 and by in call.callers[0]:
        return TryRefusal.SAME_PERSON
    return try_refused(call.tries[coder - 1], here)
