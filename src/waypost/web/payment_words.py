"""Who says that a program takes a kind of payment, and of which year: never a promise."""

from __future__ import annotations

from django.utils.translation import gettext as _

from waypost.coverage.listing import PAYMENT
from waypost.design.published import current_snapshot
from waypost.directory.site import Site

INSURANCE = frozenset(f"payment:{key}" for key in PAYMENT.values())
"""Payments that are an insurance, which a program “takes”; the others are help with the price."""


def payment_words(name: str, column: str, site: Site) -> str:
    """“Takes Medicaid, says the federal directory of 2024”."""
    services = site.facts.get("services") or site.facts.get("services:MH")
    source = current_snapshot().manifest.source(services.source) if services else None
    if source is None:
        return name
    told = {"name": name, "year": source.edition}
    if source.id.startswith("locator-"):
        if column in INSURANCE:
            return _("Takes %(name)s, says FindTreatment.gov in %(year)s") % told
        return _("%(name)s, says FindTreatment.gov in %(year)s") % told
    if column in INSURANCE:
        return _("Takes %(name)s, says the federal directory of %(year)s") % told
    return _("%(name)s, says the federal directory of %(year)s") % told
