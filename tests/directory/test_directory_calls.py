"""Rounds of calls: who is drawn, when a call may be made, and what its numbers mean."""

from __future__ import annotations

import hashlib
from collections import Counter
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waypost.cli.accuracy.commands import sample_of
from waypost.directory.calls.drawing import CannotDraw, DrawCandidate, draw, stratum_name
from waypost.directory.calls.listed import claimed_value, from_json, listed_facts
from waypost.directory.calls.measures import Accuracy, age_name, agreement, by_fact, overall
from waypost.directory.calls.outcomes import (
    CallField,
    CallOutcome,
    CallStanding,
    CallTry,
    CallVerdict,
    ListedFact,
    TryOutcome,
    TryRefusal,
    standing,
    try_refused,
)
from waypost.directory.calls.queries import called_claims, called_on, found_wrong
from waypost.directory.choosing import choose
from waypost.directory.faults import DirectoryFault
from waypost.directory.site import Claim
from waypost.places.tables import counties

RIGHT, WRONG, SILENT = CallVerdict.RIGHT, CallVerdict.WRONG, CallVerdict.NOT_ANSWERED
FRAME = [DrawCandidate(f"site_{n:03}", f"stratum {n % 3 if n > 4 else 3}") for n in range(120)]
NOON = datetime(2026, 12, 1, 12, tzinfo=ZoneInfo("America/Chicago"))


def drawn(size: int = 30, seed: int = 7, version: str = "v1", frame: list[DrawCandidate] = FRAME):
    return draw(frame, state="TX", size=size, seed=seed, version=version)


def test_anyone_draws_the_same_sample_whatever_the_order_of_the_listings() -> None:
    assert drawn() == drawn(frame=FRAME[::-1])
    assert {drawn(seed=n).drawn[0] for n in range(9)} != {drawn().drawn[0]}
    assert drawn(version="v2").drawn != drawn().drawn


def test_a_known_sample_stays_what_it_was_on_every_machine() -> None:
    """The published rule: SHA-256 of why, version, seed and id. A change here breaks old rounds."""
    assert [site_id for site_id, _ in drawn(size=4).drawn] == [
        "site_105", "site_014", "site_016", "site_004",
    ]  # fmt: skip


def test_whoever_has_the_published_records_and_the_how_to_draws_the_same(snapshot) -> None:
    """By docs/how-to/measure-accuracy.md alone: one stratum's listings, and the tenth called twice."""
    people = {fips: row.population for fips, row in counties().items()}
    fields = ("id", "state", "county_fips", "listed_since", "codes", "current")
    small = [
        i
        for i, state, fips, since, codes, current in snapshot.fields(*fields)
        if current and state == "TX" and "OIT" in codes
        and people.get(fips, 10**7) < 250_000 and since < snapshot.manifest.edition
    ]  # fmt: skip

    def place(site_id: str, why: str) -> str:
        text = f"{why}\n{snapshot.version}\n7\n{site_id}"
        return hashlib.sha256(text.encode()).hexdigest()

    sample = sample_of(snapshot, "TX", 150, 7)
    (stratum,) = (s for s in sample.strata if s.name == "small county, listed before")
    assert stratum.listings == len(small)
    assert (
        list(stratum.drawn) == sorted(small, key=lambda i: place(i, "draw"))[: len(stratum.drawn)]
    )
    drawn = [site_id for site_id, _stratum in sample.drawn]
    assert drawn == sorted(drawn, key=lambda i: place(i, "draw"))
    assert sample.second == set(sorted(drawn, key=lambda i: place(i, "second"))[:15])


def test_each_stratum_has_its_share_and_a_tiny_one_is_drawn_from() -> None:
    sample = drawn(size=60)
    assert [(s.listings, len(s.drawn)) for s in sample.strata] == [
        (38, 19),
        (38, 19),
        (39, 20),
        (5, 2),
    ]
    assert sum(len(s.drawn) for s in sample.strata) == sample.size == 60
    assert len(sample.second) == 6 and sample.second <= {i for i, _ in sample.drawn}
    assert drawn(size=500).size == 120
    with pytest.raises(CannotDraw, match=DirectoryFault.SAMPLE_TOO_SMALL):
        drawn(size=3)
    with pytest.raises(CannotDraw, match=DirectoryFault.NOTHING_TO_DRAW):
        drawn(frame=[])


@given(st.integers(1, 40), st.lists(st.integers(1, 60), min_size=1, max_size=6))
def test_shares_add_up_and_none_is_larger_than_its_stratum(size: int, sizes: list[int]) -> None:
    frame = [
        DrawCandidate(f"{s}-{n}", f"s{s}") for s, count in enumerate(sizes) for n in range(count)
    ]
    if size < len(sizes):
        return
    sample = drawn(size=size, frame=frame)
    assert sample.size == min(size, len(frame))
    assert all(1 <= len(s.drawn) <= s.listings for s in sample.strata)


