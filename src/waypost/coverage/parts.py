"""The shapes of an answer: parts with verdicts, and what a course may cost."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from waypost.coverage.estimate import Estimate
from waypost.coverage.question import CoverageQuestion
from waypost.coverage.verdict import Verdict
from waypost.plans.insurance import Insurance
from waypost.plans.plan import Plan
from waypost.values.saying import Sentence, SourceNote, Sure


@dataclass(frozen=True, slots=True)
class Part:
    """One of the three answers: its verdict, how sure it is, and the sentences it rests on."""

    verdict: Verdict
    sure: Sure
    sentences: tuple[Sentence, ...]

    @classmethod
    def of(cls, verdict: Verdict, sure: Sure, sentences: Iterable[Sentence]) -> Part:
        """A part; nobody is sure of what is unknown."""
        believed = Sure.LOW if verdict is Verdict.UNKNOWN else sure
        return cls(verdict, believed, tuple(sentences))

    @property
    def sources(self) -> tuple[SourceNote, ...]:
        """Every source of its sentences, each once, in their order."""
        return tuple(dict.fromkeys(s for line in self.sentences for s in line.sources))

    @property
    def year(self) -> str:
        """The year of the oldest source: an answer is as new as its oldest link."""
        return min((source.as_of[:4] for source in self.sources), default="")


@dataclass(frozen=True, slots=True)
class Scenario:
    """One way in which the course may be priced, with its interval in cents.

    ``estimate`` is None where the cost depends on an unknown price; ``most`` is then what is left
    of the yearly maximum (None where there is none). ``without_price`` says how a visit is paid
    where its price is not known; then the single visits cannot be shown. None where they can.
    """

    key: str
    name: Sentence
    words: str  # the file's own, verbatim
    estimate: Estimate | None
    without_price: Sentence | None = None
    most: int | None = None


@dataclass(frozen=True, slots=True)
class CostPart:
    """What the course may cost: a part like the others, and the scenarios side by side."""

    part: Part
    scenarios: tuple[Scenario, ...]

    @property
    def low(self) -> int | None:
        """Cents at the lowest end of all scenarios; None where one has no interval."""
        lows = [s.estimate.low for s in self.scenarios if s.estimate]
        return min(lows) if lows and len(lows) == len(self.scenarios) else None

    @property
    def high(self) -> int | None:
        """Cents at the highest end; None where one has no interval or no limit."""
        highs = [s.estimate.high if s.estimate else None for s in self.scenarios]
        limits = [h for h in highs if h is not None]
        return max(limits) if limits and len(limits) == len(highs) else None


@dataclass(frozen=True, slots=True)
class CoverageAnswer:
    """All that is known, in the order in which a person asks it.

    ``insurance`` is the kind that is answered for. ``notes`` say why a plan that was named is not
    answered for.
    """

    question: CoverageQuestion
    insurance: Insurance
    plan: Plan | None
    site_name: str
    notes: tuple[Sentence, ...]
    covered: Part
    network: Part
    cost: CostPart
    authorization: tuple[Sentence, ...]
    changes: tuple[Sentence, ...]
    script: tuple[Sentence, ...]
    appeals: tuple[Sentence, ...]
    help: tuple[Sentence, ...]

    @property
    def sources(self) -> tuple[SourceNote, ...]:
        """Every source of the whole answer, each once."""
        groups = (self.authorization, self.changes, self.appeals, self.help)
        loose = [s for group in groups for line in group for s in line.sources]
        parts = (self.covered, self.network, self.cost.part)
        return tuple(dict.fromkeys([s for part in parts for s in part.sources] + loose))
