"""A plan as the answer needs it, from whatever file."""

from __future__ import annotations

from dataclasses import dataclass

from waypost.plans.advantage_cost import CostSpan
from waypost.plans.insurance import Insurance
from waypost.plans.visit import VisitShare
from waypost.values.saying import SourceNote


@dataclass(frozen=True, slots=True)
class Priced:
    """A way in which the plan may price a visit.

    ``key`` names it in `sentences.yaml` (office, other, facility, group, ...); ``low`` and
    ``high`` bracket the share where the file gives a range; ``words`` quotes the file.
    """

    key: str
    low: VisitShare
    high: VisitShare
    words: str


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan's facts for one care. Cents; None means that the file does not say."""

    id: str
    insurance: Insurance
    year: int
    states: tuple[str, ...]
    issuer: str
    name: str
    source: SourceNote
    deductible: CostSpan | None = None
    maximum: CostSpan | None = None
    priced: tuple[Priced, ...] = ()
    covered: bool | None = None
    authorization: bool | None = None
    referral: bool | None = None
    limit: str = ""  # verbatim, such as "20 Visit(s) per Benefit Period"
    notes: tuple[str, ...] = ()  # the file's explanations, verbatim
    refused: tuple[str, ...] = ()  # prices whose wording the grammar does not know
    benefits_url: str = ""
    stand_in: bool = False  # True where other services' prices are used for this care
    stay_words: str = ""  # verbatim price of a hospital stay, for overnight care
    outside_words: tuple[str, ...] = ()  # verbatim prices outside the network
    second_tier: tuple[str, ...] = ()  # verbatim prices of the network's second tier
    network_name: str = ""
    network_url: str = ""

    @property
    def label(self) -> str:
        """What a person recognizes: issuer, name and id."""
        return " ".join(part for part in (self.issuer, self.name, f"({self.id})") if part)
