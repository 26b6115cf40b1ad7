"""Whether the counts and control numbers at a message's end agree with its beginning."""

from waypost.x12.answer import AnswerFault
from waypost.x12.pieces import Segment, at


def trailer_faults(head: list[Segment], tail: list[Segment], size: int) -> list[AnswerFault]:
    """Which counts and control numbers of SE, GE and IEA differ from what was sent.

    `size` is the number of segments from ST to SE, both included.
    """
    isa, gs, st, _ = head
    se, ge, iea = tail
    if _adds_up(head, tail, size):
        return []
    faults = []
    if _count(at(se, 1)) != size:
        faults.append(AnswerFault.SEGMENT_COUNT)
    if not at(se, 2) == at(st, 2) != "":
        faults.append(AnswerFault.TRANSACTION_CONTROL)
    if _count(at(ge, 1)) != 1:
        faults.append(AnswerFault.GROUP_COUNT)
    if not at(ge, 2) == at(gs, 6) != "":
        faults.append(AnswerFault.GROUP_CONTROL)
    if _count(at(iea, 1)) != 1:
        faults.append(AnswerFault.INTERCHANGE_COUNT)
    if not at(iea, 2) == isa[13] != "":
        faults.append(AnswerFault.INTERCHANGE_CONTROL)
    return faults


def _adds_up(head: list[Segment], tail: list[Segment], size: int) -> bool:
    """Whether a trailer is exactly what nearly every sender writes: the quick way out."""
    isa, gs, st, _ = head
    return (
        len(st) > 2
        and len(gs) > 6
        and "" not in (st[2], gs[6], isa[13])
        and tail == [["SE", str(size), st[2]], ["GE", "1", gs[6]], ["IEA", "1", isa[13]]]
    )


def _count(text: str) -> int:
    """A count of up to ten ASCII digits, or -1."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 10 else -1
