"""Segments that mean the same at every level: names, contacts and dates."""

from waypost.x12.fields import read_period
from waypost.x12.notes import Note
from waypost.x12.parts import Contact, Dated, Reference, X12Organization
from waypost.x12.segment_codes import DATE

Segment = list[str]
Notes = list[tuple[Note, int]]


def organization(segment: Segment) -> X12Organization:
    """An NM1 segment of ten elements as an entity; a person's name is put in its spoken order."""
    last, first, middle, _, suffix = segment[3:8]
    name = " ".join(filter(None, (first, middle, last, suffix))) if first or suffix else last
    return X12Organization(segment[1], name, segment[8], segment[9], (), segment[2] == "1")


def contact(segment: Segment) -> Contact:
    """A PER segment: pairs of code and value from the third element on."""
    if len(segment) == 5 and segment[4]:  # one way, as mostly
        ways: tuple[tuple[str, str], ...] = ((segment[3], segment[4]),)
    else:
        places = range(4, min(len(segment), 9), 2)
        ways = tuple([(segment[at - 1], segment[at]) for at in places if segment[at]])
    return Contact(segment[2] if len(segment) > 2 else "", ways)


def dated(segment: Segment, place: int, notes: Notes) -> Dated:
    """A DTP segment; an unreadable date becomes `None` and a note."""
    _, qualifier, form, text = padded(segment, 4)[:4]
    period = read_period(form, text)
    if period is None:
        notes.append((Note.DATE, place))
    if qualifier not in DATE:
        notes.append((Note.UNKNOWN_CODE, place))
    return Dated(qualifier, period, form == "RD8")


def reference(segment: Segment) -> Reference:
    """A REF segment."""
    _, qualifier, value, text = padded(segment, 4)[:4]
    return Reference(qualifier, value, text)


def text_of(segment: Segment, place: int, notes: Notes) -> str:
    """The text of an MSG segment.

    The guide has one element of text. More of them mean that the payer's text holds the element
    separator: what stands behind it may turn the meaning around ("not covered" and "unless
    authorized"), so all of it is one text.
    """
    if len(segment) == 2:
        return segment[1]
    parts = [part for part in segment[1:] if part]
    if len(parts) > 1:
        notes.append((Note.TEXT_IN_PARTS, place))
    return " ".join(parts)


def padded(segment: Segment, size: int) -> Segment:
    """The segment, at least `size` elements long."""
    return segment if len(segment) >= size else segment + [""] * (size - len(segment))


def at(segment: Segment, place: int) -> str:
    """An element, or "" where the segment is shorter."""
    return segment[place] if len(segment) > place else ""
