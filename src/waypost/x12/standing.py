"""What a 271 says about coverage on one day, for the plan and for some care.

Dates count: a line that says "active" is not active on a day before it begins or after it ends.
Lines without dates of their own take the person's (loop 2100C or 2100D). Only `Situation.ACTIVE`
may be shown as coverage; a 271 is never a promise to pay.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum

import msgspec

from waypost.x12.answer import Answer271
from waypost.x12.benefit import Benefit
from waypost.x12.parts import Dated

ACTIVE, PENDING, INACTIVE = frozenset("1234"), frozenset("5"), frozenset("678")
STATUS = ACTIVE | PENDING | INACTIVE
BEGINS = frozenset(("346", "348", "356", "193", "340", "539"))
ENDS = frozenset(("347", "349", "357", "194", "341", "540"))
SPANS = frozenset(("290", "291", "292", "307"))
PREMIUM_PAID_TO = "343"
NO_END = date(9999, 12, 31)


class CoverageStanding(StrEnum):
    """What some lines say together about one day."""

    ACTIVE = "active"
    PENDING = "pending"
    INACTIVE = "inactive"
    ENDED = "ended"
    NOT_BEGUN = "not-begun"
    CONTRADICTORY = "contradictory"
    NOT_SAID = "not-said"


class Days(msgspec.Struct, frozen=True):
    """From the first to the last day, both included; `None` where it is open or not said."""

    first: date | None = None
    last: date | None = None


class Stand(msgspec.Struct, frozen=True):
    """A standing, with the days it comes from: of what ended, begins later or was active before."""

    standing: CoverageStanding
    days: Days = Days()


def days_of(dates: Iterable[Dated]) -> Days:
    """The days that dates leave: from the latest beginning to the earliest end."""
    begins: list[date] = []
    ends: list[date] = []
    for dated in dates:
        if dated.period is None:
            continue
        if dated.qualifier in SPANS or dated.qualifier in BEGINS:
            begins.append(dated.period.start)
        if dated.qualifier in ENDS or (dated.qualifier in SPANS and dated.ranged):
            ends.append(dated.period.end)
    last = min(ends, default=None)
    return Days(max(begins, default=None), None if last == NO_END else last)


def is_current(benefit: Benefit, day: date | None) -> bool:
    """Whether a line's own dates, where it has any, leave the day in."""
    days = days_of(benefit.dates)
    return day is None or not (
        (days.last is not None and days.last < day) or (days.first is not None and days.first > day)
    )


def person_dates(answer: Answer271) -> tuple[Dated, ...]:
    """The dates of whom the answer is about; the subscriber's where a dependent has none."""
    for member in (answer.dependent, answer.subscriber):
        if member is not None and days_of(member.dates) != Days():
            return member.dates
    return ()


def line_stand(benefit: Benefit, person: Days, day: date | None) -> Stand:
    """What one line (EB01 1 to 8) says about the day."""
    own = days_of(benefit.dates)
    days = own if own != Days() else person
    if benefit.code in INACTIVE:
        return Stand(CoverageStanding.INACTIVE, own)
    if day is not None and days.last is not None and days.last < day:
        return Stand(CoverageStanding.ENDED, days)
    if day is not None and days.first is not None and days.first > day:
        return Stand(CoverageStanding.NOT_BEGUN, days)
    return Stand(
        CoverageStanding.PENDING if benefit.code in PENDING else CoverageStanding.ACTIVE, days
    )


def together(stands: Sequence[Stand], day: date | None) -> Stand:
    """What several lines say together."""
    stands = [stand for stand in stands if not _of_another_time(stand, day)] or list(stands)
    by_standing = {stand.standing: stand for stand in stands}
    ended = max(
        (stand for stand in stands if stand.standing is CoverageStanding.ENDED),
        key=lambda stand: stand.days.last or date.min,
        default=None,
    )
    active = by_standing.get(CoverageStanding.PENDING) or by_standing.get(CoverageStanding.ACTIVE)
    inactive = by_standing.get(CoverageStanding.INACTIVE)
    if active is not None and inactive is not None:
        stopped = inactive.days.last
        again = stopped is not None and (active.days.first or date.min) > stopped
        return active if again else Stand(CoverageStanding.CONTRADICTORY)
    if active is not None:
        return active
    if inactive is not None:
        before = ended.days if ended is not None else Days(None, inactive.days.last)
        return Stand(CoverageStanding.INACTIVE, before)
    soonest = min(
        (stand for stand in stands if stand.standing is CoverageStanding.NOT_BEGUN),
        key=lambda stand: stand.days.first or date.max,
        default=None,
    )
    return soonest or ended or Stand(CoverageStanding.NOT_SAID)


def _of_another_time(stand: Stand, day: date | None) -> bool:
    """Whether an "inactive" line has days of its own, and the day asked about is not among them.

    With an end alone it is not of another time: that is how payers write when coverage ended.
    """
    days = stand.days
    if stand.standing is not CoverageStanding.INACTIVE or day is None or days.first is None:
        return False
    return days.first > day or (days.last is not None and days.last < day)
