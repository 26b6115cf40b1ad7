"""The Brief Addiction Monitor: its parts, their ranges, what is passed over, what is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waypost.levels_of_care.instruments.bam import BadBam, BamPart, score_bam, skipped, the_bam

ITEMS = {item.id: item for item in the_bam().items}
LEAST = {name: item.choices[0].code for name, item in ITEMS.items()}
MOST = {name: item.choices[-1].code for name, item in ITEMS.items()}
PARTS = {
    BamPart.USE: {"4", "5", "6"},
    BamPart.RISK: {"1", "2", "3", "8", "11", "15"},
    BamPart.PROTECTIVE: {"9", "10", "12", "13", "14", "16"},
}


def test_each_item_counts_in_the_part_that_was_published() -> None:
    for part, names in PARTS.items():
        assert {name for name, item in ITEMS.items() if item.part is part} == names
    assert len(ITEMS) == 23 and all(item.words.es for item in ITEMS.values())


def test_the_parts_reach_from_none_to_their_highest() -> None:
    least, most = score_bam(LEAST), score_bam(MOST)
    assert (least.use, least.risk, least.protective) == (0, 0, 0)
    assert (most.use, most.risk, most.protective) == (12, 24, 24)
    assert least.talk == ("protective",) and most.talk == ("use", "risk")


@pytest.mark.parametrize(
    ("answers", "talk"),
    [
        (LEAST | {"4": "1-3", "5": "0"}, ("use", "protective")),
        (LEAST | {"1": "poor", "2": "16-30", "3": "9-15"}, ("protective",)),  # 11
        (LEAST | {"1": "poor", "2": "16-30", "3": "16-30"}, ("risk", "protective")),  # 12
        (LEAST | {"9": "extremely", "14": "yes", "16": "16-30"}, ("protective",)),  # 12
        (LEAST | {"9": "extremely", "14": "yes", "16": "16-30", "10": "1-3"}, ()),  # 13
    ],
)
def test_what_is_worth_a_talk(answers: dict[str, str], talk: tuple[str, ...]) -> None:
    assert score_bam(answers).talk == talk


def test_what_was_not_drunk_or_used_is_passed_over_whatever_was_ticked() -> None:
    assert skipped(LEAST) == {"5", "7a", "7b", "7c", "7d", "7e", "7f", "7g"}
    assert score_bam(LEAST | {"5": "16-30"}).use == 0
    assert score_bam({n: c for n, c in LEAST.items() if n not in skipped(LEAST)}).use == 0


@pytest.mark.parametrize("name", sorted(ITEMS))
def test_a_missing_or_foreign_answer_is_named(name: str) -> None:
    with pytest.raises(BadBam) as refused:
        score_bam({n: c for n, c in MOST.items() if n != name})
    assert refused.value.missing == (name,)
    with pytest.raises(BadBam) as refused:
        score_bam(MOST | {name: "often"})
    assert refused.value.foreign == (name,)


def points_of(item: str, code: str) -> int:
    return next(choice.score for choice in ITEMS[item].choices if choice.code == code)


@given(
    st.fixed_dictionaries(
        {n: st.sampled_from([c.code for c in i.choices]) for n, i in ITEMS.items()}
    )
)
def test_the_parts_are_the_plain_sums(answers: dict[str, str]) -> None:
    counted = {n: c for n, c in answers.items() if n not in skipped(answers)}
    sums = {
        part: sum(points_of(n, c) for n, c in counted.items() if n in names)
        for part, names in PARTS.items()
    }
    seen = score_bam(answers)
    assert (seen.use, seen.risk, seen.protective) == tuple(sums.values())
