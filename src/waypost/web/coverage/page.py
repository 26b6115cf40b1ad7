"""The coverage checker: three short steps, and an answer that nothing is kept of.

The kind of insurance, the state and the care travel in the address; the plan and the program
travel in the body of a form, so that no address, log or history names them together. No answer
is kept by a browser or by anything between.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone

from waypost.coverage.course import Course
from waypost.coverage.listing import Listing, listing_of
from waypost.coverage.parts import CoverageAnswer
from waypost.coverage.question import BadQuestion, Question, read_question
from waypost.design.environment import language_prefix
from waypost.places.states import STATE_NAMES
from waypost.plans.plan_search import PlanName
from waypost.publishing.reader import Snapshot
from waypost.serving.coverage_answers import answered, program_listing
from waypost.serving.process import snapshot_of, this_process
from waypost.values.money import dollars_text
from waypost.web.coverage import choices, words
from waypost.web.coverage.fields import (
    course_text,
    field_texts,
    not_chosen,
    site_matches,
    typed_name,
)
from waypost.web.coverage.live_offer import live_offer
from waypost.web.coverage.near import near_links
from waypost.web.coverage.plan_hint import names_note, plan_hint
from waypost.web.doors import takes_forms
from waypost.web.frame import render


def start(request: HttpRequest) -> HttpResponse:
    """Step 1: what kind of insurance, which state, which care."""
    site = program_listing(snapshot_of(request), request.GET.get("site", ""))
    return _step_one(request, request.GET, [], site)


def plan_step(request: HttpRequest) -> HttpResponse:
    """Step 2: the plan and the program, if they are known; nothing about the person."""
    fields = {k: request.GET.get(k, "") for k in ("insurance", "state", "care", "site")}
    try:
        question = read_question(fields)
    except BadQuestion as error:
        return _step_one(request, request.GET, error.problems, None, status=400)
    if question.insurance in choices.NEEDS_STATE and not question.state:
        return _step_one(request, request.GET, ["state"], None, status=400)
    return _unkept(
        render(request, "coverage/plan.html", step_two(snapshot_of(request), question, fields))
    )


@takes_forms
def answer_step(request: HttpRequest) -> HttpResponse:
    """Step 3: the answer; or first a choice, where a name means several plans or programs."""
    if request.method != "POST":
        return HttpResponseRedirect(f"{language_prefix()}/coverage")
    texts = {f"{name}_text": typed_name(request.POST, name) for name in ("plan", "site")}
    fields = field_texts(request.POST) | texts
    try:
        question = read_question(fields | {"course": course_text(request.POST)})
    except BadQuestion as error:
        return _ask_again(request, fields, error.problems)
    snapshot = snapshot_of(request)
    plans, sites = _to_choose(snapshot, question, texts)
    if plans is not None or sites is not None:
        return _choose(
            request,
            step_two(snapshot_of(request), question, fields) | {"plans": plans, "sites": sites},
        )
    return _unkept(
        render(
            request,
            "coverage/answer.html",
            answer_context(snapshot_of(request), question, fields["near"]),
        )
    )


def _step_one(
    request: HttpRequest,
    typed: Mapping[str, str],
    problems: Iterable[str],
    site: Listing | None,
    *,
    status: int = 200,
) -> HttpResponse:
    context = {
        "insurances": choices.insurance_choices(),
        "cares": choices.care_choices(),
        "states": choices.state_choices(),
        "typed": {k: typed.get(k, "") for k in ("insurance", "state", "care", "site")},
        "problems": choices.problem_words(problems),
        "site": site,
    }
    return render(request, "coverage/start.html", context, status=status)


def step_two(
    snapshot: Snapshot, question: Question, fields: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """What a page of the checker needs of a question; ``fields`` are carried as they were typed."""
    plans = this_process().plans.now()
    return {
        "question": question,
        "fields": _as_fields(question) if fields is None else fields,
        "insurance_name": choices.insurance_name(question.insurance),
        "state_name": STATE_NAMES.get(question.state, ""),
        "care_name": choices.care_name(question.care),
        "with_plans": question.insurance in choices.WITH_PLANS,
        "plan_hint": plan_hint(plans, question.insurance, question.state),
        "names_note": names_note(plans, question.insurance),
        "site": program_listing(snapshot, question.site),
        "problems": [],
        "stages": stage_rows(question.course),
    }


def _ask_again(
    request: HttpRequest, fields: Mapping[str, str], problems: Iterable[str]
) -> HttpResponse:
    """Nothing that was typed is lost."""
    first = {k: fields.get(k, "") for k in ("insurance", "state", "care")}
    try:
        question = read_question(first)
    except BadQuestion:
        return _unkept(_step_one(request, fields, problems, None, status=400))
    context = step_two(snapshot_of(request), question, fields) | {
        "problems": choices.problem_words(problems)
    }
    return _unkept(render(request, "coverage/plan.html", context, status=400))


def _choose(request: HttpRequest, context: Mapping[str, Any]) -> HttpResponse:
    """The lists to choose from; once more, with a sentence, where nothing was chosen in one."""
    missing = [f"choose-{name}" for name in not_chosen(request.POST)]
    shown = {**context, "problems": choices.problem_words(missing)}
    status = 400 if missing else 200
    return _unkept(render(request, "coverage/choose.html", shown, status=status))


def _to_choose(
    snapshot: Snapshot, question: Question, texts: Mapping[str, str]
) -> tuple[list[PlanName] | None, list[Listing] | None]:
    """Plans and programs that a typed name may mean; None where there is nothing to choose."""
    plan_text, site_text = texts["plan_text"], texts["site_text"]
    plans = sites = None
    if plan_text and not question.plan and question.insurance in choices.WITH_PLANS:
        plans = this_process().plans.find(
            plan_text,
            insurance=question.insurance,
            state=question.state,
        )
    if site_text and not question.site:
        found = site_matches(snapshot, site_text, question.state, timezone.now())
        sites = [listing_of(site) for site in found]
    return plans, sites


def answer_context(snapshot: Snapshot, question: Question, near: str = "") -> dict[str, Any]:
    """Everything the answer's page shows; ``live`` where the insurer itself can be asked."""
    site = program_listing(snapshot, question.site)
    told = answered(this_process().plans, snapshot, question, site, timezone.localdate())
    found = told.answer
    insurance = found.insurance
    state = question.state or (site.state if site else "")
    where = (near, state)
    links = near_links(snapshot, insurance, question.care, where, timezone.now())
    more = {"near": links, "in_network": told.in_network, "live": live_offer(question.site)}
    fields = _as_fields(question) | {"near": near}
    return step_two(snapshot, question, fields) | _shown(found) | more


