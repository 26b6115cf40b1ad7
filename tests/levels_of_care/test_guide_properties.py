"""What must hold for every person: paths end, order is nothing, worse is never less."""

from __future__ import annotations

import random
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from waypost.levels_of_care.guide.answers import (
    BadAnswers,
    NotAnswered,
    asked,
    read_answers,
)
from waypost.levels_of_care.guide.assess import (
    Exit,
    Result,
    assess,
    exit_so_far,
    facts_of,
    first_row,
    scale_values,
)
from waypost.levels_of_care.guide.question import Question
from waypost.levels_of_care.guide.rules_file import SCALES, the_guide
from waypost.levels_of_care.guide.table import class_facts, level_classes
from waypost.levels_of_care.guide.what_if import row_with, what_if

GUIDE = the_guide()
EXIT_RANK = 100


def _given(question: Question) -> st.SearchStrategy[list[str]]:
    names = [choice.id for choice in question.choices]
    if question.many:
        return st.lists(st.sampled_from(names), unique=True, max_size=3)
    return st.sampled_from(names).map(lambda name: [name])


ANSWERS = st.fixed_dictionaries(
    {"who": _given(GUIDE.question("who")), "now": st.just(["none"])},  # type: ignore[arg-type]
    optional={q.id: _given(q) for q in GUIDE.questions if q.id not in ("who", "now")},
)


def _rank(answers: dict[str, list[str]]) -> int:
    found = assess(GUIDE, answers)
    if isinstance(found, Exit):
        return EXIT_RANK
    return found.row.top if found.row else 0


@pytest.mark.parametrize("who", [c.id for c in GUIDE.question("who").choices])  # type: ignore[union-attr]
def test_no_path_is_longer_than_15_questions(who: str) -> None:
    path = asked(GUIDE, {"who": frozenset({who})})
    assert 5 <= len(path) + 1 <= 15  # one more: the question on a withdrawal exit
    assert max(sum(q.page == page for q in path) for page in range(1, 9)) <= 2


@given(ANSWERS)
@settings(max_examples=300)
def test_every_path_ends(answers: dict[str, list[str]]) -> None:
    found = assess(GUIDE, answers)
    if isinstance(found, Exit):
        assert found.rules
    elif found.row:
        assert 1 <= len(found.levels) <= 2
    else:
        assert answers["who"][0].endswith("youth")
        assert any(note.id == "N-youth" for note in found.notes)


@given(ANSWERS, st.randoms(use_true_random=False))
@settings(max_examples=200)
def test_the_order_of_answering_does_not_matter(
    answers: dict[str, list[str]], order: random.Random
) -> None:
    items = [(name, order.sample(values, len(values))) for name, values in answers.items()]
    order.shuffle(items)
    assert assess(GUIDE, dict(items)) == assess(GUIDE, answers)


@given(ANSWERS, st.data())
@settings(max_examples=400)
def test_a_worse_answer_never_lowers_the_level(
    answers: dict[str, list[str]], data: st.DataObject
) -> None:
    ordered = [q for q in GUIDE.questions if any(c.rank is not None for c in q.choices)]
    question = data.draw(st.sampled_from(ordered))
    ranked = sorted((c for c in question.choices if c.rank is not None), key=lambda c: c.rank or 0)
    ranks = [_rank(answers | {question.id: [choice.id]}) for choice in ranked]
    assert ranks == sorted(ranks), question.id


@given(ANSWERS, st.sampled_from(["alcohol-heavy", "benzo-most", "opioids", "stimulants"]))
@settings(max_examples=200)
def test_one_more_substance_never_lowers_the_level(
    answers: dict[str, list[str]], more: str
) -> None:
    used = set(answers.get("substances", ["cannabis"])) - {"unknown", "none"} or {"cannabis"}
    before = _rank(answers | {"substances": sorted(used)})
    assert _rank(answers | {"substances": sorted(used | {more})}) >= before


@pytest.mark.parametrize("scale", SCALES)
def test_raising_one_scale_never_lowers_the_level_in_the_whole_table(scale: str) -> None:
    """Exhaustive: all 3,888 classes, each scale raised to each higher value."""
    pairs = 0
    for row in level_classes():
        facts = class_facts(row)
        low = first_row(GUIDE, facts)
        for value in range(int(min(facts[scale])) + 1, 3):
            pairs += 1
            high = row_with(GUIDE, facts, scale, value)
            assert high.top >= low.top, (row, value)
            assert min(s.rank for s in high.suggest) >= min(s.rank for s in low.suggest)
    assert pairs >= 3_888


