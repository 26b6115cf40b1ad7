"""Find care answers as its slow twin does, and ranks by the need and the facts alone."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from twins import navigation_twin as twin
from twins.made_up_snapshot import TODAY, USED, WORDS, MadeUpSnapshot, in_austin, site, timetable
from waypost.directory.facets import COLUMNS, FACET, Join, columns_for
from waypost.directory.site import FactSource, HistoryEntry, PhoneKind, SitePhone
from waypost.directory.timetables import Speaker, with_timetable
from waypost.navigation.answer import Answer, ChangeKind, Standing
from waypost.navigation.find_care import FEW, find_care
from waypost.navigation.hours import FreeTime, HoursAsked, Shown
from waypost.navigation.need import Need, Sort, tidy
from waypost.navigation.need_url import need_from_query
from waypost.places.gazetteer import load_gazetteer
from waypost.places.place import Ambiguous, Found, Place, Unknown
from waypost.values.track import Attendance
from waypost.values.wall_time import WEEK, Day

NOW = datetime(2026, 3, 1, tzinfo=UTC)
PLACES = ["", "78701", "78640", "Texas", "Travis County, TX", "96910", "30.1,-97.8", "Juneau, AK"]
COMMON = sorted({c for code in USED for c in columns_for({code}) if not c.startswith("code:")})


def made_up_need(rng: random.Random) -> Need:
    chosen: dict[str, list[str]] = {}
    for column in rng.sample(COMMON, rng.randint(0, 4)):
        facet, key = column.split(":")
        chosen.setdefault(facet, []).append(key)
    asked = {f"{f}:{k}" for f, keys in chosen.items() for k in keys}
    without = [c for c in rng.sample(COMMON, rng.choice([0, 0, 1, 2])) if c not in asked]
    prefer = [c for c in rng.sample(COMMON, rng.choice([0, 0, 1, 2])) if c not in asked]
    return Need(
        place=rng.choice(PLACES),
        radius_miles=rng.choice([None, 5.0, 25.0, 100.0, 1000.0]),
        choices=tidy(chosen),
        without=tuple(sorted(set(without) - set(prefer))),
        any_of=tuple(f for f in sorted(chosen) if FACET[f].join is Join.ALL and rng.random() < 0.4),
        prefer=tuple(sorted(prefer)),
        state=rng.choice(["", "", "", "TX", "NM"]),
        text=rng.choice(["", "", rng.choice(WORDS), rng.choice(["harbr", "recovry center"])]),
        sort=rng.choice(list(Sort)),
        page=rng.choice([1, 1, 1, 2, 3]),
        page_size=rng.choice([1, 5, 20]),
        hours=made_up_hours(rng) if rng.random() < 0.6 else HoursAsked(),
    )


FREE = [
    [],
    [("mon", 1080, 1260), ("wed", 1080, 1260), ("thu", 1080, 1260)],
    [(day, 0, 1440) for day in WEEK],
    [("tue", 1020, 1290), ("thu", 1065, 1260), ("sat", 540, 720)],
    [("sun", 1320, 1540), ("mon", 0, 1440)],
    [(day, 480, 1290) for day in WEEK[:5]],
]


def made_up_hours(rng: random.Random) -> HoursAsked:
    least = rng.choice([None, None, 6, 9])
    return HoursAsked(
        tuple(FreeTime(Day(day), start, end) for day, start, end in rng.choice(FREE)),
        least,
        rng.choice([None, None, (least or 0) + 3]),
        rng.choice([None, None, Attendance.IN_PERSON, Attendance.TELEHEALTH]),
        rng.choice([None, None, NOW.date() + timedelta(days=10)]),
        rng.random() < 0.3,
        rng.choice(list(Shown)),
    )


def read(text: str) -> Place | None:
    """What a text is read as."""
    found = load_gazetteer().resolve(text)
    return found.place if isinstance(found, Found) else None


@pytest.mark.parametrize("seed", range(70))
def test_find_care_equals_its_twin(seed: int) -> None:
    rng = random.Random(seed)
    sites = [site(rng, n) for n in range(rng.choice([0, 5, 60, 100]))]
    snapshot = MadeUpSnapshot(sites)
    for _ in range(30):
        need = made_up_need(rng)
        answer = find_care(snapshot, need, NOW)
        expected = twin.find_care(sites, need, answer.place, NOW)
        assert [o.site.id for o in answer.options] == expected.ids, need
        assert [o.miles for o in answer.options] == pytest.approx(expected.miles, abs=1e-6)
        assert answer.total == expected.total
        assert dict(answer.counts) == expected.counts
        assert [
            [(r.column, r.standing.value) for r in o.reasons] for o in answer.options
        ] == expected.reasons
        assert [o.score for o in answer.options] == expected.scores
        if need.asks_hours:
            assert [o.hours and o.hours.standing.value for o in answer.options] == expected.hours
            count = answer.hours
            assert count and (count.fit, count.do_not, count.unsaid) == expected.hours_counts
        else:
            assert answer.hours is None and not any(o.hours for o in answer.options)
        first = (need.page - 1) * need.page_size + 1
        assert [o.number for o in answer.options] == list(range(first, first + len(expected.ids)))
        assert [o.exact for o in answer.options] == [o.site.exact for o in answer.options]
        for change in answer.changes:
            place = read(change.need.place)
            assert (
                change.total == twin.find_care(sites, change.need, place, NOW).total > answer.total
            )
        assert not answer.changes or answer.total < FEW
        if answer.total == 0 and answer.place is not None:
            assert bool(answer.changes) is bool(sites), need  # nobody is left without a next step


@pytest.mark.parametrize("seed", range(20))
def test_the_total_with_a_facet_left_open_is_what_leaving_it_open_finds(seed: int) -> None:
    rng = random.Random(f"open {seed}")
    snapshot = MadeUpSnapshot([site(rng, n) for n in range(60)])
    need = made_up_need(rng)
    answer = find_care(snapshot, need, NOW)
    any_will_do = {facet for facet, _ in need.required if need.joins(facet) is Join.ANY}
    assert set(answer.without) == any_will_do
    for facet, total in answer.without.items():
        assert total == find_care(snapshot, need.with_choices(facet, ()), NOW).total


@pytest.mark.parametrize("sort", Sort)
def test_rank_does_not_depend_on_owner_claims_edition_order_or_anything_else(sort: Sort) -> None:
    rng = random.Random(11)
    sites = [site(rng, n) for n in range(120)]
    need = Need(place="78701", choices=(("payment", ("medicaid",)),), radius_miles=500.0, sort=sort)
    before = [o.site.id for o in find_care(MadeUpSnapshot(sites), need, NOW).options]
    assert len(before) == need.page_size
    ownership = frozenset(c for k in COLUMNS["operator"] for c in twin.option(k).codes)
    for _ in range(5):
        changed = [
            replace(
                s,
                codes=(s.codes - ownership) | ({rng.choice(sorted(ownership))}),
                name2=s.name2 if sort is Sort.NAME else "Paid Partner Inc",
                website="https://example.org/",
                phones=(SitePhone(PhoneKind.INTAKE, "+15125550100", "(512) 555-0100"),),
                listed_since=rng.choice(["2022", "2023", "2024"]),
                history=(HistoryEntry("2023", "renamed"),),
                facts={"name": FactSource("reported", NOW.date(), "reported by a visitor")},
                exact=rng.random() < 0.5,
            )
            for s in sites
        ]
        changed = [with_timetable(s, timetable(rng)) for s in changed]
        rng.shuffle(changed)
        after = [o.site.id for o in find_care(MadeUpSnapshot(changed), need, NOW).options]
        assert after == before


@pytest.mark.parametrize("sort", Sort)
def test_who_said_the_hours_and_when_changes_no_order(sort: Sort) -> None:
    """Hours that fit are a fact like any other; whose word they are, and from which day, is none."""
    rng = random.Random(5)
    said = [timetable(rng) for _ in range(120)]
    bare = [replace(site(rng, n), tracks=(), openings=()) for n in range(120)]
    need = Need(place="78701", radius_miles=500.0, sort=sort, hours=HoursAsked(
        (FreeTime(Day.SAT, 480, 800), FreeTime(Day.WED, 480, 1290))))  # fmt: skip
    orders = set()
    for method in Speaker:
        day = TODAY - timedelta(days=rng.choice([0, 9, 90]))
        words = [
            {f: replace(c, method=method, as_of=day, until=None, source=rng.choice(["program", "b"]))
             for f, c in claims.items()}
            for claims in said
        ]  # fmt: skip
        sites = [with_timetable(s, w) for s, w in zip(bare, words, strict=True)]
        orders.add(tuple(o.site.id for o in find_care(MadeUpSnapshot(sites), need, NOW).options))
    assert len(orders) == 1
    if sort is not Sort.BEST:  # and under distance or name not even the hours themselves
        orders.add(tuple(o.site.id for o in find_care(MadeUpSnapshot(bare), need, NOW).options))
        assert len(orders) == 1


def test_ties_are_stable_across_pages_and_no_site_is_shown_twice() -> None:
    rng = random.Random(4)
    here = site(rng, 0).point
    sites = [replace(site(rng, n), point=here, codes=frozenset({"OIT"})) for n in range(50)]
    rng.shuffle(sites)
    snapshot = MadeUpSnapshot(sites)
    place = f"{here.lat},{here.lon}"
    pages = [
        find_care(snapshot, Need(place=place, page=page, page_size=7), NOW) for page in range(1, 9)
    ]
    shown = [o.site.id for answer in pages for o in answer.options]
    assert shown == sorted(s.id for s in sites)
    assert {answer.total for answer in pages} == {50}
    assert pages[0].pages == 8


def test_few_results_come_with_changes_whose_counts_are_true() -> None:
    rng = random.Random(2)
    base = site(rng, 0)
    far = replace(base.point, lat=30.27 + 30 / 69.0, lon=-97.74)
    near = replace(base.point, lat=30.27, lon=-97.74)
    sites = [
        replace(base, id=f"site_{n}", point=far, codes=frozenset({"OIT", "MD"})) for n in range(3)
    ] + [replace(base, id=f"site_near_{n}", point=near, codes=frozenset({"OIT"})) for n in range(5)]
    need = Need(place="30.27,-97.74", choices=(("level", ("iop",)), ("payment", ("medicaid",))))
    answer = find_care(MadeUpSnapshot(sites), need, NOW)
    assert answer.total == 0
    offered = [(c.kind, c.detail, c.total) for c in answer.changes]
    assert offered[0] == (ChangeKind.WIDER, "50", 3)  # "3 within 50 miles"
    assert offered[-1] == (ChangeKind.OPEN_FACET, "payment", 5)  # "5 if payment is left open"
    assert answer.nearest is not None and answer.nearest.miles == pytest.approx(30, abs=0.2)
    for change in answer.changes:
        assert find_care(MadeUpSnapshot(sites), change.need, NOW).total == change.total


def kinds(answer: Answer) -> list[tuple[ChangeKind, str, int]]:
    return [(c.kind, c.detail, c.total) for c in answer.changes]


def test_an_area_without_programs_offers_what_lies_across_its_border() -> None:
    base = site(random.Random(3), 0)
    travis = replace(base, state="TX", county_fips="48453", codes=frozenset({"OIT"}))
    travis = replace(travis, point=replace(base.point, lat=30.27, lon=-97.74))
    snapshot = MadeUpSnapshot([travis])
    answer = find_care(snapshot, Need("Hays County, TX"), NOW)
    assert answer.total == 0
    assert kinds(answer) == [(ChangeKind.BEYOND, "50", 1), (ChangeKind.BEYOND, "100", 1)]
    assert find_care(snapshot, answer.changes[0].need, NOW).total == 1


def test_what_would_find_no_more_is_not_offered() -> None:
    base = site(random.Random(3), 0)
    here = replace(base, point=replace(base.point, lat=30.27, lon=-97.74), codes=frozenset({"OIT"}))
    answer = find_care(MadeUpSnapshot([here]), Need("30.27,-97.74"), NOW)
    assert (answer.total, answer.changes) == (1, ())  # wider circles hold the same one


def test_where_no_one_change_helps_all_is_left_open_at_once() -> None:
    base = site(random.Random(3), 0)
    far = replace(base, point=replace(base.point, lat=35.0, lon=-106.0), codes=frozenset({"OIT"}))
    need = Need("30.27,-97.74", text="zzzz", without=("payment:cash",))
    answer = find_care(MadeUpSnapshot([far]), need, NOW)
    assert kinds(answer) == [(ChangeKind.OPEN_ALL, "level", 1), (ChangeKind.OPEN_ALL, "", 1)]


@pytest.mark.parametrize(("typed", "kind"), [("springfield", Ambiguous), ("zzzzqq", Unknown)])
def test_a_place_that_is_not_one_place_is_handed_back_to_the_door(typed: str, kind: type) -> None:
    answer = find_care(MadeUpSnapshot([]), Need(place=typed), NOW)
    assert isinstance(answer.resolution, kind)
    assert (answer.place, answer.options, answer.total) == (None, (), 0)


def test_the_answer_keeps_the_clock_the_version_and_the_resolved_place() -> None:
    answer = find_care(MadeUpSnapshot([]), Need(place="Pitsburg PA"), NOW)
    assert (answer.asked_at, answer.version) == (NOW, "made-up")
    assert isinstance(answer.resolution, Found)
    assert answer.resolution.corrected
    assert answer.place is not None
    assert answer.place.key == "Pittsburgh, PA"


def ids(answer: Answer) -> list[str]:
    return [o.site.id[-1] for o in answer.options]


def test_a_teenager_is_accepted_where_there_is_no_group_for_teenagers() -> None:
    accepts, both, group_alone = (
        in_austin(1, {"CHLD"}),
        in_austin(2, {"CHLD", "AD"}, 30.3),
        in_austin(3, {"AD"}),
    )
    snapshot = MadeUpSnapshot([accepts, both, group_alone])
    need = need_from_query({"near": ["30.27,-97.74"], "age": ["16"], "level": ["any"]})
    nearest = find_care(snapshot, need, NOW)
    assert ids(nearest) == ["1", "2"]
    assert [r.column for r in nearest.options[0].reasons] == ["age:children"]
    assert [r.column for r in nearest.options[1].reasons] == ["age:children", "group:adolescents"]
    best = find_care(snapshot, replace(need, sort=Sort.BEST), NOW)
    assert ids(best) == ["2", "1"]


@pytest.mark.parametrize(
    ("years", "band"),
    [(0, "children"), (17, "children"), (18, "young-adults"), (25, "young-adults"), (26, "adults"), (64, "adults"), (65, "seniors")],
)  # fmt: skip
def test_an_age_falls_in_the_surveys_bands(years: int, band: str) -> None:
    assert need_from_query({"age": [str(years)]}).chosen["age"] == (band,)


def test_ticking_a_second_service_never_finds_more() -> None:
    snapshot = MadeUpSnapshot(
        [in_austin(1, {"CCC"}), in_austin(2, {"TA"}), in_austin(3, {"CCC", "TA"})]
    )
    one = Need("30.27,-97.74").with_choices("practical", ["child-care"])
    two = one.with_choices("practical", ["child-care", "transportation"])
    assert (find_care(snapshot, one, NOW).total, ids(find_care(snapshot, two, NOW))) == (2, ["3"])
    assert (
        find_care(snapshot, one, NOW).counts["practical:transportation"] == 1
    )  # what a tick leaves
    either = replace(two, any_of=("practical",))
    assert find_care(snapshot, either, NOW).total == 3
    found = find_care(snapshot, two, NOW)
    assert (ChangeKind.ANY_OF, "practical", 3) in kinds(found)


def test_an_evening_hides_nothing_until_hours_are_known_and_counts_when_they_are() -> None:
    unknown, known = in_austin(1, set()), in_austin(2, {"EVENING-GROUPS"}, 30.3)
    need = Need("30.27,-97.74", sort=Sort.BEST).with_choices("time", ["evenings"])
    before = find_care(MadeUpSnapshot([unknown, replace(known, codes=unknown.codes)]), need, NOW)
    assert [o.reasons[1].standing for o in before.options] == [Standing.UNKNOWN] * 2
    after = find_care(MadeUpSnapshot([unknown, known]), need, NOW)
    assert ids(after) == ["2", "1"]
    assert after.options[0].reasons[1].standing is Standing.OFFERED


def test_women_only_is_another_question_than_women_too() -> None:
    snapshot = MadeUpSnapshot([in_austin(1, {"FEM"}), in_austin(2, {"FEM", "MALE"})])
    need = Need("30.27,-97.74")
    assert find_care(snapshot, need.with_choices("gender", ["female"]), NOW).total == 2
    assert ids(find_care(snapshot, need.with_choices("only", ["women"]), NOW)) == ["1"]


def test_nothing_near_leads_to_video_in_the_state_other_levels_and_the_nearest() -> None:
    far = in_austin(1, {"TELE", "STAG"}, 33.0)
    sites = [
        far,
        in_austin(2, {"TELE"}, 32.0, "NM"),
        replace(in_austin(3, set()), codes=frozenset({"ORT"})),
    ]
    answer = find_care(MadeUpSnapshot(sites), Need("78701"), NOW)
    assert answer.total == 0 and answer.nearest is not None
    assert (answer.nearest.site.state, round(answer.nearest.miles or 0)) == ("NM", 119)
    assert kinds(answer)[:2] == [
        (ChangeKind.TELEHEALTH, "TX", 1),
        (ChangeKind.LEVEL, "outpatient", 1),
    ]
    assert answer.changes[-1].need.radius_miles != 3000
    video = find_care(MadeUpSnapshot(sites), answer.changes[0].need, NOW)
    assert [o.site.state for o in video.options] == ["TX"]  # a license ends at the border
    unlicensed = [replace(far, codes=far.codes - {"STAG"}), *sites[1:]]
    answer = find_care(MadeUpSnapshot(unlicensed), Need("78701"), NOW)
    assert kinds(answer)[0] == (ChangeKind.LEVEL, "outpatient", 1)


def test_video_is_offered_with_the_level_alone_where_the_whole_need_is_met_nowhere() -> None:
    need = Need("78701", text="zzzz")
    answer = find_care(MadeUpSnapshot([in_austin(1, {"TELE", "STMH"}, 33.0)]), need, NOW)
    assert kinds(answer)[0] == (ChangeKind.TELEHEALTH_ALONE, "TX", 1)
