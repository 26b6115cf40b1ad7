"""The data quality report as Markdown and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

SOURCE_COLUMNS = (
    ("rows", "rows read"),
    ("rejected", "rejected"),
    ("sites", "sites"),
    ("merged", "rows merged"),
    ("unmatched", "rows without a site"),
    ("without_phone", "no phone"),
    ("without_exact_point", "sites without an exact point"),
    ("unknown_codes", "unknown codes"),
    ("invalid_phones", "invalid phones"),
    ("zip_not_in_state", "ZIP not in state"),
    ("far_from_zip", "coordinates far from ZIP"),
)


def as_json(quality: Mapping[str, Any]) -> str:
    """The report as JSON."""
    return json.dumps(quality, indent=2, ensure_ascii=False) + "\n"


def as_markdown(quality: Mapping[str, Any]) -> str:
    """The report as Markdown."""
    lines = ["# Data quality report", ""]
    lines += _table(("measure", "count"), quality["totals"].items())
    lines += ["", "## Points by method", ""]
    lines += _table(("method", "sites"), quality["points_by_method"].items())
    lines += ["", "## Sources", ""]
    columns = ("source", *(title for _, title in SOURCE_COLUMNS))
    lines += _table(columns, map(_source, quality["sources"]))
    for title, items in (
        ("Rejected rows", _rejected(quality["sources"])),
        ("Listings that nothing places", (f"{s}, row {n}" for s, n in quality["left_out"])),
        ("Points far from ZIP and town, not used", map(_aside, quality.get("far_points", ()))),
        (
            "Addresses that lists put over 2 miles apart",
            map(_aside, quality.get("disagreements", ())),
        ),
        ("Unknown codes", _unknown(quality["sources"])),
        ("Rows of a second source that belong to no site", _unmatched(quality)),
        (
            "Numbers that stand on many unrelated sites",
            (
                f"{number}: {count:,} sites"
                for number, count in quality["call_center_signs"].items()
            ),
        ),
    ):
        lines += ["", f"## {title}", "", *([f"- {item}" for item in items] or ["None."])]
    return "\n".join(lines) + "\n"


def _table(titles: Iterable[str], rows: Iterable[Iterable[object]]) -> Iterator[str]:
    names = list(titles)
    yield f"| {' | '.join(names)} |"
    yield "|---|" + "---:|" * (len(names) - 1)
    for row in rows:
        yield f"| {' | '.join(map(shown, row))} |"


def _source(source: Mapping[str, Any]) -> list[object]:
    return [source["source"], *(_cell(name, source[name]) for name, _ in SOURCE_COLUMNS)]


def _cell(name: str, value: Any) -> object:
    if name == "unknown_codes":
        return len(value)
    return sum(value.values()) if isinstance(value, Mapping) else value


def _rejected(sources: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    for source in sources:
        rows = source["rejected_rows"]
        yield from (f"{source['source']}, row {number}: {reason}" for number, reason in rows)
        more = sum(source["rejected"].values()) - len(rows)
        if more:
            yield f"{source['source']}: {more:,} more"


def _aside(point: Mapping[str, Any]) -> str:
    return (
        f"{point['site']}, {point['name']}, {point['where']}: {point['source']} puts it "
        f"{point['miles']} miles away (shown: {point['shown_by']})"
    )


def _unknown(sources: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    for source in sources:
        for code, count in source["unknown_codes"].items():
            where = f"on {count:,} rows" if count else "a column"
            yield f"{source['source']}: {code}, {where}"


def _unmatched(quality: Mapping[str, Any]) -> Iterator[str]:
    for source, numbers in quality["unmatched_locator_rows"].items():
        if numbers:
            yield f"{source}: rows {', '.join(map(str, numbers))}"


def shown(value: object) -> str:
    """A number with its thousands separated; anything else unchanged."""
    return f"{value:,}" if isinstance(value, int) else str(value)
