"""Offers are looked at in whichever way is quick, and what comes of it is always the same."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from twins import navigation_twin as twin
from twins.made_up_snapshot import TODAY, MadeUpSnapshot, site
from waypost.navigation.find_care import find_care
from waypost.navigation.hours import FreeTime, HoursAsked, Shown
from waypost.navigation.need import Need, Sort
from waypost.places.gazetteer import load_gazetteer
from waypost.places.place import Found
from waypost.search import offers as module
from waypost.search.offers import OfferQuestion, OfferTable
from waypost.search.query import Words
from waypost.values.wall_time import Day

SITES = [site(random.Random(f"offers {n}"), n) for n in range(700)]
SNAPSHOT = MadeUpSnapshot(SITES)
BLOCKS = SNAPSHOT.index.block_count
EVENINGS = ((1080, 1260), (3960, 4140), (5400, 5580))
QUESTIONS = [
    OfferQuestion(TODAY, EVENINGS, "America/Chicago"),
    OfferQuestion(TODAY, EVENINGS, "Pacific/Guam", least=360),
    OfferQuestion(TODAY, ((9960, 10320),), times=4),
    OfferQuestion(TODAY, attendance=module.TELEHEALTH, opening=True),
    OfferQuestion(TODAY, starts_by=TODAY + timedelta(10)),
]


def rows(words: Words) -> set[int]:
    bits = np.unpackbits(words.view(np.uint8), bitorder="little")
    return set(np.flatnonzero(bits).tolist())


def some(share: float, blocks: float, rng: random.Random) -> Words:
    """A mask of about this share of the rows, in about this share of the blocks."""
    words = np.zeros(BLOCKS, dtype=np.uint64)
    for block in range(BLOCKS):
        if rng.random() < blocks:
            words[block] = sum(1 << bit for bit in range(64) if rng.random() < share)
    return words


def graded(question: OfferQuestion, among: Words) -> tuple[set[int], set[int]]:
    """The same a site at a time: its best offer, by the grade of each."""
    table, best = SNAPSHOT.offers, dict[int, int]()
    grades = table.grades(question, np.arange(len(table.rows)))
    for row, grade in zip(table.rows.tolist(), grades.tolist(), strict=True):
        best[row] = max(grade, best.get(row, -1))
    inside = rows(among)
    return tuple({r for r in best if r in inside and best[r] == g} for g in (2, 0))  # type: ignore[return-value]


@pytest.mark.parametrize("stretch", [1, 3, BLOCKS, 4_096])
@pytest.mark.parametrize("question", QUESTIONS, ids=range(len(QUESTIONS)))
def test_every_way_of_looking_gives_the_same_rows(
    question: OfferQuestion, stretch: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "STRETCH", stretch)
    rng = random.Random(f"{stretch}")
    masks = [some(s, b, rng) for s in (0.02, 0.5, 1.0) for b in (0.0, 0.05, 0.2, 0.3, 1.0)]
    masks.append(np.full(BLOCKS, ~np.uint64(0)))
    for among in masks:
        found = SNAPSHOT.offers.masks_among(question, among)
        assert tuple(map(rows, found)) == graded(question, among)
    everything = SNAPSHOT.offers.masks(question, BLOCKS)
    assert tuple(map(rows, everything)) == graded(question, masks[-1])


def test_nobody_says_anything() -> None:
    for among in (np.zeros(0, np.uint64), np.zeros(9, np.uint64), np.full(9, ~np.uint64(0))):
        fit, does_not = OfferTable.empty().masks_among(QUESTIONS[0], among)
        assert not fit.any() and not does_not.any() and len(fit) == len(does_not) == len(among)


@pytest.mark.parametrize("shown", Shown)
@pytest.mark.parametrize("sort", Sort)
@pytest.mark.parametrize(
    ("place", "miles"),
    [("", 25.0), ("Texas", 25.0), ("Travis County, TX", 25.0), ("87101", 25.0), ("87101", None),
     ("99801", 5.0), ("96910", 1000.0)],
)  # fmt: skip
def test_a_directory_of_many_blocks_is_searched_as_the_twin_does(
    place: str, miles: float | None, sort: Sort, shown: Shown
) -> None:
    rng = random.Random(f"{place} {miles} {sort} {shown}")
    free = tuple(
        FreeTime(day, 1080 - 60 * rng.randint(0, 4), 1290) for day in rng.sample(list(Day), 4)
    )
    hours = HoursAsked(free, opening=rng.random() < 0.2, shown=shown)
    need = Need(place, radius_miles=miles, sort=sort, hours=hours, page=rng.choice([1, 2]),
                choices=rng.choice([(), (("payment", ("medicaid",)),), (("time", ("evenings",)),),
                                    (("group", ("women",)), ("payment", ("cash", "medicaid")))]),
                state=rng.choice(["", "", "TX"]), text=rng.choice(["", "", "harbor"]))  # fmt: skip
    resolved = load_gazetteer().resolve(place) if place else None
    where = resolved.place if isinstance(resolved, Found) else None
    now = module.datetime.combine(TODAY, module.time(0), module.UTC)
    answer = find_care(SNAPSHOT, need, now)
    expected = twin.find_care(SITES, need, where, now)
    assert [option.site.id for option in answer.options] == expected.ids
    assert (answer.total, dict(answer.counts)) == (expected.total, expected.counts)
    count = answer.hours
    assert count and (count.fit, count.do_not, count.unsaid) == expected.hours_counts
    if shown is not Shown.ALL:  # what is shown with hours is what leaving one out would show
        for facet, total in answer.without.items():
            assert total == find_care(SNAPSHOT, replace(need.with_choices(facet, ())), now).total
