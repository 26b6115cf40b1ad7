"""The picture of the steps of care: five bars that grow, and what goes beside them."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from waypost.levels_of_care.hours import the_hours

WIDTH = 360
ROW = 58
GAP = 8
LEFT = 4
SHORTEST = 252
GROWTH = 25
HOME_GAP = 32


@dataclass(frozen=True, slots=True)
class PictureStep:
    """A bar: where it stands in the drawing (units of the view box), and its words."""

    id: str
    name: str
    hours: str
    x: int
    y: int
    width: int
    away: bool


@dataclass(frozen=True, slots=True)
class LevelsPicture:
    """The drawing: bars from most care to least, its height, and where home begins."""

    steps: tuple[PictureStep, ...]
    width: int
    height: int
    home_y: int
    beside_y: int


def levels_picture() -> LevelsPicture:
    """The five steps, the most care on top, as in climbing down to daily life."""
    hours = the_hours().names()
    shown = [
        ("inpatient", _("Hospital"), _("day and night"), True),
        ("residential", _("Residential"), _("day and night, you live there"), True),
        ("php", _("Day treatment"), _("%(php_from)s or more hours a week") % hours, False),
        (
            "iop",
            _("Intensive outpatient (IOP)"),
            _("%(iop_from)s to %(iop_to)s hours a week") % hours,
            False,
        ),
        ("outpatient", _("Outpatient"), _("fewer than %(iop_from)s hours a week") % hours, False),
    ]
    steps = tuple(
        PictureStep(
            name_id,
            name,
            hours,
            LEFT,
            GAP + i * (ROW + GAP) + (HOME_GAP if not away else 0),
            SHORTEST + GROWTH * (len(shown) - 1 - i),
            away,
        )
        for i, (name_id, name, hours, away) in enumerate(shown)
    )
    last = steps[-1].y + ROW
    return LevelsPicture(steps, WIDTH, last + 70, steps[2].y - HOME_GAP + 4, last + 14)
