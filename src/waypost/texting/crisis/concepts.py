"""Danger as concepts that a text names near each other: who, what is done, with what, when.

``content/safety/concepts/`` holds the words of each concept, ``concept_rules.yaml`` which of them
mean danger together. A wording that nobody wrote down is still made of the same concepts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import yaml

from waypost.texting.crisis.phrases import BadPhrase, Named, Phrases
from waypost.values.content import content_folder

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_HARMLESS = frozenset({"harmless", "harmless_more"})
"""The concepts whose words are taken out before any rule looks."""
_GRAVE = "grave_beside"
"""The concept beside which nothing is taken out: "drank bleach with water" is no glass of water."""
BESIDE = 4
"""Words within which a grave word keeps an idiom from being taken out."""
EXCUSED = 7
"""Words within which a concept of "unless" explains the others."""
NEARBY = 14
"""Words within which the concepts of a rule stand, where the rule says nothing else."""
_CONTEXTS = {"past", "negated", "quoted"}


class BadConcepts(ValueError):
    """The files cannot be used; the message says which rule and why."""


@dataclass(frozen=True)
class ConceptRule:
    """Concepts that mean a danger near each other; each place of ``all`` names one or several."""

    id: str
    danger: str
    tier: int
    all: tuple[tuple[str, ...], ...]
    unless: tuple[str, ...]
    eased: frozenset[str]
    within: int
    ordered: bool

    def places(self, named: Mapping[str, Sequence[Named]]) -> Iterator[Named]:
        """Where the concepts stand together, from the first word to the last."""
        each = []
        for names in self.all:
            each.append(_named(named, names))
            if not each[-1]:
                return
        excuses = _named(named, self.unless)
        for first in each[0]:
            chosen = self._together([first], each[1:])
            if chosen:
                place = Named(min(c.start for c in chosen), max(c.end for c in chosen))
                if not any(_near(excuse, place, EXCUSED) for excuse in excuses):
                    yield place

    def _together(self, chosen: list[Named], rest: Sequence[Sequence[Named]]) -> list[Named]:
        """``chosen`` and one place of each of the ``rest``; empty where there is none."""
        if not rest:
            return chosen
        for other in rest[0]:
            if self._fits(chosen, other):
                whole = self._together([*chosen, other], rest[1:])
                if whole:
                    return whole
        return []

    def _fits(self, chosen: Sequence[Named], other: Named) -> bool:
        if self.ordered and other.start < chosen[-1].end:
            return False
        return all(
            _near(other, place, self.within)
            and (other.end <= place.start or other.start >= place.end)
            for place in chosen
        )


@dataclass(frozen=True)
class Concepts:
    """The words of every concept, and the rules that are made of them."""

    rules: tuple[ConceptRule, ...]
    phrases: Phrases
    harmless: Phrases
    _by_first: Mapping[str, Sequence[int]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Keep the rules by the concepts of their first place: most texts name few of them."""
        by_first: dict[str, list[int]] = {}
        for at, rule in enumerate(self.rules):
            for name in rule.all[0]:
                by_first.setdefault(name, []).append(at)
        object.__setattr__(self, "_by_first", by_first)

    def cleared(self, plain: str) -> str:
        """The words without those that are said of anything else ("dying laughing")."""
        words = plain.split()
        away = {at for place in self._harmless(words) for at in range(place.start, place.end)}
        return " ".join(word for at, word in enumerate(words) if at not in away) if away else plain

    def without(self, plain: str, idioms: re.Pattern[str]) -> str:
        """The words without the ``idioms``, but for those that a grave word stands beside."""
        if not idioms.search(plain):
            return plain
        grave = self.harmless.named(plain.split()).get(_GRAVE, [])

        def what_stays(idiom: re.Match[str]) -> str:
            start = plain.count(" ", 0, idiom.start())
            place = Named(start, start + idiom.group().count(" ") + 1)
            return idiom.group() if _beside(place, grave) else " "

        return idioms.sub(what_stays, plain)

    def fired(self, plain: str) -> Iterator[tuple[ConceptRule, int, int]]:
        """Each rule that fires, with the first and last character of the words that say so."""
        words = plain.split()
        named = self.phrases.named(words)
        ends = [0]
        for word in words:
            ends.append(ends[-1] + len(word) + 1)
        begun = {at for name in named for at in self._by_first.get(name, ())}
        for rule in (self.rules[at] for at in sorted(begun)):
            for place in rule.places(named):
                yield rule, ends[place.start], ends[place.end] - 1

    def _harmless(self, words: Sequence[str]) -> Iterator[Named]:
        named = self.harmless.named(words)
        grave = named.pop(_GRAVE, [])
        for place in (place for places in named.values() for place in places):
            if not _beside(place, grave):
                yield place


