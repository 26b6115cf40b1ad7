"""What the guide's forms contain, and where a form leads once sent."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.http import QueryDict

from waypost.levels_of_care.guide.answers import (
    Answers,
    BadAnswers,
    asked,
    on_path,
    read_answers,
)
from waypost.levels_of_care.guide.assess import exit_so_far, raised
from waypost.levels_of_care.guide.question import GuideChoice, GuideQuestion
from waypost.levels_of_care.guide.rules_file import Guide
from waypost.web.guide.sealed import FIRST_PAGE, GuideView, SealProblem, State, Unreadable, unseal

NEXT, BACK, CHANGE, RESULT = "next", "back", "change-", "result"
CHECKED, SEEN, MEANS, NEAR = "checked", "seen", "means", "near"
KEPT = "kept"
MAX_PLACE = 200


@dataclass(frozen=True, slots=True)
class Sent:
    """A form as it was sent: the state it makes, and what was pressed."""

    state: State
    go: str


def read_form(guide: Guide, post: QueryDict) -> Sent:
    """Read a form; raise `BadAnswers` if none of our pages can have sent it.

    The page's fields replace what was kept, so that an unticked box counts.
    """
    state = _kept(guide, post)
    names = [question.id for question in guide.questions if question.id in post]
    posted = read_answers(guide, {name: post.getlist(name) for name in names})
    page = _page(post.get("page", str(state.page)))
    go = post.get("go", NEXT)
    on_page = _ids_on(guide, page) if go in (NEXT, BACK) else set()
    before = {name: values for name, values in state.answers.items() if name not in on_page}
    near = " ".join(post.get("near", state.near).split())[:MAX_PLACE]
    ticked = {name: frozenset(post.getlist(name)) - {""} for name in names if name in on_page}
    view = state.view if KEPT in post else GuideView.QUESTIONS
    return Sent(State({**before, **posted}, page, view, near, SealProblem.NONE, ticked), go)


def _kept(guide: Guide, post: QueryDict) -> State:
    try:
        return unseal(guide, post.get(KEPT, "")) if KEPT in post else State()
    except Unreadable as error:
        raise BadAnswers(str(error)) from error


def _page(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 2):
        raise BadAnswers("There is no such page.")
    return int(text)


def _ids_on(guide: Guide, page: int) -> set[str]:
    return {question.id for question in guide.questions if question.page == page and page}


def leads_to(guide: Guide, sent: Sent) -> State:
    """Where a form leads: back, to a page to change, to an exit, on, or to the result."""
    state, go = sent.state, sent.go
    if go == BACK:
        return state.showing(GuideView.QUESTIONS, page_before(guide, state.answers, state.page))
    if go.startswith(CHANGE):
        return state.showing(GuideView.QUESTIONS, _page(go.removeprefix(CHANGE)))
    if go == NEAR:
        return state.showing(state.view)
    return _onward(guide, Sent(replace(state, answers=with_passed(guide, sent)), go))


def _onward(guide: Guide, sent: Sent) -> State:
    """An exit first, then what the page still needs, then the next page or the result."""
    state = sent.state
    if exit_so_far(guide, state.answers):
        return state.showing(GuideView.EXIT)
    problem = problem_with(guide, sent)
    if problem:
        return replace(state, view=GuideView.QUESTIONS, problem=problem)
    page = next_page(guide, state.answers)
    return (
        state.showing(GuideView.RESULT)
        if page is None
        else state.showing(GuideView.QUESTIONS, page)
    )


def problem_with(guide: Guide, sent: Sent) -> SealProblem:
    """What the page just sent still needs; asked after every exit, never before."""
    state = sent.state
    if ticked_against(guide, state):
        return SealProblem.AGAINST_EACH_OTHER
    if sent.go == NEXT and unanswered_on(guide, state.answers, state.page):
        return SealProblem.NOT_CHOSEN
    return SealProblem.NONE


def ticked_against(guide: Guide, state: State) -> list[tuple[GuideChoice, GuideChoice]]:
    """Per question of the page: a choice, and the "none of these" ticked beside it."""
    pairs = []
    for question in questions_on(guide, state.answers, state.page):
        ticked = [c for c in question.choices if c.id in state.ticked.get(question.id, ())]
        alone = [choice for choice in ticked if choice.alone]
        others = [choice for choice in ticked if not choice.alone] or alone[:1]
        if len(ticked) > 1 and alone:
            pairs.append((others[0], alone[-1]))
    return pairs


def pages_of(guide: Guide, answers: Answers) -> list[int]:
    """The page numbers of this person's path."""
    return sorted({question.page for question in asked(guide, answers)})


def questions_on(guide: Guide, answers: Answers, page: int) -> list[GuideQuestion]:
    """The questions of a page."""
    return [question for question in asked(guide, answers) if question.page == page]


def unanswered_on(guide: Guide, answers: Answers, page: int) -> list[GuideQuestion]:
    """The questions of a page that still wait for an answer."""
    answered = on_path(guide, answers)
    return [q for q in questions_on(guide, answers, page) if q.id not in answered]


def next_page(guide: Guide, answers: Answers) -> int | None:
    """The first page with a question that waits; None where all is answered."""
    for page in pages_of(guide, answers):
        if unanswered_on(guide, answers, page):
            return page
    return None


def page_before(guide: Guide, answers: Answers, page: int) -> int:
    """The page before this one on the path; the first page has none before it."""
    return max((p for p in pages_of(guide, answers) if p < page), default=FIRST_PAGE)


def with_passed(guide: Guide, sent: Sent) -> Answers:
    """The answers with what an exit asked, or without it where it is stale.

    A clinician's check, and having seen the numbers, concern the dangers known at the time: if the
    page just sent raises a new one, they are asked for again.
    """
    answers = sent.state.answers
    if sent.go in (CHECKED, SEEN):
        return {**answers, sent.go: frozenset({"yes"})}
    on_page = _ids_on(guide, sent.state.page)
    before = {name: values for name, values in answers.items() if name not in on_page}
    known_dangers = {rule.danger for rule in raised(guide, on_path(guide, before))}
    now = {rule.danger for rule in raised(guide, on_path(guide, answers))}
    if now <= known_dangers:
        return answers
    return {name: v for name, v in answers.items() if name not in (CHECKED, SEEN)}
