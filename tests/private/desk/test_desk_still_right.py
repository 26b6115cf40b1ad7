"""Words that fade: what is asked, by mail, and a link that takes one yes, once, without a sign-in."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from waypost.accounts.actions import confirm_owner, end_owner, found_organization
from waypost.accounts.listings import Proof
from waypost.cli.reminders import send_all
from waypost.directory.actions import report_listing, say_timetable
from waypost.directory.models import WordReminder
from waypost.directory.queries import program_changes, said_claims, said_now
from waypost.directory.said.actions import say_words
from waypost.directory.still_right.actions import LinkUsed, confirm_word, make_reminders
from waypost.directory.still_right.due import is_due
from waypost.directory.timetables import Speaker
from waypost.publishing.reader import Snapshot

pytestmark = pytest.mark.django_db
SignedIn = Callable[..., Client]
NOW = datetime(2026, 12, 1, 12, tzinfo=UTC)


def own(site: str, organization: str) -> int:
    return confirm_owner(site_id=site, organization=organization, proof=Proof.DECISION, reason="r",
                         by="t", now=NOW)  # fmt: skip


def opened(site: str, organization: str = "org_1", now: datetime = NOW, **more: object) -> None:
    say_timetable(site_id=site, field="openings", value=[{"places": 2, **more}],
                  speaker=Speaker.REPRESENTATIVE, organization=organization, by="p", now=now)  # fmt: skip


@pytest.mark.parametrize(
    ("field", "said_ago", "left", "due"),
    [("openings", 4, 11, False), ("openings", 5, 10, True), ("openings", 13, 2, True), ("openings", 15, 0, False),
     ("tracks", 165, 15, False), ("tracks", 166, 14, True), ("says:plans", 180, 0, False)],
)  # fmt: skip
def test_a_word_is_asked_about_before_it_fades(
    field: str, said_ago: int, left: int, due: bool
) -> None:
    today = NOW.date()
    assert is_due(field, today - timedelta(said_ago), today + timedelta(left), today) is due


def test_a_word_is_asked_about_once_and_openings_by_the_day_that_they_speak_of() -> None:
    opened("a", as_of="2026-11-26")
    opened("b")
    (reminder,) = make_reminders(by="x", now=NOW)
    assert (reminder.site_id, reminder.field) == ("a", "openings")
    assert make_reminders(by="x", now=NOW + timedelta(days=1)) == []
    assert reminder.token not in repr(list(WordReminder.objects.values()))


def test_one_yes_says_it_again_as_of_today_and_the_link_is_used_up() -> None:
    opened("a")
    (reminder,) = make_reminders(by="x", now=NOW + timedelta(days=5))
    later = NOW + timedelta(days=6)
    confirm_word(token=reminder.token, now=later)
    assert [o["as_of"] for o in said_now("a", "openings")] == ["2026-12-07"]
    (claim,) = [c for c in said_claims(later.date())["a"] if c.field == "openings"]
    assert (claim.method, claim.as_of) == (Speaker.REPRESENTATIVE, date(2026, 12, 7))
    with pytest.raises(LinkUsed):
        confirm_word(token=reminder.token, now=later)
    (again,) = make_reminders(by="x", now=later + timedelta(days=5))  # the new word has its own
    assert again.token != reminder.token


def test_a_start_that_has_passed_is_not_said_again() -> None:
    opened("a", next_start="2026-12-04")
    say_timetable(site_id="b", field="openings", value=[{"next_start": "2026-12-04"}],
                  speaker=Speaker.REPRESENTATIVE, organization="org_1", by="p", now=NOW)  # fmt: skip
    later = NOW + timedelta(days=5)
    for reminder in make_reminders(by="x", now=later):
        confirm_word(token=reminder.token, now=later)
    assert said_now("a", "openings") == [{"as_of": "2026-12-06", "places": 2}]
    assert said_now("b", "openings") == []


def test_a_link_is_void_once_the_word_changed_or_two_weeks_went_by() -> None:
    for site in ("a", "b"):
        opened(site)
    links = {r.site_id: r.token for r in make_reminders(by="x", now=NOW + timedelta(days=5))}
    opened("a", now=NOW + timedelta(days=6), waiting_days=3)
    for site, days in (("a", 6), ("b", 19)):
        with pytest.raises(LinkUsed):
            confirm_word(token=links[site], now=NOW + timedelta(days=days))
    with pytest.raises(LinkUsed):
        confirm_word(token="made up", now=NOW)


def test_confirming_other_fields_is_no_change_in_public() -> None:
    say_words(site_id="a", values={"says:plans": ["Aetna"]}, speaker=Speaker.ADMINISTRATOR,
              organization="org_1", by="p", now=NOW)  # fmt: skip
    later = NOW + timedelta(days=170)
    (reminder,) = make_reminders(by="x", now=later)
    confirm_word(token=reminder.token, now=later)
    assert program_changes("a")["a"] == [["2026-12-01", "says:plans", "program said"]]
    (claim,) = [c for c in said_claims(later.date())["a"] if c.until]
    assert claim.until == later.date() + timedelta(days=180)


def test_the_mail_leads_to_a_page_that_only_a_press_answers(
    signed_in: SignedIn, snapshot: Snapshot
) -> None:
    signed_in("representative", organization="River House", kind="program", email="ana@river.example")  # fmt: skip
    signed_in("administrator", email="head@example.org")
    organization = found_organization(name="River House", kind="program", by="t", now=NOW)
    site = snapshot.current_ids()[0]
    now = timezone.now()
    own(site, organization)
    opened(site, organization, now - timedelta(days=6))
    report_listing(site_id=site, kind="closed", text="", by="visitor", now=now - timedelta(days=20))
    assert send_all(snapshot, by="shell", now=now) == (1, 1)
    asked, late = mail.outbox
    assert asked.to == ["ana@river.example"] and late.to == ["head@example.org"]
    assert "?tab=reports" in late.body
    path = re.findall(r"/still-right/[\w-]+", asked.body)[0]
    visitor = Client()
    page = visitor.get(path).content.decode()
    assert re.search(r"<li>\d+ places?</li>", page), "in words, as the public page says it"
    assert "Is it still right?" in page and visitor.get(path).status_code == 200
    before = said_now(site, "openings")[0]["as_of"]
    done = visitor.post(path).content.decode()
    assert "Thank you" in done and said_now(site, "openings")[0]["as_of"] > before
    assert visitor.post(path).status_code == 410 == visitor.get(path).status_code
    assert visitor.get("/still-right/x").status_code == 410
    assert visitor.get("/").status_code == 302  # it signed nobody in


def test_who_speaks_for_a_listing_no_longer_is_not_asked_and_keeps_nothing_alive(
    signed_in: SignedIn, snapshot: Snapshot
) -> None:
    """Otherwise a word would outlive its speaker, two weeks at a time, by links in old mail."""
    signed_in("representative", organization="River House", kind="program", email="ana@river.example")  # fmt: skip
    organization = found_organization(name="River House", kind="program", by="t", now=NOW)
    first, second, *_ = snapshot.current_ids()
    now = timezone.now()
    numbers = [own(site, organization) for site in (first, second)]
    opened(first, organization, now - timedelta(days=6))
    assert send_all(snapshot, by="shell", now=now) == (1, 0)
    path = re.findall(r"/still-right/[\w-]+", mail.outbox[0].body)[0]
    for number in numbers:
        end_owner(number=number, by="t", now=now)
    before = said_now(first, "openings")
    visitor = Client()
    assert visitor.get(path).status_code == 410 == visitor.post(path).status_code
    assert said_now(first, "openings") == before
    opened(second, organization, now - timedelta(days=6))
    assert send_all(snapshot, by="shell", now=now) == (0, 0) and len(mail.outbox) == 1
