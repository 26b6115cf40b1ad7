"""Intake: the waiting list, and the pre-screen with the guide's exits."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from waypost.accounts.roles import Permission
from waypost.design.program_faults import sentence_of
from waypost.design.program_words import level_name, priority_words
from waypost.desk.frame import render
from waypost.desk.numbers import whole_number
from waypost.desk.program.door import Opened, of_record, staff_names
from waypost.desk.program.intake.nearest import nearest_detox
from waypost.desk.program.intake.referral_page import intake_page
from waypost.desk.program.intake.screened import screened_answers, screened_newest
from waypost.desk.program.long_texts import too_long
from waypost.desk.typed.middleware import PRESSED
from waypost.levels_of_care.guide.rules_file import the_guide
from waypost.levels_of_care.safety.step import StepPart
from waypost.levels_of_care.safety.voice import VoicePerson
from waypost.treatment.intake.actions import (
    join_waiting_list,
    leave_waiting_list,
    save_screening,
)
from waypost.treatment.intake.queries import newest_screening
from waypost.treatment.intake.waiting import LeftList, Priority
from waypost.treatment.records.drafts import ChangedMeanwhile, Version
from waypost.treatment.when_may import TooLate

Typed = dict[str, list[str]]
MOST_REASON = 500


@require_POST
@of_record(Permission.KEEP_INTAKE, "waiting list")
def wait(request: HttpRequest, opened: Opened) -> HttpResponse:
    """Put a person on the waiting list with a reason, or take them off with one."""
    person = opened.person.id
    left = request.POST.get(f"left-{person}")
    if left is not None and left not in set(LeftList):
        return intake_page(request, opened.owner, [_("Choose why the person leaves the list.")])
    if left:
        leave_waiting_list(
            opened.owner, person=person, left=LeftList(left), by=opened.by, now=opened.now
        )
        return redirect("program_intake")
    priority, reason = request.POST.get("priority", ""), request.POST.get("reason", "").strip()
    unnamed = [] if reason else [_("Write what they wait for, such as “a place in the evening”.")]
    if problems := [*unnamed, *too_long([reason], MOST_REASON), *_must_wait(request, opened)]:
        return _pre_screen(request, opened, problems)
    join_waiting_list(
        opened.owner,
        person=person,
        priority=Priority(priority) if priority in set(Priority) else Priority.NONE,
        reason=reason,
        by=opened.by,
        now=opened.now,
    )
    kept = newest_screening(opened.owner, person).words.get("answers", {})
    if request.GET.get(PRESSED) and _answers(request) != kept:  # answers that are not saved yet
        messages.success(request, _("They are on the waiting list."))
        return redirect("program_pre_screen", person=person)
    return redirect("program_intake")


def _must_wait(request: HttpRequest, opened: Opened) -> list[str]:
    """What keeps somebody off the list: a danger in the answers, saved or not, that comes first."""
    now = screened_answers(_answers(request), opened.today)
    danger = now.emergency or screened_newest(opened).emergency
    return [sentence_of(TooLate.EMERGENCY)] if danger else []


@of_record(Permission.ASSESS, "pre-screen")
def pre_screen(request: HttpRequest, opened: Opened) -> HttpResponse:
    """The guide's questions, saved at every step; what is dangerous stands first."""
    if request.method == "POST":
        answers = _answers(request)
        try:
            save_screening(
                opened.owner,
                person=opened.person.id,
                answers=answers,
                read_version=whole_number(request.POST.get("read", "0")),
                by=opened.by,
                now=opened.now,
            )
            return redirect("program_pre_screen", person=opened.person.id)
        except ChangedMeanwhile as error:
            return _pre_screen(request, opened, [], answers, error.newest)
    return _pre_screen(request, opened, [])


def _pre_screen(
    request: HttpRequest,
    opened: Opened,
    problems: list[str],
    answers: Typed | None = None,
    theirs: Version | None = None,
) -> HttpResponse:
    """The questions as they are answered, or as they stand in ``answers`` and are not saved."""
    kept = newest_screening(opened.owner, opened.person.id)
    answers = dict(kept.words.get("answers", {})) if answers is None else answers
    language = get_language() or "en"
    screened = screened_answers(answers, opened.today, language)
    todo = screened.todo
    box, after = (todo.part(StepPart.BOX), todo.part(StepPart.AFTER)) if todo else ((), ())
    context = {
        "person": opened.person,
        "screened": screened,
        "answers": answers,
        "facts": {name: frozenset(values) for name, values in answers.items()},
        "read": kept.number,
        "kept": kept,
        "problems": problems,
        "typed": request.POST if problems else {},
        "theirs": theirs,
        "box": box,
        "after": after,
        "voice": VoicePerson(for_other=True, language=language),
        "detox": nearest_detox(request, opened.person.words.address)
        if screened.withdrawal
        else None,
        "priorities": priority_words(),
        "level_name": level_name,
        "staff_name": staff_names(opened.owner),
        "lines": the_guide().safety.lines,
    }
    status = 409 if theirs else 400 if problems else 200
    return render(request, "program/intake/pre_screen.html", context, status=status)


def _answers(request: HttpRequest) -> Typed:
    """The answers to questions and choices that exist; anything else no page of ours sent."""
    answers: Typed = {}
    for question in the_guide().questions:
        known = {choice.id for choice in question.choices}
        values = [v for v in request.POST.getlist(question.id) if v in known]
        if values:
            answers[question.id] = values if question.many else values[:1]
    return answers
