"""What follows care: the place that is chosen, what a plan lacks as tasks, and a text to who was missed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client

from waypost.publishing.reader import Snapshot
from waypost.texting.actions.consent import suppress
from waypost.texting.actions.hearing import contact_for
from waypost.texting.models import ConsentEntry, OutboxRow, TextContact
from waypost.texting.queries.missed import missed_cause
from waypost.texting.queries.sealed import OUTGOING, opened
from waypost.texting.standing import Channel, Suppressed
from waypost.treatment.attendance.actions import Kept, keep_roster
from waypost.treatment.attendance.queries import open_tasks, roster, sessions_on
from waypost.treatment.attendance.roster import Presence
from waypost.treatment.own_page.actions import cannot_come, make_link, open_link
from waypost.treatment.own_page.queries import link_made_at
from waypost.treatment.progress.actions import choose_care, end_episode, keep_transition
from waypost.treatment.progress.queries import transition_of
from waypost.treatment.progress.transition import ContinuingCare, TransitionWords, gaps_of
from waypost.treatment.reaching.agreed import agreed_to_texts
from waypost.treatment.records.actions import change_person
from waypost.treatment.records.drafts import ChangedMeanwhile
from waypost.treatment.records.owner import Owner
from waypost.treatment.records.person import EpisodeSeen, PersonWords
from waypost.treatment.records.queries import episodes, person_in_care

pytestmark = pytest.mark.django_db
Staff = Callable[[str], Client]
DAY = date(2026, 12, 2)
NOW = datetime(2026, 12, 2, 23, tzinfo=UTC)
"""6 pm in New York."""
BY = {"by": "person:1", "now": NOW}
PHONE = "(212) 555-0142"
E164 = "+12125550142"


def words_of(**more: object) -> PersonWords:
    said = {"name": "Ana Sample", "phone": PHONE, "may_text": True, "born_on": "1990-01-02"}
    return PersonWords(**said | more)  # type: ignore[arg-type]


def missing(program: Owner, **more: object) -> tuple[str, str]:
    """A session and somebody on its roster, of whom this is known."""
    sessions = [s for s in sessions_on(program, DAY, DAY) if s.people]
    person = roster(program, sessions[0].id)[0].person
    seen = person_in_care(program, person)
    assert seen is not None
    read = seen.words.version
    change_person(program, person=person, words=words_of(**more), read_version=read, **BY)
    return sessions[0].id, person


def keep(
    program: Owner, session: str, person: str, presence: Presence, now: datetime = NOW
) -> None:
    keep_roster(program, session=session, kept={person: Kept(presence)}, by="person:1", now=now)


def texts(person: str) -> list[OutboxRow]:
    return list(OutboxRow.objects.filter(cause=missed_cause(person, DAY)))


def test_who_agreed_gets_one_discreet_text_a_day_and_staff_a_task(program: Owner) -> None:
    session, person = missing(program)
    keep(program, session, person, Presence.ABSENT)
    keep(program, session, person, Presence.EXCUSED)
    keep(program, session, person, Presence.ABSENT)
    (row,) = texts(person)
    said = opened(row.text, OUTGOING)
    assert "missed you" in said and "STOP" in said
    assert not {"group", "recovery", "treatment", "program", "session", "river"} & set(
        said.lower().replace(".", " ").split()
    ), "another reader understands nothing"
    assert row.by == "person:1" and person not in row.cause
    assert row.state == "queued" and row.not_before >= NOW + timedelta(minutes=15)
    assert [t.kind for t in open_tasks(program) if t.person == person].count("no-show") == 1
    entries = ConsentEntry.objects.filter(number_digest=row.contact.number_digest)
    assert [entry.scope for entry in entries] == ["own care"]


def test_a_corrected_roster_takes_the_text_back_before_it_leaves(program: Owner) -> None:
    session, person = missing(program)
    keep(program, session, person, Presence.ABSENT)
    keep(program, session, person, Presence.PRESENT)
    assert [(row.state, row.why) for row in texts(person)] == [("dropped", "taken back")]


def test_a_text_at_night_waits_for_the_morning(program: Owner) -> None:
    session, person = missing(program)
    keep(program, session, person, Presence.ABSENT, NOW + timedelta(hours=4))
    (row,) = texts(person)
    assert row.not_before.hour >= 13, "8 am in New York at the earliest"


@pytest.mark.parametrize(
    "more",
    [
        {"may_text": False}, {"phone": ""}, {"phone": "12"}, {"born_on": "2010-05-05"},
        {"phone": "911"},
    ],
)  # fmt: skip
def test_nobody_is_texted_who_did_not_agree_or_cannot(
    program: Owner, more: dict[str, object]
) -> None:
    session, person = missing(program, **more)
    keep(program, session, person, Presence.ABSENT)
    assert texts(person) == []
    assert "no-show" in [t.kind for t in open_tasks(program) if t.person == person]


def test_a_number_that_stopped_is_not_texted(program: Owner) -> None:
    session, person = missing(program)
    contact = contact_for(E164, account="simulator", channel=Channel.TEXT, now=NOW)
    suppress(contact, Suppressed.STOP, NOW)
    keep(program, session, person, Presence.ABSENT, NOW + timedelta(minutes=1))
    assert texts(person) == []


def test_who_said_that_they_cannot_come_and_an_old_roster_text_nobody(program: Owner) -> None:
    session, person = missing(program)
    keep(program, session, person, Presence.ABSENT, NOW + timedelta(days=3))
    assert texts(person) == []
    keep(program, session, person, Presence.PRESENT)
    cannot_come(program, person=person, on=DAY, session="", reason="sick", now=NOW)
    keep(program, session, person, Presence.ABSENT)
    assert texts(person) == []


def test_a_second_group_of_the_day_sends_no_second_text(program: Owner) -> None:
    _session, person = missing(program)
    mine = [s.id for s in sessions_on(program, DAY, DAY)
            if person in {line.person for line in roster(program, s.id)}]  # fmt: skip
    for session in mine:
        keep(program, session, person, Presence.ABSENT)
    assert len(texts(person)) == 1
    if len(mine) > 1:
        keep(program, mine[0], person, Presence.PRESENT)
        assert texts(person)[0].state == "queued", "they still missed the other one"


def test_the_task_says_where_the_text_stands(program: Owner, staff: Staff) -> None:
    session, person = missing(program)
    keep(program, session, person, Presence.ABSENT)
    page = staff("counselor").get("/program/today?day=2026-12-02").content.decode()
    assert "A text goes out on" in page and "no phone gets it" in page


@pytest.mark.parametrize(("born", "may"), [("", True), ("2008-12-02", True), ("2008-12-03", False)])
def test_an_adult_is_of_age_on_their_birthday(born: str, may: bool) -> None:
    assert agreed_to_texts(words_of(born_on=born), DAY) is may


def stay_of(program: Owner) -> EpisodeSeen:
    return episodes(program)[0]


def tasks_of(program: Owner, stay: EpisodeSeen) -> set[str]:
    return {task.kind for task in open_tasks(program) if task.source == stay.id}


def test_continuing_care_is_looked_for_near_the_person_and_kept_with_its_source(
    program: Owner, staff: Staff, snapshot: Snapshot
) -> None:
    client, stay = staff("clinical supervisor"), stay_of(program)
    kept = person_in_care(program, stay.person)
    assert kept is not None
    words, read = replace(kept.words, address="Austin TX 78704"), kept.words.version
    change_person(program, person=stay.person, words=words, read_version=read, **BY)
    address = f"/program/people/{stay.person}/continuing-care"
    page = client.get(address).content.decode()
    assert "Austin TX 78704" in page and page.count('name="site"') == 5
    looked = client.post(address, {"act": "look", "near": "98101", "level": "otp"})
    assert looked.status_code == 200 and ", WA" in looked.content.decode()
    site = looked.context["near"][0].id if looked.context else page_site(looked.content.decode())
    assert transition_of(program, stay.id).words.care == ContinuingCare(), "looking keeps nothing"
    assert client.post(address, {"act": "choose", "site": site}).status_code == 302
    care = transition_of(program, stay.id).words.care
    listed = snapshot.site(site)
    assert listed is not None and care.name == listed.name and care.site == site
    assert care.phone == listed.phones[0].display and care.source and care.as_of and care.chosen_on
    page = client.get(f"/program/people/{stay.person}/progress").content.decode()
    assert care.phone in page and care.source in page


def page_site(page: str) -> str:
    return page.partition('name="site" value="')[2].partition('"')[0]


@pytest.mark.parametrize(
    "form",
    [
        {"act": "choose", "site": "site_none"}, {"act": "choose"}, {"act": "choose", "site": "\x00"},
        {"act": "type", "name": "Oak House"}, {"act": "type"},
    ],
)  # fmt: skip
def test_a_place_that_is_not_there_is_refused_and_what_was_typed_stays(
    program: Owner, staff: Staff, snapshot: Snapshot, form: dict[str, str]
) -> None:
    stay = stay_of(program)
    answer = staff("clinical supervisor").post(
        f"/program/people/{stay.person}/continuing-care", form
    )
    assert answer.status_code == 400
    assert form.get("name", "") in answer.content.decode()


def test_a_place_may_be_typed_and_says_so(program: Owner, staff: Staff, snapshot: Snapshot) -> None:
    client, stay = staff("clinical supervisor"), stay_of(program)
    form = {"act": "type", "name": "Oak House 🌳", "phone": "512-555-0199"}
    client.post(f"/program/people/{stay.person}/continuing-care", form)
    page = client.get(f"/program/people/{stay.person}/progress").content.decode()
    assert "Oak House 🌳" in page and "not from the directory" in page


def test_what_a_plan_lacks_is_a_task_until_it_is_there(program: Owner) -> None:
    stay, words = stay_of(program), TransitionWords()
    keep_transition(program, episode=stay, words=words, read_version="", **BY)
    assert tasks_of(program, stay) == {"book visit", "naloxone", "continuing care"}
    words = TransitionWords("Dr. Example", "2026-12-09", "given")
    read = transition_of(program, stay.id).version
    keep_transition(program, episode=stay, words=words, read_version=read, **BY)
    assert tasks_of(program, stay) == {"ask visit", "continuing care"}
    choose_care(program, episode=stay, care=ContinuingCare("Oak House", "512-555-0199"), **BY)
    assert tasks_of(program, stay) == {"ask visit"}
    assert transition_of(program, stay.id).words.next_visit == "Dr. Example"


def test_of_two_who_keep_a_plan_the_second_sees_the_first_ones(
    program: Owner, staff: Staff
) -> None:
    stay, client = stay_of(program), staff("clinical supervisor")
    keep_transition(
        program, episode=stay, words=TransitionWords("Dr. First"), read_version="", **BY
    )
    with pytest.raises(ChangedMeanwhile):
        keep_transition(program, episode=stay, words=TransitionWords("B"), read_version="", **BY)
    form = {"act": "transition", "read": "", "next_visit": "Dr. Second"}
    answer = client.post(f"/program/people/{stay.person}/progress", form)
    page = answer.content.decode()
    assert answer.status_code == 409 and "Dr. First" in page and 'value="Dr. Second"' in page


def test_nobody_calls_about_somebody_who_died(program: Owner) -> None:
    stay = stay_of(program)
    keep_transition(program, episode=stay, words=TransitionWords(), read_version="", **BY)
    made = make_link(program, person=stay.person, **BY)
    assert open_link(token=made.token, code=made.code, now=NOW).person == stay.person
    end_episode(program, episode=stay, on=DAY, reason="died", **BY)
    assert [task for task in open_tasks(program) if task.person == stay.person] == []
    assert link_made_at(program, stay.person, NOW) is None
    ended = next(e for e in episodes(program) if e.id == stay.id)
    keep_transition(
        program, episode=ended, words=TransitionWords(),
        read_version=transition_of(program, stay.id).version, **BY,
    )  # fmt: skip
    assert tasks_of(program, stay) == set()


@pytest.mark.parametrize("day", ["", "31/12/2026", "2026-02-30", "2026-12-01", "0001-01-01"])
def test_a_visit_without_a_day_to_come_is_missing(day: str) -> None:
    assert "next visit" in list(gaps_of(TransitionWords("Dr. Example", day), DAY))


def test_a_listing_typed_as_an_id_once_is_still_read() -> None:
    old = {"next_visit": "", "next_visit_on": "", "naloxone": "", "site": "site_1"}
    assert TransitionWords.read(old).care.site == "site_1"
    assert TextContact.objects.count() == 0
