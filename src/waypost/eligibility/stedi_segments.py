"""Turns the JSON of one benefit back into the segments that it was made from.

The JSON names the 271's elements and keeps their codes and texts. So each benefit becomes an EB
segment and those below it, and is read by the same code as the payer's own X12: one set of
rules for money, dates and codes, and the same notes about oddities.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from waypost.x12.benefit import Benefit
from waypost.x12.fields import plain
from waypost.x12.notes import Note
from waypost.x12.parts import Contact
from waypost.x12.read_benefit import Dialect, Money, read_benefit
from waypost.x12.read_benefits import AT_BENEFIT, BenefitReader

ELEMENT, REPEAT, COMPONENT = "\x1d", "\x1e", "\x1f"  # ASCII separators: no JSON text keeps them
MODES = {
    "Telephone": "TE",
    "Work Phone Number": "WP",
    "Telephone Extension": "EX",
    "Facsimile": "FX",
    "Electronic Mail": "EM",
    "Uniform Resource Locator (URL)": "UR",
    "Electronic Data Interchange Access Number": "ED",
}
Json = dict[str, Any]
Segment = list[str]


class SegmentReader:
    """Reads benefits as segments, with notes by the place of the benefit in the JSON."""

    def __init__(self, loop: str) -> None:
        self.notes: list[tuple[Note, int]] = []
        self._dialect = Dialect(ELEMENT, REPEAT, COMPONENT, loop)
        self._reader = BenefitReader(self.notes)

    def read(self, segments: Sequence[Segment], place: int) -> None:
        """Read one benefit: an EB segment and those below it. Raises `BadMessage`."""
        self._reader.add(read_benefit(self._dialect, ELEMENT.join(segments[0])), place)
        for segment in segments[1:]:
            AT_BENEFIT[segment[0]](self._reader, segment, place)

    def finish(self) -> tuple[list[Benefit], list[Money]]:
        """The benefits, and their money for comparing totals with what is left."""
        self._reader.finish(0)
        return self._reader.benefits, self._reader.money


def segment(tag: str, *elements: str) -> Segment:
    """A segment without empty elements at its end."""
    filled = [tag, *elements]
    while len(filled) > 1 and not filled[-1]:
        filled.pop()
    return filled


def message(words: str) -> Segment:
    """A text as an MSG segment."""
    return ["MSG", words]


def related(names: Sequence[str], contacts: Sequence[Contact]) -> Iterator[Segment]:
    """A related entity with its contacts, in its loop. `names` are the elements of NM1."""
    yield ["LS", "2120"]
    yield segment("NM1", *names)
    for contact in contacts:
        ways = [part for way in contact.ways for part in way]
        yield segment("PER", "IC", contact.name, *ways)
    yield ["LE", "2120"]


def text(holder: object, name: str) -> str:
    """A text of a JSON object, without characters that do not print; "" for anything else."""
    value = holder.get(name) if isinstance(holder, dict) else None
    return plain(value).strip() if isinstance(value, str) else ""


def texts(value: object) -> list[str]:
    """The texts of a JSON list."""
    return (
        [plain(item) for item in value if isinstance(item, str)] if isinstance(value, list) else []
    )


def objects(value: object) -> list[Json]:
    """The objects of a JSON list; one object alone is a list of one."""
    listed = value if isinstance(value, list) else [value]
    return [item for item in listed if isinstance(item, dict)]


def coded(table: Mapping[str, str], words: str) -> str:
    """The code of a word; a word that is not in the table is kept, so that it is seen."""
    return table.get(words, words)
