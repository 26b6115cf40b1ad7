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


class WithoutQuery(logging.Filter):
    """Cut query strings and sealed answers from every record: they are the visitor's alone."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = plain(_SEALED.sub(r"\1", _QUERY.sub("", record.getMessage())))
        record.args = ()
        return True


class FewAMinute(logging.Filter):
    """At most so many lines a minute from each process; what is left out is counted.

    Whoever sends a thousand bad requests a second would otherwise choose how large the log is.
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
    """Of Django's lines on requests only those with a traceback: a 404 is no news."""

    def filter(self, record: logging.LogRecord) -> bool:
        return record.exc_info is not None
