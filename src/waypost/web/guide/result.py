"""The presenter of a result: the level, what to do today, the call, programs near, and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from waypost.design.facets import label
from waypost.levels_of_care.cited import CitedSource
from waypost.levels_of_care.guide.assess import LevelReason, Suggestions
from waypost.levels_of_care.guide.question import UNKNOWN
from waypost.levels_of_care.guide.rule import Effect, NoteRule, Suggestion
from waypost.levels_of_care.guide.rules_file import Guide
from waypost.levels_of_care.guide.what_if import WhatIf, what_if
from waypost.levels_of_care.hours import the_hours
from waypost.levels_of_care.level import Level, LevelWords, the_levels
from waypost.levels_of_care.safety.safety import ALWAYS_SHOWN
from waypost.levels_of_care.safety.voice import VoiceAge, VoicePerson
from waypost.levels_of_care.safety.what_to_do import MEANS, ShownStep, WhatToDo, what_to_do
from waypost.publishing.reader import Snapshot
from waypost.web.guide.exit import why_lines
from waypost.web.guide.near import AGES, nearest
from waypost.web.guide.sealed import State
from waypost.web.guide.words import language, person, signature_words

GROUPS = ("women", "men", "veterans", "lgbtq", "young-adults", "older-adults", "trauma")
PAYMENTS = ("medicaid", "medicare", "private", "military", "cash", "sliding-fee", "no-charge")

MOST_WORDS, FRAME_WORDS = 400, 130
"""Beyond this the steps below the red ones are folded; about what headings and links take of it."""

SHOWN_NOTES = (Effect.WITHDRAWAL, Effect.YOUTH, Effect.MEDICINE)


@dataclass(frozen=True, slots=True)
class LevelLine:
    """A level to talk about, with its words in the language being spoken."""

    level: Level
    words: LevelWords
    housing: bool


@dataclass(frozen=True, slots=True)
class LevelReasonLine:
    """A reason in words, the answers behind it, its source; ``left_open``: none was known."""

    words: str
    behind: tuple[str, ...]
    source: CitedSource
    left_open: bool


@dataclass(frozen=True, slots=True)
class Tick:
    """A choice of the search: its name in the address, its words, and whether it is ticked."""

    facet: str
    option: str
    words: str
    ticked: bool


def result_context(
    guide: Guide, snapshot: Snapshot, suggestions: Suggestions, state: State, today: date
) -> dict[str, Any]:
    """What the result page and the saved page show."""
    who = person(state.answers)
    levels = [_level_line(suggestion) for suggestion in suggestions.levels]
    search = search_levels(suggestions)
    names = _(" or ").join(suggestion_words(suggestion) for suggestion in suggestions.levels)
    context = {
        "found": suggestions,
        "heading": names,
        "young": who.age is VoiceAge.YOUNG,
        "lang": language(),
        "levels": levels,
        "row_words": suggestions.row.words.said(who),
        "todo": _todo(guide, suggestions, state, who, today),
        "always_lines": [guide.safety.lines[name] for name in ALWAYS_SHOWN],
        "why_today": why_lines(guide, suggestions.why_today, who),
        "reasons": [_reason_line(guide, reason, who) for reason in suggestions.reasons],
        "changes": [_change_words(change) for change in what_if(guide, suggestions)],
        "notes": _note_words(suggestions.notes, who),
        "also": [the_levels()[name] for name in suggestions.also if name not in _ids(suggestions)],
        "phone": [_filled(each.words.said(who), names) for each in guide.phone],
        "ask": [each.words.said(who) for each in guide.ask],
        "limits": [words.spoken(who.language) for words in guide.limits],
        "signature": signature_words(guide),
        "cited_sources": _cited(guide, suggestions, levels),
        "near": state.near,
        "nearby": nearest(snapshot, state.near, search, who.age),
        "search_levels": search,
        "ages": AGES[who.age] if who.age is not VoiceAge.ADULT else (),
        "ticks": _ticks(guide, suggestions.notes),
        "groups": [Tick("group", g, label(f"group:{g}"), False) for g in GROUPS],
        "payments": [Tick("payment", p, label(f"payment:{p}"), False) for p in PAYMENTS],
        "person": who,
    }
    return context | {"many_words": _words_shown(context) > MOST_WORDS}


def _words_shown(context: dict[str, Any]) -> int:
    """About how many words stand on the page before anything is unfolded."""
    todo, notes = context["todo"], context["notes"]
    texts = [context["row_words"], *context["phone"], *(step.words for step in _steps(todo))]
    texts += [text for line in context["levels"] for text in (line.words.what, line.words.hours)]
    lines = [line.spoken(language()) for step in _steps(todo) for line in step.lines]
    texts += [text for words in lines for text in (words.call, words.text)]
    texts += [text for effect in SHOWN_NOTES for text in notes[effect.value]]
    return FRAME_WORDS + sum(len(text.split()) for text in texts)


def _steps(todo: WhatToDo | None) -> tuple[ShownStep, ...]:
    return todo.steps if todo else ()


def _todo(
    guide: Guide, suggestions: Suggestions, state: State, who: VoicePerson, today: date
) -> WhatToDo | None:
    """The steps of today, where anything calls for them."""
    if not suggestions.today:
        return None
    means = state.answers.get(MEANS, frozenset())
    return what_to_do(guide.safety, suggestions.today, who, today, means)


def _note_words(notes: tuple[NoteRule, ...], who: VoicePerson) -> dict[str, list[str]]:
    """The notes in words, by what they do."""
    hours = the_hours()
    return {
        effect.value: [hours.fill(n.words.said(who)) for n in notes if n.effect is effect]
        for effect in Effect
    }


def _filled(text: str, level: str) -> str:
    return text.replace("{level}", level)


def _ids(suggestions: Suggestions) -> set[str]:
    housing = {"recovery-housing"} if any(s.housing for s in suggestions.levels) else set()
    return {suggestion.level for suggestion in suggestions.levels} | housing


def _level_line(suggestion: Suggestion) -> LevelLine:
    level = the_levels()[suggestion.level]
    return LevelLine(level, level.spoken(language()), suggestion.housing)


def suggestion_words(suggestion: Suggestion) -> str:
    """A level's name, with recovery housing where it goes with it."""
    name = the_levels()[suggestion.level].spoken(language()).name
    if not suggestion.housing:
        return name
    return _("%(level)s with recovery housing") % {"level": name}


