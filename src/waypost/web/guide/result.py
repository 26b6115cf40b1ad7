"""The presenter of a result: levels, reasons tied to answers, what would change it, what to ask."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from waypost.design.facets import label
from waypost.levels_of_care.cited import CitedSource
from waypost.levels_of_care.guide.answers import for_other
from waypost.levels_of_care.guide.assess import Reason, Result
from waypost.levels_of_care.guide.question import UNKNOWN
from waypost.levels_of_care.guide.rule import Effect, NoteRule, Suggestion
from waypost.levels_of_care.guide.rules_file import Guide, the_guide
from waypost.levels_of_care.guide.sheet import signature_holds, the_digest
from waypost.levels_of_care.guide.what_if import WhatIf, what_if
from waypost.levels_of_care.level import Level, LevelWords, the_levels
from waypost.publishing.reader import Snapshot
from waypost.web.guide import form
from waypost.web.guide.near import nearest

GROUPS = ("women", "men", "veterans", "lgbtq", "young-adults", "older-adults", "trauma")
PAYMENTS = ("medicaid", "medicare", "private", "military", "cash", "sliding-fee", "no-charge")


@dataclass(frozen=True, slots=True)
class LevelLine:
    """A level to talk about, with its words in the language being spoken."""

    level: Level
    words: LevelWords
    housing: bool


@dataclass(frozen=True, slots=True)
class ReasonLine:
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


def result_context(snapshot: Snapshot, found: Result, sent: form.Sent) -> dict[str, Any]:
    """What the result page and the saved page show."""
    guide, lang = the_guide(), _language()
    levels = [_level_line(suggestion) for suggestion in found.levels]
    notes = {effect.value: [n for n in found.notes if n.effect is effect] for effect in Effect}
    return {
        "found": found,
        "heading": _heading(found),
        "lang": lang,
        "levels": levels,
        "reasons": [_reason_line(reason) for reason in found.reasons],
        "changes": [_change_words(change) for change in what_if(guide, found)],
        "notes": notes,
        "also": [the_levels()[name] for name in found.also if name not in _ids(found)],
        "ask": guide.ask,
        "limits": guide.limits,
        "signature": signature_words(guide),
        "sources": guide.sources,
        "cited_sources": _cited(found, levels),
        "for_other": for_other(sent.answers),
        "hidden": form.hidden_fields(guide, sent.answers),
        "page": form.SUMMARY_PAGE,
        "near": sent.near,
        "nearby": nearest(snapshot, sent.near, _search_levels(found), youth=found.row is None),
        "nearby_withdrawal": _nearby_withdrawal(snapshot, found, sent.near),
        "search_levels": _search_levels(found),
        "ticks": _ticks(found.notes),
        "groups": [Tick("group", g, label(f"group:{g}"), False) for g in GROUPS],
        "payments": [Tick("payment", p, label(f"payment:{p}"), False) for p in PAYMENTS],
    }


def _heading(found: Result) -> str:
    if not found.levels:
        return _("Care for someone under 18")
    one = len(found.levels) == 1
    return _("A level to talk about") if one else _("Levels to talk about")


def signature_words(guide: Guide) -> str:
    """Whether a clinician has signed the table, and whether it is still what was signed."""
    review = guide.review
    if not review.signed:
        return _("No clinician has signed this table yet.")
    told = {"name": review.clinician, "license": review.license, "date": review.date}
    if signature_holds(guide, the_digest()):
        return _("Signed by %(name)s, %(license)s, on %(date)s.") % told
    return (
        _("An earlier version was signed by %(name)s, %(license)s, on %(date)s; it changed since.")
        % told
    )


def _language() -> str:
    return translation.get_language() or "en"


def _ids(found: Result) -> set[str]:
    housing = {"recovery-housing"} if any(s.housing for s in found.levels) else set()
    return {suggestion.level for suggestion in found.levels} | housing


def _level_line(suggestion: Suggestion) -> LevelLine:
    level = the_levels()[suggestion.level]
    return LevelLine(level, level.spoken(_language()), suggestion.housing)


def suggestion_words(suggestion: Suggestion) -> str:
    """A level's name, with recovery housing where it goes with it."""
    name = the_levels()[suggestion.level].spoken(_language()).name
    if not suggestion.housing:
        return name
    return _("%(level)s with recovery housing") % {"level": name}


def _reason_line(reason: Reason) -> ReasonLine:
    guide, lang = the_guide(), _language()
    behind = []
    for name, value in reason.answers:
        question = guide.question(name)
        choice = question.choice(value) if question else None
        if choice:
            behind.append(choice.words.spoken(lang))
    return ReasonLine(
        reason.rule.words.spoken(lang),
        tuple(behind),
        guide.sources[reason.rule.source],
        all(value == UNKNOWN for _name, value in reason.answers),
    )


def _change_words(change: WhatIf) -> str:
    lang = _language()
    levels = _(", or ").join(suggestion_words(s) for s in change.suggest)
    if change.more:
        sentence = _("If %(this)s: %(levels)s.")
        return sentence % {"this": change.rule.if_words.spoken(lang), "levels": levels}
    sentence = _("If this were no longer so, “%(this)s”: %(levels)s.")
    return sentence % {"this": change.rule.words.spoken(lang).rstrip("."), "levels": levels}


def _search_levels(found: Result) -> tuple[str, ...]:
    """The search's level choices for what is suggested; under 18, every program for that age."""
    names = [s.level for s in found.levels] or ["outpatient", "iop"]
    return tuple(option for name in names for option in the_levels()[name].search)


def _nearby_withdrawal(snapshot: Snapshot, found: Result, near: str) -> Any:
    if not found.withdrawal_first:
        return None
    return nearest(snapshot, near, the_levels()["withdrawal"].search)


def _ticks(notes: tuple[NoteRule, ...]) -> list[Tick]:
    """What the notes would add to the search; what tells of health is offered, never ticked."""
    plain = the_guide().plain_ticks
    columns = dict.fromkeys(column for note in notes for column in note.tick)
    parts = [(column, *column.partition(":")[::2]) for column in columns]
    return [Tick(facet, option, label(c), c in plain) for c, facet, option in parts]


def _cited(found: Result, levels: list[LevelLine]) -> list[CitedSource]:
    sources = the_guide().sources
    names = [reason.rule.source for reason in found.reasons]
    names += [note.source for note in found.notes]
    names += [source.id for line in levels for source in line.level.sources]
    names += [found.row.source] if found.row else []
    return [sources[name] for name in dict.fromkeys(names)]
