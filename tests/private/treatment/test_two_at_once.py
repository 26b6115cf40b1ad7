"""Two people at the same moment, on PostgreSQL: one is done, the other is asked, none is lost."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from functools import partial
from threading import Barrier

import pytest
from django.db import connections

from waypost.treatment.attendance.actions import NoteChanged, keep_note
from waypost.treatment.attendance.models import GroupSession
from waypost.treatment.attendance.note import GroupNoteWords
from waypost.treatment.consents.actions import (
    NoConsent,
    log_disclosure,
    revoke_consent,
    sign_consent,
)
from waypost.treatment.consents.consent import ConsentKind, ConsentTerms, ConsentWords, Expiry
from waypost.treatment.consents.models import Disclosure
from waypost.treatment.intake.actions import (
    begin_assessment,
    save_part,
    save_screening,
    take_referral,
)
from waypost.treatment.intake.models import Assessment
from waypost.treatment.intake.referral import ReferralWords
from waypost.treatment.plans.actions import save_plan
from waypost.treatment.plans.plan import PlanWords
from waypost.treatment.plans.queries import plan_versions
from waypost.treatment.records.actions import add_person, change_person, open_new_episode
from waypost.treatment.records.drafts import ChangedMeanwhile
from waypost.treatment.records.episode import BadMove
from waypost.treatment.records.models import EpisodeOfCare
from waypost.treatment.records.owner import Owner
from waypost.treatment.records.person import PersonWords
from waypost.treatment.records.queries import people_in_care
from waypost.treatment.timetable.actions import Changed, keep_setup
from waypost.treatment.timetable.setup import ProgramSetup

pytestmark = pytest.mark.usefixtures("private_postgres")
NOW = datetime(2026, 12, 1, 12, tzinfo=UTC)
TODAY = date(2026, 12, 1)
RIVER, HILL = Owner("org_river"), Owner("org_hill")
REFUSED = (ChangedMeanwhile, BadMove, NoConsent, NoteChanged, Changed)


def at_once(*acts: Callable[[], object]) -> list[object]:
    """What each act gave, or how it was refused; they begin together, each on its connection."""
    gate = Barrier(len(acts))

    def done(act: Callable[[], object]) -> object:
        gate.wait(timeout=30)
        try:
            return act()
        except REFUSED as error:
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(done, acts))


def jordan() -> str:
    return add_person(RIVER, words=PersonWords("Jordan Canary"), by="person:1", now=NOW)


def test_of_two_who_save_a_plan_one_is_asked_and_both_texts_can_be_kept() -> None:
    person = jordan()

    def saving(text: str) -> Callable[[], object]:
        return lambda: save_plan(
            RIVER,
            person=person,
            words=PlanWords(text),
            read_version=0,
            by=f"person:{text}",
            now=NOW,
        )

    given = at_once(saving("hers"), saving("his"))
    (refused,) = (g for g in given if isinstance(g, ChangedMeanwhile))
    (kept,) = plan_versions(RIVER, person)
    assert given.count(1) == 1 and PlanWords.read(refused.newest.words) == kept.words


def test_of_two_who_save_a_part_or_a_pre_screen_one_is_asked() -> None:
    person = jordan()
    assessment = begin_assessment(RIVER, person=person, by="person:1", now=NOW)
    part = {
        "assessment": assessment,
        "part": "body",
        "words": {"text": "x"},
        "read_version": 0,
        "by": "p",
        "now": NOW,
    }
    pre = {
        "person": person,
        "answers": {"who": ["other-adult"]},
        "read_version": 0,
        "by": "p",
        "now": NOW,
    }
    for act in (lambda: save_part(RIVER, **part), lambda: save_screening(RIVER, **pre)):
        given = at_once(act, act, act)
        assert given.count(1) == 1 and sum(isinstance(g, ChangedMeanwhile) for g in given) == 2


def test_of_two_who_change_a_persons_details_one_is_asked() -> None:
    person, read = jordan(), PersonWords("Jordan Canary").version
    act = partial(change_person, RIVER, person=person, read_version=read, by="p", now=NOW)
    hers, his = PersonWords("Jordan Canary", phone="1"), PersonWords("Jordan Canary", address="2")
    given = at_once(partial(act, words=hers), partial(act, words=his))
    (refused,) = (g for g in given if isinstance(g, ChangedMeanwhile))
    kept = people_in_care(RIVER)[person].words
    assert given.count(None) == 1 and kept in (hers, his)
    assert PersonWords.read(dict(refused.newest.words)) == kept


def test_a_referral_that_is_pressed_twice_at_once_makes_one_person() -> None:
    words, referral = PersonWords("Jordan Canary"), ReferralWords(reason="drinks alone")
    act = partial(take_referral, RIVER, words=words, referral=referral, by="p", now=NOW)
    given = at_once(*[partial(act, once="form_1")] * 3)
    assert given == [given[0]] * 3 and list(people_in_care(RIVER)) == [given[0]]


def test_of_two_who_keep_a_note_or_a_setup_one_is_asked() -> None:
    at = {"starts_at": NOW, "ends_at": NOW + timedelta(hours=1), "day": TODAY, "most": 9}
    row = GroupSession.objects.owned_by(RIVER).create(
        id="ses_1", group="Skills", kind="skills", room="1", facilitator="Lee", **at
    )
    note = {"session": row.pk, "words": GroupNoteWords("a", "b"), "after": 0, "by": "p", "now": NOW}
    setup = {"setup": ProgramSetup("UTC"), "after": 0, "by": "p", "now": NOW}
    for act in (lambda: keep_note(RIVER, **note), lambda: keep_setup(RIVER, **setup)):
        given = at_once(act, act, act)
        assert given.count(1) == 1
        assert sum(isinstance(g, NoteChanged | Changed) for g in given) == 2


def test_one_episode_and_one_assessment_are_opened_however_many_ask() -> None:
    person = jordan()
    opened = at_once(
        *[lambda: open_new_episode(RIVER, person=person, level="iop", by="p", now=NOW)] * 3
    )
    assert sum(isinstance(g, BadMove) for g in opened) == 2
    begun = at_once(*[lambda: begin_assessment(RIVER, person=person, by="p", now=NOW)] * 3)
    assert len(set(begun)) == 1
    assert EpisodeOfCare.objects.count() == Assessment.objects.count() == 1


def test_a_disclosure_and_the_revocation_of_its_consent_come_one_after_the_other() -> None:
    person = jordan()
    words = ConsentWords("Jordan", "River", "dates", "Ada", "care", "by word", "Jordan")
    terms = ConsentTerms(ConsentKind.SPECIFIC, TODAY, Expiry.DATE, TODAY + timedelta(days=9))
    for _ in range(3):
        before = Disclosure.objects.count()
        consent = sign_consent(
            RIVER, person=person, terms=terms, words=words, today=TODAY, by="p", now=NOW
        )
        out = {
            "person": person,
            "form": "pdf",
            "digest": "0",
            "recipient": "Ada",
            "what": "all",
            "purpose": "care",
        }
        sending = partial(
            log_disclosure, RIVER, consent=consent, today=TODAY, by="p", now=NOW, **out
        )
        sent, _ = at_once(sending, partial(revoke_consent, RIVER, consent=consent, by="p", now=NOW))
        assert Disclosure.objects.count() - before == (not isinstance(sent, NoConsent))
        with pytest.raises(NoConsent):
            sending()
