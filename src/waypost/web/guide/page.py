"""The guide: plain questions, a safety exit at once, a result to bring.

Every form is sent by POST and answered by a redirect to a page that can be shown again: Back and
Reload never ask to send a form twice. The answers travel sealed in that page's address (see
`waypost.web.guide.sealed`); nothing is stored or logged, and no page may be kept by a cache.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.template import loader
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from waypost.design.caching import unkept
from waypost.design.saved_as import saved_as
from waypost.levels_of_care.guide.answers import BadAnswers, NotAnswered, asked, on_path
from waypost.levels_of_care.guide.assess import Exit, Suggestions, assess, exit_so_far
from waypost.levels_of_care.guide.rules_file import the_guide
from waypost.serving.process import snapshot_of
from waypost.web.doors import takes_forms
from waypost.web.frame import render
from waypost.web.guide import form
from waypost.web.guide.exit import exit_context
from waypost.web.guide.result import result_context
from waypost.web.guide.sealed import (
    FIRST_PAGE,
    GuideView,
    SealProblem,
    State,
    Unreadable,
    seal,
    unseal,
)
from waypost.web.guide.words import language, person, problem_words

STATUS = {SealProblem.NONE: 200, SealProblem.NOT_READ: 400}
SEALED = "/guide/on/"


@sensitive_post_parameters()
@takes_forms
def guide(request: HttpRequest) -> HttpResponse:
    """The first page, or a redirect to where the form that was sent leads."""
    if request.method != "POST":
        return unkept(_questions(request, State()))
    try:
        sent = form.read_form(the_guide(), request.POST)
        return unkept(_see(form.leads_to(the_guide(), sent)))
    except (BadAnswers, NotAnswered):
        return unkept(_see(State(problem=SealProblem.NOT_READ)))


def going(request: HttpRequest, sealed: str) -> HttpResponse:
    """The page that a sealed address leads to: questions, an exit or the result."""
    try:
        state = unseal(the_guide(), sealed)
    except Unreadable:
        return unkept(_too_old(request))
    if state.view is GuideView.QUESTIONS:
        return unkept(_questions(request, state))
    try:
        outcome = _outcome(state)
    except NotAnswered:
        return unkept(_questions(request, state.showing(GuideView.QUESTIONS)))
    if isinstance(outcome, Exit):
        return unkept(_exit(request, outcome, state))
    return unkept(_result(request, outcome, state))


@sensitive_post_parameters()
@takes_forms
def save(request: HttpRequest) -> HttpResponse:
    """The result as one self-contained page to keep or bring, made only from the form."""
    if request.method != "POST":
        return unkept(HttpResponseNotAllowed(["POST"]))
    try:
        state = form.read_form(the_guide(), request.POST).state
        outcome = assess(the_guide(), state.answers)
    except (BadAnswers, NotAnswered):
        return unkept(_see(State(problem=SealProblem.NOT_READ)))
    if isinstance(outcome, Exit):
        return unkept(_see(state.showing(GuideView.EXIT)))
    today = timezone.localdate()
    context = result_context(the_guide(), snapshot_of(request), outcome, state, today)
    context |= {"made_on": today, "saved": True}
    text = loader.get_template("guide/saved.html").render(context, None)
    response = HttpResponse(text, content_type="text/html; charset=utf-8")
    name = _("levels-to-talk-about")
    response.headers["Content-Disposition"] = saved_as(f"{name}.html")
    return unkept(response)


def _outcome(state: State) -> Exit | Suggestions:
    """An exit as soon as the answers so far call for one, else the result of them all."""
    return exit_so_far(the_guide(), state.answers) or assess(the_guide(), state.answers)


def _see(state: State) -> HttpResponse:
    """A redirect to the page of a state, in the language of this one."""
    prefix = "/es" if language() == "es" else ""
    address = f"{prefix}{SEALED}{seal(state)}"
    return HttpResponse(status=303, headers={"Location": address})


def _questions(request: HttpRequest, state: State) -> HttpResponse:
    the = the_guide()
    pages = form.pages_of(the, state.answers)
    page = state.page if state.page in pages else FIRST_PAGE
    who = person(state.answers)
    answered = on_path(the, state.answers)
    context = {
        "page": page,
        "title": the.heading(page).words.said(who),
        "step": pages.index(page) + 1,
        "steps": len(pages) + 1,
        "questions": form.questions_on(the, state.answers, page),
        "offered": answered,
        "ticked": {**answered, **state.ticked},
        "person": who,
        "problem": problem_words(the, state),
        "first": page == FIRST_PAGE,
        "young_can": the.young_can.spoken(language()),
    }
    status = STATUS.get(state.problem, 422)
    return render(request, "guide/questions.html", _frame(request, state, context), status=status)


def _exit(request: HttpRequest, outcome: Exit, state: State) -> HttpResponse:
    today = timezone.localdate()
    context = exit_context(the_guide(), snapshot_of(request), outcome, state, today)
    return render(request, "guide/exit.html", _frame(request, state, context))


def _result(request: HttpRequest, outcome: Suggestions, state: State) -> HttpResponse:
    today = timezone.localdate()
    context = result_context(the_guide(), snapshot_of(request), outcome, state, today)
    context["rows"] = _answer_rows(state)
    return render(request, "guide/result.html", _frame(request, state, context))


def _answer_rows(state: State) -> list[tuple[str, list[str], int]]:
    """Each question that was asked, its answers in words, and its page."""
    the, who, answered = the_guide(), person(state.answers), on_path(the_guide(), state.answers)
    rows = []
    for question in asked(the, state.answers):
        chosen = [c for c in question.choices if c.id in answered.get(question.id, ())]
        words = [choice.words.said(who) for choice in chosen]
        rows.append((question.words.said(who), words, question.page))
    return rows


def _too_old(request: HttpRequest) -> HttpResponse:
    """A sealed address that opens nothing any more: the numbers, and a new start."""
    lines = the_guide().safety.lines
    shown = [lines[name] for name in ("911", *the_guide().safety.help_page)]
    return render(request, "guide/too_old.html", {"lines": shown, "lang": language()}, status=410)


def _frame(request: HttpRequest, state: State, context: dict[str, Any]) -> dict[str, Any]:
    """What every page of the guide has: its language, its answers sealed, its place."""
    the = the_guide()
    shared = {
        "lang": language(),
        "spanish_reviewed": the.spanish_reviewed,
        "kept": seal(state),
        "near": state.near,
        "page": context.get("page", state.page),
        "section": "/guide",
    }
    if SEALED in request.path_info:
        shared |= {"canonical": "", "alternates": []}
    return shared | context
