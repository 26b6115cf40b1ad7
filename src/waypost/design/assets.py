"""URLs of our own files, with a digest of their content so that browsers may cache them a year."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from waypost.values.content import content_folder

STATIC = Path(__file__).parent / "static"


@cache
def asset(name: str) -> str:
    """The address of a file in ``design/static``."""
    return f"/static/waypost/{name}?v={digest(name)}"


@cache
def digest(name: str) -> str:
    """The first 10 hexadecimal digits of the file's SHA-256."""
    return hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:10]


@cache
def design_version() -> str:
    """A digest of every file, template and word that shapes a page: part of each page's ETag."""
    total = hashlib.sha256()
    package = STATIC.parents[1]
    for path in sorted([*package.rglob("*"), *content_folder().rglob("*")]):
        if path.suffix in {".py", ".html", ".css", ".js", ".mo", ".svg", ".yaml", ".md", ".csv"}:
            total.update(path.read_bytes())
    return total.hexdigest()[:10]
