"""`waypost demo desk`: a desk with people, reports, proofs and programs' words, all made up."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone

from waypost.cli.exits import NOT_DONE, stop
from waypost.cli.private import with_private_database
from waypost.cli.ready import open_snapshot
from waypost.directory.site import Site
from waypost.directory.timetables import OPENINGS, TRACKS, Speaker
from waypost.publishing.reader import Snapshot

EXAMPLES = "Example: `WAYPOST_DATA_DIR=/tmp/demo waypost demo desk`"
MARK = "Made up:"
BY = "waypost demo desk"
OPERATOR, PROGRAM = "Example Directory (made up)", "Example Recovery Center (made up)"
PEOPLE = (
    ("administrator@example.org", "administrator", OPERATOR, "operator"),
    ("editor@example.org", "editor", OPERATOR, "operator"),
    ("verifier@example.org", "verifier", OPERATOR, "operator"),
    ("representative@example.org", "representative", PROGRAM, "program"),
    ("director@example.org", "administrator", PROGRAM, "program"),
)
REPORTS = (
    ("phone", "The number rings and nobody answers, three days in a row.", 1),
    ("closed", "There is a dentist in the building now.", 9),
    ("website", "The address leads to a page that sells names.", 4),
    ("services", "They told me that they have no evening group any more.", 2),
    ("name", "The sign on the door says something else.", 12),
    ("other", "The entrance is at the back, by the parking lot.", 0),
    ("phone", "A call center in another state answered.", 6),
)
TRACK = {
    "id": "evening",
    "sessions": [{"days": ["mon", "wed", "thu"], "start": "18:00", "end": "21:00"}],
    "hours_a_week": 9,
}
WORDS = {
    "says:payment": ["medicaid", "private", "sliding-fee"],
    "says:plans": [
        "Example Health PPO | Example Health (made up)",
        "Example Medicaid Plan (made up)",
    ],
    "says:language": ["spanish"],
    "says:practical": ["child-care", "transportation"],
    "says:access": ["yes"],
    "says:telehealth": ["no"],
}


def fill_desk() -> None:
    """Fill an empty desk with believable, made-up people and work; print how to sign in.

    Everything is marked as made up, and nothing is published. A desk that is in use is refused:
    set WAYPOST_DATA_DIR to a folder of its own first.
    """
    snapshot = open_snapshot()
    with_private_database()
    from waypost.accounts.queries import organizations
    from waypost.directory.queries import reports

    if organizations() or reports():
        stop("This desk is in use. Set WAYPOST_DATA_DIR to another folder first.", NOT_DONE)
    now = timezone.now()
    sites = list(_chosen(snapshot))
    links = _people(now)
    _reports(sites, now)
    _program(sites, now)
    print(f"{len(sites)} listings have made-up work. Open these to take a role, each once:")
    for words in links:
        print(words)
    print(f"Then `waypost serve`, and the desk is at {settings.WAYPOST_DESK_URL}.")


def _chosen(snapshot: Snapshot) -> Iterator[Site]:
    """Listings with a number, a website and an address, a few among all."""
    ids = snapshot.current_ids()
    left = len(REPORTS) + 4
    for site_id in ids[:: max(1, len(ids) // 400)]:
        site = snapshot.site(site_id)
        if left and site and site.phones and site.website and site.street:
            left -= 1
            yield site


def _people(now: datetime) -> list[str]:
    from waypost.accounts.actions import found_organization, invite

    lines = []
    for email, role, organization, kind in PEOPLE:
        number = found_organization(name=organization, kind=kind, by=BY, now=now)
        token = invite(email=email, role=role, organization=number, by=BY, now=now)
        lines.append(f"{role:15} {organization}: {settings.WAYPOST_DESK_URL}/invitation/{token}")
    return lines


def _reports(sites: list[Site], now: datetime) -> None:
    from waypost.directory.actions import count_number_answer, report_listing

    for site, (kind, text, days) in zip(sites, REPORTS, strict=False):
        report_listing(
            site_id=site.id, kind=kind, text=f"{MARK} {text}", by=BY, now=now - timedelta(days=days)
        )
    for days in range(1, 5):
        when = now - timedelta(days=days)
        count_number_answer(site_id=sites[0].id, worked=False, now=when)
        count_number_answer(site_id=sites[6].id, worked=days == 2, now=when)


def _program(sites: list[Site], now: datetime) -> None:
    """A program that speaks for one listing, waits for three others, and says when it meets."""
    from waypost.accounts.actions import confirm_owner, found_organization
    from waypost.accounts.listings import Proof
    from waypost.accounts.proofs.actions import ask_proof
    from waypost.directory.actions import say_timetable
    from waypost.directory.said.actions import say_closed, say_words

    own, called, written, asked = sites[-4:]
    organization = found_organization(name=PROGRAM, kind="program", by=BY, now=now)
    common: dict[str, Any] = {"organization": organization, "by": BY, "now": now}
    reason = f"{MARK} a demonstration"
    confirm_owner(site_id=own.id, proof=Proof.DECISION, reason=reason, **common)
    number, street = called.phones[0].display, f"{written.street}, {written.city}, {written.state}"
    ask_proof(site_id=called.id, proof=Proof.TELEPHONE, target=number, **common)
    ask_proof(site_id=written.id, proof=Proof.LETTER, target=street, **common)
    note = f"{MARK} our director is named on the state's license."
    ask_proof(site_id=asked.id, proof=Proof.DECISION, target="", note=note, **common)
    common["zone"] = own.timezone
    say_words(site_id=own.id, values=WORDS, speaker=Speaker.OPERATOR, **common)
    closed = (now - timedelta(days=3)).date()
    say_closed(site_id=called.id, closed_on=closed, speaker=Speaker.REPRESENTATIVE, **common)
    track = TRACK | {"zone": own.timezone or "America/Chicago"}
    opening = {"track": "evening", "places": 2, "waiting_days": 3}
    for field, value in ((TRACKS, [track]), (OPENINGS, [opening])):
        say_timetable(site_id=own.id, field=field, value=value, speaker=Speaker.OPERATOR, **common)
