"""A flood of requests on one server, and how long another one takes meanwhile."""

from __future__ import annotations

import http.client
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

PATHS = ("/find?near=78701", "/find?near=10001&payment=medicaid", "/", "/browse", "/coverage")


@contextmanager
def flooded(address: str, connections: int) -> Iterator[list[int]]:
    """Ask without a pause over so many connections until the end; what was answered, by status."""
    stopped, statuses = threading.Event(), list[int]()

    def ask(number: int) -> None:
        parts = urlsplit(address)
        while not stopped.is_set():
            line = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=60)
            try:
                for turn in range(100):
                    if stopped.is_set():
                        break
                    line.request("GET", PATHS[(number + turn) % len(PATHS)])
                    answer = line.getresponse()
                    answer.read()
                    statuses.append(answer.status)
            except (OSError, http.client.HTTPException):
                statuses.append(0)  # refused or cut off: the flood goes on
            finally:
                line.close()

    threads = [threading.Thread(target=ask, args=(n,), daemon=True) for n in range(connections)]
    for thread in threads:
        thread.start()
    try:
        yield statuses
    finally:
        stopped.set()
        for thread in threads:
            thread.join(120)


def milliseconds(address: str, count: int) -> list[float]:
    """How long each of so many requests takes, one after another, in order of length.

    Raises:
        AssertionError: one was not answered with 200.
    """
    parts = urlsplit(address)
    took = []
    for _ in range(count):
        line = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=120)
        start = time.perf_counter()
        line.request("GET", parts.path)
        answer = line.getresponse()
        answer.read()
        took.append(1000 * (time.perf_counter() - start))
        line.close()
        assert answer.status == 200, answer.status
    return sorted(took)


def percentile(ordered: list[float], share: float) -> float:
    """The value below which this share of an ordered list lies."""
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
