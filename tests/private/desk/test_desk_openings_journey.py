"""Openings in and out of date, from the program's word to the visitor's page and back to the program."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page, expect

from desk_running import Desk, accessible_at_both_widths
from running import answer_of, held_port, logged
from waypost.publishing.reader import Snapshot

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
AGES = (0, 7, 8, 14, 15)
"""How many days ago each of the programs spoke of its places."""
SPEAK = """
import json, sys, django; django.setup()
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo
from django.utils import timezone
from waypost.accounts.actions import accept_invitation, confirm_owner, found_organization, invite
from waypost.accounts.listings import Proof
from waypost.directory.actions import say_timetable
from waypost.directory.timetables import Speaker
from waypost.values.wall_time import day_in
now = timezone.now()
house = found_organization(name="Openings House", kind="program", by="test", now=now)
token = invite(email="desk@house.example", role="representative", organization=house, by="test", now=now)
accept_invitation(token=token, name="Rosa", password="correct horse 9!", now=now)
for site, zone, days in json.load(sys.stdin):
    confirm_owner(site_id=site, organization=house, proof=Proof.DECISION, reason="met", by="test", now=now)
    noon = datetime.combine(day_in(zone, now) - timedelta(days=days), time(12), ZoneInfo(zone))
    say_timetable(site_id=site, field="openings", value=[{"places": 2}], speaker=Speaker.REPRESENTATIVE,
                  organization=house, by="test", now=noon if days else now, zone=zone)
"""


@dataclass(frozen=True)
class Programs:
    """The public site's address, and the listing that spoke so many days ago."""

    desk: Desk
    public: str
    by_age: dict[int, str]
    names: dict[int, str]

    def publish(self) -> None:
        self.desk.run("publish", "--only-claims")

    def page_of(self, page: Page, age: int) -> Page:
        page.goto(f"{self.public}/site/{self.by_age[age]}")
        return page


@pytest.fixture
def programs(desk: Desk, snapshot: Snapshot) -> Iterator[Programs]:
    """Five programs, each of which spoke on a day of its own, published and served."""
    sites = snapshot.sites(range(20, 20 + len(AGES)))
    by_age = {age: site.id for age, site in zip(AGES, sites, strict=True)}
    said = json.dumps([[s.id, s.timezone, age] for age, s in zip(AGES, sites, strict=True)])
    env = desk.env | {"DJANGO_SETTINGS_MODULE": "waypost.config.private_settings"}
    subprocess.run([sys.executable, "-c", SPEAK], input=said.encode(), env=env, check=True, timeout=120)  # fmt: skip
    with held_port() as port:
        words = [sys.executable, "-m", "waypost.config.command", "serve", "--port", str(port),
                 "--desk-port", "0", "--workers", "1"]  # fmt: skip
        made = Programs(desk, f"http://127.0.0.1:{port}", by_age,
                        {age: site.name for age, site in zip(AGES, sites, strict=True)})  # fmt: skip
        made.publish()
        with logged(words, desk.folder / "public-log", desk.env) as server:
            answer_of(f"{made.public}/robots.txt", server, desk.folder / "public-log")
            yield made


def test_openings_fade_and_one_press_makes_them_fresh_again(
    programs: Programs, browser: Browser
) -> None:
    visitor = browser.new_context().new_page()
    # given words of today, of a week, and of more than a week ago
    for age, words in ((0, "2 places (said today)"), (7, "7 days ago"), (8, "8 days ago"), (14, "14 days ago")):  # fmt: skip
        line = programs.page_of(visitor, age).get_by_text(words)
        expect(line).to_be_visible()
        # then a fresh one says what is, and an older one what was
        assert ("was open: 2 places" in line.inner_text()) is (age > 7), age
        accessible_at_both_widths(visitor)
    # and after two weeks nothing is said
    assert "2 places" not in programs.page_of(visitor, 15).locator("main").inner_text()
    accessible_at_both_widths(visitor)

    # when the reminders are sent
    programs.desk.run("staff", "remind")
    mails = [m for m in programs.desk.mails().split("Content-Type:") if "desk@house.example" in m]
    links = {age: [link for mail in mails if name in mail for link in re.findall(r"http\S+/still-right/\S+", mail)]
             for age, name in programs.names.items()}  # fmt: skip
    assert [age for age, found in links.items() if found] == [7, 8, 14]  # before they are gone

    # and somebody of the program opens the link, without signing in, and presses the one button
    person = browser.new_context().new_page()
    person.goto(links[8][0])
    expect(person.get_by_role("heading", name="Is it still right?")).to_be_visible()
    accessible_at_both_widths(person)
    person.get_by_role("button", name="It is still right").click()
    expect(person.get_by_role("status")).to_contain_text("Thank you.")
    accessible_at_both_widths(person)

    # then the link is used up, opens nothing else, and the public page is fresh again
    person.goto(links[8][0])
    expect(person.get_by_text("This link was used or is too old.")).to_be_visible()
    accessible_at_both_widths(person)
    person.goto(f"{programs.desk.address}/listings")
    expect(person.get_by_label("Password")).to_be_visible()
    programs.publish()
    expect(programs.page_of(visitor, 8).get_by_text("2 places (said today)")).to_be_visible()
    accessible_at_both_widths(visitor)
    for page in (visitor, person):
        page.context.close()