def test_every_listing_is_drawn_equally_often() -> None:
    counts = Counter(i for seed in range(400) for i, _ in drawn(size=40, seed=seed).drawn)
    large = [counts[c.site_id] for c in FRAME if c.stratum != "stratum 3"]
    assert min(large) > 85 and max(large) < 190  # of 400; about 133 each


@pytest.mark.parametrize(
    ("people", "before", "name"),
    [
        (1_000_000, True, "large county, listed before"),
        (999_999, False, "medium county, new in this edition"),
        (250_000, True, "medium county, listed before"),
        (249_999, True, "small county, listed before"),
        (None, True, "county of unknown size, listed before"),
    ],
)
def test_a_stratum_is_the_countys_size_and_whether_it_was_listed_before(
    people: int | None, before: bool, name: str
) -> None:
    assert stratum_name(people, listed_before=before) == name


A, N, V, D, W = (TryOutcome.ANSWERED, TryOutcome.NO_ANSWER, TryOutcome.VOICEMAIL,
                 TryOutcome.DISCONNECTED, TryOutcome.WRONG_NUMBER)  # fmt: skip


@pytest.mark.parametrize(
    ("tries", "stands"),
    [
        ([], CallStanding.OPEN),
        ([N], CallStanding.OPEN),
        ([N, A], CallStanding.REACHED),
        ([TryOutcome.REFUSED], CallStanding.REFUSED),
        ([D], CallStanding.OPEN),
        ([D, W], CallStanding.NUMBER_FAILS),
        ([D, N, D], CallStanding.NUMBER_FAILS),
        ([N, V, D], CallStanding.NOT_REACHED),
        ([N, V, N], CallStanding.NOT_REACHED),
    ],
)
def test_where_a_call_stands(tries: list[TryOutcome], stands: CallStanding) -> None:
    assert standing(tries) is stands


@pytest.mark.parametrize(
    ("later", "refused"),
    [
        (timedelta(hours=5), TryRefusal.SAME_DAY),
        (timedelta(days=1), TryRefusal.SAME_HOURS),
        (timedelta(days=1, hours=1, minutes=59), TryRefusal.SAME_HOURS),
        (timedelta(days=1, hours=2), None),
        (timedelta(days=2, hours=-3), None),
        (timedelta(hours=13), None),
    ],
)
def test_a_later_try_is_on_another_day_at_another_hour(
    later: timedelta, refused: TryRefusal | None
) -> None:
    assert try_refused([CallTry(NOON, N)], NOON + later) is refused


def test_hours_are_compared_around_midnight_and_a_finished_call_is_not_made_again() -> None:
    late = NOON.replace(hour=23, minute=30)
    assert (
        try_refused([CallTry(late, N)], late + timedelta(days=1, hours=1)) is TryRefusal.SAME_HOURS
    )
    assert try_refused([CallTry(NOON, A)], NOON + timedelta(days=3)) is TryRefusal.FINISHED


def fact(field: CallField, as_of: date = date(2023, 12, 31), source: str = "su-2024") -> ListedFact:
    return ListedFact(field, "x", source, as_of)


def outcome(stands: CallStanding = CallStanding.REACHED, **verdicts: CallVerdict) -> CallOutcome:
    fields = (CallField.PHONES, CallField.NAME, CallField.SERVICES)
    found = {field: verdicts.get(field, RIGHT) for field in fields}
    return CallOutcome(1, False, "TX", "s", "2024", "v", "site_1", stands, 1, date(2026, 12, 1),
                       tuple(map(fact, fields)), found if stands is CallStanding.REACHED else {})  # fmt: skip


@pytest.mark.parametrize(
    ("made", "exact", "functional"),
    [
        (outcome(), True, True),
        (outcome(name=WRONG), False, True),
        (outcome(name=SILENT), False, True),
        (outcome(phones=WRONG), False, False),
        (outcome(services=WRONG), False, False),
        (outcome(services=SILENT), False, False),
        (outcome(CallStanding.NOT_REACHED), False, False),
        (outcome(CallStanding.NUMBER_FAILS), False, False),
        (outcome(CallStanding.REFUSED), None, None),
    ],
    ids=["all right", "another name", "name not said", "another number", "no program", "program not said",
         "not reached", "number fails", "refused"],
)  # fmt: skip
def test_exact_and_functional_accuracy(
    made: CallOutcome, exact: bool | None, functional: bool | None
) -> None:
    assert (made.exact, made.functional) == (exact, functional)


