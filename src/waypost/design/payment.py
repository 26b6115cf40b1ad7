"""Who said that a program takes a kind of payment, and when: never a promise."""

from __future__ import annotations

from django.utils.translation import gettext as _

from waypost.design.words import as_of_text
from waypost.directory.site import Site, Source
from waypost.plans.insurance import PAYMENT

INSURANCE = frozenset(f"payment:{key}" for key in PAYMENT.values())
"""Payments by insurance, which a program “takes”; the others are help with the cost."""


def who_tells(site: Site) -> str:
    """The id of the source of a site's services, or ''."""
    services = site.facts.get("services") or site.facts.get("services:MH")
    return services.source if services else ""


def payment_words(name: str, column: str, source: Source) -> str:
    """“Takes Medicaid, as answered in 2023”: the year of the answer, not of the directory."""
    values = {"name": name, "year": as_of_text(source.as_of)}
    if source.id.startswith("locator-"):
        if column in INSURANCE:
            return _("Takes %(name)s, said FindTreatment.gov in %(year)s") % values
        return _("%(name)s, said FindTreatment.gov in %(year)s") % values
    if column in INSURANCE:
        return _("Takes %(name)s, as answered in %(year)s") % values
    return _("%(name)s, as answered in %(year)s") % values
