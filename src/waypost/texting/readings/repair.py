"""Puts right spacing, typing errors and digits for letters, toward a vocabulary that matters.

A repaired text is one more reading of what was typed, beside the text as it stands: it can only
add meaning. Real words that resemble one of the vocabulary are known and left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from rapidfuzz import process
from rapidfuzz.distance import OSA

from waypost.texting.readings.folding import squeezed

_LETTERS = {"0": "o", "3": "e", "4": "a", "5": "s", "7": "t", "8": "b", "9": "g", "@": "a",
            "$": "s", "!": "i", "+": "t"}  # fmt: skip
_ALONE = {"2": "to", "4": "for", "u": "you", "ur": "your", "r": "are", "b": "be", "n": "and",
          "w": "with", "bc": "because"}  # fmt: skip
_UNKNOWN = 1000
"""What a letter costs that belongs to no word: more than any number of words."""
WAYS = 4
"""Ways to take one run of letters apart."""
MOST = 10
"""Choices for one typing error."""
REMEMBERED = 20_000
"""Unknown words whose neighbors are kept in memory."""
MOST_UNKNOWN = 8
"""Unknown words of which other choices are still tried."""
FEWEST_CONSONANTS = 3
"""Consonants from which on a word without vowels is read as one that has them."""
LONGEST_RUN = 200
"""Letters without a space that are still taken apart."""
_NEVER_JOINED = frozenset({"beat", "about", "away", "today", "alone", "into", "gota", "nose"})
"""Words that two ordinary words make ("be at")."""
_NO_PIECES = frozenset("bcdefghjklmnopqrstuvwxyz")
"""Single letters that are no word of their own; "a" and "i" are."""
_VOWELS = re.compile("[aeiouy]")
_AT_END = re.compile(r"[$@!+]+(?!\S)")
_MIXED = re.compile(r"(?=\S*[a-z])(?=\S*[0-9$@!+])\S+")


def digits_as_letters(text: str, letter: str) -> str:
    """Words that mix letters with digits, read as letters; ``one`` is what "1" stands for."""
    return _MIXED.sub(lambda mixed: mixed.group().translate(_table(letter)), _AT_END.sub(" ", text))


def all_digits_as_letters(text: str, letter: str) -> str:
    """The same of every digit, where some word mixes them: "533 y0u" is "see you"."""
    text = _AT_END.sub(" ", text)
    return text.translate(_table(letter)) if _MIXED.search(text) else text


def digits_apart(text: str) -> str:
    """Digits and letters that stand together, apart: "50pills" is "50 pills"."""
    return re.sub(r"(?<=\d)(?=[a-z]{3})|(?<=[a-z]{3})(?=\d)", " ", text)


def _table(letter: str) -> dict[int, str]:
    return str.maketrans({**_LETTERS, "1": letter})


def short_forms(text: str) -> str:
    """The text with what stands for a word as that word: "2 b w u" is "to be with you"."""
    return " ".join(_ALONE.get(word, word) for word in text.split())


@dataclass(frozen=True)
class KnownWords:
    """The words that rules look for (squeezed), and other real words that look like them."""

    words: frozenset[str]
    others: frozenset[str]
    _by_length: Mapping[int, Sequence[str]] = field(init=False, repr=False, compare=False)
    _by_consonants: Mapping[str, Sequence[str]] = field(init=False, repr=False, compare=False)
    _remembered: dict[str, tuple[str, ...]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def __post_init__(self) -> None:
        """Keep the words by length, so that only likely ones are compared."""
        by_length: dict[int, list[str]] = {}
        by_consonants: dict[str, list[str]] = {}
        for word in sorted(self.words):
            by_length.setdefault(len(word), []).append(word)
            by_consonants.setdefault(_consonants(word), []).append(word)
        object.__setattr__(self, "_by_length", by_length)
        object.__setattr__(self, "_by_consonants", by_consonants)

    def knows(self, word: str) -> bool:
        """Whether the word is to be left as it stands."""
        return word in self.words or word in self.others or not word.isalpha()

    def nearest(self, word: str) -> tuple[str, ...]:
        """Up to ten words of the vocabulary that ``word`` may be a slip for, nearest first."""
        if word not in self._remembered:
            if len(self._remembered) >= REMEMBERED:
                self._remembered.clear()
            self._remembered[word] = self._nearest(word)
        return self._remembered[word]

    def _nearest(self, word: str) -> tuple[str, ...]:
        allowed = 1 if len(word) < 7 else 2
        near = []
        for length in range(len(word) - allowed, len(word) + allowed + 1):
            for other, distance, _ in process.extract(
                word,
                self._by_length.get(length, ()),
                scorer=OSA.distance,
                score_cutoff=allowed,
                limit=None,
            ):
                if length >= 3 or (len(word) == length and sorted(word) == sorted(other)):
                    near.append((distance, word[0] != other[0], abs(length - len(word)), other))
        without_vowels = self._by_consonants.get(word, ()) if len(word) >= FEWEST_CONSONANTS else ()
        nearest = (*without_vowels, *(entry[-1] for entry in sorted(near)))
        return tuple(dict.fromkeys(nearest))[:MOST]


def _consonants(word: str) -> str:
    """The word as it is typed without vowels: "myself" is "mslf"."""
    return squeezed(_VOWELS.sub("", word))


def respaced(
    words: Sequence[str], vocabulary: KnownWords, *, boldly: bool = False
) -> Iterator[list[str]]:
    """Joins pieces of a word, and splits words that were run together, in each likely way.

    ``boldly`` joins two real words as well ("to ok" is "took").
    """
    forward = _joined(words, vocabulary, boldly)
    backward = _joined(words, vocabulary, boldly, backward=True)
    for joined in (forward,) if forward == backward else (forward, backward):
        yield from _taken_apart(joined, vocabulary)


def _taken_apart(joined: Sequence[str], vocabulary: KnownWords) -> Iterator[list[str]]:
    ways = [_splits(word, vocabulary) or [[word]] for word in joined]
    best = [pieces[0] for pieces in ways]
    yield [piece for pieces in best for piece in pieces]
    for at, others in enumerate(ways):
        for other in others[1:]:
            whole = [*best[:at], other, *best[at + 1 :]]
            yield [piece for pieces in whole for piece in pieces]


def retyped(words: Sequence[str], vocabulary: KnownWords) -> Iterator[list[str]]:
    """The words with each unknown one as its nearest; then each other likely choice, one by one."""
    near = [
        () if vocabulary.knows(word) or len(word) < 2 else vocabulary.nearest(word)
        for word in words
    ]
    best = [choices[0] if choices else word for word, choices in zip(words, near, strict=True)]
    yield best
    if sum(map(bool, near)) > MOST_UNKNOWN:
        return  # a long text in other words: its best reading must do
    for at, choices in enumerate(near):
        for choice in choices[1:]:
            yield [*best[:at], choice, *best[at + 1 :]]


def _joined(
    words: Sequence[str], vocabulary: KnownWords, boldly: bool, *, backward: bool = False
) -> list[str]:
    """Words with pieces joined, from the front or from the back: "to k ill" is read both ways."""
    left = list(reversed(words)) if backward else list(words)
    odd = [len(word) == 1 or not vocabulary.knows(word) for word in left]
    result: list[str] = []
    at = 0
    while at < len(left):
        joined, many = left[at], 1
        for more in (4, 3, 2):
            bold = boldly and more == 2
            if at + more <= len(left) and (bold or any(odd[at : at + more])):
                pieces = left[at : at + more]
                whole = _one_word(pieces[::-1] if backward else pieces, vocabulary, bold)
                if whole:
                    joined, many = whole, more
                    break
        result.append(joined)
        at += many
    return result[::-1] if backward else result


def _one_word(pieces: Sequence[str], vocabulary: KnownWords, bold: bool) -> str:
    """The word that pieces make, of which one is no word that we know; '' where they make none.

    ``bold``: two words that we know make one as well.
    """
    whole = "".join(pieces)
    together = squeezed(whole)
    if together not in vocabulary.words:
        return ""
    return "" if bold and (len(whole) < 4 or together in _NEVER_JOINED) else together


def _splits(word: str, vocabulary: KnownWords) -> list[list[str]]:
    """The ways to take ``word`` apart into few words of the vocabulary, the likeliest first.

    Where two words met in the same letter it was squeezed ("wanto" is "want to"), so a word may
    share its first letter with the last one of the word before. A long run may hold a few
    letters that belong to no word.
    """
    if vocabulary.knows(word) or not 3 <= len(word) <= LONGEST_RUN:
        return []
    best: list[list[tuple[int, list[str]]]] = [[(0, [])]]
    for end in range(1, len(word) + 1):
        choices = [(cost + _UNKNOWN, [*way, word[end - 1]]) for cost, way in best[end - 1]]
        for start in range(max(0, end - 14), end):
            for piece in {word[start:end], word[max(start - 1, 0) : end]} & vocabulary.words:
                if piece not in _NO_PIECES:
                    choices += [
                        (cost + (len(piece) < 2) + 1, [*way, piece]) for cost, way in best[start]
                    ]
        best.append(sorted(choices)[:WAYS])
    allowed = _UNKNOWN * (len(word) // 12 + 1)
    return [way for cost, way in best[-1] if cost < allowed]
