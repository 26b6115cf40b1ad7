"""Read a 271: one pass over the segments, dispatched by tag, with what is odd noted.

Shape: ASC X12 005010X279A1. The pass is iterative and bounded by the limits of `envelope`.
"""

from waypost.x12.answer import Answer271, AnswerFault, Envelope
from waypost.x12.body import Body
from waypost.x12.consistency import contradictions
from waypost.x12.envelope import BadMessage, MessageProblem, read_interchange
from waypost.x12.fields import read_day
from waypost.x12.notes import Note
from waypost.x12.pieces import Segment, at
from waypost.x12.trailer import trailer_faults

GUIDE = "005010X279"
HEADER = ["ISA", "GS", "ST", "BHT"]
TRAILER = ["SE", "GE", "IEA"]


def parse_271(data: bytes | str) -> Answer271:
    """Read the bytes (or text) of one 271 about one person.

    Raises `BadMessage` for anything that is not a complete 271, with a constant text that
    repeats nothing of the file. What is readable but odd is in `notes`; an envelope that does
    not add up is in `envelope.faults`. A program must not rely on an answer with faults.
    """
    interchange = read_interchange(data)
    segments, element = interchange.segments, interchange.element
    head = [segment.split(element) for segment in segments[:4]]
    tail = [segment.split(element) for segment in segments[-3:]]
    _check_kind(head, tail, len(segments))
    body = Body(interchange)
    guide = _guide(head, body)
    body.read(segments[4:-3])
    faults = body.faults + trailer_faults(head, tail, len(segments) - 4)
    for note in contradictions(body.benefits, body.money, body.rejections):
        body.notes.append((note, 0))
    return Answer271(
        envelope=_envelope(head, guide, faults),
        payer=body.organization("20"),
        provider=body.organization("21"),
        subscriber=body.people["22"].member(),
        dependent=body.people["23"].member(),
        benefits=tuple(body.benefits),
        rejections=tuple(body.rejections),
        notes=tuple(body.notes),
        extra=tuple(body.extra),
        messages=tuple(body.messages),
    )


def _check_kind(head: list[Segment], tail: list[Segment], size: int) -> None:
    """Refuse acknowledgments, other transactions and cut files."""
    tags = [segment[0] for segment in head]
    kind = head[2][1:2] if tags[2:3] == ["ST"] else []
    if tags[1:2] == ["TA1"] or kind in (["999"], ["997"]):
        raise BadMessage(MessageProblem.ACKNOWLEDGMENT)
    if kind and kind != ["271"]:
        raise BadMessage(MessageProblem.NOT_271)
    if [segment[0] for segment in tail] != TRAILER:
        raise BadMessage(MessageProblem.CUT)
    if tags != HEADER or size < 7:
        raise BadMessage(MessageProblem.ORDER)


def _guide(head: list[Segment], body: Body) -> str:
    """The implementation guide named in GS08 or ST03. Raises `BadMessage` for another one."""
    group, transaction = at(head[1], 8), at(head[2], 3)
    for named in (group, transaction):
        if named and not named.startswith(GUIDE):
            raise BadMessage(MessageProblem.VERSION)
    if not (group or transaction):
        body.notes.append((Note.GUIDE_NOT_NAMED, 0))
    return group or transaction


def _envelope(head: list[Segment], guide: str, faults: list[AnswerFault]) -> Envelope:
    """The envelope's fields, with everything in it that does not add up."""
    isa, gs, st, bht = head
    return Envelope(
        sender=isa[6].strip(),
        receiver=isa[8].strip(),
        interchange_control=isa[13],
        group_control=at(gs, 6),
        transaction_control=at(st, 2),
        guide=guide,
        usage=isa[15],
        purpose=at(bht, 2),
        reference=at(bht, 3),
        faults=tuple(faults),
        created=read_day(at(bht, 4)),
    )
