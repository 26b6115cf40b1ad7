"""The guide: plain questions by POST, a safety exit at once, a summary, a result to bring.

No answer is ever put in an address, stored or logged: every page carries the answers in its own
form, and no page may be kept by a cache.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.template import loader
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from waypost.levels_of_care.guide.answers import (
    Answers,
    BadAnswers,
    NotAnswered,
    asked,
    for_other,
)
from waypost.levels_of_care.guide.assess import Exit, Result, assess, exit_so_far
from waypost.levels_of_care.guide.rules_file import the_guide
from waypost.serving.process import snapshot_of
from waypost.web.frame import render
from waypost.web.guide import form
from waypost.web.guide.near import nearest
from waypost.web.guide.result import result_context
from waypost.web.guide.words import both_ticked, exit_words, page_title


@sensitive_post_parameters()
def guide(request: HttpRequest) -> HttpResponse:
    """The first page, or whatever the form that was sent leads to."""
    if request.method != "POST":
        return _unkept(_questions(request, {}, form.FIRST_PAGE))
    try:
        sent = form.read_form(the_guide(), request.POST)
        sent = replace(sent, answers=form.with_check(the_guide(), sent))
        return _unkept(_after(request, sent))
    except (BadAnswers, NotAnswered):
        problem = _("That form could not be read. Please start again; nothing was kept.")
        return _unkept(_questions(request, {}, form.FIRST_PAGE, problem, status=400))


@sensitive_post_parameters()
def save(request: HttpRequest) -> HttpResponse:
    """The result as one self-contained page to keep or to bring, made from the form alone."""
    if request.method != "POST":
        return _unkept(HttpResponseNotAllowed(["POST"]))
    try:
        sent = form.read_form(the_guide(), request.POST)
        found = assess(the_guide(), sent.answers)
    except (BadAnswers, NotAnswered):
        problem = _("That form could not be read. Please start again; nothing was kept.")
        return _unkept(_questions(request, {}, form.FIRST_PAGE, problem, status=400))
    if isinstance(found, Exit):
        return _unkept(_exit(request, found, sent))
    context = result_context(snapshot_of(request), found, sent) | {
        "made_on": timezone.localdate(),
        "saved": True,
    }
    text = loader.get_template("guide/saved.html").render(context, None)
    response = HttpResponse(text, content_type="text/html; charset=utf-8")
    name = _("levels-to-talk-about")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.html"'
    return _unkept(response)


def _after(request: HttpRequest, sent: form.Sent) -> HttpResponse:
    """Where a form leads: back, to a page to change, to an exit, on, or to the result."""
    the = the_guide()
    if sent.go == form.BACK:
        back = form.page_before(the, sent.answers, sent.page)
        return _questions(request, sent.answers, back)
    if sent.go.startswith(form.CHANGE):
        return _questions(request, sent.answers, _page_named(sent.go))
    found = exit_so_far(the, sent.answers)
    if found:
        return _exit(request, found, sent)
    problem = _problem_with(sent)
    if problem:
        return _questions(request, {**sent.answers, **sent.ticked}, sent.page, problem, status=422)
    page = form.next_page(the, sent.answers)
    if page != form.SUMMARY_PAGE:
        return _questions(request, sent.answers, page)
    return _result(request, sent) if sent.go == form.RESULT else _summary(request, sent.answers)


def _problem_with(sent: form.Sent) -> str:
    """What the page just sent still needs, or nothing; asked after every exit, never before."""
    the = the_guide()
    against = form.ticked_against(the, sent)
    if against:
        return both_ticked(against)
    if sent.go == form.NEXT and form.unanswered_on(the, sent.answers, sent.page):
        return _("Please choose an answer. “None of these” and “I do not know” are answers too.")
    return ""


def _page_named(go: str) -> int:
    number = go.removeprefix(form.CHANGE)
    if not (number.isascii() and number.isdigit() and len(number) <= 2):
        raise BadAnswers("There is no such page.")
    return int(number)


def _questions(
    request: HttpRequest, answers: Answers, page: int, problem: str = "", *, status: int = 200
) -> HttpResponse:
    the = the_guide()
    pages = form.pages_of(the, answers)
    page = page if page in pages else form.FIRST_PAGE
    context = {
        "page": page,
        "title": page_title(page),
        "step": pages.index(page) + 1,
        "steps": len(pages) + 1,
        "questions": form.questions_on(the, answers, page),
        "answers": answers,
        "for_other": for_other(answers),
        "hidden": form.hidden_fields(the, answers, page),
        "kept": form.hidden_fields(the, answers),
        "problem": problem,
        "first": page == form.FIRST_PAGE,
    }
    return render(request, "guide/questions.html", _frame(context), status=status)


def _summary(request: HttpRequest, answers: Answers) -> HttpResponse:
    the = the_guide()
    rows = [(q, [c for c in q.choices if c.id in answers[q.id]]) for q in asked(the, answers)]
    context = {
        "rows": rows,
        "for_other": for_other(answers),
        "hidden": form.hidden_fields(the, answers),
        "page": form.SUMMARY_PAGE,
    }
    return render(request, "guide/summary.html", _frame(context))


def _exit(request: HttpRequest, found: Exit, sent: form.Sent) -> HttpResponse:
    words = exit_words(found.kind, other=for_other(sent.answers))
    check = the_guide().question("checked")
    context = {
        "found": found,
        "words": words,
        "sources": the_guide().sources,
        "near": sent.near,
        "nearby": nearest(snapshot_of(request), sent.near, words.near_levels),
        "hidden": form.hidden_fields(the_guide(), sent.answers),
        "page": sent.page,
        "check": check,
    }
    return render(request, "guide/exit.html", _frame(context))


def _result(request: HttpRequest, sent: form.Sent) -> HttpResponse:
    found = assess(the_guide(), sent.answers)
    if not isinstance(found, Result):
        return _exit(request, found, sent)
    return render(
        request, "guide/result.html", _frame(result_context(snapshot_of(request), found, sent))
    )


def _frame(context: dict[str, Any]) -> dict[str, Any]:
    """What every page of the guide has; its address in the other language starts afresh."""
    lang = translation.get_language() or "en"
    return context | {"lang": lang, "spanish_reviewed": the_guide().spanish_reviewed}


def _unkept(response: HttpResponse) -> HttpResponse:
    response.headers["Cache-Control"] = "no-store"
    return response
