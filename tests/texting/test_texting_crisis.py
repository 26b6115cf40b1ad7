"""Danger in words: every scenario, and no way of typing it that lowers its tier."""

import random
import re

import pytest
from hypothesis import settings

from fuzzing import FUZZ
from texting.changes import CHANGES
from texting.scenarios import crisis_scenarios, first_tries, rounds
from waypost.levels_of_care.safety.safety import the_safety
from waypost.texting.crisis import tiers
from waypost.texting.crisis.danger_words import BadDangerWords, rule_of, the_danger_words
from waypost.texting.crisis.tiers import Tier, classify

FUZZING = settings.get_current_profile_name() == FUZZ
SCENARIOS = [*crisis_scenarios(), *crisis_scenarios("crisis_scenarios_more")]
NIGHT = [
    *crisis_scenarios("crisis_scenarios_night"),
    *crisis_scenarios("crisis_scenarios_other_words"),
    *crisis_scenarios("crisis_scenarios_idioms"),
    *crisis_scenarios("crisis_scenarios_beside_idioms"),
    *crisis_scenarios("crisis_scenarios_other_nights"),
    *rounds(),
]
DANGERS = [s for s in SCENARIOS if not s.exactly]
PLAIN = [
    s for s in DANGERS if s.kind in ("explicit", "attempt", "overdose now", "passive", "spanish")
]


def test_the_set_has_every_kind():
    kinds = {s.kind for s in SCENARIOS}
    assert len(SCENARIOS) >= 300
    assert kinds >= {"explicit", "passive", "past", "negated", "third person", "overdose now", "idiom",
                     "lyrics", "obfuscated", "spanish", "emoji", "keyword collision", "split"}  # fmt: skip


@pytest.mark.parametrize("tier", [0, 1, 2])
def test_no_danger_typed_at_night_is_missed(tier):
    dangers = [s for s in NIGHT if not s.exactly and s.tier == tier]
    assert dangers and [s.text for s in dangers if s.missed(s.reached())] == []


def test_everyday_texts_page_nobody():
    assert [s.text for s in NIGHT if s.raised_for_nothing(s.reached())] == []


def test_no_danger_is_missed():
    assert [(s.text, s.tier, s.reached()) for s in DANGERS if s.missed(s.reached())] == []


def test_ordinary_texts_and_idioms_raise_no_alarm():
    assert [s.text for s in SCENARIOS if s.raised_for_nothing(s.reached())] == []


def test_each_round_that_was_counted_is_carried():
    for tried in first_tries():
        carried = crisis_scenarios(f"crisis_scenarios_{tried['round']}_round")
        dangers = [s for s in carried if s.tier == 0 and not s.exactly]
        assert len(dangers) >= int(tried["dangers"]) - 3
        assert 0 <= int(tried["missed"]) <= int(tried["dangers"])


@pytest.mark.parametrize(
    ("text", "imminent"),
    [
        ("OD", True),
        ("he od'd", True),
        ("think im od ing", True),
        ("se sobredosificó mi primo ayuda", True),
        ("injected the whole gram on purpose", True),
        ("did a bunch of meth, so hot, not sweating, confused", True),
        ("OD green jacket for sale", False),
        ("od'd on tacos", False),
        ("my OD said I need new glasses", False),
        ("i could strangle my boss haha", False),
        ("no overdose", False),
    ],
)
def test_overdose_is_read_in_each_of_its_spellings_and_not_in_others_words(text, imminent):
    assert (classify(text).tier is Tier.IMMINENT) is imminent


def test_a_context_far_from_a_danger_does_not_ease_it():
    far = "years ago i lived in ohio. " + "we talked about dinner and the dog " * 4
    assert classify(f"{far} i want to kill myself").tier is Tier.IMMINENT
    assert classify("years ago i wanted to kill myself").tier is Tier.CONCERN


@pytest.mark.parametrize(
    "text",
    [
        "she drank bleach with water",
        "my kid drank the vape juice",
        "he wont wake up for work and hes cold",
        "el vato me esta matando",
        "baby asleep and not breathing good",
    ],
)
def test_an_idiom_hides_no_danger_that_stands_beside_it(text):
    assert classify(text).tier is Tier.IMMINENT


