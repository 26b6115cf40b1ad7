"""Precision and recall of the signs, on listings that were judged by hand.

The carried table holds 100 listings of the editions of 2024: drawn from those with each sign and
from those that might have had it, read by a person with the other listings beside them. ``holds``
is 1 where what the sign warns of is so as far as the published data show; a telephone call could
say more, and a round of calls does.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.resources import files

from waypost.directory.signs import Sign, SignKind

SignsOf = Callable[[str], list[Sign] | None]


@dataclass(frozen=True, slots=True)
class SignScore:
    """Signs rightly given, wrongly given, missed, and rightly not given."""

    right: int
    wrong: int
    missed: int
    silent: int

    @property
    def precision(self) -> float:
        """The share of given signs that hold."""
        return self.right / max(1, self.right + self.wrong)

    @property
    def recall(self) -> float:
        """The share of what holds that has its sign."""
        return self.right / max(1, self.right + self.missed)


def judged() -> list[dict[str, str]]:
    """The carried table: site, listing, sign, holds, reason."""
    path = files("waypost.directory") / "data" / "judged_signs.csv"
    return list(csv.DictReader(path.read_text("utf-8").splitlines()))


def scores(signs_of: SignsOf) -> dict[SignKind, SignScore]:
    """The score of each kind; listings that are not in the snapshot any more are left out."""
    tally: dict[SignKind, Counter[tuple[bool, bool]]] = {}
    for row in judged():
        signs = signs_of(row["site"])
        if signs is not None:
            kind = SignKind(row["sign"])
            given = any(sign.kind is kind for sign in signs)
            tally.setdefault(kind, Counter())[given, row["holds"] == "1"] += 1
    return {
        kind: SignScore(
            counts[True, True], counts[True, False], counts[False, True], counts[False, False]
        )
        for kind, counts in tally.items()
    }


def measure(signs_of: SignsOf) -> Iterator[str]:
    """The scores in words, one line for each kind."""
    by_sign = scores(signs_of)
    for kind, score in by_sign.items():
        yield (
            f"{kind.value}: precision {score.precision:.3f}, recall {score.recall:.3f} "
            f"({score.right} right, {score.wrong} wrong, {score.missed} missed, "
            f"{score.silent} rightly silent)"
        )
    judged = sum(s.right + s.wrong + s.missed + s.silent for s in by_sign.values())
    yield f"{judged} listings judged"
