"""Many alternatives of one pattern, of which only those are tried whose letters stand in the text.

`re` tries each alternative at each word. Most of them need letters that a text does not have, and
looking for letters is a hundred times faster, so each alternative is kept with a few of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

_SHORTEST = 3
_PIECE = re.compile(r"\\.|\[[^\]]*\]|\{[^}]*\}|[a-z ]+|.", re.DOTALL)
_OPTIONAL = frozenset("?*")


_LETTERS: dict[str, None] = {}
"""Whatever some pattern needs: looked for once in a text, for all patterns."""


@lru_cache(maxsize=64)
def _there(plain: str, _known: int) -> frozenset[str]:
    """Which of all needed letters stand in a text; ``_known`` is how many there were."""
    return frozenset([letters for letters in _LETTERS if letters in plain])


@dataclass(frozen=True)
class QuickPattern:
    """Alternatives, each with letters of which one must be there (none: it is always tried)."""

    alternatives: tuple[tuple[frozenset[str], re.Pattern[str]], ...]

    def finditer(
        self, plain: str, start: int = 0, end: int | None = None
    ) -> Iterator[re.Match[str]]:
        """Each match of each alternative; one place may be matched by several."""
        end = len(plain) if end is None else end
        there = _there(plain, len(_LETTERS))
        for letters, pattern in self.alternatives:
            if not letters or not there.isdisjoint(letters):
                yield from pattern.finditer(plain, start, end)

    def search(self, plain: str, start: int = 0, end: int | None = None) -> re.Match[str] | None:
        """A match of any alternative, or None."""
        return next(self.finditer(plain, start, end), None)


def quick_pattern(patterns: Sequence[str]) -> QuickPattern:
    """Whole words that match any of ``patterns`` (squeezed, their parts filled in).

    Raises:
        re.error: a pattern is no pattern.
    """
    each = [choice for pattern in patterns for choice in choices(pattern)]
    alternatives = tuple(
        (needed(choice), re.compile(rf"(?<!\S)(?:{choice})(?!\S)")) for choice in each
    )
    for letters, _ in alternatives:
        _LETTERS.update(dict.fromkeys(letters))
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
    every = [letters for letters in _needs(_PIECE.findall(pattern)) if letters]
    return min(
        every, key=lambda letters: (len(letters), -min(map(len, letters))), default=frozenset()
    )


def _needs(pieces: Sequence[str]) -> Iterator[frozenset[str]]:
    """What each part of a sequence needs; a part that may be left out needs nothing."""
    at = 0
    while at < len(pieces):
        begun, piece = at, pieces[at]
        at = _group_end(pieces, at) if piece == "(" else at + 1
        after = pieces[at] if at < len(pieces) else ""
        optional = after in _OPTIONAL or after.startswith("{")
        if piece == "(" and not optional:
            yield _of_group(pieces[begun + 1 : at - 1])
        elif piece[0].isalpha() or piece[0] == " ":
            yield _long_enough(piece[:-1] if optional else piece)


def _of_group(inside: Sequence[str]) -> frozenset[str]:
    if inside[:1] == ["?"]:
        if inside[1:2] != [":"]:
            return frozenset()  # what must not follow, or not stand before
        inside = inside[2:]
    letters = [needed(choice) for choice in choices("".join(inside))]
    return frozenset().union(*letters) if all(letters) else frozenset()


def _group_end(pieces: Sequence[str], at: int) -> int:
    depth = 0
    for end in range(at, len(pieces)):
        depth += (pieces[end] == "(") - (pieces[end] == ")")
        if depth == 0:
            return end + 1
    return len(pieces)


def _long_enough(letters: str) -> frozenset[str]:
    return frozenset([letters]) if len(letters.strip()) >= _SHORTEST else frozenset()
