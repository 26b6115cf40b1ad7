"""What the pages of the checker show: three steps, a choice between them, and the answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from waypost.coverage.course import Course
from waypost.coverage.listing import listing_of
from waypost.coverage.parts import CoverageAnswer
from waypost.coverage.question import CoverageQuestion
from waypost.design.coverage_faults import all_fault_words
from waypost.places.states import STATE_NAMES
from waypost.publishing.reader import Snapshot
from waypost.serving.coverage_answers import answered, program_listing
from waypost.serving.process import this_process
from waypost.values.money import dollars_text
from waypost.web.coverage import choices, words
from waypost.web.coverage.fields import site_matches
from waypost.web.coverage.live_door import live_door
from waypost.web.coverage.near import near_links
from waypost.web.coverage.plan_hint import names_note, plan_hint
from waypost.web.coverage.visit import STAGES, CoverageView, CoverageVisit

_ANCHORS = {
    "insurance": "insurance-medicaid",
    "course": "weeks_1",
    "plan": "plan-choice",
    "site": "site-choice",
}
"""Where a fault's link leads: the field of its name, or the first of a group."""

Context = dict[str, Any]


def first(snapshot: Snapshot, visit: CoverageVisit) -> Context:
    """Step 1."""
    return _faults(visit) | {
        "insurances": choices.insurance_choices(),
        "cares": choices.care_choices(),
        "states": choices.state_choices(),
        "typed": visit.fields,
        "site": program_listing(snapshot, visit.fields.get("site", "")),
    }


def second(snapshot: Snapshot, question: CoverageQuestion, visit: CoverageVisit) -> Context:
    """Step 2, and what each later page needs of the question; fields stay as they were typed."""
    plans = this_process().plans.now()
    return _faults(visit) | {
        "question": question,
        "fields": visit.fields,
        "insurance_name": choices.insurance_name(question.insurance),
        "state_name": STATE_NAMES.get(question.state, ""),
        "care_name": choices.care_name(question.care),
        "with_plans": question.insurance in choices.WITH_PLANS,
        "plan_hint": plan_hint(plans, question.insurance, question.state),
        "names_note": names_note(plans, question.insurance),
        "site": program_listing(snapshot, question.site),
        "stages": stage_rows(question.course, visit.fields),
    }


def something_to_choose(question: CoverageQuestion, fields: Mapping[str, str]) -> bool:
    """Whether a name was typed that may mean several plans or programs."""
    return _looks_for_plan(question, fields) or _looks_for_site(question, fields)


def _looks_for_plan(question: CoverageQuestion, fields: Mapping[str, str]) -> bool:
    typed = bool(fields.get("plan_text")) and not question.plan
    return typed and question.insurance in choices.WITH_PLANS


def _looks_for_site(question: CoverageQuestion, fields: Mapping[str, str]) -> bool:
    return bool(fields.get("site_text")) and not question.site


def choose(snapshot: Snapshot, question: CoverageQuestion, fields: Mapping[str, str]) -> Context:
    """The plans and programs that a typed name may mean; None where there is nothing to choose."""
    plans = sites = None
    if _looks_for_plan(question, fields):
        plans = this_process().plans.find(
            fields["plan_text"], insurance=question.insurance, state=question.state
        )
    if _looks_for_site(question, fields):
        text, now = fields["site_text"], timezone.now()
        matches = site_matches(snapshot, text, question.state, now)
        sites = [listing_of(site) for site in matches]
    return {"plans": plans, "sites": sites}


def answer(snapshot: Snapshot, question: CoverageQuestion, fields: Mapping[str, str]) -> Context:
    """Everything the answer's page shows; ``live`` where the insurer itself can be asked."""
    site, now = program_listing(snapshot, question.site), timezone.now()
    checked = answered(this_process().plans, snapshot, question, site, timezone.localdate())
    state = question.state or (site.state if site else "")
    near = fields.get("near", "")
    links = near_links(snapshot, checked.answer.insurance, question.care, (near, state), now)
    more = {"near": links, "in_network": checked.in_network, "live": live_door(question.site)}
    fields_kept = as_fields(question) | ({"near": near} if near else {})
    return (
        second(snapshot, question, CoverageVisit(CoverageView.ANSWER, fields_kept))
        | _shown(checked.answer)
        | more
    )


def _shown(checked: CoverageAnswer) -> Context:
    return {
        "answer": checked,
        "cards": words.cards(checked),
        "scenarios": words.scenario_cards(checked.cost),
        "authorization": words.shown(checked.authorization),
        "changes": words.shown(checked.changes),
        "script": words.shown(checked.script),
        "appeals": words.shown(checked.appeals),
        "help": words.shown(checked.help),
        "sources": checked.sources,
        "notes": words.shown(checked.notes),
    }


def as_fields(question: CoverageQuestion) -> dict[str, str]:
    """A question as the fields of a form, for the pages that carry it on."""
    cents = {"deductible_met": question.deductible_met, "price": question.price}
    stages = [(n, stage) for n, stage in enumerate(question.course.stages[:STAGES], start=1)]
    fields = {
        "insurance": question.insurance.value,
        "state": question.state,
        "care": question.care.value,
        "plan": question.plan,
        "site": question.site,
        **{name: dollars_text(value) for name, value in cents.items() if value is not None},
        **{f"weeks_{n}": str(stage.weeks) for n, stage in stages},
        **{f"days_{n}": str(stage.days) for n, stage in stages},
    }
    return {name: text for name, text in fields.items() if text}


def stage_rows(course: Course, fields: Mapping[str, str]) -> list[tuple[int, str, str]]:
    """Three rows of weeks and days for the form: as typed, else as the course has them."""
    stages = [(str(stage.weeks), str(stage.days)) for stage in course.stages[:STAGES]]
    if any(name.startswith(("weeks_", "days_")) for name in fields):
        numbers = range(1, STAGES + 1)
        stages = [(fields.get(f"weeks_{n}", ""), fields.get(f"days_{n}", "")) for n in numbers]
    rows = stages + [("", "")] * (STAGES - len(stages))
    return [(n, *pair) for n, pair in enumerate(rows, start=1)]


def _faults(visit: CoverageVisit) -> Context:
    """What is wrong in each field, a link to the field, and its attributes."""
    sentences = all_fault_words(visit.faults)
    names = list(sentences)
    return {
        "faults": sentences,
        "fault_links": [(_ANCHORS.get(k, k), text) for k, text in sentences.items()],
        "marks": {name: _mark(name, first=name == names[0]) for name in names},
    }


def _mark(name: str, *, first: bool) -> SafeString:
    """The attributes of a faulty field: what describes it, and the focus if it is the first."""
    named = format_html(' aria-invalid="true" aria-describedby="{}-fault"', name)
    return named + SafeString(" autofocus") if first else named
