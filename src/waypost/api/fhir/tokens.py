"""Codes and identifiers as a column of the index."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from typing import Any

import numpy as np

from waypost.api.fhir.extract import folded, tokens, typed_tokens, words
from waypost.api.fhir.outcome import BadCriterion
from waypost.api.fhir.vocabulary import MARK, NO_ROWS, Gathering, Rows, add_once


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
            asked = folded(text).encode()
            return self._texts.beginning(asked) if asked else NO_ROWS
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
