"""Editions replayed in turn: rows become sites that keep their identity from year to year."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from waypost.directory.identity import mint
from waypost.directory.matching import Listing, Match, listing, pair_up, repeats, withheld
from waypost.directory.normalize import name_key, street_key
from waypost.directory.rows import Row, SourceRows
from waypost.directory.site import HistoryEntry, Survey

Progress = Callable[[str], None]
Placed = dict[tuple[str, int], str]
"""The site id that a row came to, by its source and its number there."""


@dataclass
class Record:
    """A site as it is put together: its rows of the newest edition it stands in, and its past."""

    id: str
    listing: Listing
    rows: list[Row]
    editions: list[str]
    history: list[HistoryEntry] = field(default_factory=list)
    extra: list[Row] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class EditionChanges:
    """What an edition changed: counts, and how its rows were joined and linked, by rule."""

    edition: str
    rows: int
    sites: int
    repeated: int
    joined: Mapping[str, int]
    linked: Mapping[str, int]
    changed: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Resolved:
    """All sites ever listed, the newest edition's name, and what each edition changed."""

    records: Mapping[str, Record]
    newest: str
    changes: tuple[EditionChanges, ...]
    unmatched_extras: Mapping[str, int]


def to_listing(key: str, row: Row) -> Listing:
    """What matching looks at in a row."""
    numbers = [text for _, text in row.phones]
    return listing(
        key, row.name, row.name2, row.street, row.street2, row.city, row.state, row.zip, numbers
    )


def row_key(row: Row) -> str:
    """A key that sorts rows of an edition whatever their order in the file."""
    text = "|".join(
        [row.state, row.zip, row.city.casefold(), row.street.casefold(), row.street2.casefold(),
         row.name.casefold(), row.name2.casefold(), *(t for _, t in row.phones)]
    )  # fmt: skip
    return f"{text}|{'+'.join(row.codes or ())}"


def group_edition(
    sources: Sequence[SourceRows],
) -> tuple[list[tuple[Listing, list[Row]]], int, list[Match]]:
    """Rows of one edition as sites: repeats folded, the two directories joined."""
    folded: dict[Survey, dict[str, list[Row]]] = {}
    listings: dict[Survey, list[Listing]] = {}
    repeated = 0
    for survey in Survey:
        rows = sorted((r for s in sources for r in s.rows if r.survey is survey), key=row_key)
        keyed = {f"{survey}{i:06d}": row for i, row in enumerate(rows)}
        made = [to_listing(key, row) for key, row in keyed.items()]
        again = repeats(made)
        repeated += len(again)
        groups = {m.key: [keyed[m.key]] for m in made if m.key not in again}
        for later, earlier in again.items():
            groups[earlier].append(keyed[later])
        folded[survey] = groups
        listings[survey] = [m for m in made if m.key not in again]
    matches = pair_up(listings[Survey.SUBSTANCE_USE], listings[Survey.MENTAL_HEALTH])
    partner = {m.a: m.b for m in matches}
    sites = []
    for first in listings[Survey.SUBSTANCE_USE]:
        rows = list(folded[Survey.SUBSTANCE_USE][first.key])
        rows += folded[Survey.MENTAL_HEALTH].get(partner.get(first.key, ""), [])
        sites.append((first, rows))
    joined = set(partner.values())
    sites += [
        (m, folded[Survey.MENTAL_HEALTH][m.key])
        for m in listings[Survey.MENTAL_HEALTH]
        if m.key not in joined
    ]
    return sites, repeated, matches


def resolve(
    editions: Mapping[str, Sequence[SourceRows]],
    extras: Iterable[SourceRows] = (),
    progress: Progress = lambda words: None,
    placed: Placed | None = None,
) -> Resolved:
    """Replay editions from the oldest; then lay the rows of other sources on the newest.

    ``placed``, where given, is filled with the id that each row of an edition came to.
    """
    records: dict[str, Record] = {}
    changes = []
    for edition in sorted(editions):
        progress(f"matching the edition of {edition}")
        changes.append(_replay(edition, editions[edition], records, placed))
    newest = max(editions)
    unmatched = {s.source.id: _lay_on(s.rows, records, newest) for s in extras}
    return Resolved(records, newest, tuple(changes), unmatched)


