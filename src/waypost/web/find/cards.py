"""What a result says of a program, in words: the presenter of one card.

A card is rendered once for each site and face, with control characters where its number, distance
and links go, and these are filled in for each page. No text of ours or of a source holds a control
character, so a blank cannot be mistaken for a fact. Without this a results page takes half as long
again (`make bench`: "without cards rendered once and filled in").
"""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from typing import NamedTuple

from django.template import loader
from django.utils import translation
from django.utils.translation import gettext as _
from markupsafe import Markup, escape

from waypost.design.facets import label
from waypost.design.payment import payment_words, who_tells
from waypost.design.timetable_words import fit_words
from waypost.design.words import miles_text
from waypost.directory.facets import columns_for
from waypost.directory.site import Site, Source
from waypost.navigation.answer import RankedSite, Reason, Standing
from waypost.navigation.engine_query import has_border
from waypost.navigation.hours_fit import HoursFit, HoursStanding
from waypost.navigation.need import TIME
from waypost.places.place import Place
from waypost.publishing.reader import Snapshot
from waypost.web.find.keeping import Keeping

_KEPT_CARDS = 8_000
_NUMBER, _DISTANCE, _KEEP_HREF, _LIST_QUERY, _LIST_LENGTH = "\x01", "\x02", "\x03", "\x04", "\x05"
_SITE_QUERY, _LIST_WORDS = "\x06", "\x07"
_STANDING_CLASS = {
    Standing.OFFERED: ("offered", "check"),
    Standing.NOT_LISTED: ("unlisted", "dash"),
    Standing.UNKNOWN: ("unknown", "question"),
}


class ReasonLine(NamedTuple):
    """One reason: the choice, its words, its class in the style sheet, and its icon."""

    column: str
    words: str
    css: str
    icon: str


class Cards:
    """Makes the cards of one page; what is the same for all of them is looked up once."""

    def __init__(self, snapshot: Snapshot, keeping: Keeping, place: Place | None) -> None:
        self._snapshot = snapshot
        self._of_area = place is not None and has_border(place)
        self._keeping = keeping
        page = keeping.as_page()
        self._site_query = str(escape(f"?{page}")) if page else ""
        self._edition = (snapshot.version, translation.get_language())
        self._reasons: dict[tuple[tuple[Reason, ...], str], tuple[ReasonLine, ...]] = {}

    def card(self, ranked: RankedSite) -> Markup:
        """The card of one ranked option: the kept form, filled in."""
        site = ranked.site
        face = Face(
            self._lines(ranked),
            placed=ranked.miles is not None,
            kept=self._keeping.keeps(site.id),
            edition=self._edition,
        )
        distance = "" if ranked.miles is None else self._distance(ranked.miles, exact=ranked.exact)
        number = str(ranked.number)
        href = f"?{self._keeping.toggled_escaped(site.id)}#option-{number}"
        text = blank(site, face).replace(_NUMBER, number)
        text = text.replace(_DISTANCE, distance).replace(_KEEP_HREF, href)
        text = text.replace(_SITE_QUERY, self._site_query)
        if face.kept:
            text = text.replace(_LIST_WORDS, _on_your_list(self._keeping.length))
            text = text.replace(_LIST_QUERY, escape(self._keeping.as_list()))
            text = text.replace(_LIST_LENGTH, str(self._keeping.length))
        return Markup(text)  # noqa: S704 - our own template, which escapes; so are the blanks

    def _distance(self, miles: float, *, exact: bool) -> str:
        """How far it is from the place, or from the middle of a state or a county."""
        distance = miles_text(miles, exact=exact)
        if self._of_area:
            return _("%(distance)s from its middle") % {"distance": distance}
        return distance

    def _lines(self, ranked: RankedSite) -> tuple[ReasonLine, ...]:
        """The reasons; hours that were asked for stand in one line, session by session."""
        if ranked.hours is None:
            return self._reason_lines(ranked.reasons, who_tells(ranked.site))
        others = tuple(r for r in ranked.reasons if not r.column.startswith(f"{TIME}:"))
        lines = self._reason_lines(others, who_tells(ranked.site))
        return (*lines, hours_line(ranked.hours))

    def _reason_lines(self, reasons: tuple[Reason, ...], told_by: str) -> tuple[ReasonLine, ...]:
        """Most programs of a page have the same reasons: they are put in words once."""
        key = (reasons, told_by)
        lines = self._reasons.get(key)
        if lines is None:
            source = self._snapshot.manifest.source(told_by)
            lines = tuple(reason_line(reason, source) for reason in reasons)
            self._reasons[key] = lines
        return lines


def hours_line(fit: HoursFit) -> ReasonLine:
    """How the hours stand: a tick where they fit, a question where the program does not say."""
    standing = {
        HoursStanding.FITS: (Standing.OFFERED, _("your hours fit: %(words)s")),
        HoursStanding.DOES_NOT: (Standing.NOT_LISTED, _("your hours: %(words)s")),
        HoursStanding.UNSAID: (Standing.UNKNOWN, _("your hours: %(words)s")),
    }
    how, words = standing[fit.standing]
    return ReasonLine(TIME, words % {"words": fit_words(fit)}, *_STANDING_CLASS[how])


def _on_your_list(length: int) -> str:
    return _("%(n)s on your list") % {"n": length}


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
    return ReasonLine(reason.column, name, css, icon)


def level_labels(site: Site, said: tuple[str, ...] = ()) -> list[str]:
    """The levels of care the site is known to offer, in plain words, without those told already."""
    columns = sorted(c for c in columns_for(site.codes) if c.startswith("level:"))
    return [label(c) for c in columns if c not in said]


class Face(NamedTuple):
    """What a card shows of a site apart from its number, its distance and its link to keep it.

    ``edition`` is the snapshot's version and the language being spoken.
    """

    reasons: tuple[ReasonLine, ...]
    placed: bool
    kept: bool
    edition: tuple[str, str | None]


_blanks: OrderedDict[tuple[str, Face], str] = OrderedDict()
_lock = Lock()


def blank(site: Site, face: Face) -> str:
    """A card with its number, distance and link left blank, rendered once and kept a while."""
    key = (site.id, face)
    with _lock:
        cached = _blanks.get(key)
        if cached is not None:
            _blanks.move_to_end(key)
            return cached
    text = _rendered(site, face)
    with _lock:
        _blanks[key] = text
        while len(_blanks) > _KEPT_CARDS:
            _blanks.popitem(last=False)
    return text


def _rendered(site: Site, face: Face) -> str:
    in_reasons = tuple(r.column for r in face.reasons if r.column.startswith("level:"))
    words = {
        "site": site,
        "reasons": face.reasons,
        "placed": face.placed,
        "kept": face.kept,
        "levels": level_labels(site, in_reasons),
        "phone": site.phones[0] if site.phones else None,
        "number": _NUMBER,
        "distance": _DISTANCE,
        "keep_href": _KEEP_HREF,
        "site_query": _SITE_QUERY,
        "list_query": _LIST_QUERY,
        "list_words": _LIST_WORDS,
        "list_length": _LIST_LENGTH,
    }
    return loader.get_template("parts/card.html").render(words, None)
