"""The gazetteer's ZIPs and towns as the areas that listings lie in."""

from __future__ import annotations

from functools import cache

from waypost.directory.areas import AreaFacts, Areas
from waypost.directory.normalize import town_key
from waypost.places.people import ZipTowns, zips_and_namesakes
from waypost.places.tables import county_name, nearest_zip, zips
from waypost.values.geo import Point


@cache
def known_areas() -> Areas:
    """Every ZIP, and every town with the facts of its lowest ZIP, its main post office's."""
    by_zip = {code: _facts(code, zip_town) for code, zip_town in zips_and_namesakes().items()}
    by_town: dict[tuple[str, str], AreaFacts] = {}
    for code in sorted(by_zip):
        by_town.setdefault((town_key(zips()[code].place), by_zip[code].state), by_zip[code])
    return Areas(by_zip, by_town, lambda place: nearest_zip(place.lat, place.lon)[1])


def _facts(code: str, zip_town: ZipTowns) -> AreaFacts:
    row = zips()[code]
    return AreaFacts(
        point=Point(row.lat, row.lon),
        state=row.state,
        county=county_name(row),
        county_fips=row.county_fips,
        timezone=row.timezone,
        reach=zip_town.reach,
        anchors=tuple(Point(a.lat, a.lon) for a in (zip_town.middle, *zip_town.named)),
    )
