"""What a file is: a national directory, a listing of FindTreatment.gov, or something foreign."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from waypost.directory.codes import CODES
from waypost.directory.site import Survey
from waypost.sources.catalog import sheet_rows
from waypost.sources.foreign import seems
from waypost.sources.lists import list_rows, read_json_file
from waypost.sources.locator_rows import kind_column
from waypost.sources.reading import BadSource, csv_rows, read_text, workbook_sheets

KNOWN_ENDINGS = (".xlsx", ".csv", ".json", ".csv.gz", ".json.gz")
ENOUGH_ROWS = 200
"""This many rows show which survey a directory is from."""


def ending(file: Path) -> str:
    """A file's ending in lower case, ".csv.gz" as one.

    Raises:
        BadSource: files with this ending cannot be read.
    """
    name = file.name.casefold()
    for suffix in sorted(KNOWN_ENDINGS, key=len, reverse=True):
        if name.endswith(suffix):
            return suffix
    raise BadSource(
        f"{file.name} is not one of {', '.join(KNOWN_ENDINGS)}. Save a spreadsheet of another "
        f"kind as "
        "XLSX or CSV."
    )


def recognize(file: Path) -> tuple[str, Survey | None]:
    """What a file is (the kind of `catalog.Entry`) and, for a directory, of which survey.

    Raises:
        BadSource: it is neither a directory nor a listing of the locator; the message says what it
            seems to be.
    """
    kind = ending(file)
    if kind.startswith(".json"):
        return _json(file)
    if kind == ".xlsx":
        return _workbook(file)
    columns, survey = _columns(csv_rows(read_text(file), file.name), file)
    if "service_code_info" in columns:
        return "csv", survey
    if kind_column(columns) and "name1" in columns:
        return "locator", None
    raise _foreign(file, columns)


def _json(file: Path) -> tuple[str, None]:
    data = read_json_file(file)
    pages = data if isinstance(data, list) and data else [data]
    if all(isinstance(page, dict) and isinstance(page.get("rows"), list) for page in pages):
        rows = [row for page in pages for row in page["rows"] if isinstance(row, dict)]
        names = {str(name).casefold() for row in rows[:ENOUGH_ROWS] for name in row}
        if not rows or (kind_column(names) and "name1" in names):
            return "json", None
    raise _foreign(file)


def _workbook(file: Path) -> tuple[str, Survey | None]:
    sheets = workbook_sheets(file)
    headers = [[cell.strip().casefold() for cell in rows[0]] for rows in sheets.values() if rows]
    if not any("name1" in header for header in headers):
        raise _foreign(file)
    columns, survey = _columns(sheet_rows(file), file)
    if "service_code_info" in columns:
        return "workbook", survey
    if kind_column(columns):
        return "locator-workbook", None
    raise _foreign(file, columns)


def _foreign(file: Path, columns: Iterable[str] = ()) -> BadSource:
    """The error for a file; ``columns`` are those of a file without a list."""
    try:
        columns = list_rows(file)[0]
    except BadSource:
        if not columns:
            raise
    return BadSource(seems(columns, file.name))


def _columns(rows: Iterable[dict[str, str]], file: Path) -> tuple[list[str], Survey | None]:
    """The columns, and the survey whose own codes the first rows hold.

    A file with a column ``directory_type`` says it row by row.
    """
    seen: list[dict[str, str]] = []
    for row in rows:
        seen.append(row)
        if len(seen) == ENOUGH_ROWS:
            break
    if not seen:
        raise BadSource(f"{file.name} holds no listing: no row stands below its column names.")
    if "directory_type" in seen[0]:
        return list(seen[0]), None
    codes = (c for row in seen for c in row.get("service_code_info", "").replace("*", " ").split())
    tally = Counter(next(iter(CODES[c].surveys)) for c in codes if c in CODES and single(c))
    return list(seen[0]), tally.most_common(1)[0][0] if tally else None


def single(code: str) -> bool:
    """Whether only one of the two surveys asks about this code."""
    return len(CODES[code].surveys) == 1
