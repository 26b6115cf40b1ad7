"""Check-ups: a list, a form, a result. Answers are read, scored and forgotten.

A form is sent by POST and answered by a redirect to a page that can be shown again: Back and
Reload show a result, and above all its safety page, without asking to send a form twice. The
answers travel sealed in that page's address (see `waypost.web.check_ups.sealed`); nothing is
stored or logged.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_http_methods, require_safe

from waypost.design.caching import unkept
from waypost.design.environment import language_prefix
from waypost.design.saved_as import saved_as
from waypost.levels_of_care.instruments.fhir import Release, questionnaire
from waypost.levels_of_care.instruments.instrument import Instrument
from waypost.levels_of_care.instruments.load import load_instruments
from waypost.levels_of_care.instruments.response import response
from waypost.levels_of_care.instruments.score import BadInstrumentAnswers, safety_items, score
from waypost.web.check_ups.form import answers_from, other_language, questions, said
from waypost.web.check_ups.result import result, total_words
from waypost.web.check_ups.sealed import read_answers, sealed_answers
from waypost.web.doors import takes_forms
from waypost.web.frame import cacheable, render
from waypost.web.sealing import Unreadable

LANGUAGE_HELPERS = {"said": said, "other_language_of": other_language}


def offered() -> Mapping[str, Instrument]:
    """The check-ups of this installation, by id."""
    return _loaded(bool(getattr(settings, "WAYPOST_NONCOMMERCIAL_INSTRUMENTS", False)))


@cache
def _loaded(noncommercial: bool) -> Mapping[str, Instrument]:
    return load_instruments(noncommercial=noncommercial)


@require_safe
@cacheable
def check_ups(request: HttpRequest) -> HttpResponse:
    """Which check-ups there are, and what they are not."""
    return render(
        request, "check_ups/list.html", LANGUAGE_HELPERS | {"instruments": offered().values()}
    )


@require_http_methods(["GET", "HEAD", "POST"])
@takes_forms
def check_up(request: HttpRequest, name: str) -> HttpResponse:
    """One check-up: the form, or a redirect to where its answers lead."""
    instrument = _instrument(name)
    if request.method != "POST":
        return _empty_form(request, name)
    return _see(instrument, answers_from(instrument, request.POST))


@require_safe
def check_up_answered(request: HttpRequest, name: str, sealed: str) -> HttpResponse:
    """The page that a sealed address leads to: the safety page, the result or what is missing.

    An address that opens nothing any more shows the numbers: nobody knows what was answered.
    """
    instrument = _instrument(name)
    try:
        answers = read_answers(instrument, sealed)
    except Unreadable:
        return _sealed_page(request, "too_old", _context(instrument), 410)
    return _answered(request, instrument, answers)


@require_safe
def check_up_questionnaire(request: HttpRequest, name: str) -> HttpResponse:
    """The check-up as a FHIR Questionnaire: R4, or R5 with ``?fhir=R5``."""
    instrument = _instrument(name)
    try:
        release = Release(request.GET.get("fhir", "R4").upper())
    except ValueError:
        return JsonResponse({"problem": "“fhir” is R4 or R5."}, status=400)
    return _fhir(questionnaire(instrument, release))


@require_http_methods(["POST"])
@takes_forms
def check_up_response(request: HttpRequest, name: str) -> HttpResponse:
    """The form's answers as a FHIR QuestionnaireResponse to keep; nothing is stored here."""
    instrument = _instrument(name)
    answers = answers_from(instrument, request.POST)
    try:
        file = _fhir(response(instrument, answers))
    except BadInstrumentAnswers:
        return _see(instrument, answers)
    file.headers["Content-Disposition"] = saved_as(f"{instrument.id}.json")
    return unkept(file)


def _instrument(name: str) -> Instrument:
    try:
        return offered()[name]
    except KeyError:
        raise Http404 from None


@cacheable
def _empty_form(request: HttpRequest, name: str) -> HttpResponse:
    instrument = _instrument(name)
    return render(request, "check_ups/form.html", _context(instrument, questions(instrument, {})))


def _see(instrument: Instrument, answers: dict[str, str]) -> HttpResponse:
    """A redirect to the page of these answers, in the language of this one."""
    sealed = sealed_answers(instrument, answers)
    address = f"{language_prefix()}/check-ups/{instrument.id}/on/{sealed}"
    return unkept(HttpResponse(status=303, headers={"Location": address}))


def _answered(
    request: HttpRequest, instrument: Instrument, answers: dict[str, str]
) -> HttpResponse:
    error = None
    scored = None
    try:
        scored = score(instrument, answers)
    except BadInstrumentAnswers as bad:
        error = bad
    if safety_items(instrument, answers):  # first, even where other answers are missing
        total = total_words(instrument, scored) if scored else ""
        label = said(scored.band.label) if scored else ""
        context = _context(instrument) | {"total": total, "label": label}
        return _sealed_page(request, "safety", context)
    if error or not scored:
        context = _context(instrument, questions(instrument, answers, error))
        return _sealed_page(request, "form", context, 400)
    context = _context(instrument) | {
        "result": result(instrument, answers, scored),
        "given": answers,
        "next": offered().get(instrument.next_step),
    }
    return _sealed_page(request, "result", context)


def _sealed_page(
    request: HttpRequest, name: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    """A page that nobody may keep, and that no search engine shall find."""
    context |= {"canonical": "", "alternates": []}
    return unkept(render(request, f"check_ups/{name}.html", context, status=status))


def _context(instrument: Instrument, form_questions: list[Any] | None = None) -> dict[str, Any]:
    form_questions = form_questions or []
    return LANGUAGE_HELPERS | {
        "instrument": instrument,
        "questions": form_questions,
        "problems": [question for question in form_questions if question.problem],
        "section": "/check-ups",
    }


def _fhir(resource: dict[str, Any]) -> HttpResponse:
    return JsonResponse(
        resource,
        content_type="application/fhir+json",
        json_dumps_params={"ensure_ascii": False, "indent": 2},
    )
