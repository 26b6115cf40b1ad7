"""What decides whether to call: the first lines of a program's page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from waypost.design.facets import label
from waypost.design.timetable_words import fit_words, track_lines
from waypost.design.words import miles_text
from waypost.directory.site import Site
from waypost.navigation.answer import RankedSite, Standing
from waypost.navigation.engine_query import has_border
from waypost.navigation.hours_fit import HoursStanding, hours_fit, offer_question
from waypost.navigation.need import LEVEL, WISHES, Need
from waypost.navigation.one_site import standing
from waypost.places.place import Place
from waypost.values.wall_time import day_in

ALWAYS = (
    "payment:medicaid", "age:children", "language:spanish", "medication:accepts-opioid",
    "telehealth:telehealth",
)  # fmt: skip
"""What most people need to know first, beside what they asked for themselves."""
MOST = 8


@dataclass(frozen=True, slots=True)
class DecisiveLine:
    """A question in a word or two, and its answer: "yes", "not listed", "ask"."""

    name: str
    answer: str
    css: str


def decisive_lines(
    site: Site, need: Need, place: Place | None, now: datetime
) -> list[DecisiveLine]:
    """What was asked for, then what most people need to know, and when it meets."""
    asked = sorted(c for c in need.named_columns if c.partition(":")[0] not in (LEVEL, *WISHES))
    columns = dict.fromkeys([*asked, *ALWAYS])
    answers = {
        Standing.OFFERED: (_("yes"), "offered"),
        Standing.NOT_LISTED: (_("not listed"), "unlisted"),
        Standing.UNKNOWN: (_("ask"), "unknown"),
    }
    lines = []
    for column in list(columns)[: MOST - 1]:
        answer, css = answers[standing(site, column)]
        lines.append(DecisiveLine(_short(column), answer, css))
    return [*lines, _hours_line(site, need, place, now)]


def _hours_line(site: Site, need: Need, place: Place | None, now: datetime) -> DecisiveLine:
    """The hours that were asked for, or else when the program says it meets."""
    asked = offer_question(need, place, now)
    if asked is not None:
        fit = hours_fit(site, asked)
        css = {HoursStanding.FITS: "offered", HoursStanding.DOES_NOT: "unlisted"}
        return DecisiveLine(_("Your hours"), fit_words(fit), css.get(fit.standing, "unknown"))
    lines = track_lines(site, day_in(site.timezone, now))
    if lines:
        return DecisiveLine(_("Days and hours"), "; ".join(line.hours for line in lines), "offered")
    return DecisiveLine(_("Days and hours"), _("ask"), "unknown")


def _short(column: str) -> str:
    """A choice as a short question."""
    short = {
        "age:children": _("Under 18"),
        "medication:accepts-opioid": _("Keeps your medication"),
        "telehealth:telehealth": _("Telehealth"),
        "language:spanish": _("Spanish"),
        "payment:medicaid": _("Medicaid"),
    }
    return short.get(column, label(column))


def distance_line(option: RankedSite, place: Place | None) -> str:
    """ "4.2 miles from El Paso, TX", '' where no place was named."""
    if option.miles is None or place is None:
        return ""
    exact = option.exact and not has_border(place)
    words = {"distance": miles_text(option.miles, exact=exact), "place": place.label}
    return _("%(distance)s from %(place)s") % words
