"""Makes the worker of this installation, and sees to it that there is one on SQLite."""

from __future__ import annotations

import fcntl
import os
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from django.conf import settings

from waypost.texting.carriers.making import make_carriers
from waypost.texting.carriers.simulator import Simulator
from waypost.texting.carriers.simulator_faults import read_faults
from waypost.texting.queries.sealed import operator
from waypost.texting.tasks.finding import finder
from waypost.texting.tasks.loop import TextingWorker


def system_clock() -> datetime:
    """The machine's time."""
    return datetime.now(UTC)


def faults_file() -> Path:
    """Where the simulator's page keeps what is to go wrong."""
    return Path(settings.PRIVATE.folder) / "simulator.json"


def new_worker(threads: int = 16) -> TextingWorker:
    """A worker with the carriers of this installation."""
    texting = operator()
    carriers = make_carriers(texting, settings.WAYPOST_DESK_URL)
    for carrier in carriers.values():
        if isinstance(carrier, Simulator):
            carrier.follows = partial(read_faults, faults_file())
    return TextingWorker(texting, carriers, system_clock, finder(system_clock), threads=threads)


def only_worker() -> int | None:
    """A lock that one process holds on the embedded database; None where another has it.

    On PostgreSQL any number of workers may run, and there is nothing to lock.
    """
    folder = Path(settings.PRIVATE.folder)
    file = os.open(folder / "worker.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(file)
        return None
    return file
