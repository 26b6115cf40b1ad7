"""Reads the tests of people, and the seed of the draw."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from waypost.treatment.drug_tests.models import DrawSeed, DrugTest
from waypost.treatment.drug_tests.result import Panel, PanelReading, TestReading, TestStep
from waypost.treatment.records.owner import Owner


@dataclass(frozen=True, slots=True)
class DrugTestSeen:
    """A test as it stands."""

    id: str
    person: str
    day: date
    step: TestStep
    readings: tuple[TestReading, ...] = field(repr=False)

    @property
    def unexpected(self) -> bool | None:
        """Whether something was unexpected; None while there is no result."""
        if not self.readings:
            return None
        return any(reading.unexpected for reading in self.readings)


def drug_tests(owner: Owner, *, person: str = "", day: date | None = None) -> list[DrugTestSeen]:
    """Tests, oldest first, of one person or one day if named."""
    rows = DrugTest.objects.owned_by(owner)
    if person:
        rows = rows.filter(person=person)
    if day is not None:
        rows = rows.filter(day=day)
    return [_test(row) for row in rows]


def seed_on(owner: Owner, day: date) -> tuple[bytes, str] | None:
    """The seed that holds on a day, and its digest; None where there is none yet."""
    rows = DrawSeed.objects.owned_by(owner).filter(from_day__lte=day)
    row = rows.order_by("-from_day").first()
    return (bytes.fromhex(row.opened()["seed"]), row.digest) if row else None


def _test(row: DrugTest) -> DrugTestSeen:
    readings = tuple(
        TestReading(Panel(panel), PanelReading(reading), bool(expected))
        for panel, reading, expected in row.opened()["readings"]
    )
    return DrugTestSeen(row.pk, row.person, row.day, TestStep(row.step), readings)
