"""What must hold for every person: paths end, order and language are nothing, worse is never less,
age only adds safety."""

from __future__ import annotations

import random
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from waypost.levels_of_care.guide import table
from waypost.levels_of_care.guide.answers import (
    BadAnswers,
    NotAnswered,
    asked,
    person_of,
    read_answers,
)
from waypost.levels_of_care.guide.assess import (
    Exit,
    Suggestions,
    assess,
    exit_so_far,
    facts_of,
    first_row,
)
from waypost.levels_of_care.guide.question import GuideQuestion
from waypost.levels_of_care.guide.rules_file import SCALES, the_guide
from waypost.levels_of_care.guide.what_if import row_with, what_if
from waypost.levels_of_care.safety.voice import Voice, VoiceAge, VoicePerson
from waypost.levels_of_care.safety.what_to_do import what_to_do

GUIDE = the_guide()
EXIT_RANK = 100
MUST = {"now": ["none"], "today": ["none"], "harm": ["none"]}
TODAY = date(2026, 11, 28)


def _given(question: GuideQuestion) -> st.SearchStrategy[list[str]]:
    names = [choice.id for choice in question.choices]
    if question.many:
        return st.lists(st.sampled_from(names), unique=True, min_size=1, max_size=3)
    return st.sampled_from(names).map(lambda name: [name])


def _question(name: str) -> GuideQuestion:
    question = GUIDE.question(name)
    assert question
    return question


ANSWERS = st.fixed_dictionaries(
    {"who": _given(_question("who")), "now": st.just(["none"]), "today": st.just(["none"])},
    optional={
        q.id: _given(q) for q in GUIDE.questions if q.id not in ("who", "now", "today", "harm")
    },
).map(lambda answers: {"harm": ["none"], **answers})


def _rank(answers: dict[str, list[str]]) -> int:
    found = assess(GUIDE, answers)
    return EXIT_RANK if isinstance(found, Exit) else found.row.top


@pytest.mark.parametrize("who", [c.id for c in _question("who").choices])
def test_nobody_is_more_than_twelve_screens_from_an_answer(who: str) -> None:
    """The longest path of this person: everything used, thoughts of suicide left open."""
    everything = [c.id for c in _question("used").choices if c.id not in ("none", "unknown")]
    answers = {"who": [who], "used": everything, "suicide": ["unknown"]}
    path = asked(GUIDE, read_answers(GUIDE, answers))
    pages = {question.page for question in path}
    assert len(pages) + 1 <= 12
    assert max(sum(q.page == page for q in path) for page in pages) <= 3


@given(ANSWERS)
@settings(max_examples=300)
def test_every_path_ends(answers: dict[str, list[str]]) -> None:
    found = assess(GUIDE, answers)
    if isinstance(found, Exit):
        assert found.rules and found.dangers
    else:
        assert 1 <= len(found.levels) <= 2
        young = answers["who"][0].endswith("youth")
        assert found.row in (GUIDE.young if young else GUIDE.levels)
        assert any(note.id == "N-youth" for note in found.notes) == young


@given(ANSWERS, st.randoms(use_true_random=False))
@settings(max_examples=200)
def test_the_order_of_answering_does_not_matter(
    answers: dict[str, list[str]], order: random.Random
) -> None:
    items = [(name, order.sample(values, len(values))) for name, values in answers.items()]
    order.shuffle(items)
    assert assess(GUIDE, dict(items)) == assess(GUIDE, answers)


@given(ANSWERS)
@settings(max_examples=200)
def test_language_changes_words_and_nothing_else(answers: dict[str, list[str]]) -> None:
    found = assess(GUIDE, answers)
    dangers = found.dangers if isinstance(found, Exit) else found.today
    read = read_answers(GUIDE, answers)
    spoken = [
        what_to_do(GUIDE.safety, dangers, person_of(read, language), TODAY)
        for language in ("en", "es")
    ]
    english, spanish = spoken
    assert english.numbers == spanish.numbers and english.near == spanish.near
    assert [s.ids for s in english.steps] == [s.ids for s in spanish.steps]


@given(ANSWERS, st.data())
@settings(max_examples=400)
def test_a_worse_answer_never_lowers_the_level(
    answers: dict[str, list[str]], data: st.DataObject
) -> None:
    ordered = [q for q in GUIDE.questions if any(c.rank is not None for c in q.choices)]
    question = data.draw(st.sampled_from(ordered))
    ranked = sorted((c for c in question.choices if c.rank is not None), key=lambda c: c.rank or 0)
    ranks = [_rank(answers | {question.id: [choice.id]}) for choice in ranked]
    if question.id == "problems" and "used" in answers:
        ranks = ranks[1:]  # "doing well" beside use on many days is two answers, not one worse
    assert ranks == sorted(ranks), question.id


