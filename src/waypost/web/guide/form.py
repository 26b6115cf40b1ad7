"""What the guide's forms carry: the answers so far, the page sent, and where to go next."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import QueryDict

from waypost.levels_of_care.guide.answers import (
    Answers,
    BadAnswers,
    asked,
    on_path,
    read_answers,
)
from waypost.levels_of_care.guide.assess import flags
from waypost.levels_of_care.guide.question import Choice, Question
from waypost.levels_of_care.guide.rules_file import Guide

NEXT, BACK, CHANGE, RESULT, CHECKED = "next", "back", "change-", "result", "checked"
SUMMARY_PAGE = 99
FIRST_PAGE = 1
MAX_PLACE = 200


@dataclass(frozen=True, slots=True)
class Sent:
    """A form as it was sent: checked answers, its page, what was pressed, and a place or ''.

    ``ticked`` is what its own page ticked, before "none of these" beside another is dropped.
    """

    answers: Answers
    page: int
    go: str
    near: str
    ticked: Answers


def read_form(guide: Guide, post: QueryDict) -> Sent:
    """Read a form; raise `BadAnswers` where no page of ours can have sent it."""
    names = [question.id for question in guide.questions if question.id in post]
    answers = read_answers(guide, {name: post.getlist(name) for name in names})
    page = post.get("page", "")
    if not (page.isascii() and page.isdigit() and len(page) <= 2):
        raise BadAnswers("There is no such page.")
    near = " ".join(post.get("near", "").split())[:MAX_PLACE]
    own = [name for name in answers if _page_of(guide, name) == int(page)]
    ticked = {name: frozenset(post.getlist(name)) - {""} for name in own}
    return Sent(answers, int(page), post.get("go", NEXT), near, ticked)


def _page_of(guide: Guide, name: str) -> int | None:
    question = guide.question(name)
    return question.page if question else None


def ticked_against(guide: Guide, sent: Sent) -> list[tuple[Choice, Choice]]:
    """Per question of the page: a choice, and the "none of these" ticked beside it."""
    found = []
    for question in questions_on(guide, sent.answers, sent.page):
        ticked = [c for c in question.choices if c.id in sent.ticked.get(question.id, ())]
        alone = [choice for choice in ticked if choice.alone]
        others = [choice for choice in ticked if not choice.alone] or alone[:1]
        if len(ticked) > 1 and alone:
            found.append((others[0], alone[-1]))
    return found


def pages_of(guide: Guide, answers: Answers) -> list[int]:
    """The page numbers of this person's path."""
    return sorted({question.page for question in asked(guide, answers)})


def questions_on(guide: Guide, answers: Answers, page: int) -> list[Question]:
    """The one or two questions of a page."""
    return [question for question in asked(guide, answers) if question.page == page]


def unanswered_on(guide: Guide, answers: Answers, page: int) -> list[Question]:
    """The questions of a page that still wait for an answer."""
    return [q for q in questions_on(guide, answers, page) if q.id not in answers]


def next_page(guide: Guide, answers: Answers) -> int:
    """The first page with a question that waits, or the summary."""
    for page in pages_of(guide, answers):
        if unanswered_on(guide, answers, page):
            return page
    return SUMMARY_PAGE


def page_before(guide: Guide, answers: Answers, page: int) -> int:
    """The page before this one on the path; the first page has none before it."""
    return max((p for p in pages_of(guide, answers) if p < page), default=FIRST_PAGE)


def with_check(guide: Guide, sent: Sent) -> Answers:
    """The answers with a clinician's check that was given now, or without one that is stale.

    A check speaks of the dangers known when it was given: where the page just sent raises a new
    one, it is asked for again.
    """
    if sent.go == CHECKED:
        return {**sent.answers, "checked": frozenset({"yes"})}
    here = {question.id for question in questions_on(guide, sent.answers, sent.page)}
    before = {name: values for name, values in sent.answers.items() if name not in here}
    new = set(flags(guide, on_path(guide, sent.answers))) - set(flags(guide, before))
    if not new:
        return sent.answers
    return {name: values for name, values in sent.answers.items() if name != "checked"}


def hidden_fields(guide: Guide, answers: Answers, page: int | None = None) -> list[tuple[str, str]]:
    """The answers as hidden fields, without those that the page itself asks for."""
    shown = {q.id for q in questions_on(guide, answers, page)} if page else set()
    kept = on_path(guide, answers)
    return [
        (name, value)
        for name, values in sorted(kept.items())
        if name not in shown
        for value in sorted(values)
    ]
