"""A program's page: every fact with its source and date, the intake line first, what comes next."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest
from django.test import Client
from django.utils import translation

from waypost.design.fact_sources import method_words, origins, service_origins
from waypost.directory.site import FactSource, PhoneKind, Survey
from waypost.publishing.reader import Snapshot
from waypost.web.front.quality_words import license_words, measure_words
from waypost.web.programs.facts import fact_rows

pytestmark = pytest.mark.usefixtures("data_dir")


def page_of(site_id: str, prefix: str = "") -> str:
    """The page of a program."""
    return Client().get(f"{prefix}/site/{site_id}").content.decode()


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
                continue
            pointed = re.findall(r'href="#source-(\d+)">source \1</a> · ([\w ]*20\d\d)', answer)
            assert pointed, (site_id, name)
            assert all(f'<li id="source-{n}">' in text for n, _ in pointed)
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
    assert len(re.findall(r'rel="noreferrer nofollow" href="http', text)) == 2


def test_unknown_is_told_apart_from_not_listed(snapshot: Snapshot) -> None:
    site = snapshot.site(snapshot.current_ids()[0])
    assert site is not None
    rows = {r.key: r for r in fact_rows(replace(site, codes=frozenset(), surveys=frozenset()))}
    assert rows["payment"].unknown == "not known: the survey does not ask"
    rows = {r.key: r for r in fact_rows(replace(site, codes=frozenset()))}
    assert rows["payment"].unknown == "none listed"


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
