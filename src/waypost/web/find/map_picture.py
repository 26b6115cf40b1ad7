"""A map drawn by us: roads, water, borders and names from carried public-domain data, pins as in
the list.

The picture is an SVG in the page itself, so that it needs no request, prints, and can be walked
through with the keyboard. A script may pan and zoom it; without one it stands still, and what lies
too close is drawn apart by a link. Where the operator names a tile server of their own, its
pictures lie under the pins instead.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _
from markupsafe import Markup

from waypost.design.words import miles_words
from waypost.navigation.answer import Answer, RankedSite
from waypost.navigation.engine_query import has_border
from waypost.serving.process import this_process
from waypost.values.geo import Point
from waypost.web.find.map_frame import HEIGHT, WIDTH, Frame, frame_of
from waypost.web.find.map_ground import ground
from waypost.web.find.map_marks import PIN, Mark, Room, half_wide, marks, names_and_shields, pin
from waypost.web.find.map_tiles import on_sheet, tiles

FAR_MILES = 1_000
MOST_REACH_MILES = 100
SCALES = (500, 250, 100, 50, 25, 10, 5, 2, 1)
LONGEST_SCALE = 110.0
"""Units; the scale is the longest round number of miles that is no longer than this."""


@dataclass(frozen=True, slots=True)
class MapPicture:
    """What stands inside the SVG, its size, whom to credit for its ground, and the query of the
    whole map where only a part of it is drawn."""

    inside: Markup
    width: int
    height: int
    credit: str
    whole: str


def map_picture(answer: Answer, query: str, opened: int = 0) -> MapPicture | None:
    """The map of this page of an answer, or None where there is nothing to draw.

    ``query`` is the page's own; ``opened`` the number of an option that stands too close to others:
    then only they are drawn, and apart.
    """
    place = answer.place
    if place is None or not answer.options:
        return None
    area = has_border(place)
    near = [o for o in answer.options if area or o.miles is None or o.miles <= FAR_MILES]
    frame = frame_of([*([] if area and near else [place.point]), *(o.site.point for o in near)])
    together = _together(frame, near, opened)
    if together:
        frame = frame_of([o.site.point for o in together])
        near = [o for o in near if _is_on(frame, o.site.point)]
    here = None if area or not _is_on(frame, place.point) else place.point
    inside = _drawn(frame, marks(frame, near, apart=bool(together)), here, answer, query)
    credit = settings.WAYPOST_TILE_CREDIT if settings.WAYPOST_TILE_URL else ""
    whole = query if together else ""
    return MapPicture(inside, int(WIDTH), int(HEIGHT), credit, whole)


def _together(frame: Frame, near: list[RankedSite], opened: int) -> tuple[RankedSite, ...]:
    """The options that stand where the opened one does, () where it stands alone."""
    for mark in marks(frame, near, apart=False) if opened else ():
        if len(mark.options) > 1 and any(o.number == opened for o in mark.options):
            return mark.options
    return ()


def _is_on(frame: Frame, point: Point) -> bool:
    x, y = frame.xy(point.lat, point.lon)
    return 0 <= x <= WIDTH and 0 <= y <= HEIGHT


def _drawn(
    frame: Frame, placed: list[Mark], here: Point | None, answer: Answer, query: str
) -> Markup:
    room = Room()
    parts: list[str] = [_under(frame)]
    if here is not None:
        x, y = frame.xy(here.lat, here.lon)
        room.take(x, y, 6, 6)
        parts.append(_here(frame, x, y, answer.need.radius_miles))
    room.take(60, HEIGHT - 10, 60, 10)  # the scale
    for mark in placed:
        room.take(mark.x, mark.y, half_wide(len(mark.options)), PIN)
    if not settings.WAYPOST_TILE_URL:
        drawn = ground(this_process().ground, frame)
        parts.append(names_and_shields(frame, room, drawn.shields, drawn.towns))
    parts += [pin(mark, query, _cluster_words(mark)) for mark in placed]
    parts.append(_scale(frame))
    return Markup("".join(parts))  # noqa: S704 - numbers of ours; what is a source's is escaped


def _cluster_words(mark: Mark) -> str:
    if len(mark.options) == 1:
        return ""
    numbers = ", ".join(str(option.number) for option in mark.options)
    words = _("%(n)s programs close together: %(numbers)s. Show them apart")
    return words % {"n": len(mark.options), "numbers": numbers}


def _here(frame: Frame, x: float, y: float, radius: float | None) -> str:
    here = f'<circle class="here" cx="{x:.1f}" cy="{y:.1f}" r="5"/>'
    if radius is None or radius > MOST_REACH_MILES:
        return here
    reach = radius / frame.miles_per_unit
    return f'<circle class="reach" cx="{x:.1f}" cy="{y:.1f}" r="{reach:.1f}"/>{here}'


def _scale(frame: Frame) -> str:
    """A line of so many miles at the foot of the map."""
    fitting = (m for m in SCALES if m / frame.miles_per_unit <= LONGEST_SCALE)
    miles = next(fitting, 1)
    y, wide = HEIGHT - 8, miles / frame.miles_per_unit
    return (
        f'<g class="scale" aria-hidden="true"><path d="M10 {y}v4h{wide:.1f}v-4"/>'
        f'<text x="12" y="{y - 6}">{miles_words(miles)}</text></g>'
    )


def _under(frame: Frame) -> Markup:
    """Land, water, borders and roads, or the operator's tiles."""
    if settings.WAYPOST_TILE_URL:
        return _tiled(frame, settings.WAYPOST_TILE_URL)
    return ground(this_process().ground, frame).shapes


def _tiled(frame: Frame, template: str) -> Markup:
    picture = Markup(
        '<image href="{}" x="{:.2f}" y="{:.2f}" width="{:.2f}" height="{:.2f}" '
        'preserveAspectRatio="none"/>'
    )
    return Markup("").join(
        picture.format(t.href, t.x, t.y, t.width, t.height)
        for t in tiles(frame, template)
        if on_sheet(t)
    )
