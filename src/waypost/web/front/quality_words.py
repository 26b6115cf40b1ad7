"""The data quality report and the sources in words: what the about-the-data page shows."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from waypost.design.words import as_of_text, number_text
from waypost.directory.site import Source
from waypost.publishing.manifest import Manifest


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One source: what it is, how old its facts were at publishing, how many rows it gave."""

    title: str
    publisher: str
    edition: str
    as_of: str
    age: str
    rows: str
    left_out: str
    license: str


def measure_words(name: str) -> str:
    """A measure of the report in the active language."""
    words_for = {
        "Sites in the newest edition": _("Sites in the newest edition"),
        "Sites that offer intensive outpatient care": _(
            "Sites that offer intensive outpatient care"
        ),
        "Sites in both directories": _("Sites in both directories"),
        "Sites that are gone since an older edition": _(
            "Sites that are gone since an older edition"
        ),
        "Rows of the newest edition that repeat another": _(
            "Rows of the newest edition that repeat another"
        ),
        "Listings left out because nothing says where they are": _(
            "Listings left out because nothing says where they are"
        ),
        "Sites without a telephone": _("Sites without a telephone"),
        "Sites with an exact point": _("Sites with an exact point"),
        "Sites without an exact point": _("Sites without an exact point"),
        "Coordinates far from their ZIP, not used": _("Coordinates far from their ZIP, not used"),
        "Points of lists far from ZIP and town, not used": _(
            "Points of lists far from ZIP and town, not used"
        ),
        "Addresses that lists put over 2 miles apart": _(
            "Addresses that lists put over 2 miles apart"
        ),
        "Substance use sites with a street-level point": _(
            "Substance use sites with a street-level point"
        ),
        "IOPs with a street-level point": _("IOPs with a street-level point"),
        "Of sites that publish their address, with a street-level point": _(
            "Of sites that publish their address, with a street-level point"
        ),
        "Sites whose address is withheld": _("Sites whose address is withheld"),
        "Addresses placed by two sources or more": _("Addresses placed by two sources or more"),
        "Sources agree within, median (miles)": _("Sources agree within, median (miles)"),
        "Sources agree within, 95th percentile (miles)": _(
            "Sources agree within, 95th percentile (miles)"
        ),
        "Numbers that stand on many unrelated sites": _(
            "Numbers that stand on many unrelated sites"
        ),
    }
    return words_for.get(name, name)


def quality_lines(manifest: Manifest) -> list[tuple[str, str]]:
    """The report's measures and their values."""
    return [(measure_words(name), _value(value)) for name, value in manifest.quality_rows()]


def _value(text: str) -> str:
    share = re.fullmatch(r"([\d,]+) of ([\d,]+) \((.+)\)", text)
    if not share:
        return text
    return _("%(some)s of %(all)s (%(share)s)") % {
        "some": share[1],
        "all": share[2],
        "share": share[3],
    }


def source_rows(manifest: Manifest) -> list[SourceRow]:
    """The sources in use, the newest facts first."""
    by_source = {q["source"]: q for q in manifest.quality.get("sources", [])}
    ordered = sorted(manifest.sources, key=lambda s: (-s.as_of.toordinal(), s.title))
    return [_source_row(s, by_source.get(s.id, {}), manifest) for s in ordered]


def _source_row(source: Source, quality: dict[str, Any], manifest: Manifest) -> SourceRow:
    built = manifest.built_at
    months = max(0, (built.year - source.as_of.year) * 12 + built.month - source.as_of.month)
    rejected = quality.get("rejected", {})
    return SourceRow(
        title=source.title,
        publisher=source.publisher,
        edition=source.edition,
        as_of=as_of_text(source.as_of),
        age=ngettext("%(n)s month", "%(n)s months", months) % {"n": months},
        rows=number_text(quality["rows"]) if "rows" in quality else "",
        left_out=number_text(sum(rejected.values())) if "rows" in quality else "",
        license=license_words(source.license),
    )


def license_words(text: str) -> str:
    """A source's terms in the active language."""
    words_for = {
        "public domain": _("public domain"),
        "public domain; GeoNames CC BY 4.0": _("public domain; GeoNames CC BY 4.0"),
        "public domain (citation asked)": _("public domain (citation asked)"),
    }
    return words_for.get(text, text)
