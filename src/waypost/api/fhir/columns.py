"""One column of the index for each search parameter: its values, and the rows that fit a question.

A column answers with rows of its type's table. Which column a parameter has depends on its type
alone; nothing here knows a resource.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from waypost.api.fhir.extract import folded, read_date, span, texts, tokens, typed_tokens, words
from waypost.api.fhir.outcome import BadCriterion
from waypost.api.fhir.parameters import SearchParameter, Type
from waypost.api.fhir.vocabulary import Gathering, Rows, add_once

MARK = b"\0"
"""Stands in a key between what is compared and what it was made of."""


@lru_cache(maxsize=4096)  # the states, the towns, and what two resources of one site share
def _string_key(text: str) -> bytes:
    """What is compared, and behind the mark what it was made of."""
    return folded(text).encode() + MARK + text.encode()


class Column(Protocol):
    """The values of one parameter."""

    modifiers: frozenset[str]

    def add(self, value: Any, row: int) -> None:
        """This row has this value."""

    def close(self) -> None:
        """Everything was added."""

    def rows(self, text: str, modifier: str) -> Rows:
        """The rows that fit what is asked; `BadCriterion` where it cannot be read."""

    def present(self) -> Rows:
        """The rows that have any value."""


class Strings:
    """Texts that begin as asked, without case and accents; ``:exact`` and ``:contains``."""

    modifiers = frozenset({"exact", "contains"})

    def __init__(self) -> None:
        self._gathering = Gathering()

    def add(self, value: Any, row: int) -> None:
        """Each part of the value is a text of its own."""
        for text in texts(value):
            self._gathering.add(_string_key(text), row)

    def close(self) -> None:
        """Put them in order."""
        self._values = self._gathering.done()
        del self._gathering

    def rows(self, text: str, modifier: str) -> Rows:
        """Rows with a text that fits."""
        asked = folded(text).encode()
        if modifier == "exact":
            return self._values.exactly(asked + MARK + text.encode())
        if modifier == "contains":
            return self._values.containing(asked, MARK)
        return self._values.beginning(asked)

    def ranks(self, size: int) -> npt.NDArray[np.int64]:
        """Where each row's first text stands among all; a row without any stands last."""
        return self._values.ranks(size)

    def present(self) -> Rows:
        """Rows with any text."""
        return self._values.all_rows


class Tokens:
    """Codes and identifiers: ``code``, ``system|code``, ``|code``, ``system|``."""

    modifiers = frozenset({"not", "text", "ofType"})

    def __init__(self) -> None:
        self._gathering, self._typed, self._words = Gathering(), Gathering(), Gathering()
        self._of_system: dict[str, array[int]] = {}
        # Most concepts are the same few objects again and again: each is taken apart once, and
        # kept here, so that its number stays its own.
        self._seen: dict[int, tuple[Any, list[array[int]]]] = {}

    def add(self, value: Any, row: int) -> None:
        """Each coding is a value of its own."""
        if not (isinstance(value, dict) and "coding" in value):
            self._add_alone(value, row)
            return
        seen = self._seen.get(id(value))
        if seen is None:
            seen = self._seen[id(value)] = value, list(self._places(value))
        for rows in seen[1]:
            add_once(rows, row)

    def _add_alone(self, value: Any, row: int) -> None:
        """An identifier or a plain code, which few rows share."""
        for system, code in tokens(value):
            self._gathering.add(code.encode() + MARK + system.encode(), row)
            if system:
                add_once(self._of_system.setdefault(system, array("i")), row)
        for typed in typed_tokens(value):
            self._typed.add(typed.encode(), row)
        for text in words(value):
            self._words.add(folded(text).encode() + MARK, row)

    def _places(self, value: Any) -> Iterator[array[int]]:
        for system, code in tokens(value):
            yield self._gathering.rows_of(code.encode() + MARK + system.encode())
            if system:
                yield self._of_system.setdefault(system, array("i"))
        for text in words(value):
            yield self._words.rows_of(folded(text).encode() + MARK)

    def close(self) -> None:
        """Put them in order."""
        self._values, self._types = self._gathering.done(), self._typed.done()
        self._texts = self._words.done()
        self._systems = {
            system: np.frombuffer(rows, dtype=np.int32) for system, rows in self._of_system.items()
        }
        del self._gathering, self._typed, self._words, self._of_system, self._seen

    def rows(self, text: str, modifier: str) -> Rows:
        """Rows with a code that fits; ``:not`` is the caller's to turn round."""
        if modifier == "text":
            return self._texts.beginning(folded(text).encode())
        if modifier == "ofType":
            return self._of_type(text)
        system, bar, code = text.rpartition("|")
        if not bar:
            return self._values.beginning(code.encode() + MARK)
        if not code:
            return self._systems.get(system, np.empty(0, dtype=np.int32))
        return self._values.exactly(code.encode() + MARK + system.encode())

    def _of_type(self, text: str) -> Rows:
        if text.count("|") < 2:
            raise BadCriterion("With :ofType an identifier is written system|code|value.")
        return self._types.exactly(text.encode())

    def present(self) -> Rows:
        """Rows with any code."""
        return self._values.all_rows


