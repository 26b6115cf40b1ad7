"""A coverage answer as text on a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

import typer

from waypost.coverage.parts import CoverageAnswer, Part, Scenario
from waypost.coverage.verdict import Verdict
from waypost.serving.coverage_answers import CoverageAnswered, InNetwork
from waypost.values.money import dollars_text
from waypost.values.saying import Sentence, Sure

WIDTH = 100
PARTS = ("Is this care covered?", "Is this program in the network?", "What might it cost?")
SECTIONS = (
    ("Asking the plan first", "authorization"),
    ("What could change the answer", "changes"),
    ("What to say when you call", "script"),
    ("If the plan says no", "appeals"),
    ("With no insurance, or too little", "help"),
)


def print_answer(checked: CoverageAnswered, language: str) -> None:
    """Print the three answers, what else to know, and the sources."""
    answer = checked.answer
    _lines(answer.notes, language)
    parts = (answer.covered, answer.network, answer.cost.part)
    for title, part in zip(PARTS, parts, strict=True):
        typer.secho(f"{title} {_verdict(answer, part)}", bold=True)
        sure = "" if part.verdict is Verdict.UNKNOWN else f"how sure: {part.sure}; "
        print(f"  {sure}oldest source: {part.year or 'none'}")
        if part is answer.cost.part:
            for letter, scenario in zip("AB", answer.cost.scenarios, strict=False):
                _line(f"{letter}. {_scenario(scenario, language)}")
        _lines(part.sentences, language)
    if checked.in_network is not None:
        _in_network(checked.in_network)
    for title, name in SECTIONS:
        lines = getattr(answer, name)
        if lines:
            typer.secho(title, bold=True)
            _lines(lines, language)
    typer.secho("Sources", bold=True)
    for source in answer.sources:
        _line(f"{source.title}. {source.publisher}, {source.as_of}. {source.url}")
    print("Not a promise: the plan decides. In danger, call 911. In crisis, call or text 988.")


def _verdict(answer: CoverageAnswer, part: Part) -> str:
    if part is not answer.cost.part or not answer.cost.scenarios:
        return part.verdict.value
    if answer.cost.low is not None:
        return _interval(answer.cost.low, answer.cost.high)
    return " or ".join(dict.fromkeys(_way(scenario) for scenario in answer.cost.scenarios))


def _way(scenario: Scenario) -> str:
    """A scenario's interval, or that it is a part of an unknown price."""
    if scenario.estimate is not None:
        return _interval(scenario.estimate.low, scenario.estimate.high)
    most = "" if scenario.most is None else f", at most {dollars_text(scenario.most)}"
    return f"a part of the price{most}"


def _interval(low: int, high: int | None) -> str:
    if high is None:
        return f"{dollars_text(low)} or more, no limit known"
    return dollars_text(low) if low == high else f"{dollars_text(low)} to {dollars_text(high)}"


def _scenario(scenario: Scenario, language: str) -> str:
    note = f" {scenario.without_price.text(language)}" if scenario.without_price else ""
    quoted = f" (“{scenario.words}”)" if scenario.words else ""
    return f"{scenario.name.text(language)}{quoted}: {_way(scenario)}.{note}"


def _in_network(named: InNetwork) -> None:
    typer.secho(f"Programs that {named.source.title} ({named.source.as_of}) names", bold=True)
    for program in named.programs:
        _line(f"{program.name}, {program.city}, {program.state} ({program.id})")
    if named.total > len(named.programs):
        _line(f"and {named.total - len(named.programs)} more")


def _lines(lines: Sequence[Sentence], language: str) -> None:
    for line in lines:
        unsure = "(not sure) " if line.sure is Sure.LOW else ""
        whose = "; ".join(f"{s.publisher}, {s.as_of[:4]}" for s in line.sources)
        _line(unsure + line.text(language) + (f" [{whose}]" if whose else ""))


def _line(words: str) -> None:
    print(textwrap.fill(words, WIDTH, initial_indent="  - ", subsequent_indent="    "))