@given(ANSWERS, st.sampled_from(["alcohol", "benzo", "sedative", "opioid-street", "stimulants"]))
@settings(max_examples=200)
def test_one_more_substance_never_lowers_the_level(
    answers: dict[str, list[str]], more: str
) -> None:
    used = set(answers.get("used", ["cannabis"])) - {"unknown", "none"} or {"cannabis"}
    daily = [name for name in answers.get("daily", ["none"]) if name in (*used, "none")] or ["none"]
    before = _rank(answers | {"used": sorted(used), "daily": daily})
    assert _rank(answers | {"used": sorted(used | {more}), "daily": daily}) >= before


@given(ANSWERS, st.sampled_from(["all-use", "no-place", "unsafe", "uses", "conflict"]))
@settings(max_examples=200)
def test_one_more_trouble_at_home_never_lowers_the_level(
    answers: dict[str, list[str]], more: str
) -> None:
    home = [name for name in answers.get("home", []) if name not in ("safe", "unknown")]
    before = _rank(answers | {"home": home or ["safe"]})
    assert _rank(answers | {"home": sorted({*home, more})}) >= before


def _dangers(answers: dict[str, list[str]], who: str) -> set[str]:
    found = assess(GUIDE, answers | {"who": [who], "pregnant": ["no"]})
    return set(found.dangers if isinstance(found, Exit) else found.today)


@given(ANSWERS)
@settings(max_examples=300)
def test_age_only_adds_safety(answers: dict[str, list[str]]) -> None:
    """Over 65 raises what an adult's answers raise and more; who asks changes no danger."""
    adult = _dangers(answers, "self-adult")
    assert adult <= _dangers(answers, "self-older")
    assert adult == _dangers(answers, "other-adult")
    young = _dangers(answers, "self-youth")
    assert young == _dangers(answers, "other-youth")
    all_asked = {name: values for name, values in answers.items() if name != "prior"}
    assert _dangers(all_asked, "self-adult") <= young  # under 18 "prior" is not asked
    for who in ("self-adult", "self-youth"):
        found = assess(GUIDE, answers | {"who": [who], "pregnant": ["no"]})
        if who == "self-adult":
            ends = isinstance(found, Exit)
        else:
            assert isinstance(found, Exit) or not ends


def test_raising_one_scale_never_lowers_the_level_in_the_whole_table() -> None:
    """Exhaustive: every class of both tables, each scale raised to each higher value."""
    for rows, classes in (
        (GUIDE.levels, [table.class_facts(row) for row in table.level_classes()]),
        (GUIDE.young, [table.young_facts(row) for row in table.young_classes()]),
    ):
        pairs = 0
        for facts in classes:
            low = first_row(rows, facts)
            for scale in SCALES:
                for value in range(int(min(facts.get(scale, {"2"}))) + 1, 3):
                    pairs += 1
                    assert row_with(rows, facts, scale, value).top >= low.top, (facts, scale)
        assert pairs > len(classes)


def test_use_again_and_failed_treatment_never_lower_the_level_in_the_whole_table() -> None:
    """Exhaustive over the inputs of the tables that are not scales."""
    for row in table.level_classes():
        for name, values in (("prior", ("no-treatment", "weekly", "intensive")), ("U", table.USE)):
            tops = [
                first_row(GUIDE.levels, table.class_facts(row | {name: value})).top
                for value in values
            ]
            assert tops == sorted(tops), (row, name)
    for row in table.young_classes():
        tops = [
            first_row(GUIDE.young, table.young_facts(row | {"often": often})).top
            for often in table.OFTEN
        ]
        assert tops == sorted(tops), row


def test_each_answer_moves_its_scales_only_upward() -> None:
    """With the table above this makes every ranked answer monotone, whatever the others are."""
    base = {"who": "self-adult", **MUST, "used": "cannabis", "past": "none"}
    for question in GUIDE.questions:
        ranked = [c for c in question.choices if c.rank is not None]
        for context in ({}, {"used": ["alcohol"]}, {"past": ["overdose"]}):
            values = []
            for choice in sorted(ranked, key=lambda c: c.rank or 0):
                read = read_answers(GUIDE, {**base, **context, question.id: choice.id})
                facts = facts_of(GUIDE, read)
                values.append({scale: int(min(facts[scale])) for scale in SCALES})
            for scale in SCALES:
                row = [v[scale] for v in values]
                assert row == sorted(row), (question.id, scale)


