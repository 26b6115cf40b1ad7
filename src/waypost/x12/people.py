"""The subscriber and the dependent: what their segments say, gathered until the message ends."""

from datetime import date

from waypost.x12.answer import Member
from waypost.x12.fields import read_day
from waypost.x12.notes import Note
from waypost.x12.parts import Dated, Reference
from waypost.x12.pieces import Notes, Segment, padded


class PersonReader:
    """What is said of one person; `name` is the NM1 segment, empty until there is one."""

    def __init__(self) -> None:
        self.name: Segment = []
        self.traces: list[tuple[str, str, str]] = []
        self.references: list[Reference] = []
        self.dates: list[Dated] = []
        self._birth: tuple[date | None, str] | None = None

    def read_birth(self, segment: Segment, place: int, notes: Notes) -> None:
        """A DMG segment: the birth date and the gender code; of two the last counts."""
        _, form, text, gender = padded(segment, 4)[:4]
        born = read_day(text) if form == "D8" else None
        if text and born is None:
            notes.append((Note.DATE, place))
        if self._birth is not None:
            notes.append((Note.SAID_TWICE, place))
        self._birth = (born, gender)

    def member(self) -> Member | None:
        """The person, when the message names one."""
        if not self.name:
            return None
        birth_date, gender = self._birth or (None, "")
        return Member(
            role=self.name[1],
            last_name=self.name[3],
            first_name=self.name[4],
            id=self.name[9],
            birth_date=birth_date,
            gender=gender,
            traces=tuple(self.traces),
            references=tuple(self.references),
            dates=tuple(self.dates),
        )
