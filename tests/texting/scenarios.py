"""The carried tables of labelled texts, as the tests and `make bench` read them."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

from waypost.texting.crisis.tiers import Tier, classify

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class CrisisScenario:
    """A text (and those before it) with the tier that it needs, at least or exactly."""

    kind: str
    tier: int
    exactly: bool
    earlier: tuple[str, ...]
    text: str

    def reached(self, *, change=lambda text: text) -> int:
        """The gravest tier while the texts arrive one by one, each changed by ``change``."""
        texts = [change(text) for text in (*self.earlier, self.text)]
        return min(
            classify(text, earlier=texts[:at], language="en").tier for at, text in enumerate(texts)
        )

    def missed(self, tier: int) -> bool:
        """Whether a danger was missed: the tier reached is less grave than the one needed."""
        return tier > self.tier

    def raised_for_nothing(self, tier: int) -> bool:
        """Whether an ordinary text was taken for a danger."""
        return self.exactly and tier < Tier(self.tier)


def crisis_scenarios(name: str = "crisis_scenarios") -> list[CrisisScenario]:
    """Every row of ``<name>.csv``."""
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return [
            CrisisScenario(
                row["class"],
                int(row["tier"]),
                row["how"] == "exactly",
                tuple(row["earlier"].split(" // ")) if row["earlier"] else (),
                row["text"],
            )
            for row in csv.DictReader(file)
        ]


def rounds() -> list[CrisisScenario]:
    """The texts of every round: written before the rules were looked at, then carried."""
    names = sorted(path.stem for path in FOLDER.glob("crisis_scenarios_*_round.csv"))
    return [scenario for name in names for scenario in crisis_scenarios(name)]


def first_tries() -> list[dict[str, str]]:
    """Each later round as it went at first try: how many texts, missed dangers and false alarms.

    Written down when the round was run; its texts are mended since and stand in its table.
    """
    with (FOLDER / "rounds.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def opting_replies() -> list[tuple[str, str]]:
    """What each labelled reply asks to stop ("all", "series", "unsure", "none"), and its words."""
    with (FOLDER / "opting_replies.csv").open(encoding="utf-8", newline="") as file:
        return [(row["asks"], row["reply"]) for row in csv.DictReader(file)]
