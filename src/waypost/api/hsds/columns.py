"""What the lists are cut from: services in order over the index's rows, made once a snapshot.

A table of booleans says which site has which kind of service, its rows in the order of the sites'
keys. A filter is a table that it is ANDed with.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from copy import copy
from datetime import datetime
from functools import cached_property

import numpy as np
import numpy.typing as npt

from waypost.api.hsds.id_table import IdTable
from waypost.directory.codes import CODES
from waypost.directory.facets import Option
from waypost.editions.hours.fading import fading_of
from waypost.editions.hsds import ids
from waypost.editions.hsds.levels import GENERAL, KINDS, LEVELS, services_of
from waypost.editions.hsds.nested import SiteInHsds
from waypost.editions.hsds.sites import Numbers, Sites
from waypost.publishing.reader import Snapshot
from waypost.search.names import words_of
from waypost.search.words import WordIndex

Bools = npt.NDArray[np.bool_]

SAID = ("PAY", "PYAS", "AGE", "GN", "LCA", "FOP")
"""Categories whose codes stand in a record as words, and are searched by them."""

SEARCHED = (
    "name", "name2", "street", "street2", "city", "county", "state", "zip", "listed_since",
)  # fmt: skip

_COMMON = frozenset(words_of("Treatment facility in the federal directory since"))
_KIND_WORDS = [frozenset(words_of(kind.label)) for kind in KINDS]
_GENERAL = KINDS.index(GENERAL)


def _begins(words: Iterable[str], typed: str) -> bool:
    return any(word.startswith(typed) for word in words)


def _code_words() -> list[tuple[str, frozenset[str], tuple[int, ...]]]:
    """Each searched code with its words and the kinds of service that it belongs to, or none."""
    words = []
    for code in CODES.values():
        kinds = tuple(i for i, level in enumerate(LEVELS) if code.code in level.codes)
        if kinds or code.category in SAID:
            words.append((code.code, frozenset(words_of(code.name)), kinds))
    return words


_CODE_WORDS = _code_words()


class HsdsDirectory:
    """A snapshot as HSDS sees it; ``place`` counts its current sites in the order of their keys."""

    def __init__(self, snapshot: Snapshot, now: datetime) -> None:
        self.snapshot = snapshot
        self.sites = Sites(snapshot, now)
        self.rows = self.sites.rows

    def at(self, now: datetime) -> HsdsDirectory:
        """The same at a later time: all that was made of the snapshot stays."""
        later = copy(self)
        later.__dict__.pop("changed", None)
        later.sites = self.sites.at(now)
        return later

    @cached_property
    def offered(self) -> Bools:
        """By place and kind: which services there are."""
        table = np.zeros((len(self.rows), len(KINDS)), dtype=np.bool_)
        for i, level in enumerate(LEVELS):
            table[:, i] = self.snapshot.index.offer(level.column, self.rows)
        table[:, _GENERAL] = ~table.any(axis=1)
        return table

    @cached_property
    def changed(self) -> Numbers:
        """By place: when the site last changed, in seconds since 1970."""
        return self.sites.changed_at[self.rows]

    @cached_property
    def site_ids(self) -> list[str]:
        """By row: the ids of the sites, gone ones included."""
        return [site_id for (site_id,) in self.snapshot.fields("id")]

    def with_code(self, code: str) -> Bools:
        """By place: which sites have a service code."""
        return self.snapshot.index.offer(f"code:{code}", self.rows)

    @cached_property
    def _words(self) -> WordIndex:
        """The words of names and addresses, by place."""
        texts = [" ".join(values) for values in self.snapshot.fields(*SEARCHED)]
        return WordIndex.build(words_of(texts[row]) for row in self.rows)

    def with_words(self, words: Iterable[str]) -> Bools:
        """By place and kind: in which services every word begins a word of the record."""
        mask = np.ones((1, 1), dtype=np.bool_)
        for word in words:
            mask = mask & self._with_word(word)
        return mask

    def _with_word(self, word: str) -> Bools:
        mask = np.zeros((len(self.rows), len(KINDS)), dtype=np.bool_)
        if not word:
            return mask
        if _begins(_COMMON, word):
            mask[:] = True
            return mask
        _, beginning = self._words.same_and_beginning(word)
        mask[beginning] = True
        mask[:, [i for i, words in enumerate(_KIND_WORDS) if _begins(words, word)]] = True
        for code, words, kinds in _CODE_WORDS:
            if _begins(words, word):
                mask[:, kinds or slice(None)] |= self.with_code(code)[:, None]
        return mask

    @cached_property
    def places(self) -> Numbers:
        """The place of each row."""
        places = np.empty_like(self.rows)
        places[self.rows] = np.arange(len(self.rows))
        return places

    @cached_property
    def coded(self) -> Bools:
        """By place: which sites have a code that stands at a service or at a location."""
        codes = [c.code for c in CODES.values() if c.category != "FOP"]
        coded: Bools = np.logical_or.reduce([self.with_code(code) for code in codes])
        return coded

    def organization(self, text: str) -> int | None:
        """The row of the organization with this id."""
        for row, _ in self._organizations.find(text):
            if ids.organization_id(self.snapshot.sites([row])[0].id) == text:
                return row
        return None

    def service(self, text: str) -> tuple[SiteInHsds, Option] | None:
        """The site and the kind of the service with this id."""
        return self._of_kind(self._services, ids.service_id, text)

    def service_at_location(self, text: str) -> tuple[SiteInHsds, Option] | None:
        """The site and the kind of the service where it is given, with this id."""
        return self._of_kind(self._services_at_locations, ids.service_at_location_id, text)

    def _of_kind(
        self, table: IdTable, id_of: Callable[[str, str], str], text: str
    ) -> tuple[SiteInHsds, Option] | None:
        for row, number in table.find(text):
            site, kind = self.sites.site(row), KINDS[number]
            if id_of(site.site.id, kind.key) == text:
                return site, kind
        return None

    @cached_property
    def _organizations(self) -> IdTable:
        names = ((ids.organization_id(site_id), row, 0) for site_id, row, _ in self._all())
        return IdTable.build(names)

    @cached_property
    def _services(self) -> IdTable:
        return self._by_kind(ids.service_id)

    @cached_property
    def _services_at_locations(self) -> IdTable:
        return self._by_kind(ids.service_at_location_id)

    def _by_kind(self, id_of: Callable[[str, str], str]) -> IdTable:
        return IdTable.build(
            (id_of(site_id, kind.key), row, KINDS.index(kind))
            for site_id, row, codes in self._all()
            for kind in services_of(codes)
        )

    def _all(self) -> Iterator[tuple[str, int, list[str]]]:
        """Every site's id, row and codes, gone ones included."""
        for row, (site_id, codes) in enumerate(self.snapshot.fields("id", "codes")):
            yield site_id, row, codes


_lock = threading.Lock()
_newest: list[tuple[int, HsdsDirectory]] = []


def directory_of(snapshot: Snapshot, now: datetime) -> HsdsDirectory:
    """A snapshot as HSDS sees it now; the one before is let go with its own snapshot."""
    passed = fading_of(snapshot).passed(now)
    with _lock:
        if not _newest or _newest[0][1].snapshot is not snapshot:
            _newest[:] = [(passed, HsdsDirectory(snapshot, now))]
        elif _newest[0][0] != passed:
            _newest[:] = [(passed, _newest[0][1].at(now))]
        return _newest[0][1]
