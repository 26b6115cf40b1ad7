"""Concepts that stand near each other: how phrases are read, and what a rule takes for together."""

import re

import pytest
import yaml

from texting.scenarios import crisis_scenarios, rounds
from waypost.texting.crisis.concepts import BadConcepts, Named, read_concepts, the_concepts
from waypost.texting.crisis.danger_words import the_danger_words
from waypost.texting.crisis.phrases import BadPhrase, Phrases
from waypost.texting.crisis.quick_pattern import choices, needed, quick_pattern
from waypost.texting.readings.folding import folded, words_of


def places(phrase, text, **others):
    named = Phrases({"it": [phrase], **others}, only=["it"]).named(text.split())
    return [(place.start, place.end) for place in named.get("it", [])]


@pytest.mark.parametrize(
    ("phrase", "text", "found"),
    [
        ("lips", "his lips", True),
        ("(lips|nails) blue", "nails blue", True),
        ("(lips|nails) blue", "lips red", False),
        ("breath* (slow|)", "breathing", True),
        ("breath*", "breakfast", False),
        ("no ~ pulse", "no sign of pulse", True),
        ("no ~1 pulse", "no sign of pulse", False),
        ("took #many", "tok 40", True),
        ("took #many", "tok 2", False),
        ("took #", "tok 2", True),
        ("goodbye (text|note)*", "godbye", True),
        ("goodbye (text|note)*", "godbye texts", True),
        ("if i vanish* ~3", "if i vanished", True),
        ("a (b (c|d)|e) f", "a b d f", True),
        ("a (b (c|d)|e) f", "a c f", False),
    ],
)
def test_a_phrase_is_found_where_it_stands(phrase, text, found):
    assert bool(places(phrase, text)) is found


def test_a_phrase_may_name_another_concept():
    assert places("<neg> breathing", "he is not breathing", neg=["not", "barely"]) == [(2, 4)]


@pytest.mark.parametrize("phrase", ["(a|b", "", "~ pulse", "what?", "<nobody> there"])
def test_a_phrase_that_cannot_be_read_is_refused(phrase):
    with pytest.raises(BadPhrase):
        Phrases({"it": [phrase]})


def read(tmp_path, words, rule):
    (tmp_path / "words.yaml").write_text(yaml.safe_dump(words), "utf-8")
    (tmp_path / "rules.yaml").write_text(yaml.safe_dump({"rules": [rule]}), "utf-8")
    return read_concepts([tmp_path / "words.yaml"], tmp_path / "rules.yaml", ["suicide"])


RULE = {"id": "x", "danger": "suicide", "tier": 0, "all": ["gun", "bye"], "within": 3}
WORDS = {"gun": "gun, rifle", "bye": "goodbye, farewell", "range": "range", "harmless": "glue gun"}


def fired(concepts, text):
    return [text[start:end] for _, start, end in concepts.fired(concepts.cleared(text))]


def test_concepts_are_together_within_so_many_words_in_any_order(tmp_path):
    concepts = read(tmp_path, WORDS, RULE)
    assert fired(concepts, "the gun is here farewel al") == ["gun is here farewel"]
    assert fired(concepts, "farewel the gun") == ["farewel the gun"]
    assert fired(concepts, "the gun is in the car and farewel") == []
    assert fired(concepts, "glue gun farewel") == []


def test_a_grave_word_beside_an_idiom_keeps_it(tmp_path):
    concepts = read(tmp_path, {**WORDS, "grave_beside": "loaded"}, RULE)
    assert concepts.cleared("the glue gun") == "the"
    assert concepts.cleared("the loaded glue gun") == "the loaded glue gun"
    assert concepts.cleared("loaded up and on the way glue gun") == "loaded up and on the way"
    idiom = re.compile("top gun")
    assert concepts.without("a top gun show", idiom) == "a   show"
    assert concepts.without("a loaded top gun", idiom) == "a loaded top gun"


def test_an_order_and_an_excuse_are_kept_to(tmp_path):
    concepts = read(tmp_path, WORDS, {**RULE, "ordered": True, "unless": ["range"]})
    assert fired(concepts, "gun then farewel")
    assert not fired(concepts, "farewel then gun")
    assert not fired(concepts, "gun range then farewel")


@pytest.mark.parametrize(
    "change",
    [{"danger": "nothing"}, {"tier": 3}, {"all": ["nobody"]}, {"all": []}, {"eased": ["asleep"]}, {"unless": "x"}],
)  # fmt: skip
def test_a_rule_that_names_what_is_not_there_is_refused(tmp_path, change):
    with pytest.raises(BadConcepts):
        read(tmp_path, WORDS, {**RULE, **change})


def test_the_words_of_no_rule_are_carried_for_nothing():
    rules = the_concepts().rules
    assert len({rule.id for rule in rules}) == len(rules)
    assert {rule.tier for rule in rules} == {0, 1, 2}
    assert all(isinstance(place, Named) for rule in rules for place in rule.places({}))


@pytest.mark.parametrize(
    ("pattern", "letters"),
    [
        ("pills (are )?kicking", {"kicking"}),
        ("(gun|rifle) {0,3}", {"gun", "rifle"}),
        ("(gun|\\d+)", set()),
        ("(?!not )\\w+", set()),
        ("lips? blue", {" blue"}),
        ("a?b*", set()),
    ],
)
def test_what_a_pattern_needs_is_read_from_it(pattern, letters):
    assert needed(pattern) == letters


def test_choices_are_taken_apart_at_the_outer_bars():
    assert choices("a|(b|c)d|[|]e") == ["a", "(b|c)d", "[|]e"]


def test_a_quick_pattern_finds_what_the_plain_one_finds():
    """The slow twin: every alternative of every rule, tried on carried texts without its letters."""
    patterns = [rule.pattern for rule in the_danger_words().rules]
    texts = [words_of(folded(s.text)) for s in (*crisis_scenarios(), *rounds())][::90]
    for quick in patterns:
        for text in texts:
            slow = [bool(pattern.search(text)) for _, pattern in quick.alternatives]
            assert bool(quick.search(text)) is any(slow)


def test_a_pattern_that_is_none_is_refused():
    with pytest.raises(re.error):
        quick_pattern(["(a"])
