"""The guide as one sheet that a clinician reads and signs, and whether that signature stands.

The sheet holds every question, danger, step, number, rule, level and sentence in reading order, and
the digests of all tables. Its own digest is what is signed: once any of this changes, the signature
no longer holds.

Run ``python -m waypost.levels_of_care.guide.sheet FOLDER`` to write the sheet and the tables.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path

from waypost.levels_of_care.guide import sheet_parts, table
from waypost.levels_of_care.guide.rules_file import Guide, the_guide
from waypost.levels_of_care.hours import the_hours

SHEET_FILE = "level-of-care-sheet.md"
HEAD = """# The guide to levels of care: a sheet to read and to sign

Written by `python -m waypost.levels_of_care.guide.sheet docs/reference`; do not edit. Waypost's own
table, built from the public sources named beside each rule. It is not clinically validated.

The guide asks the questions of part 1. The rules of part 3 raise the dangers of part 2, and each
danger says whether it ends the guide there, and what to do; the steps of all dangers are joined,
each once, in the order of part 2. Otherwise the scales of part 4 are set (the highest value that
holds, 0 where none does), the first row of part 5 that holds names one or two levels to talk about,
and the notes of part 6 are said beside them. A question passed over counts as "unknown". Readiness
and daily life ("life") change notes, never the level.

How to read a condition: `a is x or y` holds where a has any of these values; AND joins parts that
must all hold; OR joins parts of which one must hold and always stands in brackets."""


def sheet_text(guide: Guide) -> str:
    """The sheet, with the place to sign at its end."""
    return f"{_body(guide)}\n{_signature(digest(guide))}"


def digest(guide: Guide) -> str:
    """What a signature is given to: the sheet without its signature, as SHA-256."""
    return sha256(_body(guide).encode()).hexdigest()


@cache
def the_digest() -> str:
    """The digest of the guide that this installation carries."""
    return digest(the_guide())


def signature_holds(guide: Guide, its_digest: str) -> bool:
    """Whether a licensed clinician has signed just these rules and words."""
    return guide.review.signed and guide.review.digest == its_digest


def _body(guide: Guide) -> str:
    return "\n".join([HEAD, "", *_parts(guide)]) + "\n"


def _parts(guide: Guide) -> Iterator[str]:
    yield from ("## 1. Questions", "", *sheet_parts.questions(guide))
    yield from ("## 2. Dangers and what to do", "", *sheet_parts.dangers(guide.safety))
    yield from ("## 3. What raises a danger", "", *sheet_parts.danger_rules(guide))
    yield from ("## 4. Scales", "", *sheet_parts.scales(guide))
    yield from ("## 5. Levels: the first row that holds", "", *sheet_parts.rows(guide))
    yield from ("## 6. Notes beside the level, and what to say", "", *sheet_parts.notes(guide))
    yield from ("", "## 7. The levels of care", "", *sheet_parts.levels(), "", *_hours())
    yield from ("", "## 8. Sources", "")
    for s in guide.sources.values():
        seen = f"Read {s.read}." if s.confirmed else "Primary text not yet confirmed."
        yield f"- {s.id}: {s.publisher}, {s.title} ({s.year}). {s.url} {seen}"
    yield from ("", "## 9. The whole table", "")
    for name, text in tables(guide).items():
        rows, its_digest = len(text.splitlines()) - 1, sha256(text.encode()).hexdigest()
        yield f"- {name}: {rows:,} rows, SHA-256 {its_digest}"


def _hours() -> Iterator[str]:
    hours = the_hours()
    for name, each in (("iop", hours.iop), ("iop under 18", hours.iop_young), ("php", hours.php)):
        most = "and more" if each.most is None else f"to {each.most}"
        yield f"- {name}: {each.least} {most} hours a week. Source: {each.source}."


def tables(guide: Guide) -> dict[str, str]:
    """The tables' files by name."""
    return {
        table.LEVELS_FILE: table.levels_text(guide),
        table.YOUNG_FILE: table.young_text(guide),
        table.SUBSTANCES_FILE: table.substances_text(guide),
        table.EXITS_FILE: table.exits_text(guide),
    }


def _signature(its_digest: str) -> str:
    return f"""## Signature

I am a licensed clinician. I have read this sheet and its tables, and I find them fit to be shown
with their limits, as levels to bring to an assessment.

Digest of what is signed: `{its_digest}`

Name: ______________________  License and state: ______________________  Date: ______________

All four go into `review` at the top of `content/levels_of_care/rules.yaml` (status: signed,
clinician, license, date, digest). Once any rule, question, step, number or sentence changes, the
digest changes with it, and the pages say that the signature was given to an earlier version.
"""


def write(folder: Path) -> list[Path]:
    """Write the sheet and the tables into ``folder`` and return their paths."""
    guide = the_guide()
    texts = {SHEET_FILE: sheet_text(guide), **tables(guide)}
    for name, text in texts.items():
        (folder / name).write_text(text, "utf-8")
    return [folder / name for name in texts]


if __name__ == "__main__":
    write(Path(sys.argv[1]))
