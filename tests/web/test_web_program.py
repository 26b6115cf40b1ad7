"""A program's page: every fact with its source and date, the intake line first, what comes next."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest
from django.test import Client
from django.utils import translation

from waypost.design.fact_sources import method_words, origins, service_origins
from waypost.directory import phone_places
from waypost.directory.phone_places import far_state, is_toll_free
from waypost.directory.site import FactSource, PhoneKind, Survey
from waypost.places.states import STATE_NAMES
from waypost.publishing.reader import Snapshot
from waypost.values.geo import Point
from waypost.web.front.quality_words import license_words, measure_words
from waypost.web.programs.facts import fact_rows

pytestmark = pytest.mark.usefixtures("data_dir")


OF_A_FIELD = {"Name", "Address", "Telephone", "Place on the map", "Website"}


def page_of(site_id: str, prefix: str = "") -> str:
    """The page of a program."""
    text = Client().get(f"{prefix}/site/{site_id}").content.decode()
    return " ".join(text.split())  # however the template breaks its lines


@pytest.fixture
def iops(snapshot: Snapshot) -> list[str]:
    """Programs of one county, of every kind."""
    return snapshot.ids_in_county("48453")


def test_every_fact_points_to_a_source_with_a_date(snapshot: Snapshot, iops: list[str]) -> None:
    for site_id in iops[:40]:
        site = snapshot.site(site_id)
        assert site is not None
        if not site.current:
            continue
        text = page_of(site_id)
        facts = re.findall(r"<div><dt>([^<]+)</dt><dd>(.*?)</dd></div>", text, re.S)
        assert len(facts) > 20
        for name, answer in facts:
            if name == "Days and hours":
                assert "no public source" in answer
            if name not in OF_A_FIELD:
                continue
            pointed = re.findall(r'href="#source-(\d+)">source \1</a> · ([\w ]*20\d\d)', answer)
            assert pointed, (site_id, name)
            assert all(f'<li id="source-{n}">' in text for n, _ in pointed)
        said = re.search(
            r"All of this:(.*?)</p>", text, re.S
        )  # what it offers names its source once
        assert said and re.search(r'href="#source-(\d+)">source \1</a> · ([\w ]*20\d\d)', said[1])
        assert "source not recorded" not in text


def test_a_mental_health_site_names_its_survey(snapshot: Snapshot) -> None:
    some = (snapshot.site(i) for i in snapshot.current_ids())
    site = next(s for s in some if s and s.surveys == frozenset({Survey.MENTAL_HEALTH}))
    assert "source not recorded" not in page_of(site.id)


def test_two_sources_of_services_are_both_named(snapshot: Snapshot) -> None:
    site = snapshot.site(snapshot.current_ids()[0])
    assert site is not None
    first = FactSource("samhsa-2024", date(2023, 12, 31), "as published")
    other = FactSource("locator-tx-2023", date(2023, 6, 30), "locator export")
    both = replace(site, facts={"services": first, "services:MH": other})
    found = service_origins(origins(both, snapshot.manifest))
    assert [o.number for o in found] == [1, 2] and found[1].when == "June 2023"
    same = replace(site, facts={"services": first, "services:MH": first})
    assert len(service_origins(origins(same, snapshot.manifest))) == 1


def test_the_intake_line_comes_first(snapshot: Snapshot, iops: list[str]) -> None:
    seen = 0
    for site_id in iops:
        site = snapshot.site(site_id)
        if (
            site is None
            or len(site.phones) < 2
            or PhoneKind.INTAKE not in {p.kind for p in site.phones}
        ):
            continue
        seen += 1
        first = re.search(r'<ul class="lines">\s*<li><span class="what">([^<]+)', page_of(site_id))
        assert first and first[1] == "Intake: to start or to ask"
    assert seen


def test_the_page_says_what_to_ask_to_bring_and_what_a_report_does(iops: list[str]) -> None:
    text = page_of(iops[0])
    for words in ("What to ask when you call", "What to bring to the first visit",
                  "Other intensive outpatient programs nearby", "Report a problem with this listing",
                  "A person reads every report"):  # fmt: skip
        assert words in text
    form = Client().get(f"/site/{iops[0]}/report").content.decode()
    assert "What happens next" in form and "stored for review" in form


def test_directions_and_website_are_links_that_a_person_follows(snapshot: Snapshot) -> None:
    sites = (snapshot.site(i) for i in snapshot.current_ids())
    site = next(s for s in sites if s and s.exact and s.website)
    text = page_of(site.id)
    assert f'href="geo:{site.point.lat},{site.point.lon}"' in text
    assert "https://www.openstreetmap.org/directions?to=" in text
    assert len(re.findall(r'rel="noreferrer nofollow" href="http', text)) == 4
    assert re.search(r'class="button quiet touch" href="geo:', text)  # shown to touch screens alone


def test_unknown_is_told_apart_from_not_listed(snapshot: Snapshot) -> None:
    site = snapshot.site(snapshot.current_ids()[0])
    assert site is not None
    rows = {
        r.key: r
        for r in fact_rows(replace(site, codes=frozenset(), surveys=frozenset()), date(2026, 12, 1))
    }
    assert rows["payment"].unknown == "not asked by the survey: ask"
    rows = {r.key: r for r in fact_rows(replace(site, codes=frozenset()), date(2026, 12, 1))}
    assert rows["payment"].unknown == "none listed: ask"


def test_every_method_license_and_measure_has_words(snapshot: Snapshot) -> None:
    methods = {row[0] for row in snapshot._rows("SELECT DISTINCT method FROM claim")}
    with translation.override("es"):
        assert not [m for m in methods if method_words(m) == m]
        assert not [
            s.license
            for s in snapshot.manifest.sources
            if license_words(s.license) == s.license and s.license.startswith("public")
        ]
        assert not [n for n, _ in snapshot.manifest.quality_rows() if measure_words(n) == n]


def test_the_first_lines_decide(snapshot: Snapshot, iops: list[str]) -> None:
    for site_id in iops[:12]:
        site = snapshot.site(site_id)
        assert site is not None
        text = Client().get(f"/site/{site_id}?near=78701&age=16&language=sign").content.decode()
        lines = dict(re.findall(r'<li class="\w+">([^:<]+): <b>([^<]+)</b>', text))
        assert list(lines)[:2] == ["Under 18", "Sign language"]
        for name, code in (
            ("Medicaid", "MD"),
            ("Under 18", "CHLD"),
            ("Spanish", "SP"),
            ("Telehealth", "TELE"),
        ):
            assert lines[name] == ("yes" if code in site.codes else "not listed"), (site_id, name)
        assert lines["Days and hours"] == "ask"
        assert text.index('class="decides"') < text.index('id="reach"')


@pytest.mark.parametrize(
    ("number", "state", "point", "told"),
    [
        ("+17609944990", "TX", Point(30.27, -97.74), "CA"), ("+15125550100", "TX", Point(30.27, -97.74), ""),
        ("+15755550100", "TX", Point(31.76, -106.49), ""), ("+12015550100", "NY", Point(40.76, -73.98), ""),
        ("+18005550100", "TX", Point(30.27, -97.74), ""), ("+19075550100", "HI", Point(21.3, -157.9), "AK"),
    ],
)  # fmt: skip
def test_a_number_of_a_state_far_away_is_pointed_out(
    number: str, state: str, point: Point, told: str
) -> None:
    assert far_state(number, state, point) == told


def test_every_states_area_codes_are_known() -> None:
    known = set(phone_places._states().values())
    assert set(STATE_NAMES) - known <= {"FM", "MH", "PW"}
    assert far_state("+99", "TX", Point(30, -97)) == "" and not is_toll_free("+15125550100")


def test_a_line_that_many_programs_share_is_pointed_out(snapshot: Snapshot) -> None:
    shared = {n: many for n, many in snapshot._shared_phones.items() if is_toll_free(n)}
    assert shared and min(shared.values()) >= 5
    sites = (snapshot.site(i) for i in snapshot.current_ids())
    site = next(s for s in sites if s and s.phones and s.phones[0].e164 in shared)
    others = shared[site.phones[0].e164] - 1
    assert f"{others} programs with other names publish this number too" in page_of(site.id)


def test_an_address_kept_private_is_said_and_never_shown_as_a_dash(snapshot: Snapshot) -> None:
    sites = snapshot.sites(range(snapshot.index.size))
    private = [site for site in sites if not site.street]
    assert len(private) == 849 and not any(site.exact or site.street2 for site in private)
    site = next(s for s in private if s.state == "AL")
    for path in (
        f"/site/{site.id}",
        f"/shortlist?site={site.id}",
        f"/find?q={site.name}&level=any",
    ):
        text = Client().get(path).content.decode()
        assert "Address kept private; ask when you call" in text, path
        assert f">, {site.city}" not in text and "- - -" not in text, path
        assert "streetAddress" not in text, path
    assert "Dirección reservada; pregunte al llamar" in page_of(site.id, "/es")


def test_a_street_with_an_approximate_point_says_so_of_the_point(snapshot: Snapshot) -> None:
    sites = snapshot.sites(range(snapshot.index.size))
    site = next(s for s in sites if s.street and not s.exact)
    text = page_of(site.id)
    assert site.street in text
    assert "The map point is approximate, and so are distances to it." in text
    assert "exact spot" not in text and "only the ZIP" not in text


@pytest.mark.parametrize(
    "method",
    [
        "where people of the ZIP live",
        "lists disagree, nearest to the ZIP",
        "other lists put it elsewhere",
        "far from its ZIP and town",
        "listed elsewhere",
    ],
)
def test_every_way_to_a_point_is_said_in_spanish_too(method: str) -> None:
    with translation.override("es"):
        assert method_words(method) != method
