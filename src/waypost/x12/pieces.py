"""Segments that mean the same at every level: names, contacts and dates."""

from waypost.x12.fields import read_period
from waypost.x12.filling import filled
from waypost.x12.notes import Note
from waypost.x12.parts import Contact, Dated, Organization

Segment = list[str]


def organization(segment: Segment) -> Organization:
    """An NM1 segment of ten elements as an entity; a person's first name follows the last."""
    name = f"{segment[3]} {segment[4]}".strip() if segment[4] else segment[3]
    fields = {"role": segment[1], "name": name, "id_qualifier": segment[8], "id": segment[9]}
    return filled(Organization, fields)


def contact(segment: Segment) -> Contact:
    """A PER segment: pairs of code and value from the third element on."""
    if len(segment) == 5 and segment[4]:  # one way, as mostly
        ways: tuple[tuple[str, str], ...] = ((segment[3], segment[4]),)
    else:
        places = range(4, min(len(segment), 9), 2)
        ways = tuple([(segment[at - 1], segment[at]) for at in places if segment[at]])
    return filled(Contact, {"name": segment[2] if len(segment) > 2 else "", "ways": ways})


def dated(segment: Segment, place: int, notes: list[tuple[Note, int]]) -> Dated:
    """A DTP segment; an unreadable date becomes `None` and a note."""
    _, qualifier, form, text = padded(segment, 4)[:4]
    period = read_period(form, text)
    if period is None:
        notes.append((Note.DATE, place))
    return filled(Dated, {"qualifier": qualifier, "period": period})


def padded(segment: Segment, size: int) -> Segment:
    """The segment, at least `size` elements long."""
    return segment if len(segment) >= size else segment + [""] * (size - len(segment))


def at(segment: Segment, place: int) -> str:
    """An element, or "" where the segment is shorter."""
    return segment[place] if len(segment) > place else ""
