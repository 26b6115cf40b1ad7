"""What to do: every danger alone and every pair, for everyone: each step once, each number once."""

from __future__ import annotations

from datetime import date
from itertools import combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from waypost.levels_of_care.safety.safety import Safety, the_safety
from waypost.levels_of_care.safety.step import NearHelp, StepEnds, StepPart
from waypost.levels_of_care.safety.voice import VoiceAge, VoicePerson
from waypost.levels_of_care.safety.what_to_do import WhatToDo, what_to_do

SAFETY: Safety = the_safety()
TODAY = date(2026, 11, 28)
PEOPLE = [
    VoicePerson(age, other, language)
    for age, other, language in product(VoiceAge, (False, True), ("en", "es"))
]
ALONE = sorted(SAFETY.dangers)
PAIRS = list(combinations(ALONE, 2))
STEPS = {step.id: step for step in SAFETY.steps}
ASKS_FOR_911 = {"call-911", "emergency-room"}


def _todo(
    *names: str, person: VoicePerson | None = None, means: frozenset[str] = frozenset()
) -> WhatToDo:
    return what_to_do(SAFETY, set(names), person or VoicePerson(), TODAY, means)


def _ids(todo: WhatToDo) -> list[str]:
    return [name for step in todo.steps for name in step.ids]


def _plainly(names: tuple[str, ...], person: VoicePerson) -> list[str]:
    """The slow twin: all steps in the file's order, without those that another makes needless."""
    asked = set()
    for name in names:
        danger = SAFETY.dangers[name]
        if person.age is VoiceAge.YOUNG:
            danger = SAFETY.dangers[danger.young] if danger.young else danger
            asked |= set(danger.young_steps)
        asked |= set(danger.steps)
    asked -= {needless for name in asked for needless in STEPS[name].covers}
    for line in ("911", "988"):
        if line not in [STEPS[name].line for name in asked]:
            asked.add(f"always-{line}")
    return [step.id for step in SAFETY.steps if step.id in asked]


@pytest.mark.parametrize("person", PEOPLE, ids=lambda p: f"{p.age}-{p.voice}-{p.language}")
def test_every_pair_adds_up(person: VoicePerson) -> None:
    """Every pair and each danger alone, for every age, asker and language."""
    for names in [(name,) for name in ALONE] + PAIRS:
        todo = _todo(*names, person=person)
        assert sorted(_ids(todo)) == sorted(_plainly(names, person)), names
        assert len(set(todo.numbers)) == len(todo.numbers), names
        assert {"911", "988"} <= set(todo.numbers), names
        dialed = {STEPS[name].line for name in _ids(todo)} - {""}
        assert dialed <= set(todo.numbers), names


def test_911_or_an_emergency_room_is_above_all_where_any_danger_asks_for_it() -> None:
    asking = [name for name in ALONE if ASKS_FOR_911 & set(SAFETY.dangers[name].steps)]
    assert len(asking) >= 8
    for name, other in product(asking, ALONE):
        todo = _todo(name, other)
        assert _ids(todo)[0] in ASKS_FOR_911, (name, other)
        assert todo.numbers[0] == "911"


def test_911_then_poison_help_then_988_then_all_other_numbers() -> None:
    order = ["911", "poison-help", "988"]
    for person, names in product(PEOPLE, [(name,) for name in ALONE] + PAIRS):
        if person.language == "en":
            shown = _todo(*names, person=person).numbers
            ranked = [order.index(line) if line in order else 3 for line in shown]
            assert ranked == sorted(ranked), (names, shown)


def test_too_much_and_a_plan_to_die_need_an_emergency_room_poison_help_and_988() -> None:
    todo = _todo("took-on-purpose", "took-too-much", "suicide")
    assert todo.numbers == ("911", "poison-help", "988")
    assert todo.heading == "Go to an emergency room now"
    assert "whatever the amount" in todo.steps[0].words


def test_911_is_named_in_one_sentence() -> None:
    """ "Call 911 for" joins what every danger adds, and is needless where 911 is called at once."""
    both = _todo("suicide", "alcohol-withdrawal")
    [sentence] = [step.words for step in both.steps if "Call 911 for" in step.words]
    assert "being about to act" in sentence and "a seizure, confusion" in sentence
    assert "Call 911 for" not in " ".join(step.words for step in _todo("suicide", "seizure").steps)