def _replay(
    edition: str,
    sources: Sequence[SourceRows],
    records: dict[str, Record],
    placed: Placed | None,
) -> EditionChanges:
    sites, repeated, joined = group_edition(sources)
    known = [_with_key(r.listing, r.id) for r in sorted(records.values(), key=lambda r: r.id)]
    links = pair_up([made for made, _ in sites], known, moved=True)
    record_of = {m.a: records[m.b] for m in links}
    before = {r.id for r in records.values() if r.editions[-1:] and _is_last(r, records)}
    tally: dict[str, int] = {}
    for made, rows in sites:
        record = record_of.get(made.key)
        if record is None:
            record = _new(made, rows, edition, records)
            entries = [HistoryEntry(edition, "added")]
        else:
            entries = _differences(record, made, rows, edition, back=record.id not in before)
            record.listing, record.rows = _with_key(made, record.id), rows
            record.editions.append(edition)
        record.history += entries
        if placed is not None:
            placed.update({(row.source, row.number): record.id for row in rows})
        for entry in entries:
            tally[entry.what] = tally.get(entry.what, 0) + 1
    for record in records.values():
        if record.id in before and record.editions[-1] != edition:
            record.history.append(HistoryEntry(edition, "gone"))
            tally["gone"] = tally.get("gone", 0) + 1
    count = sum(len(s.rows) for s in sources)
    return EditionChanges(
        edition, count, len(sites), repeated, _by_rule(joined), _by_rule(links), tally
    )


def _is_last(record: Record, records: Mapping[str, Record]) -> bool:
    return not record.history or record.history[-1].what != "gone"


def _by_rule(matches: Iterable[Match]) -> dict[str, int]:
    tally: dict[str, int] = {}
    for match in matches:
        tally[match.rule] = tally.get(match.rule, 0) + 1
    return dict(sorted(tally.items()))


def _with_key(made: Listing, key: str) -> Listing:
    return Listing(
        key, made.name, made.name2, made.street, made.suite,
        made.city, made.state, made.zip, made.phones,
    )  # fmt: skip


def _new(made: Listing, rows: list[Row], edition: str, records: dict[str, Record]) -> Record:
    words = "|".join([made.state, made.zip, made.street, made.suite, made.full_name])
    site_id = mint(words, records)
    records[site_id] = Record(site_id, _with_key(made, site_id), rows, [edition])
    return records[site_id]


def codes_of(rows: Iterable[Row]) -> frozenset[str]:
    """All codes that rows state."""
    return frozenset(code for row in rows for code in row.codes or ())


def _differences(
    record: Record, made: Listing, rows: list[Row], edition: str, *, back: bool
) -> list[HistoryEntry]:
    old, new = record.rows[0], rows[0]
    found = [HistoryEntry(edition, "back")] if back else []
    hidden = withheld(made) or withheld(record.listing)  # an address once published stays unsaid
    moved = (
        street_key(old.street) != street_key(new.street) and record.listing.street != made.street
    )
    if moved and not hidden:
        was, now = f"{old.street}, {old.city}", f"{new.street}, {new.city}"
        found.append(HistoryEntry(edition, "moved", was, now))
    if name_key(old.name) != name_key(new.name):
        found.append(HistoryEntry(edition, "renamed", old.name, new.name))
    if not record.listing.phones & made.phones:
        found.append(HistoryEntry(edition, "phone"))
    gained, lost = codes_of(rows) - codes_of(record.rows), codes_of(record.rows) - codes_of(rows)
    if gained or lost:
        was, now = " ".join(sorted(lost)), " ".join(sorted(gained))
        found.append(HistoryEntry(edition, "services", was, now))
    return found


def _lay_on(rows: Sequence[Row], records: Mapping[str, Record], newest: str) -> int:
    """Give the rows of a second source to the sites they speak of; how many found none."""
    current = [r for r in records.values() if r.editions[-1] == newest]
    known = [_with_key(r.listing, r.id) for r in sorted(current, key=lambda r: r.id)]
    unmatched = 0
    for survey in (*Survey,):
        some = sorted((r for r in rows if r.survey is survey), key=row_key)
        made = [to_listing(f"extra{i:06d}", row) for i, row in enumerate(some)]
        by_key = dict(zip((m.key for m in made), some, strict=True))
        matches = pair_up(made, known)
        for match in matches:
            records[match.b].extra.append(by_key[match.a])
        unmatched += len(made) - len(matches)
    return unmatched
