"""What a program says of itself, field by field, in words; and how it differs from the survey."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from waypost.design.facets import facet_label, label
from waypost.design.fact_sources import method_words
from waypost.design.words import date_text
from waypost.directory.facets import columns_for
from waypost.directory.program_word import (
    ACCESS,
    BY_FACET,
    CLOSED,
    FIELDS,
    PHONES,
    PLANS,
    STATES,
    TELEHEALTH,
    WEBSITE,
    plan_and_payer,
    word_now,
)
from waypost.directory.site import Site
from waypost.places.states import STATE_NAMES
from waypost.values.phone import read_phone


@dataclass(frozen=True, slots=True)
class WordRow:
    """One field of a program's word: values, where it differs from the survey, and whose it is."""

    field: str
    name: str
    values: tuple[str, ...]
    differs: tuple[str, ...]
    said: str


def word_names() -> dict[str, str]:
    """The fields in words, hours and places too."""
    names = {
        PHONES: _("Telephone"),
        WEBSITE: _("Website"),
        PLANS: _("Plans and their payers"),
        TELEHEALTH: _("Telehealth"),
        STATES: _("States served by telehealth"),
        ACCESS: _("Wheelchair access"),
        CLOSED: _("Closed for good"),
    }
    own = {n: facet_label(BY_FACET[n]) if n in BY_FACET else names[n] for n in FIELDS}
    return own | {"tracks": _("Days and hours"), "openings": _("Places")}


def value_words(field: str, value: str) -> str:
    """One value as people read it."""
    if field in BY_FACET:
        return label(f"{BY_FACET[field]}:{value}")
    if field == STATES:
        return STATE_NAMES.get(value, value)
    if field == CLOSED:
        return date_text(date.fromisoformat(value))
    if field == PLANS:
        return _plan_words(*plan_and_payer(value))
    if field in (TELEHEALTH, ACCESS):
        return {"yes": _("yes"), "no": _("no"), "partly": _("in part")}.get(value, value)
    return value


def _plan_words(plan: str, payer: str) -> str:
    if not payer:
        return plan
    if not plan:
        return _("%(payer)s (it does not name the plan)") % {"payer": payer}
    return _("%(plan)s (payer: %(payer)s)") % {"plan": plan, "payer": payer}


def word_rows(site: Site, today: date) -> list[WordRow]:
    """What the program says now, each with the day and whose word it is; a closing stands apart."""
    rows, names = [], word_names()
    for field in FIELDS:
        values = word_now(site, field, today)
        if not values or field == CLOSED:
            continue
        fact = site.facts[field]
        said = _("%(whose)s on %(day)s") % {
            "whose": method_words(fact.method),
            "day": date_text(fact.as_of),
        }
        words = tuple(value_words(field, value) for value in values)
        rows.append(WordRow(field, names[field], words, _differs(site, field, values), said))
    return rows


def _differs(site: Site, field: str, values: tuple[str, ...]) -> tuple[str, ...]:
    """What the survey has and the program has not, and the other way; () where they agree."""
    if field in BY_FACET or field == TELEHEALTH:
        return _choices_differ(site, field, values)
    if field == PHONES and site.phones:
        listed = {phone.e164 for phone in site.phones}
        read = [read_phone(value) for value in values]
        if any(phone and phone.e164 not in listed for phone in read):
            return (_("The federal lists have another number; it stands above."),)
    if field == WEBSITE and site.website and _bare(site.website) != _bare(values[0]):
        return (_("The federal lists have another: %(value)s") % {"value": site.website},)
    return ()


def _bare(address: str) -> str:
    return address.partition("://")[2].removeprefix("www.").rstrip("/").lower()


def _choices_differ(site: Site, field: str, values: tuple[str, ...]) -> tuple[str, ...]:
    facet = BY_FACET.get(field, "telehealth")
    keys = values if field in BY_FACET else ("telehealth",) if values == ("yes",) else ()
    said = {f"{facet}:{key}" for key in keys}
    listed = {c for c in columns_for(site.codes) if c.startswith(f"{facet}:")}
    sentences = []
    if listed - said:
        words = _("The federal survey lists, and the program does not name: %(choices)s.")
        sentences.append(words % {"choices": _labels(listed - said)})
    if said - listed:
        words = _("The program names, and the federal survey does not list: %(choices)s.")
        sentences.append(words % {"choices": _labels(said - listed)})
    return tuple(sentences)


def _labels(columns: set[str]) -> str:
    return "; ".join(label(column) for column in sorted(columns))


def closed_words(site: Site, today: date) -> str:
    """That the program says it closed for good; '' where it does not say so."""
    closed = word_now(site, CLOSED, today)
    if not closed:
        return ""
    words = _(
        "The program says that it closed for good on %(day)s; two people said so. The federal "
        "lists still have it. Programs near it are below."
    )
    return words % {"day": value_words(CLOSED, closed[0])}
