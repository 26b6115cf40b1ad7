"""Log records without what a person searched for, and never so many that they fill a disk."""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Callable

from waypost.values.plain import plain

_QUERY = re.compile(r"\?[^\s\"']*")
_SEALED = re.compile(r"(/(?:on|private)/)[^\s\"']+")

MOST_A_MINUTE = 60


class OneEach(logging.Formatter):
    """The time in UTC, and every further line of a record indented: a line that begins with a time
    is ours, whatever line ends a visitor, a payer or a fault brings."""

    converter = staticmethod(time.gmtime)
    default_time_format = "%Y-%m-%dT%H:%M:%S"
    default_msec_format = "%s.%03dZ"

    def format(self, record: logging.LogRecord) -> str:
        """The record; its traceback is its further lines."""
        return "\n    ".join(super().format(record).splitlines())


class WithoutQuery(logging.Filter):
    """Cut query strings and sealed answers from every record, since they are the visitor's own."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = plain(_SEALED.sub(r"\1", _QUERY.sub("", record.getMessage())))
        record.args = ()
        return True


class FewAMinute(logging.Filter):
    """At most ``most`` lines a minute from each process; dropped ones are counted.

    Otherwise a client could fill the log by sending a thousand bad requests a second.
    """

    def __init__(
        self, most: int = MOST_A_MINUTE, clock: Callable[[], float] = time.monotonic
    ) -> None:
        super().__init__()
        self._most = most
        self._clock = clock
        self._minute = 0.0
        self._lines = 0

    def filter(self, record: logging.LogRecord) -> bool:
        minute = self._clock() // 60
        left_out = max(0, self._lines - self._most)
        if minute != self._minute:
            self._minute, self._lines = minute, 0
            if left_out:
                record.msg = f"{record.getMessage()} ({left_out:,} lines before it were left out)"
                record.args = ()
        self._lines += 1
        return self._lines <= self._most


class OnlyFaults(logging.Filter):
    """Keep only those of Django's request lines that have a traceback: a 404 is not news."""

    def filter(self, record: logging.LogRecord) -> bool:
        return record.exc_info is not None
