"""The shapes of the locator's answers, for its description."""

from __future__ import annotations

from ninja import Field, Schema


class LocatorService(Schema):
    """A category of services: its name, its code, and what is offered, joined by "; "."""

    f1: str
    f2: str
    f3: str


class LocatorRow(Schema):
    """A facility; null means not known."""

    irow: int = Field(alias="_irow")
    name1: str
    name2: str | None
    street1: str | None
    city: str
    street2: str | None
    state: str
    zip: str
    phone: str | None
    type_facility: str
    intake1: str | None
    hotline1: str | None
    website: str | None
    latitude: str
    longitude: str
    miles: float | None
    services: list[LocatorService]
    typeFacility: str  # noqa: N815  (what the server names type_facility)


class ListingRow(LocatorRow):
    """A facility with its id."""

    frid: str


class LocatorOut(Schema):
    """A page of facilities."""

    page: int
    totalPages: int  # noqa: N815  (the guide's name)
    recordCount: int  # noqa: N815  (the guide's name)
    rows: list[LocatorRow]


class ListingOut(Schema):
    """A page of facilities with their ids."""

    page: int
    totalPages: int  # noqa: N815  (the guide's name)
    recordCount: int  # noqa: N815  (the guide's name)
    rows: list[ListingRow]
