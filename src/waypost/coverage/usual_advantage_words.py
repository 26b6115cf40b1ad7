"""What a state's Medicare Advantage plans charge, as sentences: a range, its middle, the most."""

from __future__ import annotations

from waypost.coverage.sentences import name_of, say
from waypost.places.states import STATE_NAMES
from waypost.plans.advantage import SOURCE, YEAR
from waypost.plans.usual_advantage import UsualAdvantage, usual_advantage
from waypost.values.level_of_care import LevelOfCare
from waypost.values.money import dollars_text
from waypost.values.saying import Sentence, Sure


def usual_advantage_sentences(state: str, care: LevelOfCare) -> tuple[Sentence, ...]:
    """The range of each service that stands in for the care, of the state or of the country."""
    usual = usual_advantage(state, care)
    if not usual:
        return (say("cost-advantage-none", sure=Sure.LOW, place=_place(state)),)
    return (_plans(usual[0]), *map(_service, usual))


def _plans(usual: UsualAdvantage) -> Sentence:
    """How many plans there are, their yearly maximums, and how many ask first."""
    return say(
        "cost-advantage-plans",
        SOURCE,
        sure=Sure.LOW,
        plans=f"{usual.plans:,}",
        year=str(YEAR),
        place=_place(usual.state),
        least=dollars_text(usual.least_maximum),
        most=dollars_text(usual.most_maximum),
        asks=str(round(usual.asks_first / 100)),
    )


def _service(usual: UsualAdvantage) -> Sentence:
    """The range of one service, and its middle."""
    some = name_of("advantage", "percent").with_values(n=str(usual.by_percent))
    return say(
        "cost-advantage-range",
        SOURCE,
        sure=Sure.LOW,
        service=name_of("advantage", usual.key),
        low=dollars_text(usual.lowest),
        high=dollars_text(usual.highest),
        middle=dollars_text(usual.middle),
        percent=some if usual.by_percent else "",
    )


def _place(state: str) -> Sentence:
    name = STATE_NAMES.get(state)
    return Sentence("place", name, name) if name else name_of("advantage", "country")
