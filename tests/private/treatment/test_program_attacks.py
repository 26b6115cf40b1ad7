"""What nobody should type: days at the ends of the calendar, NULs, names of every script, two at one note."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.test import Client

from waypost.treatment.attendance.actions import Kept, keep_roster
from waypost.treatment.attendance.models import GroupSession
from waypost.treatment.attendance.queries import (
    attended,
    minutes_of_sessions,
    note_of,
    places_of_tracks,
    roster,
    sessions_on,
)
from waypost.treatment.attendance.roster import BadMinutes, Presence
from waypost.treatment.consents.notices import NOTICE, SHORT
from waypost.treatment.intake.queries import assessment, assessments
from waypost.treatment.records.actions import change_person
from waypost.treatment.records.owner import Owner
from waypost.treatment.records.queries import person_in_care
from waypost.treatment.timetable.queries import people_of_week

pytestmark = pytest.mark.django_db
Staff = Callable[[str], Client]
MONDAY, TODAY = date(2026, 11, 30), date(2026, 12, 4)
NOW = datetime(2026, 12, 4, 12, tzinfo=UTC)
NAMES = (
    "Łucja " * 30,
    "مريم بنت أحمد",
    "👩🏽‍⚕️ 🌳",
    "שרה כהן",
    "<b>Ann</b>",
    "\u202eevil",
    "O'Neil & Søn",
)


@pytest.mark.parametrize(
    "day", ["0001-01-01", "9999-12-31", "2026-02-30", "٢٠٢٦-١٢-٠١", "x" * 5000]
)
def test_a_day_that_cannot_be_shown_shows_today(program: Owner, staff: Staff, day: str) -> None:
    counselor, director = staff("counselor"), staff("program director")
    for page in ("today", "hours", "tests"):
        assert counselor.get(f"/program/{page}", {"day": day}).status_code == 200, page
        if page != "hours":
            answer = counselor.post(f"/program/{page}", {"day": day})
            nobody = "Nobody is expected on this day" in answer.content.decode()  # as on a Sunday
            assert answer.status_code in (200, 302) or nobody, page
    for page, name in (("billing", "day"), ("reports", "from")):
        assert director.get(f"/program/{page}", {name: day}).status_code == 200, page


@pytest.mark.parametrize("name", NAMES, ids=range(len(NAMES)))
def test_a_name_of_any_script_is_shown_as_it_is_and_its_record_leaves_whole(
    program: Owner, staff: Staff, name: str
) -> None:
    client, person = staff("clinical supervisor"), people_of_week(program)[0].id
    kept = person_in_care(program, person)
    assert kept is not None
    words = replace(kept.words, name=name.strip())
    change_person(
        program, person=person, words=words, read_version=kept.words.version, by="person:1", now=NOW
    )
    from django.utils.html import escape

    page = client.get(f"/program/people/{person}").content.decode()
    shown = (name.strip(), escape(name.strip()), escape(name.strip()).replace("&#x27;", "&#39;"))
    assert any(text in page for text in shown) and "<b>Ann" not in page
    for form in ("pdf", "json", "fhir"):
        typed = {"basis": "2.23 to the person", "recipient": name[:90], "what": "all", "purpose": "own",
                 "form": form}  # fmt: skip
        answer = staff("program director").post(f"/program/people/{person}/export", typed)
        assert answer.status_code == 200 and answer["X-42-CFR-Part-2"] == SHORT, form


@pytest.mark.parametrize(
    ("address", "typed"),
    [
        ("/program/people/pic_%00", None), ("/program/today?day=%00", None),
        ("/program/intake", {"name": "A\x00na"}), ("/program/tasks/x", {"day": "\x00"}),
    ],
)  # fmt: skip
def test_a_nul_is_refused_before_anything_reads_it(
    program: Owner, staff: Staff, address: str, typed: dict[str, str] | None
) -> None:
    client = staff("clinical supervisor")
    answer = client.get(address) if typed is None else client.post(address, typed)
    assert answer.status_code == 400


def test_what_is_printed_of_a_record_carries_the_notice_and_so_does_the_sheet(
    program: Owner, staff: Staff
) -> None:
    client, person = staff("clinical supervisor"), people_of_week(program)[0].id
    for part in ("", "/plan", "/progress", "/consents"):
        page = client.get(f"/program/people/{person}{part}").content.decode()
        assert NOTICE in page and "print-only" in page, part
    biller = staff("biller")
    sheet = biller.get("/program/billing?format=csv&day=2026-12-02&rule=medicare-per-diem")
    lines = sheet.content.decode().splitlines()
    assert lines[-1] == SHORT and ",92," in lines[1]
    page = biller.get("/program/billing?day=2026-12-02").content.decode()
    assert "Together" in page and "day=2026-11-23" in page and "day=2026-12-07" in page


def test_a_sheet_is_in_the_name_of_the_card(program: Owner, staff: Staff) -> None:
    number, day = people_of_week(program)[0].id, "2026-12-02"
    seen = person_in_care(program, number)
    assert seen is not None
    words = replace(seen.words, name="Ann Example-Card", preferred_name="Zephyr")
    change_person(
        program, person=number, words=words, read_version=seen.words.version, by="person:1", now=NOW
    )
    page = staff("biller").get(f"/program/billing?day={day}").content.decode()
    assert "Ann Example-Card" in page and "Zephyr" not in page


@pytest.mark.parametrize(
    ("rule", "says"),
    [
        ("medicare-per-diem", "not confirmed in the source"),
        ("h0005-group", "not confirmed in the source"),
    ],
)
def test_a_source_that_was_not_read_says_so_on_the_sheet(
    program: Owner, staff: Staff, rule: str, says: str
) -> None:
    assert says in staff("biller").get(f"/program/billing?rule={rule}").content.decode()


def test_what_the_database_counts_is_what_the_rosters_say(program: Owner) -> None:
    lines = [line for line in attended(program, MONDAY, TODAY) if line.minutes is not None]
    tracks: dict[str, list[int]] = {}
    for line in lines:
        counts = tracks.setdefault(line.track, [0, 0])
        counts[0] += line.minutes or 0
        counts[1] += line.length
    summed: dict[str, list[int]] = {}
    for part in minutes_of_sessions(program, MONDAY, TODAY):
        counts = summed.setdefault(part.track, [0, 0])
        counts[0] += part.minutes
        counts[1] += part.length
    assert lines and summed == tracks
    for session in sessions_on(program, MONDAY, TODAY):
        rows = roster(program, session.id)
        assert (session.people, session.kept) == (len(rows), sum(bool(r.presence) for r in rows))
    filled: dict[str, tuple[int, int]] = {}
    for session in sessions_on(program, MONDAY, TODAY):
        people, places = filled.get(session.track, (0, 0))
        filled[session.track] = people + session.people, places + session.most
    assert filled and places_of_tracks(program, MONDAY, TODAY) == filled
    assert places_of_tracks(program, MONDAY.replace(year=2020), MONDAY.replace(year=2020)) == {}


def meeting(program: Owner) -> tuple[str, list[str]]:
    """A session with two people or more, and its people."""
    for session in sessions_on(program, MONDAY, TODAY):
        people = [line.person for line in roster(program, session.id)]
        if len(people) > 1:
            return session.id, people
    raise AssertionError("No session has two people.")


def shown(program: Owner, session: str) -> dict[str, str]:
    """What the page of a session holds of its roster, as a browser sends it back."""
    form = {}
    for line in roster(program, session):
        minutes = str(line.minutes or "")
        form[f"was-{line.person}"] = f"{line.presence or ''}|{minutes}"
        form |= {
            f"presence-{line.person}": str(line.presence or ""),
            f"minutes-{line.person}": minutes,
        }
    note = note_of(program, session)
    form |= {f"line-{person}": words for person, words in note.words.lines.items()}
    return form | {"read": str(note.version), "topic": note.words.topic, "text": note.words.text}


def test_either_button_keeps_both_the_roster_and_the_note(
    program: Owner, staff: Staff, friday: None
) -> None:
    session, people = meeting(program)
    form = shown(program, session) | {f"presence-{people[0]}": "absent", f"minutes-{people[0]}": "",
                                      "act": "roster", "text": "Each told of their\r\nnights."}  # fmt: skip
    assert staff("counselor").post(f"/program/sessions/{session}", form).status_code == 302
    line = next(line for line in roster(program, session) if line.person == people[0])
    assert line.presence is Presence.ABSENT
    assert note_of(program, session).words.text == "Each told of their\nnights."


def test_minutes_that_cannot_be_lose_no_word_of_the_note(
    program: Owner, staff: Staff, friday: None
) -> None:
    session, people = meeting(program)
    form = shown(program, session) | {f"presence-{people[0]}": "late", f"minutes-{people[0]}": "-5",
                                      "act": "note", "text": "unsaved words"}  # fmt: skip
    answer = staff("counselor").post(f"/program/sessions/{session}", form)
    assert answer.status_code == 400
    assert "unsaved words" in answer.content.decode() and "-5" in answer.content.decode()
    again = form | {f"minutes-{people[0]}": "40"}
    assert staff("counselor").post(f"/program/sessions/{session}", again).status_code == 302
    assert note_of(program, session).words.text == "unsaved words"


def test_two_at_one_door_keep_each_others_lines_and_notes(
    program: Owner, staff: Staff, friday: None
) -> None:
    session, people = meeting(program)
    address, first = f"/program/sessions/{session}", shown(program, session)
    mine = first | {f"presence-{people[0]}": "excused", f"minutes-{people[0]}": "", "act": "roster"}
    theirs = first | {f"presence-{people[1]}": "late", f"minutes-{people[1]}": "30", "act": "note",
                      "text": "theirs"}  # fmt: skip
    assert staff("clinical supervisor").post(address, theirs).status_code == 302
    assert staff("counselor").post(address, mine).status_code == 302, (
        "the note was not touched here"
    )
    kept = {line.person: line.presence for line in roster(program, session)}
    assert (kept[people[0]], kept[people[1]]) == (Presence.EXCUSED, Presence.LATE)
    assert note_of(program, session).words.text == "theirs"


def test_nobody_is_kept_as_present_in_two_rooms_at_once(program: Owner) -> None:
    session, people = meeting(program)
    row = GroupSession.objects.owned_by(program).get(pk=session)
    other = GroupSession.objects.owned_by(program).create(
        id="ses_twin", day=row.day, group="Twin", kind=row.kind, track=row.track, room="Room 9",
        starts_at=row.starts_at, ends_at=row.ends_at, facilitator="Ms. Sample", most=9,
    )  # fmt: skip
    from waypost.treatment.attendance.actions import add_to_roster

    by = {"by": "person:1", "now": NOW}
    add_to_roster(program, session=other.pk, person=people[0], makes_up=None, **by)
    keep_roster(program, session=session, kept={people[0]: Kept(Presence.PRESENT)}, **by)
    with pytest.raises(BadMinutes, match="two places"):
        keep_roster(program, session=other.pk, kept={people[0]: Kept(Presence.PRESENT)}, **by)
    keep_roster(program, session=session, kept={people[0]: Kept(Presence.LEFT_EARLY, 30)}, **by)
    keep_roster(program, session=other.pk, kept={people[0]: Kept(Presence.LATE, 45)}, **by)


def test_one_button_keeps_all_that_was_written_of_an_assessment(
    program: Owner, staff: Staff
) -> None:
    client, person = staff("clinical supervisor"), people_of_week(program)[0].id
    address = f"/program/people/{person}/assessment"
    form = {"dimensions": "all", "part": "body", "text-body": "sleeps badly", "concern-body": "some",
            "text-home": "lives alone", "concern-home": "none"}  # fmt: skip
    assert client.post(address, form).status_code == 302
    number = next(a.id for a in assessments(program, person))
    parts = assessment(program, number).parts
    assert {name: v.words["text"] for name, v in parts.items()} == {
        "body": "sleeps badly", "home": "lives alone"
    }  # fmt: skip
    stale = form | {"number": number, "text-home": "with a sister", "text-mind": "hopeful"}
    answer = client.post(address, stale | {"read-body": "1", "read-home": "0"})
    page = answer.content.decode()
    assert answer.status_code == 409 and "lives alone" in page and "with a sister" in page
    kept = assessment(program, number).parts
    assert kept["mind"].words["text"] == "hopeful" and kept["body"].number == 1


def test_what_is_typed_for_the_level_is_kept_whichever_part_is_saved_first(
    program: Owner, staff: Staff
) -> None:
    client, person = staff("clinical supervisor"), people_of_week(program)[0].id
    address = f"/program/people/{person}/assessment"
    page = client.get(address).content.decode()
    assert page.count('<form method="post" class="stack">') == 1 and "formaction" in page
    form = {"dimensions": "all", "part": "body", "text-body": "sleeps badly", "read-decision": "0",
            "level": "iop", "reasons": "steady home, works days", "own_words": "evenings, please",
            "read-check-up:gad-7": "0", "q-gad-7-1": "not-at-all", "read-withdrawal-check": "0"}  # fmt: skip
    assert client.post(address, form).status_code == 302
    page = client.get(address).content.decode()
    assert "steady home, works days" in page and "evenings, please" in page
    assert re.search(r'<option value="iop" selected', page) and "sleeps badly" in page
    number = next(a.id for a in assessments(program, person))
    assert set(assessment(program, number).parts) == {"body", "decision", "check-up:gad-7"}

    again = form | {"number": number, "read-body": "1", "read-decision": "1", "text-home": "alone"}
    refused = client.post(f"{address}/sign", again)  # dimensions are missing: and yet all is kept
    assert refused.status_code == 400 and "steady home, works days" in refused.content.decode()
    assert assessment(program, number).parts["home"].words["text"] == "alone"

    stale = again | {"read-decision": "0", "reasons": "another reason", "read-home": "1"}
    answer = client.post(address, stale)
    page = answer.content.decode()
    assert answer.status_code == 409 and "another reason" in page and "steady home" in page


def test_who_may_not_check_withdrawal_gets_back_what_they_typed_of_it(
    program: Owner, staff: Staff
) -> None:
    client, person = staff("clinical supervisor"), people_of_week(program)[0].id
    form = {"dimensions": "all", "part": "withdrawal-check", "read-withdrawal-check": "0",
            "text-withdrawal-check": "looks steady", "text-mind": "hopeful"}  # fmt: skip
    answer = client.post(f"/program/people/{person}/assessment", form)
    assert answer.status_code == 403 and "looks steady" in answer.content.decode()
    number = next(a.id for a in assessments(program, person))
    assert set(assessment(program, number).parts) == {"mind"}


@pytest.mark.parametrize("missed", ["0001-01-01", "9999-12-31", "soon", "2026-01-02"])
def test_a_make_up_is_of_a_day_near_by(program: Owner, staff: Staff, missed: str) -> None:
    session, people = meeting(program)
    others = [p.id for p in people_of_week(program) if p.id not in people]
    if not others:
        pytest.skip("everybody is in this group")
    form = {"act": "add", "person": others[0], "makes_up": missed}
    answer = staff("counselor").post(f"/program/sessions/{session}", form)
    assert answer.status_code == 400 and missed in answer.content.decode()
