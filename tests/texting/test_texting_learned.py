"""The reader that learned: it raises and never lowers, and hears what the rules do not."""

from pathlib import Path

import pytest

from texting.scenarios import crisis_scenarios, rounds
from waypost.texting.crisis import tiers
from waypost.texting.crisis.learned import (
    BadLearnedTable,
    Learned,
    LearnedReader,
    features,
    read_learned,
    spans,
    the_learned_reader,
)
from waypost.texting.crisis.tiers import Tier, classify

TEXTS = Path(__file__).parents[2] / "tools" / "danger_texts"
MOST_MISSED, MOST_RAISED = 0.05, 0.10
"""Of the texts that taught nothing: the share of danger below tier 0, of ordinary ones in it."""
SAYS_NOTHING = LearnedReader({}, {}, 0.0, imminent=1.0, high=1.0, version="none")
SAYS_DANGER = LearnedReader({}, {"stairs": {"body-emergency": 1.0}}, 2.0, 1.0, 0.5, "all")


def kept():
    """The texts that taught nothing: their tier ("0" or "-") and their words."""
    lines = [line for path in TEXTS.glob("kept*.tsv") for line in path.read_text().splitlines()]
    return [(tier, text) for tier, _kind, text in (line.split("\t") for line in lines)]


@pytest.fixture
def reader(monkeypatch):
    """Puts another reader in place of the carried one."""

    def put(other):
        monkeypatch.setattr(tiers, "the_learned_reader", lambda: other)
        tiers._signs.cache_clear()

    yield put
    monkeypatch.undo()
    tiers._signs.cache_clear()


def test_few_texts_of_danger_that_taught_nothing_are_missed():
    danger = [text for tier, text in kept() if tier == "0"]
    missed = [text for text in danger if classify(text).tier > Tier.IMMINENT]
    assert len(danger) > 100 and len(missed) <= MOST_MISSED * len(danger), missed


def test_few_ordinary_texts_that_taught_nothing_are_raised():
    calm = [text for tier, text in kept() if tier == "-"]
    raised = [text for text in calm if classify(text).tier == Tier.IMMINENT]
    assert len(calm) > 100 and len(raised) <= MOST_RAISED * len(calm), raised


def test_it_hears_what_the_rules_miss(reader):
    danger = [text for tier, text in kept() if tier == "0"]
    both = sum(classify(text).tier > Tier.IMMINENT for text in danger)
    reader(SAYS_NOTHING)
    assert both < sum(classify(text).tier > Tier.IMMINENT for text in danger)


def test_it_lowers_nothing(reader):
    texts = [s.text for s in [*crisis_scenarios(), *rounds()]][::7]
    together = [classify(text) for text in texts]
    reader(SAYS_NOTHING)
    alone = [classify(text) for text in texts]
    assert all(a.tier <= b.tier for a, b in zip(together, alone, strict=True))
    assert all(set(b.reasons) <= set(a.reasons) for a, b in zip(together, alone, strict=True))


def test_what_it_alone_raised_says_so(reader):
    reader(SAYS_DANGER)
    signs = classify("the stairs")
    assert (signs.tier, signs.reasons, signs.exits) == (
        Tier.IMMINENT, ("learned",), ("body-emergency",),
    )  # fmt: skip


def test_where_a_rule_says_as_much_it_is_silent(reader):
    reader(SAYS_DANGER)
    assert "learned" not in classify("I want to kill myself").reasons


def test_a_reader_that_fails_counts_as_high(reader):
    class Broken:
        def read(self, plain):
            raise RuntimeError("no table")

    reader(Broken())
    assert classify("see you at group").tier == Tier.HIGH


def test_one_clause_decides_in_a_long_text():
    ordinary = (
        "my cousin came by with the truck and we talked about work and the weather for a while "
    )
    reader = the_learned_reader()
    calm = (ordinary * 3).split()
    grave = [*calm[:30], *["she", "stopped", "breathing", "lips", "blue"], *calm[30:]]
    assert reader.score(grave) > reader.score(calm) + 1


def test_a_long_text_is_read_in_spans_that_leave_no_word_out():
    words = [str(i) for i in range(97)]
    assert {word for span in list(spans(words))[1:] for word in span} == set(words)
    assert list(spans(words[:20])) == [words[:20]]


def test_features_are_words_neighbors_and_letters():
    words, neighbors = {"w <", "w no", "w >"}, {"w < no", "w no >", "w < no >", "s < >"}
    letters = {"c  no", "c no ", "c  no ", "c  < ", "c  > "}
    assert features(["no"]) == words | neighbors | letters


def test_a_score_is_of_known_features_alone():
    reader = LearnedReader({"w a": (3.0, 0.5), "w b": (4.0, 1.0)}, {}, -1.0, 0.5, -0.5, "x")
    assert reader.score(["a", "b"]) == pytest.approx(-1 + (3 * 0.5 + 4 * 1) / 5)
    assert reader.score(["c"]) == -1.0
    assert reader.read("a b") == Learned(1, "suicide") and reader.read("c") is None


@pytest.mark.parametrize("word", ["hello", "flood", "test"])
def test_one_word_and_numbers_say_nothing(word):
    assert classify(" ".join(f"{word} {n}" for n in range(20))).tier == Tier.NONE


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("feature\tw a\tx\t1", "line 5"),
        ("feature\tw a", "line 5"),
        ("word\ta\tsuicide", "line 5"),
        ("other\ta\tb", "line 5"),
        ("alone", "line 5"),
    ],
    ids=["no-number", "no-values", "no-weight", "no-kind", "no-tabs"],
)
def test_a_bad_line_is_named(tmp_path, line, says):
    table = tmp_path / "table.tsv"
    settings = [f"setting\t{name}\t1" for name in ("version", "base", "imminent", "high")]
    table.write_text("\n".join([*settings, line]))
    with pytest.raises(BadLearnedTable, match=says):
        read_learned(table)


def test_a_table_without_its_settings_is_refused(tmp_path):
    table = tmp_path / "table.tsv"
    table.write_text("setting\tversion\t1\nsetting\tbase\tzero")
    with pytest.raises(BadLearnedTable, match="missing"):
        read_learned(table)
