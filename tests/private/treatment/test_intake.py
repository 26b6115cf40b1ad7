"""Intake: referrals, the waiting list's order, the pre-screen's exits, an assessment that is kept."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waypost.accounts.roles import Role
from waypost.levels_of_care.guide.rules_file import the_guide
from waypost.levels_of_care.level import the_levels
from waypost.treatment.consents.actions import NotAllowed
from waypost.treatment.intake import actions, queries
from waypost.treatment.intake.dimensions import (
    CHECK,
    OUTPATIENT,
    Concern,
    Decision,
    Dimension,
    LevelNotDecided,
    decision_refused,
)
from waypost.treatment.intake.models import AssessmentPart
from waypost.treatment.intake.referral import BadSheet, ReferralWords, sheet_says
from waypost.treatment.intake.screening import screen
from waypost.treatment.intake.waiting import ORDER, LeftList, Priority, WaitingPerson, in_order
from waypost.treatment.records.actions import NoSuchRecord, add_person
from waypost.treatment.records.drafts import AlreadySigned, ChangedMeanwhile
from waypost.treatment.records.owner import Owner
from waypost.treatment.records.person import PersonWords
from waypost.treatment.records.queries import open_episode
from waypost.treatment.when_may import TooLate
from waypost.treatment.who_may import RecordStanding

NOW = datetime(2026, 12, 1, 12, tzinfo=UTC)
TODAY = date(2026, 12, 1)
RIVER, HILL = Owner("org_river"), Owner("org_hill")
COUNSELOR = RecordStanding({Role.COUNSELOR}, on_team=True)
DOCTOR = RecordStanding({Role.MEDICAL_PROVIDER}, on_team=True)
IOP = Decision("iop", "steady home, no withdrawal expected")


def jordan() -> str:
    return add_person(RIVER, words=PersonWords("Jordan Canary"), by="person:1", now=NOW)


@pytest.mark.django_db
def test_a_referral_is_a_person_with_its_words_sealed() -> None:
    words = ReferralWords(
        "a cousin", "Canary drinks alone", sheet="https://x.example/shortlist?site=a"
    )
    person = actions.take_referral(
        RIVER, words=PersonWords("Jordan"), referral=words, by="person:1", now=NOW
    )
    (seen,) = queries.referrals(RIVER, person)
    assert (seen.words, seen.came_by) == (words, "call sheet") and queries.referrals(HILL) == []


def test_a_call_sheet_says_what_was_looked_for() -> None:
    address = "https://find.example/es/shortlist?site=site_a,site_b&near=78701&level=iop"
    assert "iop" in sheet_says(address, ["site_b"])
    assert sheet_says(address, [])
    with pytest.raises(BadSheet, match="not on the call sheet"):
        sheet_says(address, ["site_c"])
    for wrong in (
        "",
        "https://find.example/find?near=78701",
        "javascript:alert(1)",
        "https://[find.example/shortlist?near=78701",
    ):
        with pytest.raises(BadSheet, match="not a call sheet"):
            sheet_says(wrong, [])


waiting = st.builds(
    WaitingPerson,
    st.uuids().map(str),
    st.just("pic_1"),
    st.integers(0, 40).map(lambda n: NOW + timedelta(days=n)),
    st.sampled_from(Priority),
    st.just(""),
)


@given(st.lists(waiting, max_size=8))
def test_nobody_is_before_someone_with_a_higher_priority_or_a_longer_wait(
    people: list[WaitingPerson],
) -> None:
    listed = in_order(people)
    assert [w.place for w in listed] == list(range(1, len(people) + 1))
    for first, second in pairwise(listed):
        ranks = ORDER.index(first.priority), ORDER.index(second.priority)
        assert ranks[0] < ranks[1] or (ranks[0] == ranks[1] and first.since <= second.since)


@pytest.mark.django_db
def test_the_waiting_list_keeps_its_place_and_the_reason_for_leaving() -> None:
    first, second = jordan(), jordan()
    for person, priority in (
        (first, Priority.NONE),
        (second, Priority.PREGNANT),
        (first, Priority.NONE),
    ):
        actions.join_waiting_list(
            RIVER, person=person, priority=priority, reason="evening track", by="p", now=NOW
        )
    assert [w.person for w in queries.waiting_list(RIVER)] == [second, first]
    assert queries.waiting_list(HILL) == [] and queries.waits_since(RIVER, first) == NOW
    for _ in range(2):
        actions.leave_waiting_list(RIVER, person=second, left=LeftList.ADMITTED, by="p", now=NOW)
    assert [w.person for w in queries.waiting_list(RIVER)] == [first]


EXITS = [
    ({"who": ("other-adult",), "now": ("seizure",)}, "emergency"),
    ({"who": ("other-adult",), "suicide": ("plan",)}, "emergency"),
]


@pytest.mark.parametrize(("answers", "kind"), EXITS)
def test_a_danger_stops_the_pre_screen_and_says_what_to_do(answers: dict, kind: str) -> None:
    found = screen(the_guide(), answers, TODAY)
    assert found.stop is not None and found.todo is not None and getattr(found, kind)
    assert {"911", "988"} & set(found.todo.numbers)
    assert found.outcome is None


def test_a_risky_withdrawal_leads_to_detox_first() -> None:
    safe = {
        "who": ("other-adult",),
        "now": ("none",),
        "suicide": ("no-thoughts",),
        "today": ("none",),
        "harm": ("none",),
    }
    risky = safe | {"used": ("alcohol",), "daily": ("alcohol",), "withdrawal": ("seizures",)}
    guide = the_guide()
    names = {q.id for q in guide.questions}
    known = {
        n: v for n, v in risky.items() if n in names and all(guide.question(n).choice(c) for c in v)
    }
    found = screen(guide, known, TODAY)
    assert set(known) >= {"used", "daily"}
    flagged = [found] if found.withdrawal else _with_each_answer(known)
    assert any(f.withdrawal for f in flagged)
    assert not screen(guide, safe, TODAY).withdrawal


def _with_each_answer(known: dict) -> list:
    """The same answers with one more, for every answer that the guide knows."""
    guide = the_guide()
    more = [(q.id, c.id) for q in guide.questions for c in q.choices if q.id not in known]
    return [screen(guide, known | {name: (choice,)}, TODAY) for name, choice in more]


def begun(person: str) -> str:
    return actions.begin_assessment(RIVER, person=person, by="person:7", now=NOW)


def save(assessment: str, part: str, words: dict, read: int = 0, by: str = "person:7") -> int:
    return actions.save_part(
        RIVER, assessment=assessment, part=part, words=words, read_version=read, by=by, now=NOW
    )


def filled(assessment: str, concern: Concern = Concern.NONE) -> None:
    for dimension in Dimension:
        save(assessment, dimension, {"text": "talked about it", "concern": concern.value})


def signed(
    assessment: str,
    decision: Decision = IOP,
    standing: RecordStanding = COUNSELOR,
    flagged: bool = False,
) -> str:
    return actions.sign_level(RIVER, assessment=assessment, decision=decision, standing=standing,
                              screened_withdrawal=flagged, by="person:7", now=NOW)  # fmt: skip


@pytest.mark.django_db
def test_each_part_is_saved_by_itself_and_of_two_browsers_none_loses_a_word() -> None:
    person = jordan()
    assessment = begun(person)
    assert begun(person) == assessment  # the unfinished one is gone on with
    assert save(assessment, "body", {"text": "hers"}) == 1
    assert (
        save(assessment, "mind", {"text": "his"}, by="person:8") == 1
    )  # another part is no conflict
    with pytest.raises(ChangedMeanwhile) as refused:
        save(assessment, "body", {"text": "his"}, by="person:8")
    assert refused.value.newest.words == {"text": "hers"} and refused.value.newest.by == "person:7"
    assert save(assessment, "body", {"text": "both"}, read=1) == 2
    assert [v.words["text"] for v in queries.part_versions(RIVER, assessment, "body")] == [
        "hers",
        "both",
    ]
    assert queries.assessment(HILL, assessment) is None
    with pytest.raises(NoSuchRecord):
        actions.save_part(
            HILL, assessment=assessment, part="body", words={}, read_version=2, by="x", now=NOW
        )
    assert "both" not in repr(list(AssessmentPart.objects.values("words", "part")))


@pytest.mark.django_db
def test_a_level_is_signed_by_a_clinician_with_reasons_once_all_was_talked_about() -> None:
    person = jordan()
    assessment = begun(person)
    with pytest.raises(LevelNotDecided, match="dimensions missing"):
        signed(assessment)
    filled(assessment)
    with pytest.raises(LevelNotDecided, match="level without reasons"):
        signed(assessment, Decision("iop", "fits"))
    for standing in (RecordStanding({Role.INTAKE_COORDINATOR}), RecordStanding({Role.COUNSELOR})):
        with pytest.raises(NotAllowed):
            signed(assessment, standing=standing)
    episode = signed(assessment)
    seen = queries.assessment(RIVER, assessment)
    assert seen.decision == IOP and seen.signed_by == "person:7"
    planned = open_episode(RIVER, person)
    assert (planned.id, planned.level, planned.state) == (episode, "iop", "planned")
    with pytest.raises(AlreadySigned):
        save(assessment, "body", {"text": "later"}, read=1)
    with pytest.raises(AlreadySigned):
        signed(assessment)
    assert begun(person) != assessment  # a change of mind is a new assessment


@pytest.mark.django_db
@pytest.mark.parametrize("concern", [Concern.SERIOUS, Concern.UNKNOWN])
def test_an_outpatient_level_waits_until_a_medical_provider_has_checked_withdrawal(
    concern: Concern,
) -> None:
    assessment = begun(jordan())
    filled(assessment, concern)
    with pytest.raises(LevelNotDecided) as refused:
        signed(assessment)
    assert refused.value.codes == (TooLate.UNCHECKED_WITHDRAWAL,)
    check = {"assessment": assessment, "by": "person:9", "now": NOW, "text": "seen today"}
    with pytest.raises(NotAllowed, match="medical provider"):
        actions.check_withdrawal(RIVER, safe=True, standing=COUNSELOR, read_version=0, **check)
    actions.check_withdrawal(RIVER, safe=False, standing=DOCTOR, read_version=0, **check)
    with pytest.raises(LevelNotDecided):
        signed(assessment)
    actions.check_withdrawal(RIVER, safe=True, standing=DOCTOR, read_version=1, **check)
    assert signed(assessment)


@given(
    st.sampled_from(sorted(the_levels())),
    st.sampled_from(Concern),
    st.sampled_from(["", "yes", "no"]),
    st.booleans(),
)
def test_no_way_leads_to_an_outpatient_level_past_an_unchecked_risk(
    level: str, concern: Concern, safe: str, flagged: bool
) -> None:
    parts = {Dimension.WITHDRAWAL: {"text": "x", "concern": concern.value}}
    parts |= {CHECK: {"safe": safe}} if safe else {}
    refused = decision_refused(parts, Decision(level, "r"), screened_withdrawal=flagged)
    risk = safe == "no" or flagged or concern in (Concern.SERIOUS, Concern.UNKNOWN)
    assert (refused is None) is (level not in OUTPATIENT or safe == "yes" or not risk)


@pytest.mark.django_db
def test_a_medical_provider_who_does_not_write_safe_closes_every_outpatient_level() -> None:
    assessment = begun(jordan())
    filled(assessment)  # nobody else wrote of a risk
    check = {"assessment": assessment, "by": "person:9", "now": NOW, "text": "shakes, came today"}
    actions.check_withdrawal(RIVER, safe=False, standing=DOCTOR, read_version=0, **check)
    with pytest.raises(LevelNotDecided) as refused:
        signed(assessment)
    assert refused.value.codes == (TooLate.UNSAFE_WITHDRAWAL,)
    assert signed(assessment, Decision("withdrawal-inpatient", "shakes since this morning"))


@pytest.mark.django_db
def test_a_check_that_is_older_than_what_is_written_of_withdrawal_does_not_count() -> None:
    assessment = begun(jordan())
    filled(assessment, Concern.SERIOUS)
    check = {"assessment": assessment, "by": "person:9", "text": "seen", "safe": True}
    actions.check_withdrawal(RIVER, standing=DOCTOR, read_version=0, now=NOW, **check)
    later = NOW + timedelta(hours=2)
    actions.save_part(
        RIVER, assessment=assessment, part=Dimension.WITHDRAWAL, read_version=1, by="person:7",
        words={"text": "sees things now", "concern": Concern.SERIOUS.value}, now=later,
    )  # fmt: skip
    with pytest.raises(LevelNotDecided) as refused:
        signed(assessment)
    assert refused.value.codes == (TooLate.OLDER_CHECK,)
    again = check | {"text": "seen again at noon"}
    actions.check_withdrawal(RIVER, standing=DOCTOR, read_version=1, now=later, **again)
    assert signed(assessment)


@pytest.mark.django_db
def test_a_pre_screen_that_flags_withdrawal_after_the_check_asks_for_another() -> None:
    person = jordan()
    assessment = begun(person)
    filled(assessment)
    actions.check_withdrawal(
        RIVER, assessment=assessment, safe=True, text="seen", standing=DOCTOR, read_version=0,
        by="person:9", now=NOW,
    )  # fmt: skip
    actions.save_screening(
        RIVER, person=person, answers={"who": ["other-adult"]}, read_version=0, by="person:7",
        now=NOW + timedelta(minutes=5),
    )  # fmt: skip
    with pytest.raises(LevelNotDecided) as refused:
        signed(assessment, flagged=True)
    assert refused.value.codes == (TooLate.OLDER_CHECK,)
    assert signed(assessment, flagged=False)


def test_the_outpatient_levels_are_levels_and_those_with_medical_care_are_not_among_them() -> None:
    assert set(the_levels()) >= OUTPATIENT
    assert not OUTPATIENT & {"withdrawal", "inpatient", "residential", "otp"}
