"""Attempts to text people while they are stopped: what left after the commit of a STOP."""

from __future__ import annotations

import os
import pickle
import random
import sys
import tempfile
import time
from collections import Counter
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from texting_stand import NUMBER, clock, fill

if TYPE_CHECKING:
    from waypost.texting.actions.claiming import ClaimedRow
    from waypost.texting.tasks.attempts import Ways


def race(people: int, attempts: int) -> None:
    """Stop half of the people while texts to all of them leave; print what left when.

    Two processes of two threads make attempts as the worker does (check, then call) at people
    chosen by chance, with a carrier that notes when a text came in, while this process stops people
    one by one, sends the confirmations, and notes when each STOP was committed; all read the
    machine's one clock. Printed: attempts, texts that left, refusals, stops, texts that left after
    the commit of a STOP, confirmations that left, and the most to one person.
    """
    from django.db import connection

    from waypost.texting.actions.stopping import stop_by_staff
    from waypost.texting.lanes import OutboxLane
    from waypost.texting.models import TextContact
    from waypost.texting.whereabouts import read_tables

    read_tables()
    fill(people, OutboxLane.SERIES)
    numbers, rows = sorted(TextContact.objects.values_list("pk", flat=True)), claimed()
    confirmed = Counter[int]()
    connection.close()
    with tempfile.TemporaryDirectory() as folder:
        files = [Path(folder) / str(which) for which in range(2)]
        children = {hand_process(rows, attempts // 2, file): file for file in files}
        committed: dict[int, float] = {}
        for number in random.Random(988).sample(numbers, people // 2):
            stop_by_staff(contact=number, by="measure", now=clock())
            committed[number] = time.monotonic()
            if len(committed) % 100 == 0:
                confirmed += confirmations()
            if all(file.exists() for file in files):
                break
        for process in children:
            os.waitpid(process, 0)
        came, refused = [], 0
        for file in files:
            left_at, no = pickle.loads(file.read_bytes())
            came += left_at
            refused += no
    late = sum(at > committed.get(number, at) for number, at in came)
    confirmed += confirmations()
    most = max(confirmed.values(), default=0)
    sys.stdout.write(
        f"{attempts} {len(came)} {refused} {len(committed)} {late} {confirmed.total()} {most}\n"
    )


def confirmations() -> Counter[int]:
    """Send everything that waits but the series; how many texts left to whom."""
    from waypost.texting.actions.claiming import claim_due
    from waypost.texting.actions.delivery import mark_all
    from waypost.texting.carriers.port import Accepted
    from waypost.texting.lanes import OutboxLane
    from waypost.texting.tasks.attempts import attempt

    lanes = [lane for lane in OutboxLane if lane is not OutboxLane.SERIES]
    ways, left = measuring_ways([]), Counter[int]()
    now = clock()
    while rows := claim_due(most=500, lanes=lanes, now=now, lease=timedelta(hours=1)):
        marks = [attempt(row, ways) for row in rows]
        left.update(mark.contact for mark in marks if isinstance(mark.outcome, Accepted))
        mark_all(marks=marks, now=now)
    return left


def measuring_ways(came: list[tuple[int, float]]) -> Ways:
    """The way to a carrier that takes no time and adds to ``came`` what left when."""
    from waypost.texting.carriers.port import Accepted, Capabilities
    from waypost.texting.operator import CarrierAccount, Texting
    from waypost.texting.tasks.attempts import Ways

    class Noting:
        """The carrier."""

        def send(self, text):
            came.append((int(text.ref, 16), time.monotonic()))
            return Accepted(text.ref)

        def capabilities(self):
            return Capabilities(per_second=1e9)

    texting = Texting(accounts=(CarrierAccount("measure", "simulator", NUMBER),))
    return Ways(texting, {"measure": Noting()}, clock)


def claimed() -> list[ClaimedRow]:
    """A row for each person, as a worker has it after its claim."""
    from waypost.texting.actions.claiming import ClaimedRow
    from waypost.texting.lanes import OutboxLane
    from waypost.texting.models import OutboxRow

    now = clock()
    return [
        ClaimedRow(pk, f"{pk:024x}", pk, text, OutboxLane.SERIES, "", "measure", 1, now, None, 1, "",
                   now, now + timedelta(days=30))
        for pk, text in OutboxRow.objects.order_by("pk").values_list("contact", "text")
    ]  # fmt: skip


def hand_process(rows: list[ClaimedRow], attempts: int, file: Path) -> int:
    """Fork a process that makes attempts in two threads and writes what left when to a file."""
    process = os.fork()
    if process:
        return process
    import threading

    from django.db import connection

    from waypost.texting.lanes import Dropped
    from waypost.texting.tasks.attempts import attempt

    came: list[tuple[int, float]] = []
    refused, ways = [0, 0], measuring_ways(came)

    def hand(which: int) -> None:
        chance = random.Random(f"{file.name}-{which}")
        for _ in range(attempts // 2):
            refused[which] += attempt(chance.choice(rows), ways).outcome is Dropped.SUPPRESSED
        connection.close()

    hands = [threading.Thread(target=hand, args=(which,)) for which in range(2)]
    for thread in hands:
        thread.start()
    for thread in hands:
        thread.join()
    whole = file.with_suffix(".whole")
    whole.write_bytes(pickle.dumps((came, sum(refused))))
    whole.rename(file)
    os._exit(0)
