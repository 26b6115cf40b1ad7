"""A second reader of danger, taught by texts that were written for it: it hears what no rule names.

Rules and concepts miss wordings that nobody foresaw. This reader weighs words, their neighbors and
groups of letters: a linear model (logistic regression), small enough to read as a table. Every text
it was taught by was made up for that (`tools/danger_texts/` and the tables of the tests); none was
ever a person's. It can raise a tier and never lowers one. `tools/teach_danger.py` writes its table
and prints what it misses of texts that it was not taught by.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from math import sqrt
from pathlib import Path

from waypost.values.content import content_folder

IMMINENT = 0
"""The tier of a text that scores `LearnedReader.imminent` or more."""
HIGH = 1
"""The tier of a text that scores `LearnedReader.high` or more."""
LONGEST = 20
"""Words up to which a text is read whole only; one clause decides in many longer ones."""
SPAN = 16
"""Words of a longer text that are read together, half of them with the span before."""
FEWEST_WORDS = 2
"""Different words, numbers apart, that the reader must know of a text before it says anything."""
GROUPS = (3, 4)
"""Letters of a word, its edges among them, that are weighed together."""
REASON = "learned"
"""The code of this reader in the reasons of a case."""


class BadLearnedTable(ValueError):
    """The table cannot be used; the message says which line and why."""


@dataclass(frozen=True, slots=True)
class Learned:
    """What the reader makes of a text: its tier, and the guide's danger that it is likest."""

    tier: int
    danger: str


@dataclass(frozen=True)
class LearnedReader:
    """Weights of features (their counts in the teaching texts inside), and what scores mean."""

    weights: Mapping[str, tuple[float, float]]
    """Of each feature: how rare it is (the vector's length is made of it), and its weight."""
    dangers: Mapping[str, Mapping[str, float]]
    """Of each word: how much it speaks for each danger."""
    base: float
    imminent: float
    high: float
    version: str

    def score(self, words: Sequence[str]) -> float:
        """How much the gravest span of the words looks like danger: more is graver."""
        return max((self._score(span) for span in spans(words)), default=self.base)

    def read(self, plain: str) -> Learned | None:
        """The tier of a text in plain words, or None where it does not look like danger."""
        words = plain.split()
        score = self.score(words)
        if score < self.high:
            return None
        return Learned(IMMINENT if score >= self.imminent else HIGH, self._likest(words))

    def _score(self, words: Sequence[str]) -> float:
        known_words = {word for word in words if not word.isdigit() and f"w {word}" in self.weights}
        if len(known_words) < FEWEST_WORDS:  # "hello 9 hello 10": there is nothing to weigh
            return self.base
        known = [self.weights[f] for f in features(words) if f in self.weights]
        length = sqrt(sum(rare * rare for rare, _ in known))
        return self.base + (sum(rare * weight for rare, weight in known) / length if length else 0)

    def _likest(self, words: Sequence[str]) -> str:
        said: dict[str, float] = {}
        for word in words:
            for danger, weight in self.dangers.get(word, {}).items():
                said[danger] = said.get(danger, 0.0) + weight
        return max(said, key=lambda danger: said[danger]) if said else "suicide"


def features(words: Sequence[str]) -> set[str]:
    """What is weighed of the words: each, two and three in a row, one apart, groups of letters."""
    framed = ["<", *words, ">"]
    threes = zip(framed, framed[1:], framed[2:], strict=False)
    result = {f"w {word}" for word in framed}
    result.update(f"w {first} {second}" for first, second in pairwise(framed))
    for first, second, third in threes:
        result.add(f"w {first} {second} {third}")
        result.add(f"s {first} {third}")
    result.update(f"c {letters}" for word in framed for letters in _groups(f" {word} "))
    return result


def spans(words: Sequence[str]) -> Iterator[Sequence[str]]:
    """The words whole, and where there are many, also in spans that overlap by half."""
    yield words
    if len(words) > LONGEST:
        for at in range(0, len(words) - SPAN // 2, SPAN // 2):
            yield words[at : at + SPAN]


@cache
def the_learned_reader() -> LearnedReader:
    """The reader that this installation carries."""
    return read_learned(content_folder() / "safety" / "learned_danger.tsv")


def read_learned(path: Path) -> LearnedReader:
    """The reader from its table: lines of a key and its values, apart by tabs.

    Raises:
        BadLearnedTable: a line is not of its kind.
    """
    settings: dict[str, str] = {}
    weights: dict[str, tuple[float, float]] = {}
    dangers: dict[str, dict[str, float]] = {}
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        try:
            kind, key, *values = line.split("\t")
            if kind == "feature":
                weights[key] = (int(values[0]) / 100, int(values[1]) / 100)
            elif kind == "word":
                dangers[key] = {
                    danger: int(weight) / 100
                    for danger, weight in (value.split("=") for value in values)
                }
            elif kind == "setting":
                settings[key] = values[0]
            elif kind != "#":
                raise ValueError(kind)
        except (ValueError, IndexError) as error:
            raise BadLearnedTable(f"{path.name}, line {number}: {error}") from error
    try:
        return LearnedReader(
            weights,
            dangers,
            base=float(settings["base"]),
            imminent=float(settings["imminent"]),
            high=float(settings["high"]),
            version=settings["version"],
        )
    except (KeyError, ValueError) as error:
        raise BadLearnedTable(
            f"{path.name}: a setting is missing or not a number: {error}"
        ) from error


def _groups(framed: str) -> Iterator[str]:
    for letters in GROUPS:
        for at in range(len(framed) - letters + 1):
            yield framed[at : at + letters]
