"""The coverage checker: three short steps, and an answer of which nothing is kept.

Every form is sent by POST and answered by a redirect to a page that can be shown again: Back and
Reload never ask to send a form twice. What was typed travels sealed in that page's address (see
`waypost.web.sealing`), so that no address, log or history names an insurance, a plan or a program.
No answer is kept by a browser or by anything between.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.debug import sensitive_post_parameters

from waypost.coverage.question import (
    BadCoverageQuestion,
    CoverageFault,
    CoverageQuestion,
    read_question,
)
from waypost.design.caching import unkept
from waypost.design.environment import language_prefix
from waypost.serving.coverage_answers import program_listing
from waypost.serving.process import snapshot_of
from waypost.web.coverage import steps
from waypost.web.coverage.fields import not_chosen, sent_fields, state_faults
from waypost.web.coverage.visit import (
    CoverageView,
    CoverageVisit,
    course_text,
    read_visit,
    sealed_visit,
)
from waypost.web.doors import takes_forms
from waypost.web.frame import render
from waypost.web.sealing import Unreadable

SEALED = "/coverage/on/"
_FIRST = ("insurance", "state", "care", "site")


def start(request: HttpRequest) -> HttpResponse:
    """Step 1: what kind of insurance, which state, which care; a program's page knows its state."""
    fields = {name: request.GET.get(name, "") for name in _FIRST}
    site = program_listing(snapshot_of(request), fields["site"])
    if site is not None and not fields["state"]:
        fields["state"] = site.state
    context = steps.first(snapshot_of(request), CoverageVisit(CoverageView.START, fields))
    return render(request, "coverage/start.html", context)


@takes_forms
@sensitive_post_parameters()
def plan_step(request: HttpRequest) -> HttpResponse:
    """Where step 1 leads: to step 2, or back to step 1 with what is missing."""
    sent = request.POST if request.method == "POST" else request.GET
    visit = CoverageVisit(
        CoverageView.PLAN, {name: sent[name] for name in _FIRST if sent.get(name)}
    )
    if not visit.fields:
        return unkept(HttpResponseRedirect(f"{language_prefix()}/coverage"))
    try:
        faults = state_faults(read_question(visit.fields))
    except BadCoverageQuestion as error:
        faults = error.faults
    return _see(visit.at(CoverageView.START, faults) if faults else visit)


@takes_forms
@sensitive_post_parameters()
def answer_step(request: HttpRequest) -> HttpResponse:
    """Where step 2 and the later forms lead: a choice, the answer, or back with what is wrong."""
    if request.method != "POST":
        return unkept(HttpResponseRedirect(f"{language_prefix()}/coverage"))
    visit = CoverageVisit(CoverageView.ANSWER, sent_fields(request.POST))
    try:
        question = question_of(visit)
    except BadCoverageQuestion as error:
        return _see(_back_to_where_it_was_typed(visit, error.faults))
    if steps.something_to_choose(question, visit.fields):
        return _see(visit.at(CoverageView.CHOOSE, not_chosen(request.POST)))
    return _see(visit)


def going(request: HttpRequest, sealed: str) -> HttpResponse:
    """The page that a sealed address leads to."""
    try:
        visit = read_visit(sealed)
    except Unreadable:
        return unkept(render(request, "coverage/too_old.html", {}, status=410))
    return unkept(_shown(request, visit))


def _shown(request: HttpRequest, visit: CoverageVisit) -> HttpResponse:
    snapshot, status = snapshot_of(request), 400 if visit.faults else 200
    if visit.view is CoverageView.START:
        context = steps.first(snapshot, visit)
        return render(request, "coverage/start.html", _private(context), status=status)
    try:
        question = question_of(visit) if not visit.faults else _what_can_be_read(visit)
    except BadCoverageQuestion as error:  # the pages have changed since it was sealed
        context = steps.first(snapshot, visit.at(CoverageView.START, error.faults))
        return render(request, "coverage/start.html", _private(context), status=400)
    if visit.view in (
        CoverageView.ANSWER,
        CoverageView.LIVE,
    ):  # live questions may have been turned off
        context = steps.answer(snapshot, question, visit.fields)
        return render(request, "coverage/answer.html", _private(context))
    context = steps.second(snapshot, question, visit)
    if visit.view is CoverageView.CHOOSE:
        context |= steps.choose(snapshot, question, visit.fields)
        return render(request, "coverage/choose.html", _private(context), status=status)
    return render(request, "coverage/plan.html", _private(context), status=status)


def question_of(visit: CoverageVisit) -> CoverageQuestion:
    """The question that the fields of a visit ask.

    Raises:
        BadQuestion: a field cannot be read.
    """
    return read_question({**visit.fields, "course": course_text(visit.fields)})


def _what_can_be_read(visit: CoverageVisit) -> CoverageQuestion:
    """The question without its faulty fields, for the page on which they are corrected."""
    sound = {k: v for k, v in visit.fields.items() if k not in visit.faults}
    course = "" if "course" in visit.faults else course_text(visit.fields)
    return read_question({**sound, "course": course})


def _back_to_where_it_was_typed(
    visit: CoverageVisit, faults: Mapping[str, CoverageFault]
) -> CoverageVisit:
    of_step_one = any(name in faults for name in ("insurance", "state", "care"))
    return visit.at(CoverageView.START if of_step_one else CoverageView.PLAN, faults)


def see(visit: CoverageVisit) -> HttpResponse:
    """A redirect to the page of a visit, in the language of this one."""
    address = f"{language_prefix()}{SEALED}{sealed_visit(visit)}"
    return HttpResponse(status=303, headers={"Location": address})


def _see(visit: CoverageVisit) -> HttpResponse:
    return unkept(see(visit))


def _private(context: dict[str, object]) -> dict[str, object]:
    """A page with a sealed address must not be found by search engines."""
    return {"canonical": "", "alternates": [], "section": "/coverage"} | context
