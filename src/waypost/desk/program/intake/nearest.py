"""The nearest detox in the directory, for somebody whose withdrawal may be dangerous."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.utils import timezone

from waypost.design.words import address_text, miles_text
from waypost.navigation.find_care import find_care
from waypost.navigation.need import LEVEL, BadNeed, Need
from waypost.publishing.reader import BadSnapshot
from waypost.serving.process import current_snapshot

LEVELS = ("withdrawal-inpatient", "withdrawal-residential")
"""Where withdrawal is watched day and night."""

MOST = 3


@dataclass(frozen=True, slots=True)
class NearDetox:
    """A program that takes people through withdrawal: its name, town, distance and number."""

    name: str
    address: str
    distance: str
    phone: str


def nearest_detox(place: str) -> list[NearDetox]:
    """Up to three, the nearest to a place; empty where the place or the directory is unknown.

    The place is asked of this installation's own directory, and kept nowhere.
    """
    code = re.search(r"\b\d{5}\b", place)
    if not place.strip():
        return []
    try:
        need = Need(
            place=code.group() if code else place,
            radius_miles=None,
            choices=((LEVEL, LEVELS),),
            page_size=MOST,
        )
        answer = find_care(current_snapshot(), need, timezone.now())
    except (BadNeed, BadSnapshot):
        return []
    return [
        NearDetox(
            option.site.name,
            address_text(option.site),
            miles_text(option.miles) if option.miles is not None else "",
            next((phone.display for phone in option.site.phones), ""),
        )
        for option in answer.options[:MOST]
    ]
