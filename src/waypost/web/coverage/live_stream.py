"""A page that arrives in parts: what files say, the question's progress, the answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django.http import HttpRequest
from django.template import loader
from django.utils import timezone, translation
from django.utils.html import format_html
from django.utils.translation import gettext as _

from waypost.coverage.question import CoverageQuestion
from waypost.design.live_words import no_answer_words, refusals_words, stage_words
from waypost.eligibility.ask import AskStage
from waypost.eligibility.outcome import Answered, Outcome, Rejected
from waypost.eligibility.watched import WatchedStep
from waypost.publishing.reader import Snapshot
from waypost.serving.coverage_answers import answered, program_listing
from waypost.serving.process import snapshot_of, this_process
from waypost.values.money import dollars_text
from waypost.web.coverage import live_words as words
from waypost.web.coverage.live_benefit_words import said_lines
from waypost.web.coverage.live_offer import level_of
from waypost.web.coverage.live_situation_words import css_class, situation_words
from waypost.web.coverage.words import interval_words
from waypost.web.frame import render
from waypost.x12.accounts import deductible_met, out_of_pocket_left
from waypost.x12.benefit_words import without
from waypost.x12.explain import member_words
from waypost.x12.fields import shown
from waypost.x12.levels import care_for
from waypost.x12.summary import summarize

GAP = "<!-- here the insurer's answer goes -->"


def streamed(
    request: HttpRequest,
    question: CoverageQuestion,
    context: dict[str, Any],
    steps: Iterator[WatchedStep | Outcome],
) -> Iterator[str]:
    """The parts of the page. The language is set anew for each: threads are shared."""
    language = translation.get_language() or "en"
    snapshot = snapshot_of(request)
    page = render(request, "coverage/live_answer.html", context | {"gap": GAP})
    before, _gap, after = page.content.decode().partition(GAP)
    yield before
    for step in steps:
        with translation.override(language):
            yield (
                _step(step) if isinstance(step, WatchedStep) else _outcome(step, question, snapshot)
            )
    yield after


def _step(step: WatchedStep) -> str:
    seconds = max(1, round(step.left))
    time_left = _("At most %(seconds)s seconds more.") % {"seconds": seconds}
    if step.stage is AskStage.DONE:
        return ""  # the outcome follows at once
    return str(
        format_html(
            '<li>{} <span class="soft">{}</span></li>\n', stage_words(step.stage), time_left
        )
    )


def _outcome(outcome: Outcome, question: CoverageQuestion, snapshot: Snapshot) -> str:
    template = loader.get_template("coverage/live_outcome.html")
    return str(template.render(outcome_context(outcome, question, snapshot), None))


def outcome_context(
    outcome: Outcome, question: CoverageQuestion, snapshot: Snapshot
) -> dict[str, Any]:
    """What the template needs: lines for an answer, or sentences for why there is none."""
    if isinstance(outcome, Answered):
        shown_on = timezone.localdate(outcome.as_of)
        return _answered(outcome, question, snapshot) | {"as_of": shown_on}
    if isinstance(outcome, Rejected):
        return {"answered": False, "reasons": refusals_words(outcome.reasons)}
    return {"answered": False, "reasons": [no_answer_words(outcome)]}


def _answered(outcome: Answered, question: CoverageQuestion, snapshot: Snapshot) -> dict[str, Any]:
    answer, care = outcome.answer, care_for(level_of(question.care))
    summary = summarize(answer, care, outcome.day)
    hide = member_words(answer)
    verdict, meaning = situation_words(summary.coverage)
    status = (*summary.coverage.lines, *summary.care_status)
    texts = [*answer.messages, *(text for line in status for text in line.messages)]
    return {
        "answered": True,
        "verdict": verdict,
        "css": css_class(summary.coverage.situation),
        "meaning": meaning,
        "plan_names": [shown(name) for name in summary.plan_names[:3]],
        "lines": said_lines(summary, hide),
        "named": bool(summary.named or summary.shares),
        "intensive": bool(summary.intensive),
        "authorization": words.authorization_lines(summary.authorization, hide),
        "contacts": words.referral_lines(summary.referrals),
        "texts": [shown(without(text, hide)) for text in dict.fromkeys(texts)],
        "refined": _refined(outcome, question, snapshot) if summary.coverage.active else "",
    }


def _refined(outcome: Answered, question: CoverageQuestion, snapshot: Snapshot) -> str:
    """What the course may cost with the deductible as the insurer says; '' where unknown."""
    answer, care = outcome.answer, care_for(level_of(question.care))
    met = deductible_met(answer, care, outcome.day)
    if met is None or not question.plan:
        return ""
    now = replace(question, deductible_met=met)
    site = program_listing(snapshot, question.site)
    today = timezone.localdate()
    cost = answered(this_process().plans, snapshot, now, site, today).answer.cost
    left = out_of_pocket_left(answer, outcome.day)
    if cost.low is None:  # the price of a visit decides, and nobody knows it
        return "" if left is None else _("at most %(most)s") % {"most": dollars_text(left)}
    ends = [end for end in (cost.high, left) if end is not None]
    high = min(ends, default=None)
    return interval_words(cost.low if high is None else min(cost.low, high), high)