def _reason_line(guide: Guide, reason: LevelReason, who: VoicePerson) -> LevelReasonLine:
    behind = []
    for name, value in reason.answers:
        question = guide.question(name)
        choice = question.choice(value) if question else None
        if choice:
            behind.append(choice.words.said(who))
    return LevelReasonLine(
        reason.rule.words.said(who),
        tuple(dict.fromkeys(behind)),
        guide.sources[reason.rule.source],
        all(value == UNKNOWN for _name, value in reason.answers),
    )


def _change_words(change: WhatIf) -> str:
    levels = _(" or ").join(suggestion_words(s) for s in change.suggest)
    words = change.rule.if_words.spoken(language()) if change.rule.if_words else ""
    return _("If %(this)s: %(levels)s.") % {"this": words, "levels": levels}


def search_levels(suggestions: Suggestions) -> tuple[str, ...]:
    """The search's level choices for what is suggested."""
    return tuple(option for s in suggestions.levels for option in the_levels()[s.level].search)


def _ticks(guide: Guide, notes: tuple[NoteRule, ...]) -> list[Tick]:
    """What the notes would add to the search; what tells of health is offered, never ticked."""
    plain = guide.plain_ticks
    columns = dict.fromkeys(column for note in notes for column in note.tick)
    parts = [(column, *column.partition(":")[::2]) for column in columns]
    return [Tick(facet, option, label(c), c in plain) for c, facet, option in parts]


def _cited(guide: Guide, suggestions: Suggestions, levels: list[LevelLine]) -> list[CitedSource]:
    names = [reason.rule.source for reason in suggestions.reasons]
    names += [note.source for note in suggestions.notes]
    names += [rule.source for rule in suggestions.why_today]
    names += [source.id for line in levels for source in line.level.sources]
    names.append(suggestions.row.source)
    return [guide.sources[name] for name in dict.fromkeys(names)]