def test_who_would_not_answer_counts_for_neither() -> None:
    exact, functional = overall([outcome(), outcome(name=WRONG), outcome(CallStanding.REFUSED)])
    assert (exact, functional) == (Accuracy(1, 2), Accuracy(2, 2))


@pytest.mark.parametrize(
    ("right", "judged", "low", "high"),
    [(56, 100, 0.4623, 0.6533), (0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0), (0, 0, 0.0, 1.0), (1, 1, 0.2065, 1.0)],
)  # fmt: skip
def test_wilsons_interval(right: int, judged: int, low: float, high: float) -> None:
    """Values of R's `prop.test(correct = FALSE)`, to four places."""
    assert Accuracy(right, judged).interval == pytest.approx((low, high), abs=6e-5)


def test_cohens_kappa_of_his_own_kind_of_table() -> None:
    pairs = [(1, 1)] * 20 + [(1, 0)] * 5 + [(0, 1)] * 10 + [(0, 0)] * 15
    assert agreement(pairs).kappa == pytest.approx(0.4)
    assert agreement([(1, 1)] * 5).kappa is None and agreement([]).pairs == 0
    assert agreement([(1, 1), (0, 0)]).kappa == 1.0


def test_facts_are_counted_by_field_source_and_age_where_they_were_judged() -> None:
    made = [outcome(name=WRONG), outcome(name=SILENT), outcome(CallStanding.NOT_REACHED)]
    assert by_fact(made, lambda _o, f: f.field.value) == {
        "name": Accuracy(0, 1), "phones": Accuracy(2, 2), "services": Accuracy(2, 2),
    }  # fmt: skip
    ages = [age_name(outcome(), fact(CallField.NAME, date(*day))) for day in
            [(2026, 11, 30), (2025, 12, 1), (2024, 12, 1), (2020, 1, 1), (2027, 1, 1)]]  # fmt: skip
    assert ages == ["0", "1", "2", "3", "0"]


def test_a_listing_says_its_facts_with_their_sources_and_reads_them_back(snapshot) -> None:
    from waypost.directory.calls.listed import as_json

    site = next(s for _, s in snapshot.walk() if s.website and "OIT" in s.codes and s.street)
    facts = listed_facts(site)
    assert {f.field for f in facts} == set(CallField)
    assert all(f.source and f.as_of for f in facts)
    assert from_json(as_json(facts)) == tuple(facts)


@pytest.mark.parametrize(
    ("field", "listed", "right", "value"),
    [
        (CallField.PHONES, [["intake", "512-555-0100"]], "", (("intake", "512-555-0100"),)),
        (CallField.PHONES, [["intake", "512-555-0100"]], "512-555-0199", (("main", "512-555-0199"),)),
        (CallField.NAME, ["A", "B"], "C", ("C", "")),
        (CallField.WEBSITE, "http://a.example", "http://b.example", "http://b.example"),
        (CallField.ADDRESS, ["1 Main", "", "Dayton", "OH", "45402"], "", ("1 Main", "", "Dayton", "OH", "45402")),
        (CallField.ADDRESS, ["1 Main", "", "Dayton", "OH", "45402"], "2 Main", None),
        (CallField.SERVICES, ["OIT"], "", None),
    ],
)  # fmt: skip
def test_what_a_call_found_as_the_value_of_a_claim(
    field: CallField, listed: object, right: str, value: object
) -> None:
    assert claimed_value(field, listed, right) == value


@pytest.mark.django_db
def test_without_a_round_nothing_is_claimed() -> None:
    assert (called_claims(), called_on(), found_wrong()) == ({}, {}, [])


@pytest.mark.parametrize(
    ("other", "chosen"),
    [
        (Claim("phones", "listed", "samhsa-2024", date(2023, 12, 31), "as published"), "called"),
        (Claim("phones", "listed", "samhsa-2026", date(2026, 12, 31), "as published"), "called"),
        (Claim("phones", "told", "visitor-report", date(2026, 12, 9), "reported and confirmed"), "told"),
        (Claim("phones", "listed", "samhsa-2027", date(2027, 12, 31), "as published"), "listed"),
    ],
    ids=["an old edition", "an edition of the year", "a report of the year", "a later edition"],
)  # fmt: skip
def test_what_a_call_found_stands_until_something_newer_is_known(other: Claim, chosen: str) -> None:
    call = Claim("phones", "called", "call-round", date(2026, 12, 1), "asked by telephone")
    for claims in ([call, other], [other, call]):
        best = choose(claims)
        assert best is not None and best[0].value == chosen
