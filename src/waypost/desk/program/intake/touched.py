"""Saves every part of the assessment that was touched on its page, whichever button was pressed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest

from waypost.design.check_up_words import BAM, instruments, read_check_up
from waypost.design.program_faults import sentences_of
from waypost.desk.numbers import whole_number
from waypost.desk.program.door import Opened
from waypost.desk.program.long_texts import too_long
from waypost.levels_of_care.level import the_levels
from waypost.treatment.consents.actions import NotAllowed
from waypost.treatment.intake.actions import begin_assessment, check_withdrawal, save_part
from waypost.treatment.intake.dimensions import CHECK, DECISION, INSTRUMENT, Concern, Dimension
from waypost.treatment.intake.queries import part_versions
from waypost.treatment.records.drafts import ChangedMeanwhile, Version

MOST = 5_000
_EMPTY: Mapping[str, Any] = {"concern": Concern.UNKNOWN.value, "safe": "no"}


@dataclass(slots=True)
class Touched:
    """The assessment's id, and by part what was typed and not saved, with theirs or the problem;
    ``refused`` where a part is not this person's to write."""

    number: str
    typed: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    theirs: dict[str, Version] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    refused: bool = False


def typed_parts(request: HttpRequest) -> dict[str, dict[str, Any]]:
    """What the page's form says of each part that it had, as it is saved."""
    return {
        **{code.value: _dimension(request, code) for code in Dimension},
        **{part: _other(request, part) for part in other_parts() if f"read-{part}" in request.POST},
    }


def other_parts() -> list[str]:
    """The parts beside the dimensions: the check, the check-ups, and the decision."""
    return [CHECK, *(f"{INSTRUMENT}{name}" for name in (*instruments(), BAM)), DECISION]


def save_touched(request: HttpRequest, opened: Opened) -> Touched:
    """Save each part that differs from what the page showed.

    A part that somebody else saved meanwhile comes back with both texts, and one that this person
    may not write with the sentence why; the others are saved.
    """
    number = begin_assessment(opened.owner, person=opened.person.id, by=opened.by, now=opened.now)
    touched = Touched(number)
    for part, words in typed_parts(request).items():
        read = whole_number(request.POST.get(f"read-{part}", "0"))
        if words == _as_read(opened, number, part, read, words):
            continue
        if long := too_long([words.get("text", ""), words.get("own_words", "")], MOST):
            touched.typed[part] = words
            touched.problems += long
            continue
        try:
            _save(opened, number, part, words, read)
        except ChangedMeanwhile as error:
            if error.newest.words == words:  # pressed twice: it is saved already
                continue
            touched.typed[part], touched.theirs[part] = words, error.newest
        except NotAllowed as error:
            touched.typed[part] = words
            touched.problems += sentences_of(error)
            touched.refused = True
    return touched


def text_of(request: HttpRequest, name: str) -> str:
    """A text as it is saved."""
    return request.POST.get(name, "").replace("\r\n", "\n").strip()


def _save(opened: Opened, number: str, part: str, words: dict[str, Any], read: int) -> None:
    common: dict[str, Any] = {
        "assessment": number,
        "read_version": read,
        "by": opened.by,
        "now": opened.now,
    }
    if part == CHECK:
        safe, text = words["safe"] == "yes", words["text"]
        check_withdrawal(opened.owner, safe=safe, text=text, standing=opened.standing, **common)
    else:
        save_part(opened.owner, part=part, words=words, **common)


def _dimension(request: HttpRequest, code: Dimension) -> dict[str, Any]:
    concern = request.POST.get(f"concern-{code}", "")
    known = concern if concern in set(Concern) else Concern.UNKNOWN.value
    return {"text": text_of(request, f"text-{code}"), "concern": known}


def _other(request: HttpRequest, part: str) -> dict[str, Any]:
    if part == CHECK:
        safe = "yes" if request.POST.get("safe") == "yes" else "no"
        return {"text": text_of(request, f"text-{CHECK}"), "safe": safe}
    if part == DECISION:
        level = request.POST.get("level", "")
        return {
            "level": level if level in the_levels() else "",
            "text": text_of(request, "reasons"),
            "own_words": text_of(request, "own_words"),
        }
    return read_check_up(part.removeprefix(INSTRUMENT), request.POST) or {"answers": {}}


def _as_read(
    opened: Opened, number: str, part: str, read: int, words: Mapping[str, Any]
) -> Mapping[str, Any]:
    """What the page showed of a part; the empty one where nobody had saved any."""
    nothing = {key: _EMPTY.get(key, {} if key == "answers" else "") for key in words}
    versions = part_versions(opened.owner, number, part)
    saved = next((v.words for v in versions if v.number == read), nothing)
    return {k: v.replace("\r\n", "\n") if isinstance(v, str) else v for k, v in saved.items()}
