"""The facts of a program as rows of plain words, each with where it comes from."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from markupsafe import Markup

from waypost.design.facets import label_of
from waypost.design.timetable_words import track_lines
from waypost.directory.facets import FACETS, columns_for
from waypost.directory.site import PhoneKind, Site
from waypost.directory.timetables import columns_known


@dataclass(frozen=True, slots=True)
class FactRow:
    """A question a person has of a program and its answer; ``unknown`` where there is none."""

    key: str
    name: str
    values: tuple[str, ...]
    unknown: str


@dataclass(frozen=True, slots=True)
class PhoneRow:
    """A number to call, what it is for, and its link."""

    words: str
    display: str
    href: str


def phone_rows(site: Site) -> list[PhoneRow]:
    """The numbers of a site, the intake line first."""
    words = {
        PhoneKind.INTAKE: _("Intake: to start or to ask"),
        PhoneKind.MAIN: _("Main number"),
        PhoneKind.HOTLINE: _("Hotline"),
    }
    return [PhoneRow(words[p.kind], p.display, p.href) for p in site.phones]


def fact_rows(site: Site, today: date) -> list[FactRow]:
    """Every facet with what the site offers; what no survey asked is said to be unknown."""
    offered, asked = columns_for(site.codes), columns_known(site)
    spanish = translation.get_language() == "es"
    rows = []
    for facet in FACETS:
        if facet.key == "time":  # the row of days and hours says it
            continue
        names = tuple(label_of(o) for o in facet.options if f"{facet.key}:{o.key}" in offered)
        is_asked = any(f"{facet.key}:{o.key}" in asked for o in facet.options)
        unknown = _("none listed: ask") if is_asked else _("not asked by the survey: ask")
        label = facet.label_es if spanish else facet.label
        rows.append(FactRow(facet.key, label, names, "" if names else unknown))
    hours = _("not known: no public source lists group times; ask when you call")
    meets = tuple(line.hours for line in track_lines(site, today))
    rows.insert(1, FactRow("", _("Days and hours"), meets, "" if meets else hours))
    return rows


def field_rows(site: Site) -> list[tuple[str, str]]:
    """The fields beside the services that have a source of their own, in words."""
    names = {
        "name": _("Name"),
        "address": _("Address"),
        "phones": _("Telephone"),
        "point": _("Place on the map"),
        "website": _("Website"),
        "tracks": _("Days and hours"),
        "openings": _("Places"),
    }
    return [(field, words) for field, words in names.items() if field in site.facts]


def json_ld(site: Site) -> Markup:
    """The page's facts for machines (schema.org), safe inside a script element."""
    streets = [street for street in (site.street, site.street2) if street]
    data: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "MedicalClinic",
        "@id": f"{settings.WAYPOST_BASE_URL}/site/{site.id}",
        "name": site.name,
        "address": {
            "@type": "PostalAddress",
            **({"streetAddress": ", ".join(streets)} if streets else {}),
            "addressLocality": site.city,
            "addressRegion": site.state,
            "postalCode": site.zip,
            "addressCountry": "US",
        },
    }
    if site.phones:
        data["telephone"] = site.phones[0].e164
    if site.website:
        data["url"] = site.website
    if site.exact:
        data["geo"] = {
            "@type": "GeoCoordinates",
            "latitude": site.point.lat,
            "longitude": site.point.lon,
        }
    text = json.dumps(data, ensure_ascii=False).replace("<", "\\u003c")
    return Markup(text)  # noqa: S704 - every "<" is escaped above