@pytest.mark.parametrize(("language", "most"), [("en", 130), ("es", 150)])
def test_the_red_box_is_short(language: str, most: int) -> None:
    """At most 100 words before "why" for a danger alone, and little more for a pair."""
    for age, other in ((VoiceAge.ADULT, False), (VoiceAge.YOUNG, False), (VoiceAge.YOUNG, True)):
        person = VoicePerson(age, other, language)
        for names in [(name,) for name in ALONE] + PAIRS:
            words = sum(
                len(s.words.split()) for s in _todo(*names, person=person).part(StepPart.BOX)
            )
            assert words <= (100 if len(names) == 1 else most), (names, person, words)


def test_every_danger_that_ends_the_guide_has_a_heading_and_steps_in_its_box() -> None:
    for name in ALONE:
        if SAFETY.dangers[name].ends is not StepEnds.NO:
            todo = _todo(name)
            assert todo.heading and todo.part(StepPart.BOX), name


@given(st.sets(st.sampled_from(ALONE), min_size=1, max_size=6), st.sampled_from(ALONE))
@settings(max_examples=300)
def test_one_more_danger_never_takes_a_number_away(names: set[str], more: str) -> None:
    before, after = _todo(*names), _todo(*names, more)
    assert set(before.numbers) <= set(after.numbers) or set(before.numbers) - set(
        after.numbers
    ) <= {"helpline"}  # the helpline finds a doctor: needless on the way to an emergency room


def test_under_18_an_adult_and_childhelp_and_no_line_for_partners() -> None:
    child, teen = VoicePerson(VoiceAge.YOUNG, True), VoicePerson(VoiceAge.YOUNG)
    for person in (child, teen):
        hurt = _todo("hurt", person=person)
        assert "childhelp" in hurt.numbers and "domestic-violence" not in hurt.numbers
        assert "trusted-adult" in _ids(hurt)
    assert "domestic-violence" in _todo("hurt").numbers
    for name in ("suicide", "self-injury", "thoughts", "harm-others"):
        assert "adult-today" in _ids(_todo(name, person=teen)), name
    for name in ("suicide", "unsafe", "psychosis", "overdose-today", "took-on-purpose"):
        spoken = " ".join(s.words for s in _todo(name, person=teen).steps)
        assert "Tell an adult" in spoken, name
    assert "your child" in " ".join(s.words for s in _todo("suicide", person=child).steps)


def test_spanish_speakers_are_told_to_press_2_and_to_text_ayuda() -> None:
    todo = _todo("suicide", person=VoicePerson(language="es"))
    spoken = " ".join(step.words for step in todo.steps)
    assert "oprima 2" in spoken and "AYUDA" in spoken
    [line] = [line for step in todo.steps for line in step.lines if line.id == "988"]
    assert line.text_address("es") == "sms:988?body=AYUDA"
    assert line.text_address("en") == "sms:988"
    assert "711" in line.spoken("es").also and "711" in line.spoken("en").also
    assert "press 1" in line.spoken("en").also


def test_what_is_within_reach_is_answered() -> None:
    guns = _todo("suicide", means=frozenset({"guns"}))
    assert "guns" in _ids(guns) and "means" not in _ids(guns)
    both = _todo("suicide", means=frozenset({"guns", "pills"}))
    assert {"guns", "pills"} <= set(_ids(both))
    assert "means" in _ids(_todo("suicide", means=frozenset({"unknown"})))
    assert not {"means", "guns", "pills"} & set(_ids(_todo("suicide", means=frozenset({"none"}))))
    assert "guns" not in _ids(_todo("seizure", means=frozenset({"guns"})))


def test_no_treatment_program_is_offered_where_a_hospital_is_needed() -> None:
    for name, other in product(ALONE, ALONE):
        near = _todo(name, other).near
        kinds = {SAFETY.dangers[name].near, SAFETY.dangers[other].near}
        assert near == (frozenset({NearHelp.HOSPITAL}) if NearHelp.HOSPITAL in kinds else near)
        if SAFETY.dangers[name].ends is StepEnds.ALWAYS:
            assert near <= {NearHelp.HOSPITAL}


def test_an_alert_says_when_it_is_old() -> None:
    person = VoicePerson()
    fresh = what_to_do(SAFETY, {"street-opioids"}, person, date(2027, 4, 30))
    old = what_to_do(SAFETY, {"street-opioids"}, person, date(2027, 5, 1))
    assert "medetomidine" in " ".join(step.words for step in fresh.steps)
    assert "This alert is from" not in " ".join(step.words for step in fresh.steps)
    assert "This alert is from 2025-05-01" in " ".join(step.words for step in old.steps)


def test_a_danger_that_does_not_exist_is_a_fault() -> None:
    with pytest.raises(KeyError):
        _todo("nothing")
