"""A round of calls at the desk: the sample, each try with its rules, and the claims that follow."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client

from waypost.audit.models import Event
from waypost.directory.calls.actions import BadCall, keep_try, start_round
from waypost.directory.calls.drawing import DrawCandidate, draw
from waypost.directory.calls.models import CallAttempt, CallFinding
from waypost.directory.calls.outcomes import (
    CallField,
    CallStanding,
    CallVerdict,
    ListedFact,
    TryOutcome,
    TryRefusal,
)
from waypost.directory.calls.queries import (
    called_claims,
    called_on,
    calls_of,
    coded_twice,
    found_wrong,
    next_call,
    outcomes,
    rounds,
)
from waypost.directory.faults import DirectoryFault
from waypost.directory.queries import all_claims

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("both_databases")]
SignedIn = Callable[..., Client]
NOW = datetime(2026, 12, 1, 18, tzinfo=UTC)
DAY = timedelta(days=1, hours=3)
SITES = [f"site_{n:02}" for n in range(12)]
LISTED = (
    ListedFact(CallField.PHONES, [["main", "512-555-0100"]], "su-2024", date(2023, 12, 31)),
    ListedFact(CallField.NAME, ["River House", ""], "su-2024", date(2023, 12, 31)),
    ListedFact(CallField.SERVICES, ["OIT"], "su-2024", date(2023, 12, 31)),
)
ALL_RIGHT = dict.fromkeys((f.field for f in LISTED), (CallVerdict.RIGHT, ""))


def a_round(*, made_up: bool = False, size: int = 10) -> int:
    frame = [DrawCandidate(site, "small county, listed before") for site in SITES]
    sample = draw(frame, state="TX", size=size, seed=7, version="v1")
    listings = dict.fromkeys(SITES, ("America/Chicago", LISTED))
    return start_round(
        sample=sample, listings=listings, edition="2024", made_up=made_up, by="test", now=NOW
    )


def called(
    listing: int,
    outcome: TryOutcome = TryOutcome.ANSWERED,
    *,
    findings: Mapping[CallField, tuple[CallVerdict, str]] = ALL_RIGHT,
    by: str = "person:1",
    coder: int = 1,
    now: datetime = NOW,
) -> CallStanding:
    return keep_try(
        listing=listing, coder=coder, outcome=outcome, findings=findings, by=by, now=now
    )


def test_a_round_holds_what_was_listed_and_is_in_the_audit() -> None:
    number = a_round()
    calls = calls_of(number)
    assert len(calls) == 10 and sum(call.second for call in calls) == 1
    assert calls[0].facts == LISTED and calls[0].zone == "America/Chicago"
    (seen,) = rounds()
    assert (seen.size, seen.done, seen.seed, seen.version) == (10, 0, 7, "v1")
    assert seen.strata == (("small county, listed before", 12, 10),)
    assert Event.objects.get().act == "round of calls started"


def test_tries_follow_the_rules_and_the_refused_one_leaves_nothing() -> None:
    listing = calls_of(a_round())[0].number
    assert called(listing, TryOutcome.NO_ANSWER) is CallStanding.OPEN
    with pytest.raises(BadCall, match=TryRefusal.SAME_DAY):
        called(listing, TryOutcome.NO_ANSWER, now=NOW + timedelta(hours=3))
    with pytest.raises(BadCall, match=TryRefusal.SAME_HOURS):
        called(listing, TryOutcome.NO_ANSWER, now=NOW + timedelta(days=1))
    assert called(listing, TryOutcome.BUSY, now=NOW + DAY) is CallStanding.OPEN
    assert called(listing, TryOutcome.VOICEMAIL, now=NOW + 2 * DAY) is CallStanding.NOT_REACHED
    with pytest.raises(BadCall, match=TryRefusal.FINISHED):
        called(listing, now=NOW + 3 * DAY)
    assert CallAttempt.objects.count() == 3 and not CallFinding.objects.exists()
    (found,) = outcomes()
    assert (found.standing, found.tries, found.exact) == (CallStanding.NOT_REACHED, 3, False)


def test_an_answer_needs_a_verdict_for_each_thing_that_is_listed() -> None:
    listing = calls_of(a_round())[0].number
    for missing in CallField.NAME, CallField.PHONES:
        with pytest.raises(BadCall, match=DirectoryFault.NO_VERDICT) as refused:
            called(listing, findings={f: v for f, v in ALL_RIGHT.items() if f is not missing})
        assert refused.value.places == {missing}
    with pytest.raises(BadCall, match=DirectoryFault.BAD_PHONE):
        called(listing, findings=ALL_RIGHT | {CallField.PHONES: (CallVerdict.WRONG, "12")})
    assert not CallAttempt.objects.exists()
    extra = ALL_RIGHT | {CallField.WEBSITE: (CallVerdict.RIGHT, "")}
    assert called(listing, findings=extra) is CallStanding.REACHED
    assert {f.field for f in CallFinding.objects.all()} == {"phones", "name", "services"}


def test_what_is_found_becomes_a_claim_with_source_and_day() -> None:
    first, second, third, *_ = calls_of(a_round())
    called(first.number)
    called(second.number, findings=ALL_RIGHT | {
        CallField.PHONES: (CallVerdict.WRONG, "512-555-0199"), CallField.NAME: (CallVerdict.WRONG, ""),
        CallField.SERVICES: (CallVerdict.WRONG, ""),
    })  # fmt: skip
    called(third.number, TryOutcome.REFUSED)
    claims = called_claims()
    assert {(c.field, c.value, c.source, c.as_of, c.method) for c in claims[first.site_id]} == {
        ("phones", (("main", "512-555-0100"),), "call-round", NOW.date(), "asked by telephone"),
        ("name", ("River House", ""), "call-round", NOW.date(), "asked by telephone"),
    }
    assert [(c.field, c.value) for c in claims[second.site_id]] == [
        ("phones", (("main", "512-555-0199"),))
    ]
    assert third.site_id not in claims and all_claims(NOW.date()) == claims
    assert called_on() == {first.site_id: dict.fromkeys(("phones", "name", "services"), NOW.date())}
    assert {(site, field) for site, field, _, _ in found_wrong()} == {
        (second.site_id, f) for f in (CallField.PHONES, CallField.NAME, CallField.SERVICES)
    }


def test_the_newest_call_of_a_listing_counts() -> None:
    first, later = a_round(size=12), a_round(size=12)
    site = calls_of(first)[0].site_id
    again = next(call for call in calls_of(later) if call.site_id == site)
    called(calls_of(first)[0].number)
    wrong = ALL_RIGHT | {CallField.PHONES: (CallVerdict.WRONG, "512-555-0199")}
    called(again.number, findings=wrong, now=NOW + 30 * DAY)
    (phones,) = [c for c in called_claims()[site] if c.field == "phones"]
    assert phones.value == (("main", "512-555-0199"),)
    assert [field for s, field, _, _ in found_wrong() if s == site] == [CallField.PHONES]


def test_a_made_up_round_claims_nothing_and_is_no_outcome() -> None:
    listing = calls_of(a_round(made_up=True))[0]
    called(listing.number)
    assert (called_claims(), called_on(), found_wrong(), outcomes()) == ({}, {}, [], [])
    assert [o.made_up for o in outcomes(made_up=True)] == [True]


def test_the_second_person_is_another_one_and_sees_nothing_of_the_first() -> None:
    number = a_round()
    call = next(call for call in calls_of(number) if call.second)
    other = next(call for call in calls_of(number) if not call.second)
    called(call.number)
    with pytest.raises(BadCall, match=TryRefusal.SAME_PERSON):
        called(call.number, coder=2, now=NOW + DAY)
    with pytest.raises(BadCall, match=DirectoryFault.NO_CALL):
        called(other.number, coder=2, by="person:2")
    differs = ALL_RIGHT | {CallField.NAME: (CallVerdict.WRONG, "Hill House")}
    called(call.number, coder=2, by="person:2", findings=differs)
    assert sorted(coded_twice()) == [(CallVerdict.RIGHT, CallVerdict.RIGHT)] * 2 + [
        (CallVerdict.RIGHT, CallVerdict.WRONG)
    ]
    assert called_on()[call.site_id]["name"] == NOW.date()  # the first person's word counts


def test_the_next_call_is_one_that_this_person_may_make_at_this_hour() -> None:
    number = a_round()
    first, second, *_ = calls_of(number)
    called(first.number, TryOutcome.NO_ANSWER)
    found = next_call(number, "person:1", NOW)
    assert found is not None and found.number == second.number
    found = next_call(number, "person:1", NOW + DAY)
    assert found is not None and found.number == first.number
    for call in calls_of(number)[1:]:
        called(call.number)
    called(first.number, now=NOW + DAY)
    assert next_call(number, "person:1", NOW + 2 * DAY) is None  # the second must be somebody else
    assert next_call(number, "person:2", NOW + 2 * DAY) is not None


def test_a_verifier_goes_from_call_to_call_and_loses_nothing_that_was_typed(
    signed_in: SignedIn,
) -> None:
    client, number = signed_in("verifier"), a_round()
    page = client.get("/calls").content.decode()
    assert "Round" in page and "0 of 10" in page and f'href="/calls/round/{number}"' in page
    first = client.get(f"/calls/round/{number}")
    assert first.status_code == 302
    page = client.get(first["Location"]).content.decode()
    for words in ("512-555-0100", "River House", "public directory", "at most 3"):
        assert words in page
    typed = {"outcome": "answered", "verdict-phones": "wrong", "value-phones": "nonsense",
             "verdict-name": "right", "verdict-services": "right"}  # fmt: skip
    refused = client.post(first["Location"], typed)
    text = refused.content.decode()
    assert refused.status_code == 400 and "not a valid telephone number" in text
    assert 'value="nonsense"' in text and text.count(" checked") == 4
    assert client.post(first["Location"], {}).status_code == 400
    kept = client.post(first["Location"], typed | {"value-phones": "512-555-0199"})
    assert (kept.status_code, kept["Location"]) == (302, f"/calls/round/{number}")
    assert "1 of 10" in client.get("/calls").content.decode()
    assert "needs no further call" in client.get(first["Location"]).content.decode()
    assert "512-555-0199" in client.get("/calls").content.decode()


def test_a_made_up_round_is_marked_wherever_the_desk_shows_it(signed_in: SignedIn) -> None:
    client, number = signed_in("verifier"), a_round(made_up=True)
    assert "MADE UP" in client.get("/calls").content.decode()
    call = client.get(f"/calls/round/{number}")["Location"]
    assert "MADE UP" in client.get(call).content.decode()


def test_of_two_who_keep_the_same_try_one_does() -> None:
    listing = calls_of(a_round())[0].number
    called(listing, TryOutcome.BUSY)
    CallAttempt.objects.update(at=NOW - 2 * DAY)  # the rules allow a second; the number is taken
    CallAttempt.objects.update(number=2)
    with pytest.raises(BadCall, match=DirectoryFault.TRY_JUST_KEPT):
        called(listing, TryOutcome.BUSY, now=NOW + DAY)
    assert CallAttempt.objects.count() == 1


def test_what_a_call_found_out_is_checked_and_due_again_later() -> None:
    from waypost.directory.actions import check_number
    from waypost.directory.queries import checked_since

    first, second, *_ = calls_of(a_round())
    called(first.number)
    check_number(site_id=second.site_id, works=True, by="person:1", now=NOW)
    assert checked_since(NOW) == {first.site_id, second.site_id}
    assert checked_since(NOW + timedelta(days=1)) == frozenset()
