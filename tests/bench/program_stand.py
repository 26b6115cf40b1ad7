"""The programs of `program_bench.py`, in a process of their own: filled, then walked.

Each page is asked for by somebody who may see it, in programs drawn anew for every request. The
time is that of the whole request inside the process, middleware and session too: on the clock,
and of the processors, ours and that of PostgreSQL's process together. On a machine that does other
work beside it the clock says how long others took; the processors' time says what a page costs.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "src"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "waypost.config.private_settings")

STAFF = ("counselor", "clinical supervisor", "program director", "intake coordinator", "biller")
Address = Callable[["Program"], str]
SLOW_MS = 50


class Program:
    """A program that is walked: who is signed in, and what there is to open."""

    def __init__(self, owner: object) -> None:
        from django.test import Client

        from waypost.treatment.attendance.queries import sessions_on
        from waypost.treatment.records.queries import episodes

        self.owner = owner
        today = self.today()
        self.people = [e.person for e in episodes(owner, state="active")]
        seen = sessions_on(owner, today - timedelta(days=7), today)
        self.sessions = [session.id for session in seen]
        self.staff = {role: self._signed_in(role) for role in STAFF}
        self.feed = self._feed()
        self.staff["nobody"] = Client()
        self.staff["the person"] = self._own_page()

    @staticmethod
    def today() -> object:
        from django.utils import timezone

        return timezone.now().date()

    def _signed_in(self, role: str) -> object:
        from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
        from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
        from django.test import Client
        from django.utils import timezone

        from waypost.accounts.actions import accept_invitation, invite
        from waypost.accounts.models import Person
        from waypost.treatment.records.actions import join_team

        now, organization = timezone.now(), self.owner.organization
        address = f"{role.replace(' ', '-')}@{organization.replace('_', '-')}.example"
        token = invite(email=address, role=role, organization=organization, by="bench", now=now)
        number = accept_invitation(
            token=token, name=role.title(), password="correct horse 9!", now=now
        )
        person = Person.objects.get(pk=number)
        TOTP.activate(person, generate_totp_secret())
        RecoveryCodes.activate(person)
        if role == "counselor":
            for one in self.people:
                join_team(
                    self.owner, person=one, staff=f"person:{number}", role=role, by="bench", now=now
                )
        client = Client()
        client.force_login(person)
        return client

    def _feed(self) -> str:
        """The address of a person's calendar."""
        from django.utils import timezone

        from waypost.treatment.timetable.actions import make_feed

        of = {"kind": "person", "subject": self.people[0], "by": "bench", "now": timezone.now()}
        return f"/calendar/{make_feed(self.owner, **of)}.ics"

    def _own_page(self) -> object:
        """A browser in which a person has opened their own page with its code."""
        from django.test import Client
        from django.utils import timezone

        from waypost.treatment.own_page.actions import make_link

        link = make_link(self.owner, person=self.people[0], by="bench", now=timezone.now())
        client = Client()
        client.post(f"/my/{link.token}", {"code": link.code})
        return client


