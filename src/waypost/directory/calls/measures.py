"""Accuracy in numbers: shares with Wilson's interval, and how well two people agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from math import sqrt

from waypost.directory.calls.outcomes import CallField, CallOutcome, CallVerdict, ListedFact

Z = 1.959963984540054
"""Of 95 % of a normal distribution, on both sides."""


@dataclass(frozen=True, slots=True)
class Accuracy:
    """``right`` of ``judged``, with Wilson's 95 % interval; shares from 0 to 1."""

    right: int
    judged: int

    @property
    def share(self) -> float:
        """The share that was right; 0 where nothing was judged."""
        return self.right / self.judged if self.judged else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's score interval (Wilson 1927, doi:10.1080/01621459.1927.10502953)."""
        if not self.judged:
            return (0.0, 1.0)
        n, p = self.judged, self.share
        middle = (p + Z * Z / (2 * n)) / (1 + Z * Z / n)
        half = Z / (1 + Z * Z / n) * sqrt(p * (1 - p) / n + Z * Z / (4 * n * n))
        return (max(0.0, middle - half), min(1.0, middle + half))


@dataclass(frozen=True, slots=True)
class CoderAgreement:
    """How two people judged the same fields; ``kappa`` is None where chance alone would agree."""

    pairs: int
    agreed: int
    kappa: float | None


def overall(outcomes: Iterable[CallOutcome]) -> tuple[Accuracy, Accuracy]:
    """Exact and functional accuracy; those who did not want to answer are left out."""
    judged = [o for o in outcomes if o.exact is not None]
    exact = sum(o.exact is True for o in judged)
    functional = sum(o.functional is True for o in judged)
    return Accuracy(exact, len(judged)), Accuracy(functional, len(judged))


Key = Callable[[CallOutcome, ListedFact], str]


def by_fact(outcomes: Iterable[CallOutcome], key: Key) -> dict[str, Accuracy]:
    """The accuracy of the facts that were judged right or wrong, by a name that ``key`` gives."""
    right: Counter[str] = Counter()
    judged: Counter[str] = Counter()
    for outcome in outcomes:
        for fact in outcome.facts:
            verdict = outcome.verdicts.get(fact.field, CallVerdict.NOT_ANSWERED)
            if verdict is not CallVerdict.NOT_ANSWERED:
                name = key(outcome, fact)
                judged[name] += 1
                right[name] += verdict is CallVerdict.RIGHT
    return {name: Accuracy(right[name], judged[name]) for name in sorted(judged)}


def age_name(outcome: CallOutcome, fact: ListedFact) -> str:
    """How old a fact was when it was checked, in whole years: "0", "1", "2", or "3" for more."""
    return str(min(3, max(0, (outcome.ended_on - fact.as_of).days) // 365))


def agreement(pairs: Sequence[tuple[Hashable, Hashable]]) -> CoderAgreement:
    """Cohen's kappa of two people's judgments (Cohen 1960, doi:10.1177/001316446002000104)."""
    n = len(pairs)
    agreed = sum(first == second for first, second in pairs)
    if not n:
        return CoderAgreement(0, 0, None)
    firsts, seconds = (Counter(pair[i] for pair in pairs) for i in (0, 1))
    chance = sum(firsts[name] * seconds[name] for name in firsts) / (n * n)
    kappa = None if chance == 1 else (agreed / n - chance) / (1 - chance)
    return CoderAgreement(n, agreed, kappa)


def field_name(outcome: CallOutcome, fact: ListedFact) -> str:
    """The field's name, for `by_fact`."""
    return str(CallField(fact.field).value)
