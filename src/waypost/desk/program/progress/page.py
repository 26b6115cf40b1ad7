"""One person's progress, what the rules suggest, and what a clinician decides."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from waypost.accounts.roles import Permission
from waypost.design.days_words import checked_words, gap_words, hours_words
from waypost.design.program_faults import sentences_of
from waypost.desk.frame import render
from waypost.desk.program.door import Opened, of_record, staff_name, staff_names
from waypost.desk.program.long_texts import too_long
from waypost.desk.program.progress.bam_picture import bam_lines
from waypost.treatment.attendance.attended import Attended
from waypost.treatment.attendance.queries import attended
from waypost.treatment.attendance.tally import week_of
from waypost.treatment.drug_tests.queries import DrugTestSeen, drug_tests
from waypost.treatment.own_page.queries import check_ins
from waypost.treatment.plans.plan import LineState
from waypost.treatment.plans.queries import PlanSeen, newest_plan
from waypost.treatment.progress.actions import (
    UndecidedProgress,
    decide,
    keep_transition,
)
from waypost.treatment.progress.bam_history import BamOn, bam_history
from waypost.treatment.progress.measuring import measured
from waypost.treatment.progress.queries import TransitionSeen, decisions, transition_of
from waypost.treatment.progress.rules import ProgressRule, suggestions
from waypost.treatment.progress.transition import TransitionWords, gaps_of
from waypost.treatment.records.drafts import ChangedMeanwhile
from waypost.treatment.records.person import EpisodeSeen
from waypost.treatment.records.queries import episodes

LOOK_BACK = timedelta(days=7 * 16)
MOST = 1_000
FIELDS = ("next_visit", "next_visit_on", "naloxone", "warning_signs")


@of_record(Permission.DECIDE_PROGRESS, "progress")
def progress(request: HttpRequest, opened: Opened) -> HttpResponse:
    """Hours and tests over time, suggestions with their sources, the decision and what follows."""
    if request.method != "POST":
        return _page(request, opened, [])
    if request.POST.get("act") in ("transition", "care"):
        return _transition(request, opened)
    try:
        decide(
            opened.owner,
            person=opened.person.id,
            decision=request.POST.get("decision", ""),
            reason=request.POST.get("reason", ""),
            rules=[rule.id for rule in _shown(opened).suggested],
            standing=opened.standing,
            by=opened.by,
            now=opened.now,
        )
    except UndecidedProgress as error:
        return _page(request, opened, sentences_of(error))
    messages.success(request, _("Saved. Change the plan or the level where they are written."))
    return redirect("program_progress", person=opened.person.id)


def _transition(request: HttpRequest, opened: Opened) -> HttpResponse:
    stay = newest_stay(opened)
    if stay is None:
        return _page(request, opened, [_("This person has no open episode.")])
    typed = {name: request.POST.get(name, "").strip() for name in FIELDS}
    words = TransitionWords.read(typed)
    if problems := too_long(typed.values(), MOST):
        return _page(request, opened, problems, mine=words)
    try:
        keep_transition(
            opened.owner,
            episode=stay,
            words=words,
            read_version=request.POST.get("read", ""),
            by=opened.by,
            now=opened.now,
        )
    except ChangedMeanwhile as error:
        sentence = _(
            "%(name)s saved this plan in the meantime. Their text is below yours; nothing is "
            "lost. Combine the two and save again."
        ) % {"name": staff_name(error.newest.by)}
        return _page(request, opened, [sentence], mine=words, status=409)
    if request.POST.get("act") == "care":
        return redirect("program_continuing_care", person=opened.person.id)
    messages.success(request, _("Saved."))
    return redirect("program_progress", person=opened.person.id)


def newest_stay(opened: Opened) -> EpisodeSeen | None:
    """The newest episode, open or ended; None where there was none."""
    stays = episodes(opened.owner, person=opened.person.id)
    return stays[-1] if stays else None


@dataclass(frozen=True, slots=True)
class ProgressShown:
    """What the page and the rules look at, each read once."""

    today: date
    stay: EpisodeSeen | None
    lines: list[Attended]
    tests: list[DrugTestSeen]
    history: list[BamOn]
    plan: PlanSeen | None

    @property
    def suggested(self) -> tuple[ProgressRule, ...]:
        """The rules that suggest something; BAM is that of the newest whole check-in."""
        lines, newest = self.plan.words.lines if self.plan else (), self.history[-1:]
        reached = sum(line.state == LineState.REACHED for line in lines)
        return suggestions(
            measured(
                started_on=self.stay.started_on if self.stay else None,
                today=self.today,
                lines=self.lines,
                tests=[(test.day, test.readings) for test in self.tests],
                bam=next(((b.use, b.risk, b.protective) for b in newest), None),
                goals=(reached, len(lines)) if lines else None,
            )
        )


def _shown(opened: Opened) -> ProgressShown:
    owner, person = opened.owner, opened.person.id
    kept = check_ins(owner, person)
    return ProgressShown(
        opened.today,
        newest_stay(opened),
        attended(owner, opened.today - LOOK_BACK, opened.today, [person]),
        drug_tests(owner, person=person),
        bam_history((c.person, timezone.localdate(c.at), c.answers) for c in kept),
        newest_plan(owner, person),
    )


def _weeks(lines: list[Attended]) -> list[dict[str, Any]]:
    """Hours of each week, with the bar's height of 100."""
    minutes: dict[date, list[int]] = defaultdict(lambda: [0, 0])
    for line in lines:
        if line.minutes is not None:
            counts = minutes[week_of(line.day)[0]]
            counts[0] += line.minutes
            counts[1] += line.length
    top = max((counts[1] for counts in minutes.values()), default=1)
    return [
        {
            "monday": monday,
            "attended": hours_words(counts[0]),
            "planned": hours_words(counts[1]),
            "height": round(100 * counts[0] / top),
            "full": round(100 * counts[1] / top),
        }
        for monday, counts in sorted(minutes.items())
    ]


def _page(
    request: HttpRequest,
    opened: Opened,
    problems: list[str],
    *,
    mine: TransitionWords | None = None,
    status: int = 400,
) -> HttpResponse:
    language = get_language() or "en"
    shown = _shown(opened)
    stay = shown.stay
    kept = transition_of(opened.owner, stay.id) if stay else TransitionSeen(TransitionWords())
    context = {
        "person": opened.person,
        "problems": problems,
        "typed": request.POST,
        "weeks": _weeks(shown.lines),
        "bam": shown.history,
        "bam_lines": bam_lines(shown.history),
        "tests": [test for test in shown.tests if test.unexpected is not None],
        "rules": [(rule, rule.why.spoken(language)) for rule in shown.suggested],
        "words": decision_words(),
        "checked_words": checked_words,
        "decisions": decisions(opened.owner, opened.person.id),
        "staff_name": staff_names(opened.owner),
        "stay": stay,
        "kept": kept,
        "transition": mine or kept.words,
        "theirs": kept.words if mine else None,
        "gaps": [gap_words()[gap] for gap in gaps_of(kept.words, opened.today)],
        "naloxone": {"given": _("Given"), "declined": _("Declined")},
    }
    code = status if problems else 200
    return render(request, "program/progress/progress.html", context, status=code)


def decision_words() -> dict[str, str]:
    """What can be decided, by code."""
    return {
        "fewer": _("Fewer sessions"),
        "more": _("More sessions"),
        "lower": _("A lower level of care"),
        "higher": _("A higher level of care"),
        "stay": _("No change"),
    }
