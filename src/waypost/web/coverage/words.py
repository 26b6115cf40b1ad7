"""The words of a coverage answer: verdicts, intervals, the arithmetic of single visits."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from waypost.coverage.estimate import Run
from waypost.coverage.parts import CostPart, CoverageAnswer, Part, Scenario
from waypost.coverage.verdict import Verdict
from waypost.values.money import dollars_text
from waypost.values.saying import Sentence, SourceNote, Sure


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """A sentence as it is shown, with its sources and a mark where it is not confirmed."""

    text: str
    sources: tuple[SourceNote, ...]
    unsure: bool


@dataclass(frozen=True, slots=True)
class Card:
    """One of the three answers."""

    key: str
    question: str
    verdict: str
    css: str
    sure: str  # '' where nothing is known to be sure of
    year: str
    lines: tuple[AnswerLine, ...]

    @property
    def how(self) -> str:
        """How sure, and of when the oldest source is."""
        oldest = _("oldest source: %(year)s") % {"year": self.year} if self.year else ""
        return " · ".join(part for part in (self.sure, oldest) if part)


@dataclass(frozen=True, slots=True)
class ScenarioCard:
    """One way of pricing: its interval and the visits at each end."""

    letter: str
    name: str
    plan_words: str
    interval: str
    price_decides: str
    low: tuple[str, ...]
    high: tuple[str, ...]


_NOTHING_TO_BE_SURE_OF = frozenset({Verdict.UNKNOWN, Verdict.NOT_APPLICABLE})


def shown(lines: tuple[Sentence, ...]) -> tuple[AnswerLine, ...]:
    """Sentences in the reader's language."""
    language = get_language() or "en"
    return tuple(AnswerLine(s.text(language), s.sources, s.sure is Sure.LOW) for s in lines)


def cards(answer: CoverageAnswer) -> list[Card]:
    """The three answers, in the order in which people ask."""
    return [
        _card("covered", _("Is this care covered?"), answer.covered, _covered_words()),
        _card("network", _("Is this program in my network?"), answer.network, _network_words()),
        _card("cost", _("What might I pay?"), answer.cost.part, _cost_words(answer.cost)),
    ]


def _card(key: str, question: str, part: Part, words: dict[Verdict, str]) -> Card:
    css = part.verdict.value.replace(" ", "-")
    sure = "" if part.verdict in _NOTHING_TO_BE_SURE_OF else sure_words(part.sure)
    return Card(key, question, words[part.verdict], css, sure, part.year, shown(part.sentences))


def _covered_words() -> dict[Verdict, str]:
    return {
        Verdict.COVERED: _("Covered"),
        Verdict.LIKELY: _("Likely covered"),
        Verdict.DEPENDS: _("It depends"),
        Verdict.NOT_COVERED: _("Not covered"),
        Verdict.UNKNOWN: _("Unknown"),
        Verdict.NOT_APPLICABLE: _("Does not apply"),
    }


def _network_words() -> dict[Verdict, str]:
    return {
        Verdict.COVERED: _("Yes"),
        Verdict.LIKELY: _("Likely, ask to confirm"),
        Verdict.DEPENDS: _("It depends, ask"),
        Verdict.NOT_COVERED: _("No"),
        Verdict.UNKNOWN: _("Unknown"),
        Verdict.NOT_APPLICABLE: _("There is no network"),
    }


def _cost_words(cost: CostPart) -> dict[Verdict, str]:
    return dict.fromkeys(Verdict, cost_summary(cost)) | {Verdict.UNKNOWN: _("Unknown")}


def cost_summary(cost: CostPart) -> str:
    """“$0 to $8,200”, or words if the cost depends on an unknown price of a visit."""
    if not cost.scenarios:
        return _("It depends")
    if cost.low is not None:
        return interval_words(cost.low, cost.high)
    ways = list(dict.fromkeys(scenario_interval(scenario) for scenario in cost.scenarios))
    return _begun_with_a_capital(_(" or ").join(ways))


def _begun_with_a_capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def scenario_interval(scenario: Scenario) -> str:
    """A scenario's interval, or that it is a part of an unknown price."""
    interval = scenario.estimate
    if interval is not None:
        return interval_words(interval.low, interval.high)
    if scenario.most is None:
        return _("a part of the price")
    return _("a part of the price, at most %(most)s") % {"most": dollars_text(scenario.most)}


def sure_words(sure: Sure) -> str:
    """How sure, in words."""
    return {
        Sure.HIGH: _("We are sure of this"),
        Sure.MEDIUM: _("We are fairly sure of this"),
        Sure.LOW: _("We are not sure of this"),
    }[sure]


def interval_words(low: int, high: int | None) -> str:
    """“$900”, “$0 to $8,200” or “$400 or more”."""
    if high is None:
        return _("%(low)s or more, no limit known") % {"low": dollars_text(low)}
    if low == high:
        return dollars_text(low)
    return _("%(low)s to %(high)s") % {"low": dollars_text(low), "high": dollars_text(high)}


def scenario_cards(cost: CostPart) -> list[ScenarioCard]:
    """The ways of pricing, side by side, as A and B where there are two."""
    alone = len(cost.scenarios) == 1
    return [
        _scenario("" if alone else "AB"[place], scenario)
        for place, scenario in enumerate(cost.scenarios[:2])
    ]


def _scenario(letter: str, scenario: Scenario) -> ScenarioCard:
    interval, note = scenario.estimate, scenario.without_price
    language = get_language() or "en"
    shown_runs = interval if note is None else None
    low = tuple(run_words(run) for run in shown_runs.low_runs) if shown_runs else ()
    high = tuple(run_words(run) for run in shown_runs.high_runs) if shown_runs else ()
    return ScenarioCard(
        letter,
        scenario.name.text(language),
        scenario.words,
        _begun_with_a_capital(scenario_interval(scenario)),
        note.text(language) if note else "",
        low,
        high if high != low else (),
    )


def run_words(run: Run) -> str:
    """“Visits 2–8: $250 deductible = $250 each”."""
    paid = run.payment
    parts = [
        words % {"amount": dollars_text(amount)}
        for amount, words in (
            (paid.deductible, _("%(amount)s deductible")),
            (paid.copay, _("%(amount)s copay")),
            (paid.coinsurance, _("%(amount)s coinsurance")),
        )
        if amount
    ]
    total = dollars_text(paid.total)
    is_single = run.first == run.last
    which = (
        _("Visit %(first)s") % {"first": run.first}
        if is_single
        else _("Visits %(first)s to %(last)s") % {"first": run.first, "last": run.last}
    )
    each = total if is_single else _("%(total)s each") % {"total": total}
    capped = paid.deductible + paid.copay + paid.coinsurance > paid.total
    sum_of = " + ".join(parts) if parts else _("nothing")
    if capped:
        sum_of += " " + _("(the yearly maximum stops it)")
    return f"{which}: {sum_of} = {each}"
