"""Asking the insurer itself: consent first, then one question, then its answer on the screen.

Who the person is travels in the body of a form and exists only in that request: it goes to the
insurer and nowhere else, in no URL (sealed or not), log or file.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone

from waypost.coverage.question import BadCoverageQuestion, CoverageQuestion
from waypost.design.caching import PRIVATE, unkept
from waypost.design.environment import language_prefix
from waypost.eligibility.inquiry import Consent
from waypost.eligibility.live import Live, LiveAsked
from waypost.serving.payers import the_live
from waypost.serving.process import snapshot_of
from waypost.web.coverage import page as coverage_page
from waypost.web.coverage import steps
from waypost.web.coverage.live_form import FormPeople, problem_words, read_people
from waypost.web.coverage.live_offer import Offer, level_of, live_offer
from waypost.web.coverage.live_stream import streamed
from waypost.web.coverage.visit import (
    CoverageView,
    CoverageVisit,
    read_visit,
    sealed_visit,
    typed_fields,
)
from waypost.web.doors import form_token, is_forged, takes_forms, takes_forms_from_elsewhere
from waypost.web.frame import render
from waypost.web.sealing import Unreadable
from waypost.web.visitor import visitor_address

SEALED = "/coverage/live/on/"
CONSENT_TEXT = "2026-11-26"
"""The version of the words in ``coverage/consent.html``: change it with them."""


@takes_forms_from_elsewhere
def live_form(request: HttpRequest) -> HttpResponse:
    """Where “Ask my insurer” leads: the form, or the answer where nothing can be asked."""
    question, offer = _offered(request)
    if question is None or offer is None:
        return coverage_page.answer_step(request)
    visit = CoverageVisit(CoverageView.LIVE, typed_fields(request.POST))
    address = f"{language_prefix()}{SEALED}{sealed_visit(visit)}"
    return unkept(HttpResponse(status=303, headers={"Location": address}))


def shown_form(request: HttpRequest, sealed: str) -> HttpResponse:
    """The consent and the form; nothing of the person is in its address."""
    try:
        question = coverage_page.question_of(read_visit(sealed))
    except (BadCoverageQuestion, Unreadable):
        return coverage_page.going(request, sealed)
    offer = live_offer(question.site)
    if offer is None:
        return coverage_page.going(request, sealed)
    return _form(request, question, offer, {}, [])


@takes_forms
def live_answer(request: HttpRequest) -> HttpResponseBase:
    """Ask, and show how far it is; what is missing leads back to the form."""
    question, offer = _offered(request)
    live = the_live()
    if question is None or offer is None or live is None:
        return coverage_page.answer_step(request)
    sent = request.POST.dict()
    now = timezone.now()
    people, problems = read_people(sent, _today(request, question, now).date())
    if sent.get("payer", "") not in {number for number, _ in offer.payers}:
        problems.insert(0, "payer")
    if sent.get("consent") != "yes":
        problems.append("consent")
    if is_forged(request):
        problems.insert(0, "form")
    if people is None or problems:
        return _form(request, question, offer, sent, problems)
    return _ask(request, live, question, _asked(request, question, people, now))


def _ask(
    request: HttpRequest, live: Live, question: CoverageQuestion, asked: LiveAsked
) -> HttpResponseBase:
    context = steps.answer(snapshot_of(request), question, steps.as_fields(question))
    context |= {"payer_name": _payer_name(live, asked.payer)}
    # A compressed page would arrive all at once, or reveal its content by its size.
    request.META.pop("HTTP_ACCEPT_ENCODING", None)
    response = StreamingHttpResponse(streamed(request, question, context, live.begin(asked)))
    response.headers["Content-Type"] = "text/html; charset=utf-8"
    response.headers["Cache-Control"] = PRIVATE
    response.headers["X-Accel-Buffering"] = "no"  # nginx: pass each part on at once
    return response


def _asked(
    request: HttpRequest, question: CoverageQuestion, people: FormPeople, now: datetime
) -> LiveAsked:
    return LiveAsked(
        site=question.site,
        payer=request.POST["payer"],
        subscriber=people.subscriber,
        dependent=people.dependent,
        level=level_of(question.care),
        day=_today(request, question, now).date(),
        now=now,
        consent=Consent(now, CONSENT_TEXT),
        address=visitor_address(request, settings.WAYPOST_TRUSTED_PROXIES),
    )


def _payer_name(live: Live, number: str) -> str:
    return next(payer.name for payer in live.settings.payers if payer.id == number)


def _today(request: HttpRequest, question: CoverageQuestion, now: datetime) -> datetime:
    """The current time at the program, since a payer refuses a day that has not begun there."""
    site = snapshot_of(request).site(question.site)
    return now.astimezone(ZoneInfo(site.timezone)) if site and site.timezone else now


def _offered(request: HttpRequest) -> tuple[CoverageQuestion | None, Offer | None]:
    """The question that is carried along, and whether its program may ask."""
    if request.method != "POST":
        return None, None
    try:
        question = coverage_page.question_of(
            CoverageVisit(CoverageView.LIVE, typed_fields(request.POST))
        )
    except BadCoverageQuestion:
        return None, None
    return question, live_offer(question.site)


def _form(
    request: HttpRequest,
    question: CoverageQuestion,
    offer: Offer,
    typed: Mapping[str, str],
    problems: list[str],
) -> HttpResponse:
    visit = CoverageVisit(CoverageView.LIVE, steps.as_fields(question))
    context: dict[str, Any] = steps.second(snapshot_of(request), question, visit) | {
        "canonical": "",
        "alternates": [],
        "section": "/coverage",
        "offer": offer,
        "typed": typed,
        "problems": problem_words(problems),
        "token": form_token(request, "/coverage/live/answer"),
    }
    status = 400 if problems else 200
    return unkept(render(request, "coverage/live_form.html", context, status=status))
