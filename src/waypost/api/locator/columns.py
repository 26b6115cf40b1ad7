"""What the locator filters and sorts by, as columns over the index's rows, once per snapshot."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from weakref import WeakKeyDictionary

import numpy as np
import numpy.typing as npt

from waypost.api.locator.rows import facility_type, main_phone
from waypost.directory.site import PhoneKind, Site, Survey
from waypost.publishing.reader import Snapshot

AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Columns:
    """Texts are casefolded; ``surveys`` has a bit each for substance use and mental health."""

    texts: dict[str, list[str]]
    phones: list[str]
    surveys: dict[Survey, npt.NDArray[np.bool_]]


def _number(site: Site, kind: PhoneKind) -> str:
    return next((p.written for p in site.phones if p.kind is kind), "")


TEXTS: dict[str, Callable[[Site], str]] = {
    "name1": lambda s: s.name,
    "name2": lambda s: s.name2,
    "street1": lambda s: s.street,
    "city": lambda s: s.city,
    "street2": lambda s: s.street2,
    "state": lambda s: s.state,
    "zip": lambda s: s.zip,
    "phone": lambda s: main_phone(s) or "",
    "type_facility": facility_type,
    "intake1": lambda s: _number(s, PhoneKind.INTAKE),
    "hotline1": lambda s: _number(s, PhoneKind.HOTLINE),
    "website": lambda s: s.website,
}

_lock = threading.Lock()
_made: WeakKeyDictionary[Snapshot, Columns] = WeakKeyDictionary()


def columns(snapshot: Snapshot) -> Columns:
    """The columns of a snapshot, dropped when it is."""
    with _lock:
        ready = _made.get(snapshot)
        if ready is None:
            ready = _made[snapshot] = _make(snapshot)
        return ready


def _make(snapshot: Snapshot) -> Columns:
    size = snapshot.index.size
    result = Columns(
        {name: [] for name in TEXTS}, [], {s: np.zeros(size, dtype=np.bool_) for s in Survey}
    )
    for start in range(0, size, AT_ONCE):
        rows = range(start, min(start + AT_ONCE, size))
        for row, site in zip(rows, snapshot.sites(rows), strict=True):
            _add(result, row, site)
    return result


def _add(result: Columns, row: int, site: Site) -> None:
    for name, read in TEXTS.items():
        result.texts[name].append(read(site).casefold())
    # A space between numbers, so that no search matches across the end of one and the next's start.
    result.phones.append(" ".join(p.e164.removeprefix("+1") for p in site.phones))
    for survey in site.surveys:
        result.surveys[survey][row] = True
