"""Phrases of plain words, looked up all at once: which concepts a text names, and where.

A phrase is words with one space between. ``(a|b c|)`` is any of them, or nothing; ``(a|b)*`` any
of them with any ending, or nothing; ``stem*`` any word that begins so; ``~`` up to two words of
any kind, ``~5`` up to five; ``#`` a number, ``#many`` one from 6 to 999; ``<name>`` every phrase
of that concept.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from waypost.texting.readings.folding import squeezed
from waypost.texting.readings.readings import canonical

MOST_PHRASES = 20_000
"""Phrases that one entry may stand for: more is a slip in the file."""
_NAME = re.compile(r"<(\w+)>")
_TOKEN = re.compile(r"~\d?|#many|#|[a-z0-9]+\*?")
_SPECIAL = re.compile(r"(~\d?|#many|#|\S+\*)")
_NO_PHRASE = "!"
_DEFAULT_GAP = 2
_FEWEST_LETTERS = 2
_MANY = range(6, 1000)
_NOT_PLURAL = frozenset(
    {"this", "does", "les", "always", "thats", "lets", "whats", "theres", "hers", "ours"}
    | {"news", "bars", "times", "yes", "was", "has"}
)
"""Words that end in s and are nobody's plural and no "rope's"."""
_FEWEST_OF_PLURAL = 4


class BadPhrase(ValueError):
    """A phrase that cannot be read; the message quotes it."""


@dataclass(frozen=True, slots=True)
class Named:
    """A concept named in a text: from which word, and up to (not including) which."""

    start: int
    end: int


_NO_GAPS: Mapping[int, _Node] = {}


class _Node:
    """Where a phrase may go on, and the concepts that end here.

    There are a hundred thousand of them, most with one word and nothing else: so the first word
    stands in the node itself, and what a node has none of is shared, for the memory of a process.
    """

    __slots__ = ("behind", "concepts", "gaps", "more", "word")

    def __init__(self) -> None:
        self.word = ""
        self.behind: _Node | None = None
        self.more: dict[str, _Node] | None = None
        self.gaps: Mapping[int, _Node] = _NO_GAPS
        self.concepts: tuple[str, ...] = ()

    def get(self, word: str) -> _Node | None:
        """The node behind a word, if a phrase goes on with it."""
        if word == self.word:
            return self.behind
        return None if self.more is None else self.more.get(word)

    def after_word(self, word: str) -> _Node:
        """The node behind a word, made where there is none."""
        node = self.get(word)
        if node is None:
            node = _Node()
            if self.behind is None:
                self.word, self.behind = word, node
            else:
                self.more = self.more or {}
                self.more[word] = node
        return node

    def after_gap(self, many: int) -> _Node:
        """The node behind up to so many words of any kind."""
        node = self.gaps.get(many)
        if node is None:
            node = _Node()
            self.gaps = {**self.gaps, many: node}
        return node


class Phrases:
    """Every phrase of some concepts, as one tree that a text is walked through once."""

    def __init__(
        self, concepts: Mapping[str, Sequence[str]], *, only: Collection[str] | None = None
    ) -> None:
        """Expand and index the phrases of each concept, or of ``only`` some of them.

        Raises:
            BadPhrase: a phrase cannot be read, or names a concept that is not there.
        """
        self._root, pieces = _Node(), set[str]()
        for concept in concepts if only is None else only:
            for phrase in concepts[concept]:
                for tokens in _expanded(phrase, concepts):
                    self._add(concept, tokens)
                    pieces.update(tokens)
        self._stems = {piece[:-1] for piece in pieces if piece.endswith("*")}
        self.words = {piece for piece in pieces if piece.isalpha()}
        _tokens_of.cache_clear()  # of no more use, and large
        self._keys = lru_cache(maxsize=20_000)(self._keys_of)

    def named(self, words: Sequence[str]) -> dict[str, list[Named]]:
        """Each concept that the words name, with its places in order."""
        keys = [self._keys(word) for word in words]
        places: dict[str, dict[Named, None]] = {}
        for start, begins in enumerate(keys):
            for begun in filter(None, map(self._root.get, begins)):  # no phrase begins with ~
                for node, end in _ends(begun, keys, start + 1):
                    for concept in node.concepts:
                        places.setdefault(concept, {})[Named(start, end)] = None
        return {concept: list(named) for concept, named in places.items()}

    def _add(self, concept: str, tokens: Sequence[str]) -> None:
        node = self._root
        for piece in tokens:
            if piece[0] == "~":
                node = node.after_gap(int(piece[1:] or _DEFAULT_GAP))
            else:
                node = node.after_word(piece)
        if concept not in node.concepts:
            node.concepts = (*node.concepts, concept)

    def _keys_of(self, word: str) -> tuple[str, ...]:
        keys = [word]
        if word.isdigit():
            keys += ["#", "#many"] if len(word) < 4 and int(word) in _MANY else ["#"]
        if word[-1] == "s" and len(word) >= _FEWEST_OF_PLURAL and word not in _NOT_PLURAL:
            keys.append(word[:-1])  # "the ropes", and "the rope's up" without its apostrophe
        ends = range(_FEWEST_LETTERS, len(word) + 1)
        keys += [f"{word[:end]}*" for end in ends if word[:end] in self._stems]
        return tuple(keys)


