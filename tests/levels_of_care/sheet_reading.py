"""Reads the sheet's conditions back: proof that they read one way.

The grammar, as the sheet's head explains it: ``a is x or y``; AND joins what must all hold; OR
joins what is enough alone and stands in brackets; "always" is no condition at all.
"""

from __future__ import annotations

import re

from waypost.levels_of_care.guide.condition import Condition, Facts

TOKEN = re.compile(r"\(|\)|AND\b|OR\b|[^()\s]+")


class Reading:
    """A condition's text as a tree of plain tuples, and what it says of some facts."""

    def __init__(self, text: str) -> None:
        self.tokens = TOKEN.findall(text)
        self.at = 0
        self.tree = ("and", []) if text == "always" else self._joined()
        assert text == "always" or self.at == len(self.tokens), text

    def _next(self) -> str:
        return self.tokens[self.at] if self.at < len(self.tokens) else ""

    def _take(self) -> str:
        self.at += 1
        return self.tokens[self.at - 1]

    def _joined(self):  # type: ignore[no-untyped-def]
        parts, kind = [self._part()], ""
        while self._next() in ("AND", "OR"):
            word = self._take()
            assert kind in ("", word), "AND and OR side by side without brackets"
            kind = word
            parts.append(self._part())
        return ("or" if kind == "OR" else "and", parts)

    def _part(self):  # type: ignore[no-untyped-def]
        if self._next() == "(":
            self._take()
            inner = self._joined()
            assert self._take() == ")"
            return inner
        name = self._take()
        assert self._take() == "is"
        values = [self._take()]
        while self._next() == "or":
            self._take()
            values.append(self._take())
        return ("is", name, frozenset(values))

    def holds(self, facts: Facts) -> bool:
        return self._says(self.tree, facts)

    def _says(self, tree, facts: Facts) -> bool:  # type: ignore[no-untyped-def]
        if tree[0] == "is":
            return not tree[2].isdisjoint(facts.get(tree[1], ()))
        said = [self._says(part, facts) for part in tree[1]]
        return any(said) if tree[0] == "or" else all(said)


def conditions_in(sheet: str) -> dict[str, list[str]]:
    """The sheet's conditions by rule id, in order; a question's or an option's by its own."""
    found: dict[str, list[str]] = {}
    name = ""
    for line in sheet.splitlines():
        bold = re.match(r"\*\*([^*]+)\*\*", line)
        option = re.match(r"- `([^`]+)` ", line)
        if bold:
            name = bold[1]
        for text in re.findall(r"(?:When|Only where|Not where) `([^`]+)`", line):
            found.setdefault(f"{name}/{option[1]}" if option else name, []).append(text)
    return found


def atoms_of(condition: Condition) -> list[tuple[str, str]]:
    """Every (name, value) that a condition speaks of, each once."""
    return list(dict.fromkeys(condition.atoms()))
