"""The APIs' reference as Markdown, written from their own descriptions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from waypost.api.reading import Described, Entry, Field, Json, described

HEAD = """# The API

Made from the APIs’ own descriptions by `make docs`; do not edit. A running site shows the same at
`/api/v1/docs`.
Failures are described in plain words as `application/problem+json` (RFC 9457). Any origin may read.
Answers carry an `ETag` that changes only when new data is published.
"""


def reference(schemas: Mapping[str, Json]) -> str:
    """Every address, parameter and answer of the APIs found at these addresses."""
    parts = [HEAD]
    for address, schema in schemas.items():
        parts += _api(described(address, schema))
    return "\n".join(parts)


def _api(api: Described) -> Iterator[str]:
    yield f"## {api.title}\n\n{api.words} OpenAPI 3.1: `{api.address}`.\n"
    for entry in api.entries:
        yield from _entry(entry)


def _entry(entry: Entry) -> Iterator[str]:
    yield f"### `{entry.method} {entry.path}`\n\n{entry.words}\n"
    if entry.fields:
        rows = "\n".join(_row(field) for field in entry.fields)
        yield f"| name | value | meaning |\n|---|---|---|\n{rows}\n"
    answers = "; ".join(f"`{status}` {words}" for status, words in entry.answers)
    yield f"Answers: {answers}.\n"


def _row(field: Field) -> str:
    name = f"`{field.name}`" + (" (required)" if field.required else "")
    cells = (name, field.kind, " ".join(field.words.split()))
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"
