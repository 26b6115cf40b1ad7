"""Replays editions in turn, so that rows become sites that keep their identity over the years."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from waypost.directory.grouping import group_edition, row_key, to_listing
from waypost.directory.identity import mint
from waypost.directory.matching import Match, MatchedListing, forget, pair_up, withheld
from waypost.directory.normalize import name_key, street_key
from waypost.directory.rows import Row, SourceRows
from waypost.directory.site import HistoryEntry, Survey

Progress = Callable[[str], None]
Placed = dict[tuple[str, int], str]
"""The id of the site that each row became part of, by the row's source and number."""

Asked = Mapping[Survey, frozenset[str]]
"""The service codes that an edition uses, by survey."""


@dataclass
class Record:
    """A site being put together: its rows in the newest edition that lists it, and its past."""

    id: str
    listing: MatchedListing
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
    """All sites ever listed, the newest edition's name, what each edition changed, and which site
    each row came to; a second source's row that came to none is in ``unmatched_extras``."""

    records: Mapping[str, Record]
    newest: str
    changes: tuple[EditionChanges, ...]
    unmatched_extras: Mapping[str, tuple[int, ...]]
    placed: Placed


def resolve(
    editions: Mapping[str, Sequence[SourceRows]],
    extras: Iterable[SourceRows] = (),
    progress: Progress = lambda words: None,
) -> Resolved:
    """Replay editions from the oldest, then attach other sources' rows to the newest."""
    records: dict[str, Record] = {}
    changes = []
    placed: Placed = {}
    codes_of = {edition: _asked(sources) for edition, sources in editions.items()}
    for edition in sorted(editions):
        progress(f"matching the edition of {edition}")
        changes.append(_replay(edition, editions[edition], records, placed, codes_of))
        forget()
    newest = max(editions)
    unmatched = {s.source.id: _lay_on(s.rows, records, newest, placed) for s in extras}
    forget()
    return Resolved(records, newest, tuple(changes), unmatched, placed)


def _asked(sources: Iterable[SourceRows]) -> Asked:
    """The codes that an edition uses at all, by survey; each year's questions differ."""
    codes_by_survey: dict[Survey, set[str]] = {survey: set() for survey in Survey}
    for row in (row for source in sources for row in source.rows):
        codes_by_survey[row.survey].update(row.codes or ())
    return {survey: frozenset(codes) for survey, codes in codes_by_survey.items()}


def _replay(
    edition: str,
    sources: Sequence[SourceRows],
    records: dict[str, Record],
    placed: Placed,
    asked: Mapping[str, Asked],
) -> EditionChanges:
    sites, repeated, joined = group_edition(sources)
    listed = [_with_key(r.listing, r.id) for r in sorted(records.values(), key=lambda r: r.id)]
    links = pair_up([listing for listing, _ in sites], listed, moved=True)
    record_of = {m.a: records[m.b] for m in links}
    before = {r.id for r in records.values() if r.editions[-1:] and _is_last(r, records)}
    tally: dict[str, int] = {}
    for listing, rows in sites:
        record = record_of.get(listing.key)
        if record is None:
            record = _new(listing, rows, edition, records)
            entries = [HistoryEntry(edition, "added")]
        else:
            both = _both(asked[record.editions[-1]], asked[edition])
            entries = _differences(record, listing, rows, edition, both)
            if record.id not in before:
                entries.insert(0, HistoryEntry(edition, "back"))
            record.listing, record.rows = _with_key(listing, record.id), rows
            record.editions.append(edition)
        record.history += entries
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


def _with_key(listing: MatchedListing, key: str) -> MatchedListing:
    return MatchedListing(
        key, listing.name, listing.name2, listing.street, listing.suite,
        listing.city, listing.state, listing.zip, listing.phones,
    )  # fmt: skip


def _new(
    listing: MatchedListing, rows: list[Row], edition: str, records: dict[str, Record]
) -> Record:
    site_id = mint(_first_words(rows[0]), records)
    records[site_id] = Record(site_id, _with_key(listing, site_id), rows, [edition])
    return records[site_id]


def _first_words(row: Row) -> str:
    """A listing as published, ignoring case and spaces.

    It must not use our spelling rules: improving them would change the ids minted from it.
    """
    parts = (row.state, row.zip, row.street, row.street2, row.name, row.name2)
    return "|".join(" ".join(part.casefold().split()) for part in parts)


def _both(before: Asked, now: Asked) -> Asked:
    return {survey: before[survey] & now[survey] for survey in Survey}


def _codes_of(rows: Iterable[Row], surveys: set[Survey], asked: Asked) -> frozenset[str]:
    """What rows state in answer to these surveys, of the codes asked."""
    answers = (asked[r.survey].intersection(r.codes or ()) for r in rows if r.survey in surveys)
    return frozenset[str]().union(*answers)


def _differences(
    record: Record, listing: MatchedListing, rows: list[Row], edition: str, asked: Asked
) -> list[HistoryEntry]:
    """What changed; services count only where both editions asked about them."""
    old, new = record.rows[0], rows[0]
    entries: list[HistoryEntry] = []
    hidden = withheld(listing) or withheld(
        record.listing
    )  # never show the address that is now hidden
    moved = (
        street_key(old.street) != street_key(new.street) and record.listing.street != listing.street
    )
    if moved and not hidden:
        was, now = f"{old.street}, {old.city}", f"{new.street}, {new.city}"
        entries.append(HistoryEntry(edition, "moved", was, now))
    if name_key(old.name) != name_key(new.name):
        entries.append(HistoryEntry(edition, "renamed", old.name, new.name))
    if not record.listing.phones & listing.phones:
        entries.append(HistoryEntry(edition, "phone"))
    surveys = {r.survey for r in record.rows} & {r.survey for r in rows}
    before, after = _codes_of(record.rows, surveys, asked), _codes_of(rows, surveys, asked)
    if before != after:
        was, now = " ".join(sorted(before - after)), " ".join(sorted(after - before))
        entries.append(HistoryEntry(edition, "services", was, now))
    return entries


def _lay_on(
    rows: Sequence[Row], records: Mapping[str, Record], newest: str, placed: Placed
) -> tuple[int, ...]:
    """Attach a second source's rows to their sites; return the numbers of rows without a site."""
    current = [r for r in records.values() if r.editions[-1] == newest]
    listed = [_with_key(r.listing, r.id) for r in sorted(current, key=lambda r: r.id)]
    unplaced: list[int] = []
    for survey in Survey:
        some = sorted((r for r in rows if r.survey is survey), key=row_key)
        listings = [to_listing(f"extra{i:06d}", row) for i, row in enumerate(some)]
        by_key = dict(zip((m.key for m in listings), some, strict=True))
        matches = pair_up(listings, listed)
        for match in matches:
            row = by_key.pop(match.a)
            records[match.b].extra.append(row)
            placed[row.source, row.number] = match.b
        unplaced += [row.number for row in by_key.values()]
    return tuple(sorted(unplaced))
