"""What waits in the queue, in words."""

from __future__ import annotations

from django.utils.translation import gettext as _

from waypost.accounts.listings import Proof
from waypost.directory.reporting import ReportKind


def kind_words() -> dict[ReportKind, str]:
    """What a visitor says is wrong."""
    return {
        ReportKind.PHONE: _("Telephone number"),
        ReportKind.CLOSED: _("Closed"),
        ReportKind.ADDRESS: _("Address"),
        ReportKind.NAME: _("Name"),
        ReportKind.SERVICES: _("What it offers"),
        ReportKind.WEBSITE: _("Website"),
        ReportKind.NPI: _("NPI"),
        ReportKind.TAX_ID: _("Tax id"),
        ReportKind.OTHER: _("Something else"),
    }


def field_words() -> dict[str, str]:
    """The facts of a listing."""
    return {
        "name": _("Name"),
        "address": _("Address"),
        "phones": _("Telephone"),
        "point": _("Place on the map"),
        "website": _("Website"),
        "services": _("What it offers"),
        "services:SU": _("What it offers (substance use survey)"),
        "services:MH": _("What it offers (mental health survey)"),
        "tracks": _("Days and hours"),
        "openings": _("Places"),
        "npi": _("NPI"),
        "tax_id": _("Tax id"),
    }


def proof_words() -> dict[Proof, str]:
    """How an organization proves that it may speak for a listing."""
    return {
        Proof.TELEPHONE: _("A code told to the listed telephone number"),
        Proof.LETTER: _("A letter to the listed address"),
        Proof.EMAIL: _("An e-mail at the listed website’s domain"),
        Proof.DECISION: _("A decision by the operator"),
    }