def read_concepts(words: Iterable[Path], rules: Path, dangers: Iterable[str]) -> Concepts:
    """The concepts whose words are in the files ``words``, and the ``rules`` that use them.

    Each rule's danger must be one of ``dangers``.

    Raises:
        BadConcepts: a concept is there twice, a phrase is none, or a rule names what is not there.
    """
    concepts: dict[str, list[str]] = {}
    for path in words:
        for concept, phrases in _read(path).items():
            if concept in concepts:
                raise BadConcepts(f"{path.name}: “{concept}” appears twice.")
            concepts[concept] = [phrase.strip() for phrase in str(phrases).split(",")]
    known = set(dangers)
    all_rules = tuple(_rule(entry, concepts, known) for entry in _read(rules)["rules"])
    try:
        harmless = Phrases(concepts, only=(_HARMLESS | {_GRAVE}) & set(concepts))
        used = {name for rule in all_rules for names in (*rule.all, rule.unless) for name in names}
        return Concepts(all_rules, Phrases(concepts, only=used), harmless)
    except BadPhrase as error:
        raise BadConcepts(str(error)) from error


@cache
def the_concepts() -> Concepts:
    """The concepts that this installation carries."""
    folder = content_folder() / "safety"
    dangers = [str(danger["id"]) for danger in _read(folder / "dangers.yaml")["dangers"]]
    return read_concepts(concept_files(), folder / "concept_rules.yaml", dangers)


def concept_files() -> list[Path]:
    """The files with the words of the concepts, in order of their names."""
    return sorted((content_folder() / "safety" / "concepts").glob("*.yaml"))


def _rule(
    entry: Mapping[str, object], concepts: Mapping[str, object], dangers: set[str]
) -> ConceptRule:
    where, eased = str(entry.get("id")), entry.get("eased", [])
    every, unless = entry.get("all"), entry.get("unless", [])
    if entry.get("danger") not in dangers or entry.get("tier") not in (0, 1, 2):
        raise BadConcepts(f"{where}: a danger of dangers.yaml and a tier of 0, 1 or 2 are needed.")
    if not isinstance(every, list) or not isinstance(unless, list) or not isinstance(eased, list):
        raise BadConcepts(f"{where}: “all”, “unless” and “eased” are lists.")
    names = tuple(tuple(str(place).split("|")) for place in every)
    missing = {name for place in (*names, unless) for name in place} - set(concepts)
    if not names or missing or set(eased) - _CONTEXTS:
        raise BadConcepts(f"{where}: no such concept or context: {sorted(missing)} {eased}.")
    return ConceptRule(
        where, str(entry["danger"]), int(str(entry["tier"])), names, tuple(unless),
        frozenset(eased), int(str(entry.get("within", NEARBY))), bool(entry.get("ordered")),
    )  # fmt: skip


def _read(path: Path) -> dict[str, list[dict[str, object]]]:
    return dict(yaml.load(path.read_text("utf-8"), Loader=_LOADER))  # noqa: S506 - a safe loader


def _named(named: Mapping[str, Sequence[Named]], names: Iterable[str]) -> list[Named]:
    return [place for name in names for place in named.get(name, ())]


def _beside(place: Named, grave: Iterable[Named]) -> bool:
    return any(_near(place, other, BESIDE) for other in grave)


def _near(one: Named, other: Named, words: int) -> bool:
    first, second = sorted((one, other), key=lambda place: place.start)
    return second.start - first.end <= words
