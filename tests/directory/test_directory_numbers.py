"""A program's NPI and tax id are claims like any other, checked before they are accepted."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from waypost.directory.actions import BadReport, claim_number
from waypost.directory.queries import accepted_claims, reports

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 1, tzinfo=UTC)


def claim(kind: str, value: str) -> None:
    """Claim a number of one site."""
    claim_number(site_id="site_1", kind=kind, value=value, source="NPPES", by="staff", now=NOW)


def test_numbers_go_out_as_claims() -> None:
    claim("npi", "1234567893")
    claim("npi", "1245319599")
    claim("tax_id", "12-3456789")
    told = [(c.field, c.value, c.as_of) for c in accepted_claims()["site_1"]]
    assert told == [
        ("npi", "1234567893", NOW.date()),
        ("npi", "1245319599", NOW.date()),
        ("tax_id", "123456789", NOW.date()),
    ]
    assert reports()[0].text == "NPPES"


@pytest.mark.parametrize(
    ("kind", "value"), [("npi", "1234567890"), ("npi", ""), ("tax_id", "12"), ("luck", "7")]
)
def test_a_number_that_is_none_is_refused_whole(kind: str, value: str) -> None:
    with pytest.raises(BadReport):
        claim(kind, value)
    assert reports() == []
