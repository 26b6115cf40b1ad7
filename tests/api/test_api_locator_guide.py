"""The samples and headings of the locator's own guide, answered as it describes them."""

from __future__ import annotations

import json

import pytest
from django.test import Client

from api.locator_asking import V2, ask, every_site, miles, whole
from waypost.directory.site import Site
from waypost.values.geo import Point


@pytest.fixture(scope="module")
def sites() -> list[Site]:
    return every_site()


GUIDE_SAMPLES = {
    "1": "sAddr=%2239.141375,-77.203552%22&limitType=0&limitValue=18",
    "2": "sAddr=%2739.141375,-77.203552%27&limitType=1&limitValue=1119",
    "3": "sAddr=%2739.141375,-77.203552%27&limitType=2&limitValue=20000",
    "4": "sAddr=%2739.141375,-77.203552%27&limitType=1&limitValue=1119&filterFPhone=240",
    "5": "sCodes=OTP,BU,NU,DM&sAddr=39.0839994,-77.15278130000002&limitType=2"
    "&limitValue=80467.2&pageSize=100&page=1&sort=0",
}
"""The query strings of the guide's Table 1 (its sixth is its fifth again)."""


def test_the_guides_samples_answer_as_it_describes_them(sites: list[Site]) -> None:
    def asked(number: str) -> dict:
        response = Client().get(f"{V2}?{GUIDE_SAMPLES[number]}&pageSize=2000")
        assert response.status_code == 200
        return json.loads(whole(response))

    def places(data: dict) -> set[tuple[str, str]]:
        return {(row["name1"], row["street1"]) for row in data["rows"]}

    def of(*found: Site) -> set[tuple[str, str | None]]:
        return {(s.name, s.street or None) for s in found}

    maryland = [s for s in sites if s.state == "MD"]
    county = [s for s in maryland if s.county_fips == "24031"]
    here = Point(39.141375, -77.203552)
    start = Point(39.0839994, -77.15278130000002)
    assert places(asked("1")) == of(*maryland)
    assert places(asked("2")) == of(*county)
    assert places(asked("3")) == of(*(s for s in sites if miles(here, s.point) <= 12.4274))
    numbers = "240"
    assert places(asked("4")) == of(
        *(s for s in county if any(numbers in p.e164.removeprefix("+1") for p in s.phones))
    )
    assert places(asked("5")) == of(
        *(s for s in sites if miles(start, s.point) <= 50 and {"OTP", "BU", "NU", "DM"} <= s.codes)
    )


GUIDE_CATEGORIES = {
    "AGE": "Age Groups Accepted",
    "TC": "Type of Care",
    "SET": "Service Setting (e.g., Outpatient, Residential, etc.)",
    "EMS": "Emergency Mental Health Services",
    "PAY": "Payment/Insurance Accepted",
    "FOP": "Facility Operation (e.g. Private, Public)",
    "SG": "Special Programs/Groups Offered",
    "SL": "Language Services",
    "PYAS": "Payment Assistance Available",
}
"""Every f2 of the guide's sample rows with its f1."""

REWORDED = {
    "SET": "Service Setting (e.g., Outpatient, Residential, Inpatient, etc.)",
    "PAY": "Payment/Insurance/Funding Accepted",
    "FOP": "Facility Operation (e.g., Private, Public)",
}
"""What SAMHSA's code table of 2022 to 2024 says since; the codes are the same."""


def test_services_stand_under_the_guides_own_headings() -> None:
    rows = ask(stateCode="MD", pageSize=2000)["rows"]
    said = {service["f2"]: service["f1"] for row in rows for service in row["services"]}
    assert said.items() >= (GUIDE_CATEGORIES | REWORDED).items()
    assert all(service["f3"] for row in rows for service in row["services"])
