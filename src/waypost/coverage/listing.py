"""What the directory says about a program that matters for coverage."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from waypost.directory.facets import columns_for, known_for
from waypost.directory.site import Claim, Site
from waypost.plans.imported import tax_number
from waypost.plans.insurance import PAYMENT, Insurance
from waypost.values.level_of_care import LevelOfCare
from waypost.values.saying import SourceNote

_HOSPITALS = {
    "PSYH": ("psychiatric hospital", "hospital psiquiátrico"),
    "PSY": ("psychiatric hospital", "hospital psiquiátrico"),
    "SHP": ("state hospital", "hospital estatal"),
    "IPSY": ("general hospital", "hospital general"),
    "GH": ("general hospital", "hospital general"),
}
_CENTER = {"CMHC": ("community mental health center", "centro comunitario de salud mental")}
_MEDICARE_PAYS = {
    LevelOfCare.IOP: {
        **_HOSPITALS,
        **_CENTER,
        "FQHC": ("federally qualified health center", "centro de salud calificado federalmente"),
    },
    LevelOfCare.PHP: {**_HOSPITALS, **_CENTER},
}
"""Service codes of the kinds of facility whose care of a level Medicare may pay.

A license as a mental health clinic (MHC) does not count, nor does a Veterans Affairs hospital.
"""

_OPIOID_PROGRAM = frozenset({"OTP", "SOTP"})
_VETERANS_AFFAIRS = "VAMC"

_TITLE = "National directory of treatment facilities: what each program answered"
_PUBLISHER = "Substance Abuse and Mental Health Services Administration"


@dataclass(frozen=True, slots=True)
class ProgramListing:
    """A program: ``columns`` it offers, ``asked`` columns it was asked about, numbers claimed.

    ``tax_ids`` are as price files are looked up by them: ``tin:123456789``.
    """

    id: str
    name: str
    state: str
    columns: frozenset[str]
    asked: frozenset[str]
    codes: frozenset[str]
    as_of: date | None
    npis: tuple[str, ...] = ()
    city: str = ""
    county_fips: str = ""
    tax_ids: tuple[str, ...] = ()

    @property
    def numbers(self) -> tuple[str, ...]:
        """Its NPIs and tax ids: insurers agree on prices with either."""
        return (*self.npis, *self.tax_ids)

    @property
    def source(self) -> SourceNote:
        """The directory's edition that these facts come from."""
        as_of = self.as_of.isoformat() if self.as_of else ""
        return SourceNote("directory", _TITLE, _PUBLISHER, "https://findtreatment.gov/", as_of)

    def says(self, column: str) -> bool | None:
        """True where offered, False where asked and not offered, None where never asked."""
        if column in self.columns:
            return True
        return False if column in self.asked else None

    def takes(self, insurance: Insurance) -> bool | None:
        """Whether it told the directory that it takes this kind of insurance."""
        payment = PAYMENT.get(insurance)
        return self.says(f"payment:{payment}") if payment else None

    def offers(self, care: LevelOfCare) -> bool | None:
        """Whether it told the directory that it offers this level of care."""
        return self.says(f"level:{care}")

    def medicare_facility(self, care: LevelOfCare) -> tuple[str, str] | None:
        """The kind of facility that Medicare names for a care, in both languages; None for none."""
        if _VETERANS_AFFAIRS in self.codes:
            return None
        kinds = _MEDICARE_PAYS.get(care, {})
        return next((words for code, words in kinds.items() if code in self.codes), None)

    def treats_opioids_as_program(self) -> bool:
        """Whether it is listed as a certified opioid treatment program."""
        return not _OPIOID_PROGRAM.isdisjoint(self.codes)


def listing_of(site: Site, claims: Iterable[Claim] = ()) -> ProgramListing:
    """A site of the directory as the coverage checker needs it; NPIs come as claims."""
    services = site.facts.get("services") or site.facts.get("services:MH")
    claimed = list(claims)
    npis = sorted({str(c.value) for c in claimed if c.field == "npi"})
    tax_ids = sorted({tax_number(str(c.value)) for c in claimed if c.field == "tax_id"})
    return ProgramListing(
        site.id,
        site.name,
        site.state,
        columns_for(site.codes),
        known_for(site.surveys),
        site.codes,
        services.as_of if services else None,
        tuple(npis),
        site.city,
        site.county_fips,
        tuple(number for number in tax_ids if number),
    )
