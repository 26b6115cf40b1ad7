"""Signs of ghosts and call centers: what each rests on, and how often it is right."""

from __future__ import annotations

from datetime import date

import pytest

from builders import listing as site
from waypost.directory.checks import checked_fields
from waypost.directory.signs import SignKind, california_licenses, is_of_name, signs_of
from waypost.directory.site import FactSource, PhoneKind, Site, SitePhone
from waypost.editions.judged_signs import SignScore, judged, scores

TODAY = date(2026, 12, 1)


def phone(e164: str) -> tuple[SitePhone, ...]:
    return (SitePhone(PhoneKind.MAIN, e164, f"({e164[2:5]}) {e164[5:8]}-{e164[8:]}"),)


def kinds(made: Site, sharing: int = 1, centers: dict[str, int] | None = None) -> list[SignKind]:
    return [sign.kind for sign in signs_of(made, sharing, centers or {})]


def test_an_ordinary_listing_has_no_sign() -> None:
    assert kinds(site()) == [] and kinds(site(phones=())) == []
    assert kinds(site(website="https://harborrecovery.example.com")) == []


def test_a_number_of_a_far_state_and_one_of_the_state_next_door() -> None:
    (sign,) = signs_of(site(phones=phone("+13235550101")), 1, {})
    assert (sign.kind, sign.evidence) == (SignKind.FAR_NUMBER, {"state": "CA"})
    assert kinds(site(phones=phone("+17655550101"))) == []  # Indiana


def test_a_number_on_many_programs_with_other_names() -> None:
    (sign,) = signs_of(site(phones=phone("+18885550101")), 6, {})
    assert (sign.kind, sign.evidence) == (SignKind.SHARED_NUMBER, {"others": 5})
    assert kinds(site(), 6) == []  # a local number is an operator's own line
    assert kinds(site(), 1, {"(937) 555-0101": 9}) == [SignKind.SHARED_NUMBER]


@pytest.mark.parametrize(
    ("domain", "name", "own"),
    [
        ("baycove.org", "New Day", False),
        ("mcleanhospital.org", "Child and Adolescent Outpatient Servs", False),
        ("chd.org", "CHD Outpatient Behavioral Health Servs", True),
        ("jri.org", "JRI Behavioral Health Center", True),
        ("chcsbc.org", "Center for Healthcare Services", True),
        ("bhchp.org", "Boston Healthcare for the Homeless Inc", True),
        ("mhmrtc.org", "MH/MR of Tarrant County", True),
        ("commoncollab.com", "Commonwealth Collaborative", True),
        ("baymark.com", "MedMark Treatment Centers Waco", False),
    ],
)
def test_whether_a_domain_is_of_a_name(domain: str, name: str, own: bool) -> None:
    assert is_of_name(domain, name) is own


@pytest.mark.parametrize(
    "address", ["", "http://", "http://localhost", "https://www.va.gov/x", "http://uth.edu"]
)
def test_no_website_and_a_governments_are_no_sign(address: str) -> None:
    assert kinds(site(website=address)) == []


def test_a_place_that_is_gone_and_a_license_that_had_expired() -> None:
    assert kinds(site(current=False)) == [SignKind.GONE]
    licenses = california_licenses()
    assert sum(map(len, licenses.values())) == 2222
    (place, rows), *_ = (
        (k, v) for k, v in sorted(licenses.items()) if all(r.expires.year < 2026 for r in v)
    )
    (sign,) = signs_of(site(state="CA", street=place[0], zip=place[1], phones=()), 1, {})
    assert (sign.kind, sign.evidence["number"]) == (SignKind.LICENSE_EXPIRED, rows[0].number)
    assert kinds(site(state="NV", street=place[0], zip=place[1], phones=())) == []
    running = next(k for k, v in licenses.items() if any(r.expires.year >= 2026 for r in v))
    assert kinds(site(state="CA", street=running[0], zip=running[1], phones=())) == []


def test_a_hundred_listings_were_judged_each_with_a_reason(snapshot) -> None:
    table = judged()
    assert len({row["site"] for row in table}) == 100 and all(row["reason"] for row in table)
    found = scores(lambda i: None if (s := snapshot.site(i)) is None else snapshot.signs(s))
    assert {kind: (s.right, s.wrong, s.missed) for kind, s in found.items()} == {
        SignKind.FAR_NUMBER: (10, 5, 3),
        SignKind.SHARED_NUMBER: (7, 0, 1),
        SignKind.OTHER_WEBSITE: (15, 1, 1),
        SignKind.LICENSE_EXPIRED: (5, 1, 0),
    }


def test_precision_and_recall() -> None:
    assert (SignScore(3, 1, 2, 9).precision, SignScore(3, 1, 2, 9).recall) == (0.75, 0.6)
    assert (SignScore(0, 0, 0, 0).precision, SignScore(0, 0, 0, 0).recall) == (0.0, 0.0)


def test_a_published_listing_says_what_a_person_checked() -> None:
    facts = {
        "phones": FactSource("call-round", TODAY, "asked by telephone"),
        "name": FactSource("visitor-report", TODAY, "reported and confirmed"),
        "website": FactSource("program", TODAY, "said"),
        "address": FactSource("samhsa-su-2024", TODAY, "as published"),
    }
    assert checked_fields(site(facts=facts)) == {"phones": TODAY, "name": TODAY}
