"""One column of the index for each search parameter: its values, and the rows that fit a question.

A column answers with rows of its type's table. Which column a parameter has depends on its type
alone; nothing here knows a resource.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from waypost.api.fhir.dates import Dates
from waypost.api.fhir.extract import folded, texts
from waypost.api.fhir.parameters import SearchParameter, Type
from waypost.api.fhir.tokens import Tokens
from waypost.api.fhir.vocabulary import MARK, NO_ROWS, Gathering, Rows


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
        if not asked:  # signs that are part of no letter: they begin nothing
            return NO_ROWS
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
