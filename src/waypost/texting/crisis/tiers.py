"""How urgent a text is, from its words: it sorts the queue and raises the alarm; it clears nobody.

Five layers: hard rules (``danger_words.yaml`` and ``concept_rules.yaml``), the
clinician-validated lexicon, context, a reader that learned from texts made up for it (`learned`),
and a person. Every reading of the text is tried (see
`readings`), alone and joined with what came just before, and the gravest one counts.
Context (negated, past, quoted) leaves a rule at "ask", never at nothing.
Whatever goes wrong in here counts as tier 1.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cache, lru_cache

from waypost.texting.crisis.concepts import the_concepts
from waypost.texting.crisis.danger_words import (
    DangerWords,
    danger_words_version,
    the_danger_words,
)
from waypost.texting.crisis.learned import REASON, the_learned_reader
from waypost.texting.crisis.lexicon import the_lexicon
from waypost.texting.crisis.real_words import real_words
from waypost.texting.readings.folding import folded, words_of
from waypost.texting.readings.readings import readings
from waypost.texting.readings.repair import KnownWords

log = logging.getLogger(__name__)

JOINED = 5
"""How many earlier texts are read together with this one."""

LONGEST_BEFORE = 300
"""Characters of the earlier texts that are read together with this one: their end."""


FEWEST_LETTERS = 4
"""Letters of a concept's word from which on typing errors are put right toward it."""

CONTEXT_WORDS = 18
"""Words on each side of a danger in which a context ("years ago") is looked for."""

QUOTED_WORDS = 30
"""Words on each side in which a song or a film is: who tells a plot takes longer over it."""


LIKELIEST = 1
"""Repairs of each way to write a text that a first look reads."""


class Tier(IntEnum):
    """How soon a person must look: the smaller, the sooner."""

    IMMINENT = 0
    HIGH = 1
    CONCERN = 2
    NONE = 3


@dataclass(frozen=True, slots=True)
class CrisisSigns:
    """The tier, the codes of the rules that fired, and the guide's dangers that they lead to."""

    tier: Tier
    reasons: tuple[str, ...] = ()
    exits: tuple[str, ...] = ()


VERSION = danger_words_version()
"""Which danger words are in force, kept with each case."""

FAILED = CrisisSigns(Tier.HIGH, ("classifier-failed",), ("thoughts",))
"""What a text counts as when it could not be read: a person looks."""


def classify(text: str, *, earlier: Sequence[str] = (), language: str = "en") -> CrisisSigns:
    """The signs of danger in ``text``, read alone and with the ``earlier`` texts of the person.

    ``earlier`` is oldest first; the last five count. ``language`` ("en" or "es") only says which
    one the service answers in: the words of both are looked for, for people mix them. Never raises.
    """
    try:
        return _classified(text, tuple(earlier[-JOINED:]))
    except Exception:  # a failure must not hide a danger
        log.exception("A text could not be read for danger; it counts as tier 1 (%s).", language)
        return _gravest(_plainly(text), FAILED)


def _plainly(text: str) -> CrisisSigns:
    """The gravest sign of the text as it stands, for when its readings cannot be made."""
    try:
        plain = words_of(folded(text))
        fired = [rule for rule in the_danger_words().rules if any(rule.matches(plain))]
    except Exception:
        return CrisisSigns(Tier.NONE)
    if not fired:
        return CrisisSigns(Tier.NONE)
    rule = min(fired, key=lambda rule: rule.tier)
    return CrisisSigns(Tier(rule.tier), (rule.id,), (rule.danger,))


def _classified(text: str, earlier: tuple[str, ...]) -> CrisisSigns:
    signs = _signs(text)
    for many, glue in ((1, " "), (1, ""), (2, " "), (JOINED, " ")):
        before = glue.join(earlier[-many:])[-LONGEST_BEFORE:]
        if earlier and (many == 1 or len(earlier) >= many or len(earlier) > 2):
            signs = _gravest(signs, _new_signs(before, before + glue + text))
    if signs.tier == Tier.CONCERN and earlier and _signs(" ".join(earlier)).tier <= Tier.HIGH:
        signs = CrisisSigns(Tier.HIGH, (*signs.reasons, "after-danger"), signs.exits)
    return signs


def _new_signs(before: str, together: str) -> CrisisSigns:
    """What the texts say together that the earlier ones did not say by themselves."""
    both = _signs(together)
    if both.tier == Tier.NONE:
        return both
    old = _signs(before)
    fresh = set(both.reasons) - set(old.reasons)
    return (
        both
        if both.tier < old.tier or (fresh and both.tier <= old.tier)
        else CrisisSigns(Tier.NONE)
    )


def _gravest(one: CrisisSigns, other: CrisisSigns) -> CrisisSigns:
    first, second = (one, other) if one.tier <= other.tier else (other, one)
    if second.tier == Tier.NONE:
        return first
    reasons = tuple(dict.fromkeys((*first.reasons, *second.reasons)))
    return CrisisSigns(first.tier, reasons, tuple(dict.fromkeys((*first.exits, *second.exits))))


