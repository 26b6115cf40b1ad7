"""Groups one edition's rows into sites: folds repeats and joins the two directories."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from waypost.directory.matching import Match, MatchedListing, listing, pair_up, repeats
from waypost.directory.rows import Row, SourceRows
from waypost.directory.site import Survey


@dataclass(frozen=True, slots=True)
class Folded:
    """One directory's listings with their rows, and how many rows repeat another."""

    listings: list[MatchedListing]
    rows: dict[str, list[Row]]
    repeated: int


def to_listing(key: str, row: Row) -> MatchedListing:
    """What matching looks at in a row."""
    numbers = [text for _, text in row.phones]
    return listing(
        key, row.name, row.name2, row.street, row.street2, row.city, row.state, row.zip, numbers
    )


def row_key(row: Row) -> str:
    """A sort key for an edition's rows that does not depend on their order in the file."""
    text = "|".join(
        [row.state, row.zip, row.city.casefold(), row.street.casefold(), row.street2.casefold(),
         row.name.casefold(), row.name2.casefold(), *(t for _, t in row.phones)]
    )  # fmt: skip
    return f"{text}|{'+'.join(row.codes or ())}"


def group_edition(
    sources: Sequence[SourceRows],
) -> tuple[list[tuple[MatchedListing, list[Row]]], int, list[Match]]:
    """The sites with their rows, the number of repeated rows, and the pairs that were joined."""
    substance, mental = (_fold(survey, _rows_of(survey, sources)) for survey in Survey)
    matches = pair_up(substance.listings, mental.listings)
    partner = {m.a: m.b for m in matches}
    sites = []
    for first in substance.listings:
        rows = substance.rows[first.key] + mental.rows.get(partner.get(first.key, ""), [])
        sites.append((first, rows))
    joined = set(partner.values())
    sites += [(m, mental.rows[m.key]) for m in mental.listings if m.key not in joined]
    return sites, substance.repeated + mental.repeated, matches


def _rows_of(survey: Survey, sources: Iterable[SourceRows]) -> list[Row]:
    rows = (row for source in sources for row in source.rows if row.survey is survey)
    return sorted(rows, key=row_key)


def _fold(survey: Survey, rows: Sequence[Row]) -> Folded:
    """Merge a row into the one it repeats; likewise a row that lists no services.

    The locator lists an opioid treatment program a second time with every flag set; where the
    program's own row is present too, both rows are one site.
    """
    keyed = {f"{survey}{i:06d}": row for i, row in enumerate(rows)}
    listings = [to_listing(key, row) for key, row in keyed.items()]
    first_of = dict(repeats(listings))
    silent = [m for m in listings if keyed[m.key].codes is None and m.key not in first_of]
    if silent:
        telling = [m for m in listings if keyed[m.key].codes is not None and m.key not in first_of]
        first_of |= {m.a: m.b for m in pair_up(silent, telling)}
    unique = [m for m in listings if m.key not in first_of]
    groups = {m.key: [keyed[m.key]] for m in unique}
    for later, earlier in first_of.items():
        groups[first_of.get(earlier, earlier)].append(keyed[later])
    return Folded(unique, groups, len(first_of))