@given(ANSWERS, st.lists(st.sampled_from([c.id for c in _question("life").choices])))
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
@settings(max_examples=200)
def test_an_exit_shown_on_the_way_is_never_taken_back_at_the_end(
    answers: dict[str, list[str]],
) -> None:
    early = exit_so_far(GUIDE, answers)
    late = assess(GUIDE, answers)
    if early:
        assert isinstance(late, Exit)
        assert early.dangers <= late.dangers


@given(ANSWERS)
@settings(max_examples=300)
def test_a_reason_names_only_what_was_answered(answers: dict[str, list[str]]) -> None:
    """Each reason stands on answers that were given or left open, never on another's."""
    found = assess(GUIDE, answers)
    if isinstance(found, Suggestions):
        for reason in found.reasons:
            for name, value in reason.answers:
                assert value in found.facts[name], reason.rule.id
            assert reason.rule.when.holds(found.facts)


def test_a_reason_rests_on_one_question_or_says_all_that_it_rests_on() -> None:
    """A list with "or" would name troubles that the person does not have."""
    for rule in GUIDE.scales:
        names = {name for name, _value in rule.when.atoms()}
        assert len(names) == 1 or rule.id in (
            "U2-daily", "R2-cannot", "R2-overdose", "R1-overdose", "R1-cannot", "R1-open"
        ), rule.id  # fmt: skip
        assert not rule.when.any and not rule.when.all
    illnesses = ("seizure", "illness", "overdose or", "trauma or")
    for rule in GUIDE.scales:
        assert not [word for word in illnesses if word in rule.words.words.en], rule.id


def test_what_would_call_for_more_is_true_and_never_of_the_past() -> None:
    answers = {"who": "self-adult", **MUST, "suicide": "no-thoughts", "used": "cannabis"}
    answers |= {"daily": "none", "last": "recent", "withdrawal": "nothing", "pregnant": "no"}
    answers |= {"body": "stable", "past": "none", "problems": "some", "mind": "steady"}
    answers |= {"home": "safe", "between": "returning", "prior": "no-treatment", "life": "none"}
    found = assess(GUIDE, answers)
    assert isinstance(found, Suggestions)
    changes = {w.rule.id: [s.level for s in w.suggest] for w in what_if(GUIDE, found)}
    assert changes["H2-unsafe"] == ["iop", "residential"]
    worse = assess(GUIDE, answers | {"home": "unsafe"})
    assert isinstance(worse, Suggestions)
    assert [s.level for s in worse.levels] == changes["H2-unsafe"]
    past = ("overdose", "prior", "often", "use-", "W", "B")
    for rule in GUIDE.scales:
        assert not (rule.if_words and rule.id.startswith(past))
        assert not (rule.if_words and "overdose" in rule.if_words.en)


def test_without_age_or_a_danger_by_name_nothing_is_said() -> None:
    for missing in ("who", "now", "today", "harm"):
        answers = {"who": "self-adult", **MUST}
        del answers[missing]
        with pytest.raises(NotAnswered):
            assess(GUIDE, answers)


@pytest.mark.parametrize(
    "answers", [{"nothing": "x"}, {"who": "x"}, {"who": ["self-adult", "other-adult"]}]
)
def test_an_answer_that_no_page_can_send_is_refused(answers: dict[str, str]) -> None:
    with pytest.raises(BadAnswers) as refused:
        assess(GUIDE, {**MUST, **answers})
    assert "adult" not in str(refused.value)  # an error never repeats an answer


@pytest.mark.parametrize(
    ("who", "person", "voice"),
    [
        ("self-adult", VoicePerson(), Voice.YOU),
        ("self-older", VoicePerson(VoiceAge.OLDER), Voice.YOU),
        ("self-youth", VoicePerson(VoiceAge.YOUNG), Voice.YOUNG),
        ("other-adult", VoicePerson(VoiceAge.ADULT, True), Voice.THEY),
        ("other-older", VoicePerson(VoiceAge.OLDER, True), Voice.THEY),
        ("other-youth", VoicePerson(VoiceAge.YOUNG, True), Voice.CHILD),
    ],
)
def test_who_asks_says_whom_the_words_are_for(who: str, person: VoicePerson, voice: Voice) -> None:
    found = person_of({"who": frozenset({who})})
    assert found == person and found.voice is voice
