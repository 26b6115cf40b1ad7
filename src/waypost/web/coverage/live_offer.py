"""Whether the answer page may offer to ask the insurer itself."""

from __future__ import annotations

from dataclasses import dataclass

from waypost.serving.payers import the_live
from waypost.values.level_of_care import LevelOfCare


@dataclass(frozen=True, slots=True)
class Offer:
    """A live question that can be asked: through whom, and which insurers."""

    program: str
    payers: tuple[tuple[str, str], ...]


def live_offer(site: str) -> Offer | None:
    """The offer for a program that opted in; None for any other, and where it is turned off."""
    live = the_live() if site else None
    if live is None or not live.offers(site):
        return None
    payers = tuple((payer.id, payer.name) for payer in live.settings.payers)
    return Offer(live.settings.programs[site].name, payers)


def level_of(care: str) -> LevelOfCare:
    """The level of care to ask about; both lists have the same names."""
    return LevelOfCare(care)