class Addresses:
    """URIs, compared letter by letter; ``:below`` with those that begin so."""

    modifiers = frozenset({"below"})

    def __init__(self) -> None:
        self._gathering = Gathering()

    def add(self, value: Any, row: int) -> None:
        """A URI."""
        if isinstance(value, str):
            self._gathering.add(value.encode(), row)

    def close(self) -> None:
        """Put them in order."""
        self._values = self._gathering.done()
        del self._gathering

    def rows(self, text: str, modifier: str) -> Rows:
        """Rows with this URI."""
        if modifier == "below":
            return self._values.beginning(text.encode())
        return self._values.exactly(text.encode())

    def present(self) -> Rows:
        """Rows with any URI."""
        return self._values.all_rows


Seconds = npt.NDArray[np.float64]
Compare = Callable[[Seconds, Seconds, float, float], npt.NDArray[np.bool_]]
NEARLY = 0.1
"""``ap``: within a tenth of the time between the date asked for and now (R4, 3.1.1.4.6)."""

PREFIXES: dict[str, Compare] = {
    "eq": lambda low, high, start, end: (low >= start) & (high <= end),
    "ne": lambda low, high, start, end: (low < start) | (high > end),
    "gt": lambda low, high, start, end: high > end,
    "lt": lambda low, high, start, end: low < start,
    "ge": lambda low, high, start, end: (high > end) | ((low >= start) & (high <= end)),
    "le": lambda low, high, start, end: (low < start) | ((low >= start) & (high <= end)),
    "sa": lambda low, high, start, end: low >= end,
    "eb": lambda low, high, start, end: high <= start,
    "ap": lambda low, high, start, end: (low < end) & (high > start),
}


class Dates:
    """Dates, times and periods, with the prefixes of R4."""

    modifiers: frozenset[str] = frozenset()

    def __init__(self, now: float) -> None:
        self._now = now
        self._rows, self._low, self._high = array("i"), array("d"), array("d")

    def add(self, value: Any, row: int) -> None:
        """From when to when."""
        found = span(value)
        if found is not None:
            self._rows.append(row)
            self._low.append(found[0])
            self._high.append(found[1])

    def add_second(self, at: int, row: int) -> None:
        """A moment, in seconds of the epoch."""
        self._rows.append(row)
        self._low.append(at)
        self._high.append(at + 1)

    def close(self) -> None:
        """Nothing is put in order: a column of times is compared as a whole."""
        self._in_rows = np.frombuffer(self._rows or array("i"), dtype=np.int32)
        self._lows = np.frombuffer(self._low or array("d"), dtype=np.float64)
        self._highs = np.frombuffer(self._high or array("d"), dtype=np.float64)

    def rows(self, text: str, modifier: str) -> Rows:
        """Rows with a time that fits."""
        prefix, date = (text[:2], text[2:]) if text[:2] in PREFIXES else ("eq", text)
        asked = read_date(date.replace(" ", "+"))  # a "+" that nobody wrote as %2B is a space
        if asked is None:
            raise BadCriterion(
                "A date is written 2026, 2026-11, 2026-11-28 or 2026-11-28T09:30:00Z, "
                f"behind one of {', '.join(PREFIXES)} or none."
            )
        start, end = asked
        if prefix == "ap":
            slack = NEARLY * abs(self._now - start)
            start, end = start - slack, end + slack
        return self._in_rows[PREFIXES[prefix](self._lows, self._highs, start, end)]

    def ranks(self, size: int) -> npt.NDArray[np.int64]:
        """The milliseconds at which each row's time begins; a row without any stands last."""
        ranks = np.full(size, np.iinfo(np.int64).max // 2)
        ranks[self._in_rows] = np.maximum(self._lows, -1e12) * 1000
        return ranks

    def present(self) -> Rows:
        """Rows with any time."""
        return self._in_rows


def column_for(parameter: SearchParameter, now: float) -> Column:
    """An empty column for a parameter that is neither a reference nor special."""
    if parameter.type is Type.STRING:
        return Strings()
    if parameter.type is Type.TOKEN:
        return Tokens()
    if parameter.type is Type.URI:
        return Addresses()
    assert parameter.type is Type.DATE
    return Dates(now)
