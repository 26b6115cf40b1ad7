"""The Spanish catalogue: every sentence of the pages, extracted, merged and compiled.

`make messages` runs it; a test keeps the catalogue and its compiled form in step. It needs Babel,
which only a developer has.
"""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

PACKAGE = Path(__file__).resolve().parents[1] / "src" / "waypost"
FOLDER = PACKAGE / "web" / "locale" / "es" / "LC_MESSAGES"
DATED = datetime(2026, 11, 24, tzinfo=UTC)  # of the catalogue's making: not every run is a change
METHODS = [("**.py", "python"), ("**.html", "jinja2")]
HEADER = "# Waypost in Spanish, not yet read by a native reader: every line needs review.\n#"


def extracted() -> Catalog:
    """Every message in the code and the templates, with where it stands."""
    catalog = Catalog(locale="es", project="waypost", header_comment=HEADER, charset="utf-8")
    options = {"**.html": {"newstyle_gettext": "true"}}
    found = extract_from_dir(str(PACKAGE), METHODS, options, comment_tags=("Translators:",))
    for _file, _line, message, comments, context in found:
        catalog.add(message, None, auto_comments=comments, context=context)
    return catalog


def held() -> Catalog:
    """The catalogue as it is kept."""
    path = FOLDER / "django.po"
    if not path.exists():
        return Catalog(locale="es", header_comment=HEADER)
    with path.open("rb") as file:
        return read_po(file, locale="es")


def compiled(catalog: Catalog) -> bytes:
    """The catalogue as programs read it."""
    out = BytesIO()
    write_mo(out, catalog)
    return out.getvalue()


def update() -> list[str]:
    """Merge new messages into the kept catalogue and compile it; messages without Spanish."""
    catalog, found = held(), extracted()
    catalog.update(found, no_fuzzy_matching=True, keep_user_comments=True)
    catalog.obsolete.clear()
    catalog.header_comment = HEADER
    catalog.revision_date = catalog.creation_date = DATED
    for message in catalog:
        message.locations = []  # a moved file is no change of words
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (FOLDER / "django.po").open("wb") as file:
        write_po(file, catalog, width=100, no_location=True, sort_output=True)
    (FOLDER / "django.mo").write_bytes(compiled(held()))
    return [str(m.id) for m in catalog if m.id and not _is_translated(m.string)]


def _is_translated(string: object) -> bool:
    return all(string) if isinstance(string, tuple | list) else bool(string)


if __name__ == "__main__":
    missing = update()
    print(f"{len(missing)} messages without Spanish")
    for words in missing[:10]:
        print(f"  {words[:90]}")
