"""What the measures of texting stand on: a database filled with people and texts, and workers.

    python tests/bench/texting_stand.py fill PEOPLE LANE
    python tests/bench/texting_stand.py work CARRIER_URL THREADS LEASE_SECONDS
    python tests/bench/texting_stand.py kills CARRIER_URL TIMES SEED
    python tests/bench/texting_stand.py crisis CARRIER_URL TIMES
    python tests/bench/texting_stand.py race PEOPLE ATTEMPTS
    python tests/bench/texting_stand.py handling TEXTS
    python tests/bench/texting_stand.py left

Each is a program under the private settings that the environment names.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from urllib.request import urlopen

if TYPE_CHECKING:
    from waypost.texting.tasks.loop import TextingWorker

os.environ["DJANGO_SETTINGS_MODULE"] = "waypost.config.private_settings"
SID, TOKEN, NUMBER = "AC" + "0" * 32, "a token of the measure", "+15005550006"


def noon_shift() -> timedelta:
    """What to add to the clock so that it is a Tuesday noon in Chicago: every window is open.

    All programs of a measure add the same, for leases compare their clocks.
    """
    return timedelta(seconds=float(os.environ["TEXTING_MEASURE_AHEAD"]))


def number_of(person: int) -> str:
    """A number of Austin's that nobody has."""
    return f"+1512{5_550_000 + person:07d}"[:12]


def clock() -> datetime:
    """The time at which every window is open."""
    return datetime.now(UTC) + noon_shift()


def fill(people: int, lane: int, prefix: str = "text") -> None:
    """People who opted in, each with one text that is due."""
    from django.conf import settings

    from waypost.texting.models import OutboxRow, TextContact

    ring, now = settings.WAYPOST_KEYRING, datetime(2026, 11, 30, tzinfo=UTC)
    start = TextContact.objects.count()
    numbers = [number_of(start + n) for n in range(people)]
    TextContact.objects.bulk_create(
        [
            TextContact(
                channel="text",
                account="measure",
                number=ring.seal(number, "contact.number"),
                number_digest=ring.digest(number, "contact.number"),
                state="in",
                made_at=now,
            )
            for number in numbers
        ],
        batch_size=500,
    )
    rows = TextContact.objects.order_by("pk").values_list("pk", flat=True)[start:]
    OutboxRow.objects.bulk_create(
        [
            OutboxRow(
                ref=f"{pk:024x}",
                contact_id=pk,
                text=ring.seal(f"{prefix} {pk}", "outbox.text"),
                lane=lane,
                cause=f"measure:{pk}",
                by="service",
                made_at=now,
                not_before=now,
            )
            for pk in rows
        ],
        batch_size=500,
    )


def made_worker(carrier_url: str, threads: int, lease: float) -> TextingWorker:
    """A worker that sends through the measuring carrier, with its files read."""
    from waypost.texting.carriers.making import make_carriers
    from waypost.texting.crisis.tiers import get_ready
    from waypost.texting.operator import CarrierAccount, Texting
    from waypost.texting.tasks.loop import TextingWorker
    from waypost.texting.whereabouts import read_tables

    account = CarrierAccount(
        "measure",
        "twilio",
        NUMBER,
        SID,
        (TOKEN,),
        base_url=carrier_url,
        per_second=1_000_000,
        seconds=min(10.0, lease / 3),
    )
    texting = Texting(accounts=(account,))
    shift = noon_shift()
    get_ready()
    read_tables()
    return TextingWorker(
        texting,
        make_carriers(texting, "http://127.0.0.1"),
        clock=lambda: datetime.now(UTC) + shift,
        threads=threads,
        lease=timedelta(seconds=lease),
    )


def work(carrier_url: str, threads: int, lease: float) -> None:
    """A worker that begins at a line on its input and sends until it is stopped."""
    worker = made_worker(carrier_url, threads, lease)
    signal.signal(signal.SIGTERM, lambda *_: worker.stop())
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    worker.run()


def kills(carrier_url: str, times: int, seed: int) -> None:
    """Start a worker and kill it with -9 at a moment of chance, again and again.

    Each is a process of its own, forked from this one, which has read the files and holds no
    connection: so a worker is at work within milliseconds and not within seconds.
    """
    chance, worker = random.Random(seed), made_worker(carrier_url, 4, 3)
    for _ in range(times):
        process = os.fork()
        if process == 0:
            worker.run()
            os._exit(0)
        time.sleep(chance.uniform(0.05, 0.5))
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)


