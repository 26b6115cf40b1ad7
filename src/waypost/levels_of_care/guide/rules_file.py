"""The whole guide: questions, rules and words, read from checked data files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from waypost.levels_of_care.cited import CitedSource, read_sources
from waypost.levels_of_care.content_file import load_mapping, read_each
from waypost.levels_of_care.guide.question import (
    GuideQuestion,
    PageHeading,
    read_heading,
    read_question,
)
from waypost.levels_of_care.guide.rule import (
    Cited,
    DangerRule,
    LevelRule,
    NoteRule,
    Review,
    Rule,
    ScaleRule,
)
from waypost.levels_of_care.guide.rule_reading import (
    read_cited,
    read_danger_rule,
    read_level,
    read_note,
    read_scale,
)
from waypost.levels_of_care.safety.safety import Safety, read_safety
from waypost.levels_of_care.words import BadContent, read_words
from waypost.values.bilingual import Bilingual
from waypost.values.content import content_folder

SCALES = ("W", "B", "S", "U", "R", "H")
"""Withdrawal, body, mind, use, return to use, home: each 0, 1 or 2."""


@dataclass(frozen=True)
class Guide:
    """Everything that decides: the same guide and the same answers give the same result."""

    headings: tuple[PageHeading, ...]
    questions: tuple[GuideQuestion, ...]
    dangers: tuple[DangerRule, ...]
    scales: tuple[ScaleRule, ...]
    levels: tuple[LevelRule, ...]
    young: tuple[LevelRule, ...]
    notes: tuple[NoteRule, ...]
    phone: tuple[Cited, ...]
    ask: tuple[Cited, ...]
    limits: tuple[Bilingual, ...]
    young_can: Bilingual
    plain_ticks: frozenset[str]
    sources: Mapping[str, CitedSource]
    review: Review
    spanish_reviewed: bool
    safety: Safety

    def question(self, question_id: str) -> GuideQuestion | None:
        """The question with this id, or None."""
        return next((q for q in self.questions if q.id == question_id), None)

    def heading(self, page: int) -> PageHeading:
        """The heading of a page; the first page's for one that does not exist."""
        return next((h for h in self.headings if h.page == page), self.headings[0])

    def rules(self) -> Iterator[Rule]:
        """Every rule in reading order."""
        yield from (*self.dangers, *self.scales, *self.levels, *self.young, *self.notes)


def read_guide(folder: Path) -> Guide:
    """Read and check the guide's files in ``folder``, and the dangers in ``safety`` beside it.

    Raises:
        BadContent: an entry is amiss; the message names it.
    """
    rules, notes = load_mapping(folder, "rules"), load_mapping(folder, "notes")
    asked = load_mapping(folder, "questions")
    safety = read_safety(folder.parent / "safety")
    reviewed = all(part.get("es_reviewed") is True for part in (rules, notes, asked))
    guide = Guide(
        headings=read_each(asked, "pages", read_heading),
        questions=read_each(asked, "questions", read_question),
        dangers=read_each(rules, "dangers", read_danger_rule),
        scales=read_each(rules, "scales", read_scale),
        levels=read_each(rules, "levels", read_level),
        young=read_each(rules, "young", read_level),
        notes=read_each(notes, "notes", read_note),
        phone=read_each(notes, "phone", read_cited),
        ask=read_each(notes, "ask", read_cited),
        limits=read_each(notes, "limits", lambda e: read_words(e, "notes.yaml: limits")),
        young_can=read_words(notes["young_can"], "notes.yaml: young_can"),
        plain_ticks=frozenset(notes["plain_ticks"]),
        sources=read_sources(folder),
        review=Review(**{k: str(v) for k, v in rules["review"].items()}),
        spanish_reviewed=reviewed and safety.spanish_reviewed,
        safety=safety,
    )
    check(guide)
    return guide


@cache
def the_guide() -> Guide:
    """The guide that this installation carries."""
    return read_guide(content_folder() / "levels_of_care")


def check(guide: Guide) -> None:
    """Raise `BadContent` where the parts of a guide do not fit each other."""
    _check_unique("question", (q.id for q in guide.questions))
    _check_unique("rule", (rule.id for rule in guide.rules()))
    for rule in guide.dangers:
        if rule.danger not in guide.safety.dangers:
            raise BadContent(f"{rule.id}: there is no danger “{rule.danger}”.")
    _check_conditions(guide)
    _check_sources(guide)
    for rows in (guide.levels, guide.young):
        last = rows[-1].when
        if last.needs or last.any or last.all:
            raise BadContent("The last level rule must hold for everyone (when: {}).")


def _check_conditions(guide: Guide) -> None:
    known = _known_values(guide)
    conditions = [(rule.id, rule.when) for rule in guide.rules()]
    for question in guide.questions:
        conditions += [(question.id, part) for part in (question.only, question.unless) if part]
        conditions += [(question.id, choice.only) for choice in question.choices if choice.only]
    for name, condition in conditions:
        for key, value in condition.atoms():
            if value not in known.get(key, ()):
                raise BadContent(f"{name}: “{key}: {value}” is not an answer or a scale.")


def _check_sources(guide: Guide) -> None:
    named = [(rule.id, rule.source) for rule in guide.rules()]
    named += [(question.id, question.source) for question in guide.questions]
    named += [("phone or ask", cited.source) for cited in (*guide.phone, *guide.ask)]
    named += [("content/safety", source) for source in guide.safety.sources()]
    for name, source in named:
        if source not in guide.sources:
            raise BadContent(f"{name}: the source “{source}” is not in sources.yaml.")


def _known_values(guide: Guide) -> dict[str, set[str]]:
    known = {q.id: {choice.id for choice in q.choices} for q in guide.questions}
    known |= {scale: {"0", "1", "2"} for scale in SCALES}
    known["danger"] = set(guide.safety.dangers)
    return known


def _check_unique(what: str, ids: Iterable[str]) -> None:
    seen: set[str] = set()
    for name in ids:
        if name in seen:
            raise BadContent(f"The {what} “{name}” appears twice.")
        seen.add(name)
