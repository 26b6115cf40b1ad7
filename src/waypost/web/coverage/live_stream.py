"""A page that arrives in parts: what is known from files, how far the question is, the answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django.http import HttpRequest
from django.template import loader
from django.utils import timezone, translation
from django.utils.html import format_html
from django.utils.translation import gettext as _

from waypost.coverage.question import Question
from waypost.eligibility.ask import Stage
from waypost.eligibility.outcome import Answered, Outcome, Rejected
from waypost.eligibility.watched import Step
from waypost.eligibility.words import no_answer_sentence, refusal_sentence, sentence
from waypost.publishing.reader import Snapshot
from waypost.serving.coverage_answers import answered, program_listing
from waypost.serving.process import snapshot_of, this_process
from waypost.values.money import dollars_text
from waypost.web.coverage import live_words as words
from waypost.web.coverage.live_offer import level_of
from waypost.web.coverage.words import interval_words
from waypost.web.frame import render
from waypost.x12.answer import Answer271
from waypost.x12.fields import shown
from waypost.x12.levels import types_for
from waypost.x12.standing import Standing
from waypost.x12.summary import deductible_met, out_of_pocket_left, summarize

CSS = {Standing.ACTIVE: "covered", Standing.INACTIVE: "not-covered", Standing.NOT_SAID: "unknown"}
GAP = "<!-- here the insurer's answer goes -->"


def streamed(
    request: HttpRequest,
    question: Question,
    context: dict[str, Any],
    steps: Iterator[Step | Outcome],
) -> Iterator[str]:
    """The parts of the page. The language is set anew for each: threads are shared."""
    language = translation.get_language() or "en"
    snapshot = snapshot_of(request)
    page = render(request, "coverage/live_answer.html", context | {"gap": GAP})
    before, _gap, after = page.content.decode().partition(GAP)
    yield before
    for step in steps:
        with translation.override(language):
            yield _step(step) if isinstance(step, Step) else _outcome(step, question, snapshot)
    yield after


def _step(step: Step) -> str:
    told = sentence(step.stage).text(translation.get_language() or "en")
    seconds = max(1, round(step.left))
    left = _("At most %(seconds)s seconds more.") % {"seconds": seconds}
    if step.stage is Stage.DONE:
        return ""  # the outcome follows at once
    return str(format_html('<li>{} <span class="soft">{}</span></li>\n', told, left))


def _outcome(outcome: Outcome, question: Question, snapshot: Snapshot) -> str:
    template = loader.get_template("coverage/live_outcome.html")
    return str(template.render(outcome_context(outcome, question, snapshot), None))


def outcome_context(outcome: Outcome, question: Question, snapshot: Snapshot) -> dict[str, Any]:
    """What the template needs: lines for an answer, or sentences for why there is none."""
    language = translation.get_language() or "en"
    if isinstance(outcome, Answered):
        return _answered(outcome.answer, question, snapshot) | {
            "as_of": timezone.localdate(outcome.as_of)
        }
    if isinstance(outcome, Rejected):
        told = [refusal_sentence(one).text(language) for one in outcome.reasons]
        return {"answered": False, "reasons": list(dict.fromkeys(told))}
    return {"answered": False, "reasons": [no_answer_sentence(outcome).text(language)]}


def _answered(answer: Answer271, question: Question, snapshot: Snapshot) -> dict[str, Any]:
    summary = summarize(answer, types_for(level_of(question.care)))
    verdict, meaning = words.standing_words(summary.plan)
    same = summary.care in (summary.plan, Standing.NOT_SAID)
    return {
        "answered": True,
        "verdict": verdict,
        "css": CSS.get(summary.plan, "depends"),
        "meaning": meaning,
        "care": "" if same else words.standing_words(summary.care)[1],
        "plan_names": [shown(name) for name in summary.plan_names[:3]],
        "lines": words.said_lines(summary),
        "named": bool(summary.named),
        "authorization": words.authorization_words(summary.authorization),
        "contacts": [words.contact_words(one) for one in summary.contacts],
        "texts": [shown(text) for text in answer.messages],
        "refined": _refined(answer, question, snapshot),
    }


def _refined(answer: Answer271, question: Question, snapshot: Snapshot) -> str:
    """What the course may cost with the deductible as the insurer says; '' where unknown."""
    met = deductible_met(answer)
    if met is None or not question.plan:
        return ""
    now = replace(question, deductible_met=met)
    site = program_listing(snapshot, question.site)
    today = timezone.localdate()
    cost = answered(this_process().plans, snapshot, now, site, today).answer.cost
    left = out_of_pocket_left(answer)
    if cost.low is None:  # the price of a visit decides, and nobody knows it
        return "" if left is None else _("at most %(most)s") % {"most": dollars_text(left)}
    ends = [end for end in (cost.high, left) if end is not None]
    high = min(ends, default=None)
    return interval_words(cost.low if high is None else min(cost.low, high), high)