def crisis(carrier_url: str, times: int) -> None:
    """Write texts of the crisis lane now and then; print how long each took to the carrier."""
    from waypost.texting.actions.outbox import enqueue
    from waypost.texting.lanes import OutboxLane
    from waypost.texting.models import TextContact

    contacts = list(TextContact.objects.order_by("-pk")[:times])
    shift, begun = noon_shift(), {}
    for contact in contacts:
        begun[contact.pk] = time.time()
        now = datetime.now(UTC) + shift
        enqueue(
            contact,
            f"crisis-{contact.pk}",
            lane=OutboxLane.CRISIS,
            cause=f"c:{contact.pk}",
            now=now,
        )
        time.sleep(0.05)
    for number, start in begun.items():
        while not (came := asked(f"{carrier_url}/first/crisis-{number}")):
            time.sleep(0.01)
        sys.stdout.write(f"{came[0] - start:.4f}\n")


def asked(url: str) -> list[float]:
    """What the carrier counted."""
    with urlopen(url, timeout=20) as answer:
        return json.load(answer)


ORDINARY = (
    "hi is this the place for iop",
    "where can i find an iop in austin with evening hours",
    "my insurance card says aetna, does that work",
    "do you have anything near 60614 that takes medicaid",
    "what time is group tonight",
    "ok thank you so much",
    "can my mom come with me",
    "i have court on tuesday do you do letters",
    "yes",
    "need detox near 60614",
)


def handling(texts: int) -> None:
    """Let so many ordinary texts of half as many people wait, and behind them a text of a crisis
    and a STOP; handle all of it, and print what it took.

    Printed: the places at which the two were handled, seconds until the crisis had its answer in
    the outbox, and milliseconds of processor time of a first look and of the handling, by text.
    """
    from waypost.texting.actions.hearing import hear
    from waypost.texting.carriers.port import Inbound
    from waypost.texting.crisis.tiers import get_ready
    from waypost.texting.models import HeardText, OutboxRow
    from waypost.texting.queries.waiting import waiting_texts
    from waypost.texting.tasks.housekeeping import handle_heard
    from waypost.texting.tasks.waiting import WaitingRoom, urgency_of
    from waypost.texting.whereabouts import read_tables

    get_ready()
    read_tables()
    words = [ORDINARY[n % len(ORDINARY)] for n in range(texts)]
    for n, text in enumerate([*words, "i took all my pills", "STOP"]):
        person = n if n >= texts else n % (texts // 2)
        hear(account="measure", said=Inbound(f"SM{n}", number_of(person), text), now=clock())
    waiting = waiting_texts(HeardText.objects.values_list("pk", flat=True)[: texts // 2])
    begun = time.process_time()
    for text in waiting:
        urgency_of(text)
    look = (time.process_time() - begun) * 1000 / len(waiting)
    room, begun, at, answered = WaitingRoom(), time.process_time(), time.monotonic(), 0.0
    while handle_heard(clock(), None, room):
        if not answered and OutboxRow.objects.filter(lane=0).exists():
            answered = time.monotonic() - at
    cost = (time.process_time() - begun) * 1000 / texts
    order = list(
        HeardText.objects.order_by("handled_at", "pk").values_list("carrier_id", flat=True)
    )
    places = [order.index(f"SM{n}") // 8 * 8 + 8 for n in (texts, texts + 1)]
    sys.stdout.write(f"{places[0]} {places[1]} {answered:.2f} {look:.2f} {cost:.2f}\n")


def left() -> None:
    """Print how many rows are in each state."""
    from django.db.models import Count

    from waypost.texting.models import OutboxRow

    rows = OutboxRow.objects.values_list("state").annotate(n=Count("pk"))
    sys.stdout.write(" ".join(f"{state}={n}" for state, n in sorted(rows)) + "\n")


def main() -> None:
    """One of the programs."""
    import django

    django.setup()
    what, *words = sys.argv[1:]
    if what == "fill":
        from waypost.cli.private import with_private_database

        with_private_database()
        fill(int(words[0]), int(words[1]))
    elif what == "work":
        work(words[0], int(words[1]), float(words[2]))
    elif what == "kills":
        kills(words[0], int(words[1]), int(words[2]))
    elif what == "crisis":
        crisis(words[0], int(words[1]))
    elif what == "race":
        from texting_race import race

        from waypost.cli.private import with_private_database

        with_private_database()
        race(int(words[0]), int(words[1]))
    elif what == "handling":
        from waypost.cli.private import with_private_database

        with_private_database()
        handling(int(words[0]))
    else:
        left()


if __name__ == "__main__":
    main()
