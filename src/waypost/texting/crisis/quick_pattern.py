"""Many alternatives of one pattern, of which only those are tried whose letters stand in the text.

`re` tries each alternative at each word. Most of them need letters that a text does not have, and
looking for letters is a hundred times faster, so each alternative is kept with a few of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

_FEWEST = (3, 2)
"""Letters that an alternative needs at least: as many as the first, or the second where no more
are sure."""
_NEVER = "(?!)"
_PIECE = re.compile(r"\\.|\[[^\]]*\]|\{[^}]*\}|[a-z ]+|.", re.DOTALL)
_OPTIONAL = frozenset("?*")


_LETTERS: dict[str, dict[str, None]] = {}
"""Whatever some pattern needs, by its first three letters: looked for once in a text, for all."""


@lru_cache(maxsize=256)
def _there(plain: str) -> frozenset[str]:
    """Which of all needed letters stand in a text."""
    begins = {plain[at : at + many] for many in _FEWEST for at in range(len(plain) - 1)}
    return frozenset(
        [
            letters
            for begin in _LETTERS.keys() & begins
            for letters in _LETTERS[begin]
            if letters in plain
        ]
    )


@dataclass(frozen=True)
class QuickPattern:
    """Alternatives, each with letters of which one must be there (none: it is always tried)."""

    alternatives: tuple[tuple[frozenset[str], re.Pattern[str]], ...]
    _always: tuple[int, ...] = field(init=False, repr=False, compare=False)
    _by_letters: Mapping[str, Sequence[int]] = field(init=False, repr=False, compare=False)
    _letters: frozenset[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Keep the places of the alternatives by their letters."""
        by_letters: dict[str, list[int]] = {}
        for place, (needs, _) in enumerate(self.alternatives):
            for letters in needs:
                by_letters.setdefault(letters, []).append(place)
        always = [place for place, (needs, _) in enumerate(self.alternatives) if not needs]
        object.__setattr__(self, "_always", tuple(always))
        object.__setattr__(self, "_by_letters", by_letters)
        object.__setattr__(self, "_letters", frozenset(by_letters))

    def may_match(self, plain: str) -> bool:
        """Whether the letters that some alternative needs stand in a text."""
        return bool(self._always) or not self._letters.isdisjoint(_there(plain))

    def finditer(
        self, plain: str, start: int = 0, end: int | None = None
    ) -> Iterator[re.Match[str]]:
        """Each match of each alternative; one place may be matched by several."""
        return self._matches(plain, start, end) if self.may_match(plain) else iter(())

    def search(self, plain: str, start: int = 0, end: int | None = None) -> re.Match[str] | None:
        """A match of any alternative, or None."""
        return next(self.finditer(plain, start, end), None)

    def _matches(self, plain: str, start: int, end: int | None) -> Iterator[re.Match[str]]:
        end = len(plain) if end is None else end
        there = self._letters & _there(plain)
        places = {place for letters in there for place in self._by_letters[letters]}
        for place in sorted(places.union(self._always)):
            yield from self.alternatives[place][1].finditer(plain, start, end)


def quick_pattern(patterns: Sequence[str]) -> QuickPattern:
    """Whole words that match any of ``patterns`` (squeezed, their parts filled in).

    Raises:
        re.error: a pattern is no pattern.
    """
    each = [choice for pattern in patterns for choice in choices(pattern) if choice != _NEVER]
    alternatives = tuple(
        (needed(choice), re.compile(rf"(?<!\S)(?:{choice})(?!\S)")) for choice in each
    )
    for needs, _ in alternatives:
        for letters in needs:
            _LETTERS.setdefault(letters[: _FEWEST[0]], {})[letters] = None
    _there.cache_clear()
    return QuickPattern(alternatives)


def choices(pattern: str) -> list[str]:
    """The pattern at each bar that stands in no group."""
    result, depth = [""], 0
    for piece in _PIECE.findall(pattern):
        depth += (piece == "(") - (piece == ")")
        if piece == "|" and depth == 0:
            result.append("")
        else:
            result[-1] += piece
    return result


def needed(pattern: str) -> frozenset[str]:
    """Letters of which at least one stands in whatever matches; empty where that is not known."""
    pieces = _PIECE.findall(pattern)
    return next(filter(None, (_needed(pieces, fewest) for fewest in _FEWEST)), frozenset())


def _needed(pieces: Sequence[str], fewest: int) -> frozenset[str]:
    every = [letters for letters in _needs(pieces, fewest) if letters]
    return min(
        every, key=lambda letters: (len(letters), -min(map(len, letters))), default=frozenset()
    )


def _needs(pieces: Sequence[str], fewest: int) -> Iterator[frozenset[str]]:
    """What each part of a sequence needs; a part that may be left out needs nothing."""
    at = 0
    while at < len(pieces):
        begun, piece = at, pieces[at]
        at = _group_end(pieces, at) if piece == "(" else at + 1
        after = pieces[at] if at < len(pieces) else ""
        optional = after in _OPTIONAL or after.startswith("{")
        if piece == "(" and not optional:
            yield _of_group(pieces[begun + 1 : at - 1], fewest)
        elif piece[0].isalpha() or piece[0] == " ":
            yield _long_enough(piece[:-1] if optional else piece, fewest)


def _of_group(inside: Sequence[str], fewest: int) -> frozenset[str]:
    if inside[:1] == ["?"]:
        if inside[1:2] != [":"]:
            return frozenset()  # what must not follow, or not stand before
        inside = inside[2:]
    letters = [_needed(_PIECE.findall(choice), fewest) for choice in choices("".join(inside))]
    return frozenset().union(*letters) if all(letters) else frozenset()


def _group_end(pieces: Sequence[str], at: int) -> int:
    depth = 0
    for end in range(at, len(pieces)):
        depth += (pieces[end] == "(") - (pieces[end] == ")")
        if depth == 0:
            return end + 1
    return len(pieces)


def _long_enough(letters: str, fewest: int) -> frozenset[str]:
    return frozenset([letters]) if len(letters.strip()) >= fewest else frozenset()
