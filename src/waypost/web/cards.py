"""What a result says of a program, in words: the presenter of one card."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock

from django.template import loader
from django.utils import translation
from django.utils.translation import gettext as _
from markupsafe import Markup

from waypost.design.words import miles_text
from waypost.directory.facets import Option as FacetOption
from waypost.directory.facets import columns_for, option
from waypost.directory.site import Site, Source
from waypost.navigation.answer import Option, Reason, Standing
from waypost.publishing.reader import Snapshot
from waypost.web.payment_words import payment_words, who_tells

_KEPT_PARTS = 8_000
_STANDING_CLASS = {
    Standing.OFFERED: ("offered", "check"),
    Standing.NOT_LISTED: ("unlisted", "dash"),
    Standing.UNKNOWN: ("unknown", "question"),
}


@dataclass(frozen=True, slots=True)
class ReasonLine:
    """One reason: its words, its class in the style sheet, and its icon."""

    words: str
    css: str
    icon: str


@dataclass(frozen=True, slots=True)
class Parts:
    """What a card says of the site alone: its name and address, its other levels, its number."""

    body: Markup
    also: Markup
    phone: Markup


@dataclass(frozen=True, slots=True)
class Card:
    """One program in a list: ``parts`` are what no search changes."""

    number: int
    id: str
    distance: str
    exact: bool
    reasons: tuple[ReasonLine, ...]
    parts: Parts
    keep_href: str
    kept: bool


def label(column: str) -> str:
    """The plain name of a choice in the language being spoken."""
    return label_of(option(column))


def label_of(choice: FacetOption) -> str:
    """The plain name of a facet's option in the language being spoken."""
    return choice.label_es if translation.get_language() == "es" else choice.label


class Cards:
    """Makes the cards of one page; what is the same for all of them is looked up once."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._language = translation.get_language()
        self._reasons: dict[tuple[Reason, str], ReasonLine] = {}

    def card(self, found: Option, keep_href: str, *, kept: bool) -> Card:
        """The card of one ranked option."""
        told = tuple(r.column for r in found.reasons if r.column.startswith("level:"))
        return Card(
            number=found.number,
            id=found.site.id,
            distance="" if found.miles is None else miles_text(found.miles, exact=found.exact),
            exact=found.exact,
            reasons=tuple(self._reason(reason, found.site) for reason in found.reasons),
            parts=site_parts(found.site, told, (self._snapshot.version, self._language)),
            keep_href=keep_href,
            kept=kept,
        )

    def _reason(self, reason: Reason, site: Site) -> ReasonLine:
        told_by = who_tells(site)
        key = (reason, told_by)
        if key not in self._reasons:
            self._reasons[key] = reason_line(reason, self._snapshot.manifest.source(told_by))
        return self._reasons[key]


def reason_line(reason: Reason, told_by: Source | None) -> ReasonLine:
    """A reason in words: what is offered, what is not listed, what nobody was asked."""
    css, icon = _STANDING_CLASS[reason.standing]
    name = label(reason.column)
    if reason.standing is Standing.NOT_LISTED:
        name = _("not listed: %(name)s") % {"name": name}
    elif reason.standing is Standing.UNKNOWN:
        name = _("not known: %(name)s") % {"name": name}
    elif reason.column.startswith("payment:") and told_by is not None:
        name = payment_words(name, reason.column, told_by)
    return ReasonLine(name, css, icon)


def level_labels(site: Site, told: tuple[str, ...] = ()) -> list[str]:
    """The levels of care the site is known to offer, in plain words, without those told already."""
    columns = sorted(c for c in columns_for(site.codes) if c.startswith("level:"))
    return [label(c) for c in columns if c not in told]


Edition = tuple[str, str | None]
"""A snapshot's version and the language being spoken."""

_parts: OrderedDict[tuple[str, tuple[str, ...], Edition], Parts] = OrderedDict()
_lock = Lock()


def site_parts(site: Site, told: tuple[str, ...], edition: Edition) -> Parts:
    """The parts of a card that no search changes, rendered once and kept a while."""
    key = (site.id, told, edition)
    with _lock:
        kept = _parts.get(key)
        if kept is not None:
            _parts.move_to_end(key)
            return kept
    words = {
        "site": site,
        "levels": level_labels(site, told),
        "phone": site.phones[0] if site.phones else None,
    }
    made = Parts(*(_rendered(part, words) for part in ("card_body", "card_also", "card_phone")))
    with _lock:
        _parts[key] = made
        while len(_parts) > _KEPT_PARTS:
            _parts.popitem(last=False)
    return made


def _rendered(part: str, words: dict[str, object]) -> Markup:
    text = loader.get_template(f"parts/{part}.html").render(words, None)
    return Markup(text)  # noqa: S704 - our own template, which escapes