def test_use_again_and_failed_treatment_never_lower_the_level_in_the_whole_table() -> None:
    """Exhaustive over the two inputs of the table that are not scales."""
    for row in level_classes():
        tops = [
            first_row(GUIDE, class_facts(row | {"prior": prior})).top
            for prior in ("no-treatment", "weekly", "intensive")
        ]
        tops_by_use = [
            first_row(GUIDE, class_facts(row | {"U": use})).top
            for use in ("not now", "0", "1", "2")
        ]
        assert tops == sorted(tops) and tops_by_use == sorted(tops_by_use), row


def test_each_answer_moves_its_scales_only_upward() -> None:
    """With the table above this makes every ranked answer monotone, whatever the others are."""
    base = {"who": "self-adult", "now": "none", "substances": "cannabis", "overdose": "none"}
    for question in GUIDE.questions:
        ranked = [c for c in question.choices if c.rank is not None]
        for context in ({}, {"substances": ["alcohol-some"]}, {"overdose": ["overdose"]}):
            values = []
            for choice in sorted(ranked, key=lambda c: c.rank or 0):
                read = read_answers(GUIDE, {**base, **context, question.id: choice.id})
                values.append(scale_values(facts_of(GUIDE, read)))
            for scale in SCALES:
                row = [v[scale] for v in values]
                assert row == sorted(row), (question.id, scale)


@given(ANSWERS, st.lists(st.sampled_from([c.id for c in GUIDE.question("life").choices])))  # type: ignore[union-attr]
@settings(max_examples=200)
def test_readiness_and_daily_constraints_never_change_the_level(
    answers: dict[str, list[str]], life: list[str]
) -> None:
    first, second = assess(GUIDE, answers | {"life": []}), assess(GUIDE, answers | {"life": life})
    if isinstance(first, Exit) or isinstance(second, Exit):
        assert first == second
    else:
        assert first.row == second.row and first.reasons == second.reasons


@given(ANSWERS)
@settings(max_examples=300)
def test_no_outpatient_level_while_a_red_flag_stands(answers: dict[str, list[str]]) -> None:
    unchecked = {name: values for name, values in answers.items() if name != "checked"}
    for now, suicide in product((["none"], ["seizure"]), (["no-thoughts"], ["danger"])):
        found = assess(GUIDE, unchecked | {"now": now, "suicide": suicide})
        if now != ["none"] or suicide == ["danger"]:
            assert isinstance(found, Exit)
            assert not found.may_go_on
        elif isinstance(found, Result):
            assert found.facts["flag"] == frozenset()


@given(ANSWERS)
@settings(max_examples=200)
def test_an_exit_shown_on_the_way_is_never_taken_back_at_the_end(
    answers: dict[str, list[str]],
) -> None:
    early = exit_so_far(GUIDE, answers)
    late = assess(GUIDE, answers)
    if early:
        assert isinstance(late, Exit)
        assert {rule.id for rule in early.rules} <= {rule.id for rule in late.rules}


def test_what_would_change_it_is_true() -> None:
    answers = {"who": "self-adult", "now": "none", "substances": "cannabis", "use": "most"}
    answers |= {"between": "returning", "home": "safe", "mind": "steady", "body": "stable"}
    answers |= {"withdrawal": "nothing", "overdose": "none", "suicide": "no-thoughts"}
    found = assess(GUIDE, answers)
    assert not isinstance(found, Exit)
    changes = {(w.rule.id, w.more): [s.level for s in w.suggest] for w in what_if(GUIDE, found)}
    assert changes["H2", True] == ["iop", "residential"]
    worse = assess(GUIDE, answers | {"home": "unsafe"})
    assert not isinstance(worse, Exit)
    assert [s.level for s in worse.levels] == changes["H2", True]
    assert changes["R1", False] == ["outpatient"]


def test_without_age_or_emergency_nothing_is_said() -> None:
    with pytest.raises(NotAnswered):
        assess(GUIDE, {"who": "self-adult"})
    with pytest.raises(NotAnswered):
        assess(GUIDE, {"now": "none"})


@pytest.mark.parametrize(
    "answers", [{"nothing": "x"}, {"who": "x"}, {"who": ["self-adult", "other-adult"]}]
)
def test_an_answer_that_no_page_can_send_is_refused(answers: dict[str, str]) -> None:
    with pytest.raises(BadAnswers) as refused:
        assess(GUIDE, {"now": "none", **answers})
    assert "adult" not in str(refused.value)  # an error never repeats an answer