@pytest.mark.parametrize(
    "text",
    [
        "she drank coffee with water",
        "my kid drank the apple juice",
        "he wont wake up for work on mondays",
        "este trafico me esta matando",
        "i dont want to be late",
        "no quiero llegar tarde",
        "my toddler ate a banana",
    ],
)
def test_the_same_words_of_ordinary_things_raise_nothing(text):
    assert classify(text).tier > Tier.HIGH


def test_a_show_that_is_only_attended_quotes_nothing():
    assert classify("turned off the movie, took the whole bottle of my trazodone").tier is (
        Tier.IMMINENT
    )
    assert classify("my lyrics go like i wanna die tonight, its a metal song").tier > Tier.HIGH
    far = "we watched a series. " + "dinner was rice and the dog ate too. " * 6
    assert classify(f"{far} took the whole bottle of my trazodone").tier is Tier.IMMINENT


def some(every, most, seed):
    """A few of them, each time the same; `make fuzz` tries all."""
    chosen = list(every)
    return chosen if FUZZING or len(chosen) <= most else random.Random(seed).sample(chosen, most)


@pytest.mark.hypothesis
@pytest.mark.parametrize("how", CHANGES)
def test_no_way_of_typing_lowers_the_tier(how):
    change, randomly = CHANGES[how], random.Random(how)
    lowered = []
    for scenario in some(PLAIN, len(PLAIN) // 3, how):
        typed = change(scenario.text, randomly)
        if classify(typed).tier > scenario.tier:
            lowered.append((scenario.text, typed))
    assert lowered == []


@pytest.mark.hypothesis
def test_splitting_over_two_texts_does_not_lower_the_tier():
    lowered = []
    for scenario in PLAIN:
        words = scenario.text.split(" ")
        for at in some(range(1, len(words)), 2, scenario.text):
            first, second = " ".join(words[:at]), " ".join(words[at:])
            reached = min(classify(first).tier, classify(second, earlier=[first]).tier)
            if reached > scenario.tier:
                lowered.append((first, second))
    assert lowered == []


def test_a_fault_in_the_classifier_counts_as_high(monkeypatch):
    def broken(text, vocabulary):
        raise RuntimeError("broken")

    monkeypatch.setattr(tiers, "readings", broken)
    signs = classify("a text that nothing has read before")
    assert signs.tier is Tier.HIGH and signs.reasons == ("classifier-failed",)
    assert classify("quiero matarme ahora, unread").tier is Tier.IMMINENT


def test_words_together_stand_near_each_other_and_yield_to_a_word_that_says_otherwise():
    assert classify("sorry mom. the gun is in my lap").tier is Tier.IMMINENT
    assert classify("the gun is in the safe, I lock it. sorry I am late").tier > Tier.HIGH
    assert classify("the gun is old. " + "we talked about dinner " * 12 + "bye").tier > Tier.HIGH


def test_words_together_must_be_two_or_more():
    entry = {"id": "x", "danger": "thoughts", "tier": 1, "together": [{"each": ["gun"]}]}
    with pytest.raises(BadDangerWords, match="two or more"):
        rule_of(entry, {"thoughts"}, lambda where, patterns: re.compile("x"))


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n",
        "\x00",
        "\ud800",
        "\u202e",
        "👨‍👩‍👧‍👦" * 300,
        "x" * 10_000,
        "k " * 2_000,
        "want" * 300,
    ],
)
def test_odd_texts_are_read(text):
    assert classify(text).reasons != ("classifier-failed",)


def test_a_danger_at_the_end_of_a_very_long_text_is_seen():
    assert classify("blah " * 3_000 + "I took all my pills").tier is Tier.IMMINENT


def test_every_exit_is_one_of_the_guides_dangers():
    dangers = the_safety().dangers
    assert {rule.danger for rule in the_danger_words().rules} <= set(dangers)
    assert all(exit_ in dangers for s in DANGERS for exit_ in classify(s.text).exits)


def test_an_earlier_danger_raises_a_later_doubt():
    assert classify("nobody cares about me").tier is Tier.CONCERN
    assert classify("nobody cares about me", earlier=["I want to die"]).tier is Tier.HIGH


def test_an_earlier_danger_leaves_an_ordinary_text_alone():
    assert classify("ok thanks, what time is group", earlier=["I want to die"]).tier is Tier.NONE
