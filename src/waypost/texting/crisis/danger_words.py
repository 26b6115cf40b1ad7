"""The danger words of ``content/safety``: read from two files, checked, compiled once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

import yaml

from waypost.texting.crisis.quick_pattern import QuickPattern, quick_pattern
from waypost.texting.readings.folding import squeezed
from waypost.values.content import content_folder

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_Compiler = Callable[[str, Iterable[str]], QuickPattern]
_EASED = {"past", "negated", "quoted"}
_LITERAL = re.compile(r"[a-z]{1,}")
_NEVER = "(?!)"
_WORDS, _CONCEPTS = "danger_words.yaml", "danger_concepts.yaml"
NEARBY = 160
"""Characters on each side of a word in which the others of `WordsTogether` are looked for."""


class BadDangerWords(ValueError):
    """The file cannot be used; the message says which rule and why."""


@dataclass(frozen=True)
class WordsTogether:
    """Words that mean danger near each other, in any order, ``unless`` a word says otherwise."""

    each: tuple[QuickPattern, ...]
    unless: QuickPattern

    def matches(self, plain: str) -> Iterator[re.Match[str]]:
        """Each place of the first words that has all the others nearby."""
        if not all(words.may_match(plain) for words in self.each):
            return
        for match in self.each[0].finditer(plain):
            start, end = max(0, match.start() - NEARBY), match.end() + NEARBY
            if all(other.search(plain, start, end) for other in self.each[1:]):
                if self.unless.search(plain):
                    return
                yield match


@dataclass(frozen=True)
class DangerWordRule:
    """One danger as words: its exit, its tier (0 to 2), and the contexts that leave it at "ask"."""

    id: str
    danger: str
    tier: int
    eased: frozenset[str]
    pattern: QuickPattern
    together: tuple[WordsTogether, ...] = ()

    def matches(self, plain: str) -> Iterator[re.Match[str]]:
        """Each place in plain words where the danger is named."""
        yield from self.pattern.finditer(plain)
        for words in self.together:
            yield from words.matches(plain)


@dataclass(frozen=True)
class DangerWords:
    """All rules in the file's order, the contexts, and the words that the rules are made of."""

    rules: tuple[DangerWordRule, ...]
    idioms: re.Pattern[str]
    past: re.Pattern[str]
    now: re.Pattern[str]
    well: re.Pattern[str]
    quoted: re.Pattern[str]
    attended: re.Pattern[str]
    negated: re.Pattern[str]
    not_negated: re.Pattern[str]
    words: frozenset[str]


def read_danger_words(path: Path, concepts: Path, dangers: Iterable[str]) -> DangerWords:
    """Read the words at ``path`` and the ``concepts`` that use its parts, as one set of rules.

    Each rule's danger must be one of ``dangers``.

    Raises:
        BadDangerWords: a rule names an unknown danger, tier or context, or a pattern is no pattern.
    """
    data = yaml.load(path.read_text("utf-8"), Loader=_LOADER)  # noqa: S506 - a safe loader
    near = yaml.load(concepts.read_text("utf-8"), Loader=_LOADER)  # noqa: S506 - a safe loader
    parts, known = {**near["parts"], **data["parts"]}, set(dangers)
    texts: list[str] = []

    def filled(patterns: Iterable[str]) -> list[str]:
        whole = [_filled(pattern, parts) for pattern in patterns]
        texts.extend(whole)
        return whole

    def compiled(where: str, patterns: Iterable[str]) -> QuickPattern:
        return _quick(where, filled(patterns))

    def context(where: str, patterns: Iterable[str]) -> re.Pattern[str]:
        return _pattern(where, filled(patterns))

    rules = tuple(rule_of(entry, known, compiled) for entry in [*data["rules"], *near["rules"]])
    between = _filled(data["not_between"], parts)
    filled([data["common"]])  # only for its words
    return DangerWords(
        rules=rules,
        idioms=context("idioms", data["idioms"]),
        past=context("past", [data["past"]]),
        now=context("now", [data["now"]]),
        well=context("well", [data["well"]]),
        quoted=context("quoted", [data["quoted"]]),
        attended=context("attended", [data["attended"]]),
        negated=re.compile(squeezed(rf"(?<!\S){data['not']}(?: {between})*\s*$")),
        not_negated=re.compile(squeezed(rf"(?<!\S)(?:{data['not_but']}) (?:\w+ )?{data['not']}\b")),
        words=frozenset(word for text in texts for word in _LITERAL.findall(_literal(text))),
    )


