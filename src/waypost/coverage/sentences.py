"""The sentences with blanks, the names of things, and the billing codes: one checked data file."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from waypost.values.content import content_folder, read_yaml
from waypost.values.level_of_care import LevelOfCare
from waypost.values.saying import Sentence, SourceNote, Sure

FILE = content_folder() / "coverage" / "sentences.yaml"


@cache
def _content() -> Mapping[str, Any]:
    content: Mapping[str, Any] = read_yaml(FILE.read_text("utf-8"))
    return content


@cache
def _templates() -> Mapping[str, Sentence]:
    return {k: Sentence(k, row["en"], row["es"]) for k, row in _content()["sentences"].items()}


def say(
    key: str,
    *sources: SourceNote,
    sure: Sure = Sure.HIGH,
    **values: str | Sentence,
) -> Sentence:
    """A sentence with its blanks filled; a value that is a `Sentence` is used in each language."""
    template = _templates()[key]
    english = {k: v if isinstance(v, str) else v.en for k, v in values.items()}
    spanish = {k: v if isinstance(v, str) else v.es for k, v in values.items()}
    return Sentence(
        key, template.en.format_map(english), template.es.format_map(spanish), sources, sure
    )


@cache
def name_of(group: str, key: str) -> Sentence:
    """What a care, a scenario or a kind of payment is called."""
    row = _content()["names"][group][key]
    return Sentence(f"{group}:{key}", row["en"], row["es"])


@cache
def billing_codes(care: LevelOfCare) -> tuple[str, ...]:
    """The codes to name on the telephone: HCPCS first, then revenue codes."""
    row = _content()["codes"][care.value]
    return (*row["hcpcs"], *row["revenue"])


@cache
def day_codes(care: LevelOfCare) -> tuple[str, ...]:
    """The codes whose price is that of a day or a visit, and not of 15 minutes or a week."""
    row = _content()["codes"][care.value]
    by_day = (code for code, unit in row["hcpcs"].items() if unit in ("day", "visit"))
    return (*by_day, *row["revenue"])


@cache
def codes_text(care: LevelOfCare) -> Sentence:
    """The codes in words: “H0015, S9480; in hospitals also revenue codes 0905, 0906 ...”.

    The HCPCS texts are CMS's. The revenue codes have not been checked against their owner's list.
    """
    row = _content()["codes"][care.value]
    plain = ", ".join(row["hcpcs"])
    revenue = ", ".join(row["revenue"])
    if not revenue:
        return Sentence("codes", plain, plain)
    return Sentence(
        "codes",
        f"{plain}; in hospitals also revenue codes {revenue} (not confirmed, so ask)",
        f"{plain}; en hospitales también los códigos de ingreso {revenue} (sin confirmar)",
    )
