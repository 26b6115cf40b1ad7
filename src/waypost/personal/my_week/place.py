"""Where the program is and its number, from its own listing; nothing is asked of anybody."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest

from waypost.accounts.queries import owners
from waypost.design.words import address_text
from waypost.directory.site import Site
from waypost.publishing.reader import BadSnapshot
from waypost.serving.process import snapshot_of
from waypost.treatment.records.owner import Owner
from waypost.treatment.timetable.queries import setup_now


@dataclass(frozen=True, slots=True)
class ProgramPlace:
    """A program's address in a line, and the number to call ('' where none is listed)."""

    address: str
    phone: str
    phone_href: str


def place_of_program(request: HttpRequest, owner: Owner) -> ProgramPlace | None:
    """The place of the listing in the program's setup, or of the first that it speaks for."""
    setup = setup_now(owner)
    named = [setup[0].site] if setup and setup[0].site else []
    for number in [*named, *(o.site_id for o in owners(owner.organization))]:
        site = _site(request, number)
        if site is not None:
            phone = next(iter(site.phones), None)
            return ProgramPlace(
                address_text(site), phone.display if phone else "", phone.href if phone else ""
            )
    return None


def _site(request: HttpRequest, number: str) -> Site | None:
    try:
        return snapshot_of(request).site(number)
    except BadSnapshot:
        return None