@cache
def danger_words_version() -> str:
    """The digest of all their files: which rules were in force is kept with each case."""
    folder = content_folder() / "safety"
    files = [
        folder / name for name in (_WORDS, _CONCEPTS, "concept_rules.yaml", "learned_danger.tsv")
    ]
    files += sorted((folder / "concepts").glob("*.yaml"))
    return sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:12]


@cache
def the_danger_words() -> DangerWords:
    """The danger words that this installation carries."""
    folder = content_folder() / "safety"
    dangers = yaml.load((folder / "dangers.yaml").read_text("utf-8"), Loader=_LOADER)  # noqa: S506
    return read_danger_words(
        folder / _WORDS, folder / _CONCEPTS, [danger["id"] for danger in dangers["dangers"]]
    )


def rule_of(entry: Mapping[str, object], known: set[str], compiled: _Compiler) -> DangerWordRule:
    """The rule of one entry, its patterns made by ``compiled``.

    Raises:
        BadDangerWords: the entry names an unknown danger, tier or context, or has no patterns.
    """
    where, eased = str(entry.get("id")), entry.get("eased", [])
    english, spanish = entry.get("en"), entry.get("es")
    if entry.get("danger") not in known:
        raise BadDangerWords(f"{where}: no danger “{entry.get('danger')}” in dangers.yaml.")
    if entry.get("tier") not in (0, 1, 2) or not isinstance(eased, list) or set(eased) - _EASED:
        raise BadDangerWords(f"{where}: “tier” is 0, 1 or 2; “eased” of {sorted(_EASED)}.")
    together = _together(where, entry.get("together", []), compiled)
    if together and not english and not spanish:
        english = spanish = [_NEVER]
    if not isinstance(english, list) or not isinstance(spanish, list):
        raise BadDangerWords(f"{where}: patterns are needed in both languages, as lists.")
    pattern = compiled(where, [*english, *spanish])
    return DangerWordRule(
        where, str(entry["danger"]), int(str(entry["tier"])), frozenset(eased), pattern, together
    )


def _together(where: str, entries: object, compiled: _Compiler) -> tuple[WordsTogether, ...]:
    if not isinstance(entries, list) or not all(len(e.get("each", [])) >= 2 for e in entries):
        raise BadDangerWords(f"{where}: “together” is a list, each of two or more patterns.")
    return tuple(
        WordsTogether(
            tuple(compiled(where, [pattern]) for pattern in entry["each"]),
            compiled(where, [entry.get("unless", _NEVER)]),
        )
        for entry in entries
    )


def _filled(pattern: str, parts: Mapping[str, str]) -> str:
    for _ in range(4):  # a part may name parts
        for name, part in parts.items():
            pattern = pattern.replace(f"{{{name}}}", part)
    return pattern


def _literal(text: str) -> str:
    """The pattern without its escapes and its optional endings: only the whole words are left."""
    return squeezed(re.sub(r"\\[a-zA-Z][*+]?|\[[^\]]*\]|[a-z]\?|\(\?", " ", text))


def _quick(where: str, patterns: Iterable[str]) -> QuickPattern:
    try:
        return quick_pattern([squeezed(pattern) for pattern in patterns])
    except re.error as error:
        raise BadDangerWords(f"{where}: no pattern: {error}") from error


def _pattern(where: str, patterns: Iterable[str]) -> re.Pattern[str]:
    try:
        return re.compile(squeezed(rf"(?<!\S)(?:{'|'.join(patterns)})(?!\S)"))
    except re.error as error:
        raise BadDangerWords(f"{where}: no pattern: {error}") from error
