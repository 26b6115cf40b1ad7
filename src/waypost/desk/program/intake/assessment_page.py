"""The assessment: six plain dimensions and the check-ups, each saved by itself; then the level."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from waypost.accounts.roles import Permission
from waypost.design.check_up_words import CheckUp, check_ups, read_check_up
from waypost.design.program_faults import sentence_of, sentences_of
from waypost.design.program_words import concern_words, dimension_words, level_name
from waypost.desk.frame import render
from waypost.desk.numbers import whole_number
from waypost.desk.program.door import Opened, of_record, staff_names
from waypost.desk.program.intake.screened import screened_newest
from waypost.desk.program.intake.touched import (
    MOST,
    Touched,
    other_parts,
    save_touched,
    text_of,
    typed_parts,
)
from waypost.levels_of_care.level import the_levels
from waypost.treatment.consents.actions import NotAllowed
from waypost.treatment.intake.actions import (
    begin_assessment,
    check_withdrawal,
    save_part,
    sign_level,
)
from waypost.treatment.intake.dimensions import (
    CHECK,
    DECISION,
    INSTRUMENT,
    OUTPATIENT,
    Concern,
    Decision,
    Dimension,
    LevelNotDecided,
)
from waypost.treatment.intake.queries import (
    AssessmentSeen,
    assessment,
    assessments,
)
from waypost.treatment.plans.actions import note_milestone
from waypost.treatment.plans.clocks import ClockOf
from waypost.treatment.records.drafts import EMPTY, AlreadySigned, ChangedMeanwhile, Version
from waypost.treatment.when_may import TooLate


@of_record(Permission.ASSESS, "assessment")
def assess(request: HttpRequest, opened: Opened) -> HttpResponse:
    """Every part on one page; each button saves all that was written, so that nothing is lost."""
    kept = assessments(opened.owner, opened.person.id, parts=False)
    unfinished = next((a.id for a in kept if a.signed_at is None), "")
    if request.method == "POST":
        save = _save_all if "dimensions" in request.POST else _save
        return save(request, opened, unfinished)
    return _page(request, opened, unfinished)


def _save_all(request: HttpRequest, opened: Opened, unfinished: str) -> HttpResponse:
    """Save all that was touched here; what could not be saved comes back as it was typed."""
    if request.POST.get("number", "") not in ("", unfinished):  # signed since the page was opened
        problems, typed = [sentence_of(TooLate.SIGNED)], typed_parts(request)
        return _page(request, opened, unfinished, typed=typed, problems=problems)
    touched = save_touched(request, opened)
    if touched.typed:
        return _not_saved(request, opened, touched)
    to = redirect("program_assessment", person=opened.person.id)
    part = request.POST.get("part", "")
    known = part in {*Dimension, *other_parts()}
    to["Location"] += f"#{part.replace(':', '-')}" if known else ""
    return to


def _not_saved(request: HttpRequest, opened: Opened, touched: Touched) -> HttpResponse:
    return _page(
        request,
        opened,
        touched.number,
        typed=touched.typed,
        theirs=touched.theirs,
        problems=touched.problems,
        status=409 if touched.theirs else 403 if touched.refused else 400,
    )


def _save(request: HttpRequest, opened: Opened, unfinished: str) -> HttpResponse:
    part, read = request.POST.get("part", ""), whole_number(request.POST.get("read", "0"))
    words = _words(request, part)
    if words is None:
        return _page(request, opened, unfinished, problems=[_("There is no such part.")])
    if request.POST.get("number", "") not in ("", unfinished):  # signed since the page was opened
        problems = [sentence_of(TooLate.SIGNED)]
        return _page(request, opened, unfinished, typed={part: words}, problems=problems)
    number = begin_assessment(opened.owner, person=opened.person.id, by=opened.by, now=opened.now)
    common: dict[str, Any] = {
        "assessment": number,
        "read_version": read,
        "by": opened.by,
        "now": opened.now,
    }
    try:
        if part == CHECK:
            safe, text = words["safe"] == "yes", words["text"]
            check_withdrawal(opened.owner, safe=safe, text=text, standing=opened.standing, **common)
        else:
            save_part(opened.owner, part=part, words=words, **common)
    except ChangedMeanwhile as error:
        return _page(
            request, opened, number, typed={part: words}, theirs={part: error.newest}, status=409
        )
    except NotAllowed as error:
        return _page(
            request, opened, number, typed={part: words}, problems=sentences_of(error), status=403
        )
    to = redirect("program_assessment", person=opened.person.id)
    to["Location"] += f"#{part.replace(':', '-')}"
    return to


def _words(request: HttpRequest, part: str) -> dict[str, Any] | None:
    """What a form says of a part; None where there is no such part."""
    text = request.POST.get("text", "").strip()[:MOST]
    if part in set(Dimension):
        concern = request.POST.get("concern", "")
        known = concern if concern in set(Concern) else Concern.UNKNOWN.value
        return {"text": text, "concern": known}
    if part == CHECK:
        return {"text": text, "safe": "yes" if request.POST.get("safe") == "yes" else "no"}
    return read_check_up(part.removeprefix(INSTRUMENT), request.POST)


def _page(
    request: HttpRequest,
    opened: Opened,
    number: str,
    *,
    typed: Mapping[str, Mapping[str, Any]] | None = None,
    theirs: Mapping[str, Version] | None = None,
    decision: Decision | None = None,
    problems: list[str] | None = None,
    status: int = 0,
) -> HttpResponse:
    seen = assessment(opened.owner, number) if number else None
    context = {
        "person": opened.person,
        "number": number,
        "parts": seen.parts if seen else {},
        "typed": typed or {},
        "theirs": theirs or {},
        "empty": EMPTY,
        "dimensions": dimension_words(),
        "concerns": concern_words(),
        "check": CHECK,
        "check_ups": _check_ups(seen, typed or {}),
        "levels": {level: level_name(level) for level in the_levels()},
        "decision": decision or _drafted(seen, typed or {}),
        "decision_part": DECISION,
        "flagged": flagged(opened),
        "problems": problems or [],
        "staff_name": staff_names(opened.owner),
    }
    return render(
        request,
        "program/intake/assessment.html",
        context,
        status=status or (400 if problems else 200),
    )


def _drafted(seen: AssessmentSeen | None, typed: Mapping[str, Mapping[str, Any]]) -> Decision:
    """What is written of the level and not signed yet."""
    saved = seen.words.get(DECISION, {}) if seen else {}
    words = typed.get(DECISION) or saved
    return Decision(words.get("level", ""), words.get("text", ""), words.get("own_words", ""))


def _check_ups(
    seen: AssessmentSeen | None, typed: Mapping[str, Mapping[str, Any]]
) -> list[CheckUp]:
    saved = {name: v.words for name, v in seen.parts.items()} if seen else {}
    said = saved | dict(typed)
    answers = {
        name.removeprefix(INSTRUMENT): words.get("answers", {})
        for name, words in said.items()
        if name.startswith(INSTRUMENT)
    }
    return check_ups(answers, get_language() or "en")


def flagged(opened: Opened) -> bool:
    """Whether the newest pre-screen says that withdrawal may be dangerous."""
    return screened_newest(opened).withdrawal


@require_POST
@of_record(Permission.DECIDE_LEVEL, "assessment")
def sign(request: HttpRequest, opened: Opened) -> HttpResponse:
    """Sign the level with its reasons; what keeps it from being signed comes back as a sentence."""
    level = request.POST.get("level", "")
    decision = Decision(
        level if level in the_levels() else "",
        text_of(request, "reasons"),
        text_of(request, "own_words"),
    )
    number = request.POST.get("number", "")
    seen = assessment(opened.owner, number) if number else None
    if "dimensions" in request.POST and (seen is None or seen.signed_at is None):
        touched = save_touched(request, opened)
        if touched.typed:
            return _not_saved(request, opened, touched)
        number = touched.number
        seen = assessment(opened.owner, number)
    if seen is None or seen.person != opened.person.id or not decision.level:
        problems = [_("Choose a level of care, and write on every dimension first.")]
        known = number if seen and seen.person == opened.person.id else ""
        return _page(request, opened, known, decision=decision, problems=problems)
    screened = screened_newest(opened)
    if screened.emergency and decision.level in OUTPATIENT:
        problems = [sentence_of(TooLate.EMERGENCY)]
        return _page(request, opened, number, decision=decision, problems=problems)
    try:
        sign_level(
            opened.owner,
            assessment=number,
            decision=decision,
            standing=opened.standing,
            screened_withdrawal=screened.withdrawal,
            by=opened.by,
            now=opened.now,
        )
    except (LevelNotDecided, NotAllowed, AlreadySigned) as error:
        typed = typed_parts(request) if "dimensions" in request.POST else {}
        problems = sentences_of(error)
        return _page(request, opened, number, typed=typed, decision=decision, problems=problems)
    note_milestone(
        opened.owner,
        person=opened.person.id,
        kind=ClockOf.ASSESSMENT,
        on=opened.today,
        by=opened.by,
        now=opened.now,
    )
    messages.success(request, _("Signed. The level is the clinician's decision, with its reasons."))
    return redirect("program_record", person=opened.person.id)
