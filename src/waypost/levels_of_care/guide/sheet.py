"""The guide as one sheet that a clinician reads and signs, and whether that signature stands.

The sheet holds every question, rule and sentence in reading order, and the digests of both tables.
Its own digest is what is signed: once any of this changes, the signature no longer holds.

Run ``python -m waypost.levels_of_care.guide.sheet FOLDER`` to write the sheet and both tables.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path

from waypost.levels_of_care.guide import table
from waypost.levels_of_care.guide.assess import first_row
from waypost.levels_of_care.guide.question import Question
from waypost.levels_of_care.guide.rule import Rule, ScaleRule
from waypost.levels_of_care.guide.rules_file import Guide, the_guide
from waypost.levels_of_care.words import Words

SHEET_FILE = "level-of-care-sheet.md"
HEAD = """# The guide to levels of care: a sheet to read and to sign

Written by `python -m waypost.levels_of_care.guide.sheet docs/reference`; do not edit. Waypost's own
table, built from the public sources named beside each rule. It is not clinically validated.

The guide asks the questions of part 1. Any exit of part 2 ends it at that page. Otherwise the
scales of part 3 are set (the highest value that holds, 0 where none does), the first row of part 4
that holds names one or two levels to talk about, and the notes of part 5 are said beside them. A
question passed over counts as "unknown". Readiness and daily life ("life") change notes, never the
level. Under 18 no adult level is shown."""


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
    yield from ("## 1. Questions", "")
    for question in guide.questions:
        yield from _question(question)
    yield from ("## 2. Safety exits", "")
    for rule in guide.exits:
        after = "until a clinician has checked" if rule.raised_by_check else "always"
        yield from _rule(guide, rule, f"{rule.kind}, {after}")
    yield from ("## 3. Scales", "")
    for scale in guide.scales:
        yield from _rule(guide, scale, "", scale.if_words)
    yield from ("## 4. Levels: the first row that holds", "")
    counts = Counter(first_row(guide, table.class_facts(row)).id for row in table.level_classes())
    for row in guide.levels:
        yield from _rule(
            guide, row, f"{table.suggestion_text(row)}; {counts[row.id]:,} of the table's rows"
        )
    yield from ("## 5. Notes beside the level", "")
    for note in guide.notes:
        yield from _rule(guide, note, note.effect)
    yield from ("## 6. What to ask, and what is always said", "")
    yield from (_both(cited.words) for cited in guide.ask)
    yield from (_both(words) for words in guide.limits)
    yield from ("", "## 7. Sources", "")
    for s in guide.sources.values():
        seen = "" if s.confirmed else " Primary text not yet confirmed."
        yield f"- {s.id}: {s.publisher}, {s.title} ({s.year}). {s.url}{seen}"
    yield from ("", "## 8. The whole table", "")
    for name, text in tables(guide).items():
        rows, its_digest = len(text.splitlines()) - 1, sha256(text.encode()).hexdigest()
        yield f"- {name}: {rows:,} rows, SHA-256 {its_digest}"


def tables(guide: Guide) -> dict[str, str]:
    """Both tables' files by name."""
    return {
        table.LEVELS_FILE: table.levels_text(guide),
        table.EXITS_FILE: table.exits_text(guide),
    }


def _question(question: Question) -> Iterator[str]:
    where = f"page {question.page}" if question.page else "on an exit page"
    many = "any of" if question.many else "one of"
    lines = [f"**{question.id}** ({where}, {' and '.join(sorted(question.paths))}; {many})"]
    lines.append(f"{question.words.en} / {question.words.es}")
    if question.other != question.words:
        lines.append(f"For someone else: {question.other.en} / {question.other.es}")
    if question.unless:
        lines.append(f"Not asked where `{question.unless.text()}`")
    yield "  \n".join(lines)
    yield ""
    for choice in question.choices:
        rank = "" if choice.rank is None else f" (rank {choice.rank})"
        yield f"- `{choice.id}`{rank} {choice.words.en} / {choice.words.es}"
    yield ""


def _rule(guide: Guide, rule: Rule, what: str, more: Words | None = None) -> Iterator[str]:
    name = f"{rule.scale} = {rule.value}" if isinstance(rule, ScaleRule) else rule.id
    yield f"**{name}** {what}".rstrip() + "  "
    yield f"When `{rule.when.text()}`  "
    yield f"{rule.words.en} / {rule.words.es}  "
    if more:
        yield f"“If …”: {more.en} / {more.es}  "
    yield f"Source: {rule.source}. Status: {rule.status}."
    yield ""


def _both(words: Words) -> str:
    return f"- {words.en} / {words.es}"


def _signature(its_digest: str) -> str:
    return f"""## Signature

I am a licensed clinician. I have read this sheet and both tables, and I find them fit to be shown
with their limits, as levels to bring to an assessment.

Digest of what is signed: `{its_digest}`

Name: ______________________  License and state: ______________________  Date: ______________

All four go into `review` at the top of `content/levels_of_care/rules.yaml` (status: signed,
clinician, license, date, digest). Once any rule, question or sentence changes, the digest changes
with it, and the pages say that the signature was given to an earlier version.
"""


def write(folder: Path) -> list[Path]:
    """Write the sheet and both tables into ``folder`` and return their paths."""
    guide = the_guide()
    texts = {SHEET_FILE: sheet_text(guide), **tables(guide)}
    for name, text in texts.items():
        (folder / name).write_text(text, "utf-8")
    return [folder / name for name in texts]


if __name__ == "__main__":
    write(Path(sys.argv[1]))
