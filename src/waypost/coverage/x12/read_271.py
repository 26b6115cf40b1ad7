"""Read a 271: one pass over the segments, dispatched by tag, with what is odd noted.

Shape: ASC X12 005010X279A1. The pass is iterative and bounded by the limits of `envelope`.
"""

from waypost.coverage.x12.answer import (
    Answer271,
    Envelope,
    Fault,
    Note,
    Organization,
)
from waypost.coverage.x12.body import Body
from waypost.coverage.x12.consistency import contradictions
from waypost.coverage.x12.envelope import BadMessage, Interchange, Problem, read_interchange
from waypost.coverage.x12.pieces import Segment

GUIDE = "005010X279"
HEADER = ("ISA", "GS", "ST", "BHT")
TRAILER = ("SE", "GE", "IEA")


def parse_271(data: bytes | str) -> Answer271:
    """Read the bytes (or text) of one 271 about one person.

    Raises `BadMessage` for anything that is not a complete 271, with a constant text that
    repeats nothing of the file. What is readable but odd is in `notes`; an envelope that does
    not add up is in `envelope.faults`. A program must not rely on an answer with faults.
    """
    interchange = read_interchange(data)
    segments = interchange.segments
    _check_kind(segments)
    body = Body(interchange.repetition, interchange.component)
    body.notes += [(note, 0) for note in interchange.notes]
    guide = _guide(segments, body)
    body.read(segments[4:-3])
    envelope = _envelope(interchange, guide, body.faults)
    body.notes += [(note, 0) for note in contradictions(body.benefits, body.rejections)]
    return Answer271(
        envelope=envelope,
        payer=_organization(body, "20"),
        provider=_organization(body, "21"),
        subscriber=body.member("22"),
        dependent=body.member("23"),
        benefits=tuple(body.benefits),
        rejections=tuple(body.rejections),
        notes=tuple(body.notes),
        extra=tuple(body.extra),
    )


def _check_kind(segments: list[Segment]) -> None:
    """Refuse acknowledgments, other transactions, files with several messages and cut files."""
    if len(segments) > 1 and segments[1][0] == "TA1":
        raise BadMessage(Problem.ACKNOWLEDGMENT)
    if len(segments) > 2 and segments[2][0] == "ST":
        kind = segments[2][1:2]
        if kind in (["999"], ["997"]):
            raise BadMessage(Problem.ACKNOWLEDGMENT)
        if kind != ["271"]:
            raise BadMessage(Problem.NOT_271)
    if segments[-1][0] != "IEA":
        several = any(segment[0] == "IEA" for segment in segments)
        raise BadMessage(Problem.SEVERAL if several else Problem.CUT)
    if len(segments) < 7:
        raise BadMessage(Problem.CUT)
    if tuple(segment[0] for segment in segments[-3:]) != TRAILER:
        raise BadMessage(Problem.CUT)
    if tuple(segment[0] for segment in segments[:4]) != HEADER:
        raise BadMessage(Problem.ORDER)


def _guide(segments: list[Segment], body: Body) -> str:
    """The implementation guide named in GS08 or ST03. Raises `BadMessage` for another one."""
    named = {*segments[1][8:9], *segments[2][3:4]} - {""}
    if any(not one.startswith(GUIDE) for one in named):
        raise BadMessage(Problem.VERSION)
    if not named:
        body.notes.append((Note.GUIDE_NOT_NAMED, 0))
    return max(named, default="")


def _envelope(interchange: Interchange, guide: str, faults: list[Fault]) -> Envelope:
    """The envelope's fields and everything in it that does not add up."""
    segments = interchange.segments
    isa, gs, st, bht = segments[:4]
    faults = faults + _trailer_faults(segments)
    return Envelope(
        sender=isa[6].strip(),
        receiver=isa[8].strip(),
        interchange_control=isa[13],
        group_control=_at(gs, 6),
        transaction_control=_at(st, 2),
        guide=guide,
        usage=isa[15],
        purpose=_at(bht, 2),
        reference=_at(bht, 3),
        faults=tuple(faults),
    )


def _trailer_faults(segments: list[Segment]) -> list[Fault]:
    """Which counts and control numbers of SE, GE and IEA differ from what was sent."""
    isa, gs, st = segments[:3]
    se, ge, iea = segments[-3:]
    checks = (
        (Fault.SEGMENT_COUNT, _count(_at(se, 1)) == len(segments) - 4),
        (Fault.TRANSACTION_CONTROL, _at(se, 2) == _at(st, 2) != ""),
        (Fault.GROUP_COUNT, _count(_at(ge, 1)) == 1),
        (Fault.GROUP_CONTROL, _at(ge, 2) == _at(gs, 6) != ""),
        (Fault.INTERCHANGE_COUNT, _count(_at(iea, 1)) == 1),
        (Fault.INTERCHANGE_CONTROL, _at(iea, 2) == isa[13] != ""),
    )
    return [fault for fault, holds in checks if not holds]


def _at(segment: Segment, place: int) -> str:
    """An element, or "" where the segment is shorter."""
    return segment[place] if len(segment) > place else ""


def _count(text: str) -> int:
    """A count of up to ten ASCII digits, or -1."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 10 else -1


def _organization(body: Body, level: str) -> Organization | None:
    """The payer (level 20) or the provider (level 21), when the message names one."""
    found = body.organizations.get(level)
    if found is None:
        return None
    contacts = body.contacts.get(level, ())
    return Organization(found.role, found.name, found.id_qualifier, found.id, tuple(contacts))