def say(line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def pages(chance: random.Random) -> list[tuple[str, str, Address]]:
    """The main pages: name, role, and the address in a program."""

    def of_person(rest: str = "") -> Address:
        return lambda program: f"/program/people/{chance.choice(program.people)}{rest}"

    def at(address: str) -> Address:
        return lambda _program: address

    return [
        ("today", "counselor", at("/program/today")),
        ("roster", "counselor", lambda p: f"/program/sessions/{chance.choice(p.sessions)}"),
        ("people", "counselor", at("/program/people")),
        ("person", "counselor", of_person()),
        ("plan", "counselor", of_person("/plan")),
        ("plan versions", "counselor", of_person("/plan/versions")),
        ("progress", "counselor", of_person("/progress")),
        ("consents", "counselor", of_person("/consents")),
        ("assessment", "counselor", of_person("/assessment")),
        ("pre-screen", "intake coordinator", of_person("/pre-screen")),
        ("details", "intake coordinator", of_person("/details")),
        ("person's week", "counselor", of_person("/week")),
        ("counseling notes", "counselor", of_person("/notes")),
        ("export", "program director", of_person("/export")),
        ("timetable", "program director", at("/program/week")),
        ("groups and rooms", "program director", at("/program/setup")),
        ("calendars", "program director", at("/program/calendars")),
        ("due list", "clinical supervisor", at("/program/due")),
        ("hours", "counselor", at("/program/hours")),
        ("drug tests", "counselor", at("/program/tests")),
        ("waiting list", "intake coordinator", at("/program/intake")),
        ("reports", "program director", at("/program/reports")),
        ("billing", "biller", at("/program/billing")),
        ("log", "program director", at("/program/log")),
        ("calendar feed", "nobody", lambda program: program.feed),
        ("own week", "the person", at("/my")),
        ("own plan", "the person", at("/my/plan")),
        ("own check-in", "the person", at("/my/check-in")),
    ]


def walk(programs: list[Program], times: int) -> None:
    """Print each page's p50 and p95, its queries and its size; the slow ones in capitals."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    chance, database = random.Random(11), processor_of_postgres()
    for name, role, address in pages(chance):
        clock, work = [], []
        for number in range(times + 3):
            program = chance.choice(programs)
            where, client = address(program), program.staff[role]
            began, worked = time.perf_counter(), time.process_time() + database()
            answer = client.get(where)
            if number >= 3:  # the first ones load what every later one has
                clock.append(1000 * (time.perf_counter() - began))
                work.append(1000 * (time.process_time() + database() - worked))
            if answer.status_code != 200:
                raise SystemExit(f"{where} answered {answer.status_code} to the {role}")
        with CaptureQueriesContext(connection) as queries:
            client.get(where)
        p50, p95 = at_share(clock, 0.5), at_share(clock, 0.95)
        work50, work95 = at_share(work, 0.5), at_share(work, 0.95)
        over = f"  OVER {SLOW_MS} MS" if p95 > SLOW_MS else ""
        over += " OF PROCESSOR" if work95 > SLOW_MS else ""
        say(
            f"{name:17} p50 {p50:6.1f} ms, p95 {p95:6.1f} ms; of processors p50 {work50:5.1f}, "
            f"p95 {work95:5.1f} ms; {len(queries):3} queries, "
            f"{len(answer.content) // 1024:3} kB{over}",
        )


def processor_of_postgres() -> Callable[[], float]:
    """A clock of the seconds that PostgreSQL's process for our connection has worked.

    The kernel counts them in nanoseconds (``/proc/PID/schedstat``); 0 where it does not.
    """
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        counted = Path(f"/proc/{cursor.fetchone()[0]}/schedstat")
    return lambda: int(counted.read_text().split()[0]) / 1e9 if counted.exists() else 0.0


def at_share(values: list[float], share: float) -> float:
    """The value below which this share of them lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def main() -> None:
    """Fill a PostgreSQL and walk it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--weeks", type=int, default=16, help="weeks behind each program")
    parser.add_argument("--times", type=int, default=60, help="how often each page is asked for")
    asked = parser.parse_args()
    quick = asked.quick
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    import private_postgres as on_postgres
    from bench.program_fill import copied, played

    programs, weeks, walked = (4, 2, 2) if quick else (200, asked.weeks, 8)
    began = time.perf_counter()
    for alias in on_postgres.ALIASES:
        call_command("migrate", database=alias, verbosity=0, interactive=False)
    template = played(60, weeks, Program.today())
    say(
        f"one program of 60 people over {weeks} weeks played in {time.perf_counter() - began:.0f} s"
    )
    with on_postgres.server() as settings, on_postgres.in_place(settings):
        from django.conf import settings as django_settings

        django_settings.ALLOWED_HOSTS = ["*"]
        began = time.perf_counter()
        owners, rows = copied(template, programs)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        say(
            f"{programs} copies of it in PostgreSQL, {rows:,} rows, in {time.perf_counter() - began:.0f} s",
        )
        chance = random.Random(5)
        walk(
            [Program(owner) for owner in chance.sample(owners, walked)],
            10 if quick else asked.times,
        )


if __name__ == "__main__":
    main()
