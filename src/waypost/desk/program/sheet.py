"""A table of a program's pages as a CSV file."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterable

from django.http import HttpResponse

from waypost.design.saved_as import saved_as

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
NUMBER = re.compile(r"[+-]?\d+(\.\d+)?", re.ASCII)


def sheet(rows: Iterable[Iterable[str]], name: str) -> HttpResponse:
    """The rows as a file with this name; no cell of it is taken for a formula."""
    text = io.StringIO()
    csv.writer(text).writerows([[_safe(cell) for cell in row] for row in rows])
    content = codecs.BOM_UTF8 + text.getvalue().encode()  # Excel takes it for Latin-1 without
    response = HttpResponse(content, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = saved_as(name)
    return response


def _safe(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula; a plain number stays one, with its sign."""
    formula = cell.lstrip(" ").startswith(FORMULA) and not NUMBER.fullmatch(cell)
    return f"'{cell}" if formula else cell