def _shown(found: CoverageAnswer) -> dict[str, Any]:
    return {
        "answer": found,
        "cards": words.cards(found),
        "scenarios": words.scenario_cards(found.cost),
        "authorization": words.shown(found.authorization),
        "changes": words.shown(found.changes),
        "script": words.shown(found.script),
        "appeals": words.shown(found.appeals),
        "help": words.shown(found.help),
        "sources": found.sources,
        "notes": words.shown(found.notes),
    }


def _as_fields(question: Question) -> dict[str, str]:
    cents = {"deductible_met": question.deductible_met, "price": question.price}
    money = {k: dollars_text(v) for k, v in cents.items() if v is not None}
    return {
        "insurance": question.insurance.value,
        "state": question.state,
        "care": question.care.value,
        "plan": question.plan,
        "site": question.site,
    } | money


def stage_rows(course: Course) -> list[tuple[int, str, str]]:
    """Three rows of weeks and days for the form, empty where the course has fewer stages."""
    told = [(str(stage.weeks), str(stage.days)) for stage in course.stages[:3]]
    return [(n + 1, *pair) for n, pair in enumerate(told + [("", "")] * (3 - len(told)))]


def _unkept(response: HttpResponse) -> HttpResponse:
    response.headers["Cache-Control"] = "no-store"
    return response
