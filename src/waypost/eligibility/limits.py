"""How often may be asked: by address, by program and by member, without keeping who they are.

Without a limit, whoever has a list of people could find out who is insured, and where. Every door
counts: the page by address, a program's own software by program, and both by member.
"""

import hmac
from collections import OrderedDict, deque
from dataclasses import dataclass
from hashlib import sha256
from secrets import token_bytes
from threading import Lock
from typing import Protocol

MOST_KEYS = 20_000
HOUR = 3600.0  # seconds
BY_ADDRESS, BY_PROGRAM, BY_MEMBER = 10, 120, 5  # questions an hour


class Turns(Protocol):
    """Counts turns by key: in this process (`Limit`), or for all workers of a machine together.

    One that is shared must count by a keyed digest too, and forget within its time: nobody may be
    able to read from it who was asked about.
    """

    def wait(self, value: str, now: float) -> float:
        """Seconds until the key may ask again; 0 means now, and is counted.

        `now` is in seconds on a clock that only goes forward and that all who share it have.
        """


class Limit:
    """At most `most` times in `seconds` for each key. Safe to share between threads.

    A key is kept as a keyed digest alone: the key of the digest is made at start and never
    leaves the memory of the process, so what is kept names nobody and ends with the process.
    """

    def __init__(self, key: bytes, most: int, seconds: float) -> None:
        self._key = key
        self._most = most
        self._seconds = seconds
        self._times: OrderedDict[bytes, deque[float]] = OrderedDict()
        self._lock = Lock()

    def wait(self, value: str, now: float) -> float:
        """Seconds until the key may ask again; 0 means now, and is counted."""
        digest = hmac.digest(self._key, value.encode(errors="surrogatepass"), sha256)
        with self._lock:
            times = self._times.setdefault(digest, deque())
            self._times.move_to_end(digest)
            while times and times[0] <= now - self._seconds:
                times.popleft()
            if len(times) >= self._most:
                return times[0] + self._seconds - now
            times.append(now)
            while len(self._times) > MOST_KEYS:
                self._times.popitem(last=False)
        return 0.0


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits that a door counts against; each may be this process's own or shared by all."""

    by_address: Turns
    by_program: Turns
    by_member: Turns

    def of_visitor(self, address: str, member: str, now: float) -> float:
        """Seconds that somebody at the page must wait; 0 is counted for the address and member."""
        return self.by_address.wait(address, now) or self.by_member.wait(member, now)

    def of_program(self, npi: str, member: str, now: float) -> float:
        """Seconds that a program's own software must wait; 0 is counted for both."""
        return self.by_program.wait(npi, now) or self.by_member.wait(member, now)


def own_limits() -> Limits:
    """Limits that this process counts alone."""
    return Limits(
        Limit(token_bytes(32), BY_ADDRESS, HOUR),
        Limit(token_bytes(32), BY_PROGRAM, HOUR),
        Limit(token_bytes(32), BY_MEMBER, HOUR),
    )
