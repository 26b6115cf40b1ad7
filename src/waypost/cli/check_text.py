"""The output of `waypost sources fetch --check`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from waypost.places.tables import ZipRow
from waypost.publishing.manifest import Manifest
from waypost.sources.checking import Check


def check_words(check: Check, area: ZipRow, manifest: Manifest, today: date) -> Iterator[str]:
    """Lines that say where the locator differs from us and how old our facts are."""
    place = f"{area.zip} ({area.place}, {area.state})"
    facts = max(s.as_of for s in manifest.sources if s.edition == manifest.edition)
    age = (today - facts).days / 365.25
    yield (
        f"{place}: FindTreatment.gov lists {_programs(check.listed)} today, our snapshot "
        f"{_programs(check.known)} (facts of {facts}, {age:.1f} years old)."
    )
    for row in check.new:
        street = ", ".join(filter(None, (row.street, row.city)))
        yield f"new: {row.name}" + (f", {street}" if street else "")
    for site in check.gone:
        yield f"no longer listed: {site.name}" + (f", {site.street}" if site.street else "")
    for site, words in check.changed:
        yield f"changed: {site.name}"
        yield from (f"    {line}" for line in words)
    if check.same:
        yield f"unchanged: {_programs(check.same)}"
    if check.new or check.gone or check.changed:
        yield "Run `waypost sources fetch` and `waypost publish` to update the whole directory."
    elif check.listed:
        yield "Nothing has changed here."


def _programs(count: int) -> str:
    return f"{count:,} program" if count == 1 else f"{count:,} programs"
