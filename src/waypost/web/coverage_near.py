"""From a coverage answer back into the search: programs that say they take this insurance."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.utils.translation import get_language

from waypost.coverage.listing import PAYMENT
from waypost.coverage.question import Care, Insurance
from waypost.directory.facets import option
from waypost.navigation.answer import Snapshot
from waypost.navigation.find_care import find_care
from waypost.navigation.need import BadNeed, Need
from waypost.places.states import STATE_NAMES

WITHOUT_INSURANCE = ("no-charge", "sliding-fee", "assistance", "public-funds")


@dataclass(frozen=True, slots=True)
class NearLink:
    """A search that is ready to open; ``count`` is None where no state was told."""

    words: str
    query: str
    count: int | None


def near_links(
    snapshot: Snapshot, insurance: Insurance, care: Care, state: str, now: datetime
) -> list[NearLink]:
    """Searches by payment: for the insurance that was named, and for care without insurance."""
    own = PAYMENT.get(insurance)
    payments = (own, *WITHOUT_INSURANCE) if own else WITHOUT_INSURANCE
    counts = _counts(snapshot, care, state, now)
    return [_link(payment, care, state, counts) for payment in payments]


def _counts(snapshot: Snapshot, care: Care, state: str, now: datetime) -> dict[str, int]:
    if not state:
        return {}
    try:
        need = Need(place=STATE_NAMES[state], choices=(("level", (care.value,)),), page_size=1)
    except BadNeed:
        return {}
    return dict(find_care(snapshot, need, now).counts)


def _link(payment: str, care: Care, state: str, counts: dict[str, int]) -> NearLink:
    choice = option(f"payment:{payment}")
    words = choice.label_es if get_language() == "es" else choice.label
    pairs = [("level", care.value), ("payment", payment)]
    if state:
        pairs.insert(0, ("near", STATE_NAMES[state]))
    return NearLink(words, urlencode(pairs), counts.get(f"payment:{payment}"))
