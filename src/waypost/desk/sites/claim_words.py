"""Every claim to a listing's facts, field by field, as words side by side."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from waypost.design.fact_sources import method_words
from waypost.design.word_words import value_words, word_names
from waypost.desk.queue.words import field_words
from waypost.directory.codes import CODES
from waypost.directory.program_word import CHANGES, FIELDS
from waypost.directory.reporting import CLAIM_FIELDS
from waypost.directory.site import Claim
from waypost.publishing.manifest import Manifest

KIND_OF = {field: kind.value for kind, field in CLAIM_FIELDS.items()}
MOST_NAMED = 12


@dataclass(frozen=True, slots=True)
class ClaimLine:
    """One source's claim: what it says, where and when it is from, and whether it is shown."""

    words: str
    plain: str
    source: str
    as_of: date
    method: str
    chosen: bool
    reason: str


@dataclass(frozen=True, slots=True)
class FieldClaims:
    """All claims to one field; ``kind`` is how the operator may decide it, '' where only a source
    can, ``differ`` whether they say different things."""

    field: str
    name: str
    kind: str
    lines: list[ClaimLine]
    differ: bool


def field_claims(claims: Iterable[Claim], manifest: Manifest) -> list[FieldClaims]:
    """The claims by field, those in which sources differ first."""
    groups: dict[str, list[Claim]] = {}
    for claim in claims:
        if claim.field != CHANGES:
            groups.setdefault(claim.field, []).append(claim)
    names = field_words() | word_names()
    fields = [
        FieldClaims(
            field,
            names.get(field, field),
            KIND_OF.get(field, ""),
            [_line(claim, group, manifest) for claim in group],
            len({str(claim.value) for claim in group}) > 1,
        )
        for field, group in groups.items()
    ]
    return sorted(fields, key=lambda f: (not f.differ, f.field))


def _line(claim: Claim, group: list[Claim], manifest: Manifest) -> ClaimLine:
    source = manifest.source(claim.source)
    return ClaimLine(
        _words(claim, group),
        _plain(claim),
        source.title if source else claim.source,
        claim.as_of,
        method_words(claim.method),
        claim.chosen,
        claim.reason,
    )


def _plain(claim: Claim) -> str:
    """The value as a person would type it, for the facts that can be decided."""
    value = claim.value
    if claim.field == "phones" and isinstance(value, list | tuple) and value:
        return str(value[0][1])
    if claim.field == "name" and isinstance(value, list | tuple) and value:
        return str(value[0])
    return value if isinstance(value, str) else ""


def _words(claim: Claim, group: list[Claim]) -> str:
    value = claim.value
    if claim.field.startswith("services:") and isinstance(value, list | tuple):
        return _services(claim, group)
    if claim.field == "phones" and isinstance(value, list | tuple):
        return "; ".join(f"{kind}: {number}" for kind, number in value)
    if claim.field in FIELDS and isinstance(value, list | tuple):
        return "; ".join(value_words(claim.field, str(v)) for v in value)
    if isinstance(value, list | tuple):
        return ", ".join(str(part) for part in value if part)
    return str(value)


def _services(claim: Claim, group: list[Claim]) -> str:
    """How many services a list names, and those that no other list of the same survey has."""
    assert isinstance(claim.value, list | tuple)
    lists = [g.value for g in group if g is not claim and isinstance(g.value, list | tuple)]
    others = {str(code) for value in lists for code in value}
    own = [str(c) for c in claim.value if str(c) not in others] if others else []
    named = "; ".join(CODES[c].name if c in CODES else c for c in own[:MOST_NAMED])
    return f"{len(claim.value)}" + (f" ({named})" if named else "")
