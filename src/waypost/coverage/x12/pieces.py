"""Segments that mean the same at every level: names, contacts and dates."""

from waypost.coverage.x12.answer import Contact, Dated, Note, Organization
from waypost.coverage.x12.fields import plain, read_period

Segment = list[str]


def organization(segment: Segment) -> Organization:
    """An NM1 segment of ten elements as an entity; a person's first name follows the last."""
    name = f"{segment[3]} {segment[4]}".strip() if segment[4] else segment[3]
    return Organization(segment[1], plain(name), segment[8], plain(segment[9]))


def contact(segment: Segment) -> Contact:
    """A PER segment: pairs of code and value from the third element on."""
    values = padded(segment, 9)
    ways = ((values[at], plain(values[at + 1])) for at in (3, 5, 7))
    return Contact(plain(values[2]), tuple(way for way in ways if way[1]))


def dated(segment: Segment, place: int, notes: list[tuple[Note, int]]) -> Dated:
    """A DTP segment; an unreadable date becomes `None` and a note."""
    _, qualifier, form, text = padded(segment, 4)[:4]
    period = read_period(form, text)
    if period is None:
        notes.append((Note.DATE, place))
    return Dated(qualifier, period)


def padded(segment: Segment, size: int) -> Segment:
    """The segment, at least `size` elements long."""
    return segment if len(segment) >= size else segment + [""] * (size - len(segment))