def _ends(node: _Node, keys: Sequence[tuple[str, ...]], at: int) -> Iterator[tuple[_Node, int]]:
    """Every place where a phrase that goes on from ``node`` ends."""
    if node.concepts:
        yield node, at
    for key in keys[at] if at < len(keys) else ():
        after = node.get(key)
        if after is not None:
            yield from _ends(after, keys, at + 1)
    for many, beyond in node.gaps.items():
        for skipped in range(min(many, len(keys) - at) + 1):
            yield from _ends(beyond, keys, at + skipped)


def _expanded(phrase: str, concepts: Mapping[str, Sequence[str]]) -> Iterator[list[str]]:
    """Every phrase that ``phrase`` stands for, as tokens in plain words."""
    ways = _ways(phrase, concepts)
    if len(ways) > MOST_PHRASES:
        raise BadPhrase(f"“{phrase}” stands for too many phrases.")
    for way in dict.fromkeys(ways):
        yield _tokens(way)


def _ways(phrase: str, concepts: Mapping[str, Sequence[str]]) -> list[str]:
    """The phrase with each of its choices made, in every way."""
    name = _NAME.search(phrase)
    if name and name.group(1) not in concepts:
        raise BadPhrase(f"No concept “{name.group(1)}” for “{phrase}”.")
    if name:
        either = f"({'|'.join(concepts[name.group(1)])})"
        return _ways(phrase.replace(name.group(), either), concepts)
    ways = [""]
    for piece in _pieces(phrase):
        pieces_read = [piece]
        if piece.startswith("("):
            inside = piece[1 : piece.rindex(")")]
            pieces_read = [way for choice in _choices(inside) for way in _ways(choice, concepts)]
        if piece.endswith(")*"):
            pieces_read = ["", *(f"{way.rstrip('*')}*" for way in pieces_read if way)]
        ways = [way + further for way in ways for further in pieces_read]
    return ways


def _pieces(phrase: str) -> Iterator[str]:
    """The phrase in pieces: each group in parentheses with its star, and what stands between."""
    depth, begun = 0, 0
    for at, sign in enumerate(phrase):
        if sign == "(" and depth == 0 and at > begun:
            yield phrase[begun:at]
            begun = at
        depth += (sign == "(") - (sign == ")")
        if sign == ")" and depth == 0:
            end = at + 1 + phrase.startswith("*", at + 1)
            yield phrase[begun:end]
            begun = end
    if depth:
        raise BadPhrase(f"A parenthesis is not closed in “{phrase}”.")
    if begun < len(phrase):
        yield phrase[begun:]


def _choices(inside: str) -> list[str]:
    """The choices of a group: what stands between the bars that are not in a group inside."""
    choices, depth = [""], 0
    for sign in inside:
        depth += (sign == "(") - (sign == ")")
        if sign == "|" and depth == 0:
            choices.append("")
        else:
            choices[-1] += sign
    return choices


def _plain(text: str) -> str:
    return canonical(squeezed(text.strip()))


def _tokens(way: str) -> list[str]:
    tokens = [token for piece in _SPECIAL.split(way) for token in _tokens_of(piece)]
    if not tokens or tokens[0][0] == "~" or _NO_PHRASE in tokens:
        raise BadPhrase(f"“{way}” is no phrase.")
    return tokens


@cache
def _tokens_of(piece: str) -> tuple[str, ...]:
    """The tokens of one piece of a phrase; `_NO_PHRASE` for what is none."""
    piece = piece.strip()
    if not piece:
        return ()
    special = piece[0] in "~#" or piece.endswith("*")
    tokens = [_stem(piece)] if special else _plain(piece).split()
    return tuple(sys.intern(token) if _TOKEN.fullmatch(token) else _NO_PHRASE for token in tokens)


def _stem(piece: str) -> str:
    return f"{_plain(piece[:-1])}*" if piece.endswith("*") else piece