@cache
def vocabulary() -> KnownWords:
    """Every word of rules and lexicon, and the real words that only resemble one of them."""
    words = the_danger_words().words.union(*(construct.words for construct in the_lexicon()))
    phrases = the_concepts().phrases
    words |= {word for word in phrases.words if len(word) >= FEWEST_LETTERS}
    return KnownWords(words, (real_words() | the_concepts().harmless.words) - words)


def get_ready() -> None:
    """Read the rules and the lexicon now, so that the first text does not wait for them."""
    vocabulary()
    the_learned_reader()


def signs_alone(text: str) -> CrisisSigns:
    """The signs of a text by itself, in every reading of it; remembered. Never raises."""
    try:
        return _signs(text)
    except Exception:
        log.exception("A text could not be looked at for danger; it counts as tier 1.")
        return FAILED


def signs_quickly(text: str) -> CrisisSigns:
    """The signs of a text in its likeliest readings only: for a first look. Never raises."""
    try:
        return _signs_of(readings(text, vocabulary(), most=LIKELIEST))
    except Exception:
        log.exception("A text could not be looked at for danger; it counts as tier 1.")
        return FAILED


@lru_cache(maxsize=8192)
def _signs(text: str) -> CrisisSigns:
    return _signs_of(readings(text, vocabulary()))


def _signs_of(every: Sequence[str]) -> CrisisSigns:
    fired: dict[str, tuple[int, str]] = {}
    for reading in every:
        for code, tier, danger in _fired(reading):
            fired[code] = (min(tier, fired.get(code, (3, ""))[0]), danger)
    learned = the_learned_reader().read(in_earnest(every[0]))
    if learned and learned.tier < min((tier for tier, _ in fired.values()), default=Tier.NONE):
        fired[REASON] = (learned.tier, learned.danger)
    by_tier = sorted(fired.items(), key=lambda item: item[1][0])
    if not by_tier:
        return CrisisSigns(Tier.NONE)
    exits = dict.fromkeys(danger for _, (_, danger) in by_tier)
    return CrisisSigns(Tier(by_tier[0][1][0]), tuple(code for code, _ in by_tier), tuple(exits))


def in_earnest(reading: str) -> str:
    """The words of a reading without idioms and what is said of anything else ("dying to know")."""
    idioms, concepts = the_danger_words().idioms, the_concepts()
    return re.sub(r"\s+", " ", concepts.without(concepts.cleared(reading), idioms)).strip()


def _fired(reading: str) -> Iterator[tuple[str, int, str]]:
    """Each rule that fires on a reading: its code, tier and danger."""
    words = the_danger_words()
    concepts = the_concepts()
    plain = in_earnest(reading)
    for rule in words.rules:
        tier: int | None = None
        for match in rule.matches(plain):
            contexts = _contexts(plain, *match.span(), words) if rule.eased else frozenset()
            tier = min(_eased(rule.tier, rule.eased, contexts), tier or Tier.CONCERN)
            if tier == rule.tier:
                break
        if tier is not None:
            yield rule.id, tier, rule.danger
    settled = set()
    for named, start, end in concepts.fired(plain):
        if named.id not in settled:
            contexts = _contexts(plain, start, end, words) if named.eased else frozenset()
            tier = _eased(named.tier, named.eased, contexts)
            if tier == named.tier:
                settled.add(named.id)
            yield named.id, tier, named.danger
    for construct in the_lexicon():
        phrase_match = construct.pattern.search(plain)
        if phrase_match:
            eased = _contexts(plain, *phrase_match.span(), words) and construct.tier == Tier.HIGH
            yield construct.code, Tier.CONCERN if eased else construct.tier, "thoughts"


def _eased(tier: int, eased: frozenset[str], contexts: frozenset[str]) -> int:
    return Tier.CONCERN if tier < Tier.CONCERN and contexts & eased else tier


def _contexts(plain: str, start: int, end: int, words: DangerWords) -> frozenset[str]:
    """Which contexts the words from ``start`` to ``end`` stand in."""
    before, danger, after = plain[:start].split(" "), plain[start:end], plain[end:].split(" ")
    head, tail = " ".join(before[-CONTEXT_WORDS:]), " ".join(after[:CONTEXT_WORDS])
    near = head + danger + tail
    retold = " ".join(before[-QUOTED_WORDS:]) + danger + " ".join(after[:QUOTED_WORDS])
    contexts = set()
    if words.past.search(near) and not words.now.search(
        words.well.sub(" ", words.past.sub(" ", f"{head} {tail}"))
    ):
        contexts.add("past")
    if words.quoted.search(words.attended.sub(" ", retold)):
        contexts.add("quoted")
    if words.negated.search(head) and not words.not_negated.search(head + danger):
        contexts.add("negated")
    return frozenset(contexts)
