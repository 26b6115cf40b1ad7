"""A program's people say what is right of their listing; two at once lose nothing; a closing needs two."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from waypost.accounts.actions import confirm_owner, found_organization
from waypost.accounts.listings import Proof
from waypost.audit.queries import events
from waypost.directory.faults import DirectoryFault
from waypost.directory.program_word import CHANGES
from waypost.directory.queries import program_changes, said_claims, said_now
from waypost.directory.said.actions import (
    CannotClose,
    NotAWord,
    SaidMeanwhile,
    decide_closing,
    end_word,
    say_closed,
    say_words,
)
from waypost.directory.said.queries import closings, version_of_words, words_now
from waypost.directory.timetables import Speaker
from waypost.publishing.reader import Snapshot
from waypost.values.placed_fault import Faulty

pytestmark = pytest.mark.django_db
SignedIn = Callable[..., Client]
NOW = datetime(2026, 12, 1, 12, tzinfo=UTC)


def program(name: str = "River House") -> str:
    return found_organization(name=name, kind="program", by="test", now=NOW)


@pytest.fixture
def site_id(snapshot: Snapshot) -> str:
    site = snapshot.current_ids()[0]
    confirm_owner(site_id=site, organization=program(), proof=Proof.DECISION, reason="x", by="t", now=NOW)  # fmt: skip
    return site


def say(site: str, now: datetime = NOW, **more: object) -> int:
    values = more.pop("values", {"says:payment": ["medicaid"], "says:plans": ["Blue Cross"]})
    given = {"speaker": Speaker.REPRESENTATIVE, "organization": "org_1", "by": "person:1"} | more
    return say_words(site_id=site, values=values, now=now, **given)


def test_words_are_taken_all_or_none_and_the_same_again_is_no_change() -> None:
    assert say("s") == 2 and say("s") == 0
    with pytest.raises(Faulty) as caught:
        say("s", values={"says:payment": ["gold"], "says:states": ["ZZ"], "says:plans": []})
    assert [f.place for f in caught.value.faults] == ["says:payment[0]", "says:states[0]"]
    assert words_now("s") == {"says:payment": ["medicaid"], "says:plans": ["Blue Cross"]}
    assert say("s", values={"says:plans": []}) == 1
    (claims,) = said_claims(NOW.date()).values()
    assert {c.field: c.until for c in claims} == {
        "says:payment": NOW.date() + timedelta(days=180), CHANGES: None,
    }  # fmt: skip
    assert {c.method for c in claims if c.field != CHANGES} == {Speaker.REPRESENTATIVE}
    acts = [e.act for e in events(record="site:s")]
    assert acts == ["says:plans taken back", "says:plans said", "says:payment said"]


def test_a_change_is_public_with_its_day_and_a_word_confirmed_is_none() -> None:
    say("s")
    later = NOW + timedelta(days=2)
    say("s", later, values={"says:payment": ["medicaid"], "says:plans": ["Aetna"]})
    assert program_changes("s")["s"] == [
        ["2026-12-01", "says:payment", "program said"], ["2026-12-01", "says:plans", "program said"],
        ["2026-12-03", "says:plans", "program changed"],
    ]  # fmt: skip
    changes = next(c for c in said_claims(NOW.date())["s"] if c.field == CHANGES)
    assert changes.as_of == date(2026, 12, 3) and "person" not in str(changes)


def test_whoever_speaks_over_another_is_told_by_the_version() -> None:
    seen = version_of_words("s")
    say("s", seen=seen)
    with pytest.raises(SaidMeanwhile):
        say("s", values={"says:payment": ["private"]}, seen=seen)
    assert words_now("s")["says:payment"] == ["medicaid"]
    end_word(site_id="s", field="says:plans", reason="they asked", by="e", now=NOW)
    with pytest.raises(SaidMeanwhile):  # a word that was ended counts as well
        say("s", seen=version_of_words("s") - 1)


def test_the_operator_ends_a_word_with_a_reason() -> None:
    say("s")
    for field, reason in (("says:payment", " "), ("says:age", "x")):
        with pytest.raises(NotAWord):
            end_word(site_id="s", field=field, reason=reason, by="e", now=NOW)
    end_word(site_id="s", field="says:payment", reason="a plan's list says no", by="e", now=NOW)
    assert "says:payment" not in words_now("s")
    assert events(record="site:s")[0].act == "says:payment rejected: a plan's list says no"


def test_closed_for_good_counts_once_a_second_person_says_so() -> None:
    common = {"speaker": Speaker.ADMINISTRATOR, "organization": "org_1", "now": NOW}
    with pytest.raises(CannotClose, match=DirectoryFault.CLOSES_LATER):
        say_closed(site_id="s", closed_on=date(2026, 12, 2), by="person:1", **common)
    number = say_closed(site_id="s", closed_on=NOW.date(), by="person:1", **common)
    with pytest.raises(CannotClose, match=DirectoryFault.CLOSING_ASKED):
        say_closed(site_id="s", closed_on=NOW.date(), by="person:2", **common)
    assert said_claims(NOW.date()) == {}
    with pytest.raises(CannotClose, match=DirectoryFault.CLOSING_SECOND):
        decide_closing(number=number, confirm=True, by="person:1", now=NOW)
    decide_closing(number=number, confirm=True, by="person:2", now=NOW)
    with pytest.raises(CannotClose, match=DirectoryFault.CLOSING_DECIDED):
        decide_closing(number=number, confirm=True, by="person:3", now=NOW)
    assert words_now("s") == {"says:closed": ["2026-12-01"]}
    again = say_closed(site_id="s", closed_on=NOW.date(), by="person:1", **common)
    decide_closing(number=again, confirm=False, by="person:1", now=NOW)  # one may take it back
    assert closings("s") == []


def test_the_form_says_shows_and_refuses(signed_in: SignedIn, site_id: str) -> None:
    mine = signed_in("representative", organization="River House", kind="program")
    path = f"/listings/{site_id}/word"
    typed = {"says:payment": ["medicaid", "private"], "says:plans": ["Blue Cross PPO", "", ""],
             "payer": ["Blue Cross of Texas", " Aetna ", ""], "says:states": "TX\nZZ"}  # fmt: skip
    bad = mine.post(path, typed)
    page = bad.content.decode()
    assert bad.status_code == 400 and "“ZZ” is not a state’s two letters" in page
    assert 'value="Blue Cross of Texas"' in page and "TX\nZZ" in page and words_now(site_id) == {}
    assert mine.post(path, typed | {"says:states": "TX"})["Location"] == path
    assert words_now(site_id) == {
        "says:payment": ["medicaid", "private"], "says:plans": ["Blue Cross PPO | Blue Cross of Texas", "| Aetna"],
        "says:states": ["TX"],
    }  # fmt: skip
    page = mine.get(path).content.decode()
    assert 'value="private" checked' in page and "Aetna" in page
    methods = {c.method for c in said_claims(timezone.now().date())[site_id] if c.until}
    assert methods == {"said by a representative of the program"}


def test_the_second_of_two_colleagues_sees_both_texts(signed_in: SignedIn, site_id: str) -> None:
    path = f"/listings/{site_id}/word"
    common = {"organization": "River House", "kind": "program"}
    first = signed_in("representative", email="ana@example.org", **common)
    second = signed_in("administrator", email="bo@example.org", **common)
    seen = version_of_words(site_id)
    first.get(path)
    assert "Representative is looking at this too" in second.get(path).content.decode()
    first.post(path, {"says:plans": "Blue Cross", "seen": seen})
    late = second.post(path, {"says:plans": "Aetna", "seen": seen})
    page = " ".join(late.content.decode().split())
    assert late.status_code == 409 and 'value="Aetna"' in page
    assert "Stands now: Blue Cross" in page
    assert words_now(site_id) == {"says:plans": ["Blue Cross"]}
    again = version_of_words(site_id)
    assert second.post(path, {"says:plans": "Aetna", "seen": again}).status_code == 302


def test_hours_that_a_colleague_changed_meanwhile_are_not_overwritten(
    signed_in: SignedIn, site_id: str
) -> None:
    path = f"/listings/{site_id}"
    mine = signed_in("representative", organization="River House", kind="program")
    seen = version_of_words(site_id)
    mine.post(path, {"field": "openings", "places-0": "3", "seen": seen})
    late = mine.post(path, {"field": "openings", "places-0": "7", "seen": seen})
    page = " ".join(late.content.decode().split())
    stands = page.partition("Stands now:")[2].partition("</p>")[0]
    assert late.status_code == 409 and 'value="7"' in page and "Places: 3" in stands
    assert said_now(site_id, "openings")[0]["places"] == 3
    again = {"field": "openings", "places-0": "7", "seen": version_of_words(site_id)}
    assert mine.post(path, again).status_code == 302
    assert said_now(site_id, "openings")[0]["places"] == 7


def test_another_programs_word_and_closing_are_refused(
    signed_in: SignedIn, snapshot: Snapshot, site_id: str
) -> None:
    mine = signed_in("administrator", organization="Hill House", kind="program")
    number = say_closed(site_id=site_id, closed_on=NOW.date(), speaker=Speaker.REPRESENTATIVE,
                        organization="o", by="person:0", now=NOW)  # fmt: skip
    for path in (f"/listings/{site_id}/word", f"/listings/{site_id}/closed", f"/closings/{number}", "/closings/0"):  # fmt: skip
        assert mine.post(path, {"decision": "confirm", "says:plans": "x"}).status_code == 403
    assert words_now(site_id) == {} and len(closings(site_id)) == 1
    theirs = signed_in("administrator", organization="River House", kind="program")
    assert "A colleague says" in theirs.get(f"/listings/{site_id}/word").content.decode()
    theirs.post(f"/closings/{number}", {"decision": "confirm"})
    assert words_now(site_id) == {"says:closed": ["2026-12-01"]}
    path = f"/listings/{site_id}/closed?part=word.closed"
    refused = theirs.post(path, {"closed_on": "soon"})
    assert refused.status_code == 400 and "Write the day as" in refused.content.decode()


def test_a_day_of_closing_that_cannot_be_loses_nothing_that_is_typed_on_the_page(
    signed_in: SignedIn, site_id: str
) -> None:
    mine = signed_in("representative", organization="River House", kind="program")
    typed = {"says:payment": ["medicaid"], "says:plans": ["", "", "", "Blue Cross PPO"],
             "payer": ["", "", "", "Blue Cross"], "says:states": "TX\nCO",
             "seen": version_of_words(site_id)}  # fmt: skip
    path = f"/listings/{site_id}"
    for day in ("12/3/2026", "2999-01-01"):
        refused = mine.post(f"{path}/closed?part=word.closed", typed | {"closed_on": day})
        page = refused.content.decode()
        assert refused.status_code == 400 and f'value="{day}" ' in page
        assert 'value="medicaid" checked' in " ".join(page.split()) and "TX\nCO</textarea>" in page
        assert 'value="Blue Cross PPO"' in page and 'value="Blue Cross"' in page
    bad = mine.post(f"{path}/word?part=word.said", typed | {"says:states": "ZZ", "closed_on": day})
    page = bad.content.decode()
    assert bad.status_code == 400 and f'value="{day}" ' in page and 'value="Blue Cross PPO"' in page
    kept = mine.post(f"{path}/word?part=word.said", typed | {"closed_on": "2026-11-20"})
    page = kept.content.decode()
    assert 'value="2026-11-20" ' in page and "is still here, and not saved yet" in page
    assert words_now(site_id)["says:plans"] == ["Blue Cross PPO | Blue Cross"]
    assert closings(site_id) == []


def test_that_it_closed_is_said_and_a_word_that_is_half_typed_stays_with_what_it_was_made_from(
    signed_in: SignedIn, site_id: str
) -> None:
    mine = signed_in("representative", organization="River House", kind="program")
    seen, path = version_of_words(site_id), f"/listings/{site_id}"
    mine.post(f"{path}/word", {"says:plans": "Aetna", "seen": seen})
    typed = {"says:plans": "Cigna", "seen": seen, "closed_on": "2026-11-20"}
    page = mine.post(f"{path}/closed?part=word.closed", typed).content.decode()
    assert len(closings(site_id)) == 1 and 'value="Cigna"' in page
    assert re.search(rf'<input [^>]*value="{seen}" [^>]*name="seen"', page), "not a colleague's"
    late = mine.post(f"{path}/word?part=word.said", typed)
    assert late.status_code == 409 and words_now(site_id) == {"says:plans": ["Aetna"]}
    assert f'name="seen" value="{version_of_words(site_id)}"' in late.content.decode()


def test_one_table_is_saved_or_refused_and_the_other_stays_typed(
    signed_in: SignedIn, site_id: str
) -> None:
    mine, path = (
        signed_in("representative", organization="River House", kind="program"),
        f"/listings/{site_id}",
    )
    typed = {"id-0": "evening", "sessions-0": "mon 18:00-21:00", "zone-0": "America/Chicago",
             "track-1": "", "places-1": "3", "seen": version_of_words(site_id)}  # fmt: skip
    wrong = mine.post(
        f"{path}?part=listing.openings", typed | {"field": "openings", "places-1": "many"}
    )
    enter = mine.post(f"{path}?part=listing.none", typed)
    for refused, places in ((wrong, "many"), (enter, "3")):
        page = refused.content.decode()
        assert refused.status_code == 400 and f'value="{places}"' in page
        assert 'value="mon 18:00-21:00"' in page and said_now(site_id, "tracks") == []
    assert "Press the button" in enter.content.decode()
    kept = mine.post(f"{path}?part=listing.tracks", typed | {"field": "tracks"}).content.decode()
    assert "is still here, and not saved yet" in kept and 'value="3"' in kept
    assert [row["id"] for row in said_now(site_id, "tracks")] == ["evening"]
    seen = f'name="seen" value="{version_of_words(site_id)}"'
    assert seen in kept, "the other table can be saved at once"
    assert said_now(site_id, "openings") == []
