"""What is understood of people's words: opting out and danger, on the carried labelled sets."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable

from texting.changes import CHANGES
from texting.scenarios import crisis_scenarios, first_tries, opting_replies
from waypost.texting.crisis.tiers import classify
from waypost.texting.words.opting import opting

ASKS = ("all", "series", "unsure", "none")
TWILIO = frozenset({"stop", "stopall", "unsubscribe", "cancel", "end", "quit", "revoke", "optout"})
"""Twilio's default: a text that is one of these words and nothing else."""


def run(say: Callable[[str], None]) -> None:
    """Print the tables."""
    _opting(say)
    _danger(say)
    _rounds(say)


def _rounds(say: Callable[[str], None]) -> None:
    say("Rounds: fresh texts, tried once before the rules were mended; what was missed then")
    say(f"  {'round':<12}{'tier 0':>7}{'missed':>8}{'ordinary':>10}{'false':>7}  texts of")
    for tried in first_tries():
        say(
            f"  {tried['round']:<12}{tried['dangers']:>7}{tried['missed']:>8}"
            f"{tried['ordinary']:>10}{tried['false alarms']:>7}  {tried['texts of']}"
        )


def _opting(say: Callable[[str], None]) -> None:
    replies = opting_replies()
    counts = Counter((asks, str(opting(reply) or "none")) for asks, reply in replies)
    say(f"Opting out: {len(replies)} labelled replies, English and Spanish; rows are the labels")
    say(f"  {'':8}" + "".join(f"{asks:>8}" for asks in ASKS))
    for asks in ASKS:
        say(f"  {asks:8}" + "".join(f"{counts[asks, got]:>8}" for got in ASKS))
    real = [reply for asks, reply in replies if asks == "all"]
    other = [reply for asks, reply in replies if asks == "none"]
    single = sum(reply.lower() in TWILIO for reply in real)
    false = sum(reply.lower() in TWILIO for reply in other)
    say(f"  one word alone (a carrier's default): {single}/{len(real)}, {false}/{len(other)} false")


def _danger(say: Callable[[str], None]) -> None:
    scenarios = [*crisis_scenarios(), *crisis_scenarios("crisis_scenarios_more")]
    say(f"Danger: {len(scenarios)} scenarios; missed = a tier less grave than the one required")
    missed = Counter(s.kind for s in scenarios if s.missed(s.reached()))
    false = sum(s.raised_for_nothing(s.reached()) for s in scenarios)
    ordinary = sum(s.exactly for s in scenarios)
    for tier in (0, 1, 2):
        of_tier = [s for s in scenarios if s.tier == tier]
        say(
            f"  tier {tier}: {len(of_tier)} texts, {sum(missed[k] for k in {s.kind for s in of_tier})} missed"
        )
    say(f"  ordinary texts and idioms: {ordinary}, {false} raised for nothing")
    say(f"  ways of typing that are tried in the tests: {', '.join(CHANGES)}")
    times = sorted(_seconds(s.text) for s in scenarios)
    say(
        f"  one text: median {times[len(times) // 2] * 1e3:.1f} ms, p99 {times[len(times) * 99 // 100] * 1e3:.1f} ms"
    )


def _seconds(text: str) -> float:
    begun = time.perf_counter()
    classify(text + " \u200b")  # not the text that was remembered
    return time.perf_counter() - begun
