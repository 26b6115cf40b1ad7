"""The individual plan: every version kept, nothing lost, signed by two sides, due by its clocks."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from waypost.accounts.roles import Role
from waypost.levels_of_care.words import BadContent
from waypost.treatment.consents.actions import NotAllowed
from waypost.treatment.plans import actions, queries
from waypost.treatment.plans.clocks import (
    BadClocks,
    ClockOf,
    Milestones,
    due,
    read_clocks,
    the_clocks,
)
from waypost.treatment.plans.differences import differences
from waypost.treatment.plans.models import PlanVersion
from waypost.treatment.plans.plan import AskedWeek, PlanLine, PlanWords, faults_of
from waypost.treatment.plans.templates import the_templates
from waypost.treatment.records.actions import (
    NoSuchRecord,
    add_person,
    move_episode,
    open_new_episode,
)
from waypost.treatment.records.drafts import ChangedMeanwhile
from waypost.treatment.records.episode import EndReason, EpisodeState
from waypost.treatment.records.owner import Owner
from waypost.treatment.records.person import PersonWords
from waypost.treatment.rule_files import CHECKED, rule_entries
from waypost.treatment.who_may import RecordStanding

NOW = datetime(2026, 12, 1, 12, tzinfo=UTC)
TODAY = date(2026, 12, 1)
RIVER, HILL = Owner("org_river"), Owner("org_hill")
LINE = PlanLine(
    "Drinking", "Days without it", "Name three situations", "Group", "Jordan", "2027-01-15"
)
PLAN = PlanWords(
    "I want my mornings back.", (LINE,), AskedWeek(9, 3, ("process",), "mon wed thu 18:00-21:00")
)
COUNSELOR = RecordStanding({Role.COUNSELOR}, on_team=True)


def jordan() -> str:
    return add_person(RIVER, words=PersonWords("Jordan Canary"), by="person:1", now=NOW)


def saved(person: str, words: PlanWords = PLAN, read: int = 0, by: str = "person:7") -> int:
    return actions.save_plan(RIVER, person=person, words=words, read_version=read, by=by, now=NOW)


@pytest.mark.django_db
def test_of_two_who_write_at_once_the_second_gets_the_first_ones_words_back() -> None:
    person = jordan()
    assert saved(person) == 1
    hers, his = replace(PLAN, own_words="Hers"), replace(PLAN, own_words="His")
    assert saved(person, hers, read=1, by="person:8") == 2
    with pytest.raises(ChangedMeanwhile) as refused:
        saved(person, his, read=1)
    assert (
        PlanWords.read(refused.value.newest.words) == hers and refused.value.newest.by == "person:8"
    )
    assert saved(person, his, read=2) == 3
    assert [p.words for p in queries.plan_versions(RIVER, person)] == [PLAN, hers, his]
    assert queries.plan_versions(HILL, person) == []
    with pytest.raises(NoSuchRecord):
        actions.save_plan(HILL, person=person, words=PLAN, read_version=3, by="x", now=NOW)
    assert "mornings" not in repr(list(PlanVersion.objects.values()))


@pytest.mark.django_db
def test_a_plan_is_agreed_when_the_person_and_a_clinician_signed_the_newest_version() -> None:
    person = jordan()
    saved(person)
    plan = queries.newest_plan(RIVER, person)
    sign = {"plan": plan.id, "now": NOW}
    for _ in range(2):
        actions.sign_by_person(RIVER, name="Jordan Canary", by="person:7", **sign)
    assert not queries.newest_plan(RIVER, person).agreed
    with pytest.raises(NotAllowed, match="no clinician"):
        actions.sign_for_team(
            RIVER,
            name="B",
            role="biller",
            standing=RecordStanding({Role.BILLER}, True),
            by="person:9",
            **sign,
        )
    actions.sign_for_team(
        RIVER, name="Ana Ruiz", role="counselor", standing=COUNSELOR, by="person:7", **sign
    )
    agreed = queries.agreed_plan(RIVER, person)
    assert agreed.version == 1 and len(agreed.signatures) == 2
    saved(person, replace(PLAN, own_words="More"), read=1)
    assert queries.agreed_plan(RIVER, person).version == 1  # a change is not agreed until signed
    with pytest.raises(actions.CannotSign, match="newer version"):
        actions.sign_by_person(RIVER, name="Jordan", by="person:7", **sign)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("words", "name", "place"),
    [
        (replace(PLAN, own_words=" "), "Jo", "own_words"),
        (replace(PLAN, lines=()), "Jo", "lines"),
        (replace(PLAN, lines=(replace(LINE, who=""),)), "Jo", "line 1"),
        (replace(PLAN, lines=(replace(LINE, by_when="soon"),)), "Jo", "line 1 by_when"),
        (replace(PLAN, week=AskedWeek(5, 3)), "Jo", "hours"),
        (replace(PLAN, week=AskedWeek(9, 8)), "Jo", "days"),
        (PLAN, " ", "name"),
    ],
)
def test_an_incomplete_plan_is_kept_but_not_signed(words: PlanWords, name: str, place: str) -> None:
    person = jordan()
    saved(person, words)
    plan = queries.newest_plan(RIVER, person)
    with pytest.raises(actions.CannotSign) as refused:
        actions.sign_by_person(RIVER, plan=plan.id, name=name, by="person:7", now=NOW)
    assert {fault.place for fault in refused.value.faults} == {place}


lines = st.builds(PlanLine, *[st.sampled_from(["", "a", "b"])] * 6)
plans = st.builds(
    PlanWords,
    st.sampled_from(["", "x"]),
    st.lists(lines, max_size=4).map(tuple),
    st.builds(AskedWeek, st.integers(6, 30)),
)


@given(plans)
def test_a_plan_comes_back_as_it_was_sealed_and_does_not_differ_from_itself(
    plan: PlanWords,
) -> None:
    assert PlanWords.read(plan.sealable()) == plan
    assert differences(plan, plan) == []


@pytest.mark.parametrize(
    ("after", "change"),
    [
        (replace(PLAN, own_words="Else"), ("own words", "I want my mornings back.", "Else")),
        (replace(PLAN, week=replace(PLAN.week, hours=12)), ("hours", "9", "12")),
        (
            replace(PLAN, week=replace(PLAN.week, kinds=("process", "skills"))),
            ("kinds", "process", "process, skills"),
        ),
        (
            replace(PLAN, lines=()),
            ("Drinking / Days without it / Name three situations", "Group; Jordan; 2027-01-15", ""),
        ),
        (
            replace(PLAN, lines=(replace(LINE, state="reached"),)),
            ("Drinking / Days without it / Name three situations: state", "open", "reached"),
        ),
    ],
)
def test_each_change_is_shown_with_before_and_after(
    after: PlanWords, change: tuple[str, str, str]
) -> None:
    (found,) = differences(PLAN, after)
    assert (found.place, found.before, found.after) == change


SECOND = replace(LINE, intervention="Family session", who="Ana")
PLACE = "Drinking / Days without it / Name three situations"


@pytest.mark.parametrize(
    ("before", "after", "changes"),
    [
        (
            (LINE, SECOND),
            (replace(LINE, who="Sam"), SECOND),
            [(f"{PLACE} / Group: who", "Jordan", "Sam")],
        ),
        (
            (LINE, SECOND),
            (LINE, replace(SECOND, state="reached")),
            [(f"{PLACE} / Family session: state", "open", "reached")],
        ),
        ((LINE, SECOND), (LINE,), [(PLACE, "Family session; Ana; 2027-01-15", "")]),
        ((LINE, SECOND), (SECOND,), [(PLACE, "Group; Jordan; 2027-01-15", "")]),
        ((LINE,), (LINE, SECOND), [(PLACE, "", "Family session; Ana; 2027-01-15")]),
        ((LINE, LINE), (LINE,), [(PLACE, "Group; Jordan; 2027-01-15", "")]),
        ((LINE, SECOND), (SECOND, LINE), []),
        (
            (LINE, SECOND),
            (SECOND, replace(LINE, by_when="2027-02-01")),
            [(f"{PLACE} / Group: by when", "2027-01-15", "2027-02-01")],
        ),
    ],
)
def test_a_change_of_any_intervention_of_an_objective_is_shown(
    before: tuple[PlanLine, ...], after: tuple[PlanLine, ...], changes: list[tuple[str, str, str]]
) -> None:
    found = differences(replace(PLAN, lines=before), replace(PLAN, lines=after))
    assert [(change.place, change.before, change.after) for change in found] == changes


@given(plans, plans)
def test_plans_whose_lines_differ_in_any_way_but_their_order_show_a_change(
    before: PlanWords, after: PlanWords
) -> None:
    alike = sorted(map(repr, before.lines)) == sorted(map(repr, after.lines))
    places = ("own words", "hours")
    assert alike == all(found.place in places for found in differences(before, after))


ADMITTED = date(2026, 12, 1)


@pytest.mark.parametrize(
    ("at", "state", "payer", "wanted"),
    [
        (Milestones(ADMITTED), "MD", "", {"assessment": date(2026, 12, 15)}),
        (
            Milestones(ADMITTED, date(2026, 12, 10)),
            "MD",
            "",
            {"plan": date(2026, 12, 21)},
        ),  # over a weekend
        (
            Milestones(ADMITTED, ADMITTED, date(2026, 12, 10)),
            "MD",
            "",
            {"review": date(2027, 1, 9)},
        ),
        (
            Milestones(ADMITTED, ADMITTED, ADMITTED, date(2027, 1, 5)),
            "NE",
            "",
            {"review": date(2027, 2, 4)},
        ),
        (Milestones(ADMITTED), "TX", "medicare", {"certification": date(2027, 1, 30)}),
        (
            Milestones(ADMITTED, certified_on=date(2027, 1, 20)),
            "TX",
            "medicare",
            {"certification": date(2027, 3, 21)},
        ),
        (Milestones(ADMITTED), "TX", "", {}),
    ],
)
def test_clocks_of_states_and_payers(
    at: Milestones, state: str, payer: str, wanted: dict[str, date]
) -> None:
    assert {d.what.value: d.on for d in due(the_clocks(), at, state=state, payer=payer)} == wanted


def test_a_clock_names_its_source_and_its_days() -> None:
    row = {
        "id": "x",
        "what": "plan",
        "from": "admission",
        "days": 3,
        "words": "w",
        "source": "s",
        "url": "u",
        "checked": "yes",
        "read": TODAY,
    }
    assert read_clocks({"clocks": [row]})[0].days == 3
    for wrong in ({"source": ""}, {"url": ""}, {"days": 0}, {"days": "3"}):
        with pytest.raises(BadClocks):
            read_clocks({"clocks": [row | wrong]})
    for wrong, why in (({"checked": "perhaps"}, "whether"), ({"read": "lately"}, "which day")):
        with pytest.raises(BadContent, match=why):
            read_clocks({"clocks": [row | wrong]})
    with pytest.raises(BadClocks, match="twice"):
        read_clocks({"clocks": [row, row]})
    assert len(the_clocks()) >= 6


def test_every_reviewed_rule_says_whether_its_source_was_read_and_when() -> None:
    for name in ("caps", "billing", "progress"):
        for rule in rule_entries(name):
            assert rule["checked"] == "no" or rule["read"].year >= 2026, rule
    assert {clock.checked for clock in the_clocks()} <= set(CHECKED)


def test_templates_begin_a_plan_and_finish_none() -> None:
    assert len(the_templates()) >= 6
    for template in the_templates().values():
        assert template.lines and faults_of(PlanWords("I want this.", template.lines))
    text = yaml.safe_dump([str(t) for t in the_templates().values()])
    assert not any(word in text.lower() for word in ("addict", "abuse", "clean", "relapse rate"))


@pytest.mark.django_db
def test_the_due_list_names_what_is_overdue_first_and_for_the_owner_alone() -> None:
    person = jordan()
    open_new_episode(RIVER, person=person, level="iop", by="person:1", now=NOW, starts_on=TODAY)
    actions.set_review(RIVER, person="", state="MD", payer="", by="person:1", now=NOW)
    assert [(d.what, d.late) for d in queries.due_list(RIVER, TODAY, wall=UTC)] == [
        ("assessment", 0)
    ]
    late = queries.due_list(RIVER, TODAY + timedelta(days=20), wall=UTC)
    assert [(d.what, d.late) for d in late] == [("assessment", 6)]
    actions.note_milestone(
        RIVER, person=person, kind=ClockOf.ASSESSMENT, on=TODAY, by="person:7", now=NOW
    )
    saved(person)
    assert [d.what for d in queries.due_list(RIVER, TODAY, wall=UTC)] == ["plan"]
    plan = queries.newest_plan(RIVER, person)
    actions.sign_for_team(
        RIVER,
        plan=plan.id,
        name="Ana",
        role="counselor",
        standing=COUNSELOR,
        by="person:7",
        now=NOW,
    )
    assert queries.due_list(RIVER, TODAY, wall=UTC) == []
    assert [(d.what, d.on) for d in queries.due_list(RIVER, TODAY, within=40, wall=UTC)] == [
        ("review", date(2026, 12, 31))
    ]
    actions.set_review(RIVER, person=person, state="MD", payer="medicare", by="person:1", now=NOW)
    assert queries.review_setting(RIVER, person) == ("MD", "medicare")
    assert [d.what for d in queries.due_list(RIVER, TODAY, within=90, wall=UTC)] == [
        "review",
        "certification",
    ]
    assert queries.due_list(HILL, TODAY, within=90, wall=UTC) == []
    assert queries.weeks_asked(RIVER, [person]) == {person: PLAN.week}


@pytest.mark.django_db
def test_whoever_comes_back_is_assessed_anew_and_a_plan_signed_before_the_first_day_counts() -> (
    None
):
    person, wall = jordan(), UTC
    actions.set_review(RIVER, person="", state="MD", payer="", by="person:1", now=NOW)

    def assessed_and_planned(read: int, day: date) -> None:
        actions.note_milestone(
            RIVER, person=person, kind=ClockOf.ASSESSMENT, on=day, by="person:7", now=NOW
        )
        saved(person, replace(PLAN, own_words=f"Version {read}"), read)
        plan = queries.newest_plan(RIVER, person)
        moment = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
        actions.sign_for_team(
            RIVER, plan=plan.id, name="Ana", role="counselor", standing=COUNSELOR,
            by="person:7", now=moment,
        )  # fmt: skip

    def begun(on: date) -> str:
        return open_new_episode(
            RIVER, person=person, level="iop", by="person:1", now=NOW, starts_on=on
        )

    def waits_on(day: date) -> list[str]:
        return [d.what for d in queries.due_list(RIVER, day, wall=wall, person=person)]

    assessed_and_planned(0, TODAY - timedelta(days=3))
    first = begun(TODAY)
    assert waits_on(TODAY) == []
    left = TODAY + timedelta(days=60)
    move_episode(
        RIVER, episode=first, to=EpisodeState.ENDED, on=left, by="person:1", now=NOW,
        reason=EndReason.COMPLETED,
    )  # fmt: skip
    back = left + timedelta(days=300)
    begun(back)
    assert waits_on(back) == ["assessment"]
    assessed_and_planned(1, back + timedelta(days=1))
    assert waits_on(back + timedelta(days=2)) == []
