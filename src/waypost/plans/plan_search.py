"""Find a plan by issuer, name or id, as people type it from a card."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from rapidfuzz import fuzz, process, utils

from waypost.plans.advantage import segments, states_of
from waypost.plans.insurance import Insurance
from waypost.plans.marketplace import carried_heads
from waypost.plans.plan_id import card_id, id_in, is_version_of, without_version

MAX_TEXT = 80
SIEVED = 300
GOOD_ENOUGH = 70.0
"""Of 100: below this a name is another name."""


@dataclass(frozen=True, slots=True)
class PlanName:
    """A plan as it is listed: ``states`` are two-letter codes, in the file's order."""

    id: str
    insurance: Insurance
    issuer: str
    name: str
    states: tuple[str, ...]

    @property
    def label(self) -> str:
        """Issuer and name, or only the id where the file gives no name."""
        return " ".join(part for part in (self.issuer, self.name) if part) or self.id

    @property
    def card_id(self) -> str:
        """The id as a card writes it: H0104-012-0 where the files have H0104_012_0."""
        return card_id(self.id)


@cache
def carried_names() -> tuple[PlanName, ...]:
    """The plans that come with the product."""
    advantage = (
        PlanName(k, Insurance.ADVANTAGE, "", "", states_of(row)) for k, row in segments().items()
    )
    marketplace = (
        PlanName(h.id, h.insurance, h.issuer, h.name, (h.state,)) for h in carried_heads()
    )
    return (*advantage, *marketplace)


def search_plans(
    text: str, names: Iterable[PlanName], *, state: str = "", limit: int = 10
) -> list[PlanName]:
    """The best matches first: the id in the text, ids that begin as typed, names that sound alike.

    ``state`` keeps the plans of one state; an id that is written out is found in any. Text beyond
    80 characters is not read.
    """
    typed = text[:MAX_TEXT]
    plain = _plain_id(typed)
    if not plain:
        return []
    every = list(names)
    if written := id_in(typed):
        of_id = [n for n in every if is_version_of(n.id, written)]
        # a segment or a variant that no file has: the others of the plan are offered to choose from
        of_plan = of_id or [n for n in every if is_version_of(n.id, without_version(written))]
        if of_plan:
            return of_plan[:limit]
    here = [n for n in every if not state or state in n.states]
    if any(c.isdigit() for c in plain):
        by_id = [n for n in here if _plain_id(n.id).startswith(plain)]
        if by_id:
            return by_id[:limit]
    return _by_name(typed, [n for n in here if n.name], limit)


def _by_name(typed: str, names: Sequence[PlanName], limit: int) -> list[PlanName]:
    """A quick sieve over all names, then each typed word against each word of the few left."""
    labels = [utils.default_process(n.label) for n in names]
    words = utils.default_process(typed).split()
    sieved = process.extract(
        " ".join(words), labels, scorer=fuzz.token_set_ratio, limit=SIEVED, score_cutoff=30.0
    )
    ranked = sorted(
        ((_alike(words, label), place) for label, _score, place in sieved),
        key=lambda pair: (-pair[0], names[pair[1]].id),
    )
    return [names[place] for score, place in ranked if score >= GOOD_ENOUGH][:limit]


def _alike(words: Sequence[str], label: str) -> float:
    """Of 100: how well each typed word is found among the label's, on average."""
    have = label.split()
    best = [max((fuzz.ratio(word, other) for other in have), default=0.0) for word in words]
    return sum(best) / len(best) if best else 0.0


def _plain_id(text: str) -> str:
    """H0104-012-0, h0104 012 0 and H0104_012_0 are one id."""
    return "".join(c for c in text.upper() if c.isascii() and c.isalnum())
