"""Provider files: CMS's own sample, odd entries, and files that mean harm."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from parameter_ids import short_id
from waypost.files.archives import BadFile
from waypost.plans.imports.providers import import_providers
from waypost.plans.store import PlanStore

DATA = Path(__file__).parent / "data"
SAMPLE_PLAN = "12345XX9876543"


NPI = "1234567893"


def providers(tmp_path, source, as_of="2026-03-01"):
    target = tmp_path / "plans.sqlite3"
    report = import_providers(
        source, target, npis=(NPI,), issuer="Vandelay", url="https://example.org", as_of=as_of
    )
    return report, PlanStore(target)


def one_provider(tmp_path, *plans, name="providers.json"):
    path = tmp_path / name
    path.write_text(json.dumps([{"npi": NPI, "plans": list(plans)}]))
    return path


def test_the_public_sample_joins_npi_and_plan(tmp_path):
    report, store = providers(tmp_path, DATA / "qhp" / "providers.json")
    assert report.rows == len(json.loads((DATA / "qhp" / "providers.json").read_text()))
    look = store.network(SAMPLE_PLAN + "-01", [NPI], 2020)
    assert look.tier == "NON-PREFERRED, PREFERRED"  # it stands in the sample in both tiers
    assert look.source.as_of == "2026-03-01"
    assert store.network(SAMPLE_PLAN + "-01", ["1999999999"], 2020).tier == ""
    assert store.network("99999XX0000000-01", [NPI], 2020) is None
    assert (
        store.network(SAMPLE_PLAN + "-01", [NPI], 2026) is None
    )  # the sample speaks of 2019, 2020


@pytest.mark.parametrize(
    "text", ["", "{", "[{]", '{"npi": 1}x', '[{"npi": "1", "plans": [', "[" * 100_000, "<html>"]
)
def test_a_provider_file_that_is_none_is_refused(tmp_path, text):
    path = tmp_path / "providers.json"
    path.write_text(text)
    with pytest.raises(BadFile):
        providers(tmp_path, path)
    assert not (tmp_path / "plans.sqlite3").exists()


def test_odd_entries_are_counted_and_passed_over(tmp_path):
    path = tmp_path / "providers.json"
    odd = [
        7,
        {"npi": "1"},
        {"npi": NPI, "plans": [{"plan_id": "short", "years": [2026]}, "x"]},
        {"npi": 1234567893, "plans": [{"plan_id": SAMPLE_PLAN, "years": [2026]}]},
    ]
    path.write_text(json.dumps(odd))
    report, store = providers(tmp_path, path)
    assert sum(report.refused.values()) == 3  # no provider, no plans, and a plan id too short
    assert store.network(SAMPLE_PLAN, [NPI], 2026).tier == "in network"


@pytest.mark.parametrize(
    ("years", "known"),
    [
        ([2026], [2026]),
        (["2026"], [2026]),
        (["2025", 2026], [2025, 2026]),
        ([" 2026 "], [2026]),
        (2026, [2026]),
        ("2026", [2026]),
    ],
    ids=["number", "in quotes", "both", "blanks", "no list", "no list, in quotes"],
)
def test_years_are_read_in_quotes_or_not(tmp_path, years, known):
    path = one_provider(tmp_path, {"plan_id": SAMPLE_PLAN, "years": years})
    report, store = providers(tmp_path, path)
    assert dict(report.refused) == {}
    for year in (2024, 2025, 2026, 2027):
        look = store.network(SAMPLE_PLAN, [NPI], year)
        assert (look is not None and look.tier != "") == (year in known)


@pytest.mark.parametrize(
    "years",
    [None, [], "all", ["2025", "later"], [20.26], [True], [202], ["２０２６"], [9999], [[2026]]],
    ids=["missing", "none", "a word", "one of two", "a part", "a truth", "three digits",
         "another script", "far away", "a list in a list"],
)  # fmt: skip
def test_years_that_cannot_be_read_refuse_the_row_and_never_widen_it(tmp_path, years):
    plan = {"plan_id": SAMPLE_PLAN} | ({} if years is None else {"years": years})
    good = {"plan_id": "12345XX9876542", "years": [2026]}
    report, store = providers(tmp_path, one_provider(tmp_path, plan, good))
    assert report.refused["a plan whose years are missing or cannot be read"] == 1
    assert report.kept == 1
    for year in (2024, 2025, 2026):
        assert store.network(SAMPLE_PLAN, [NPI], year) is None
    assert store.network("12345XX9876542", [NPI], 2026).tier


@pytest.mark.parametrize(
    ("tier", "said"),
    [
        ("PREFERRED", "PREFERRED"),
        ("NON-PREFERRED", "NON-PREFERRED"),
        ("Nonpreferred", "Nonpreferred"),
        ("Tier 2", "Tier 2"),
        ("", "in network"),
        (None, "in network"),
        (["PREFERRED", "TIER-1"], "PREFERRED TIER-1"),
        ("OUT-OF-NETWORK", ""),
        ("out_of_network", ""),
        ("OON", ""),
        ("Non-participating", ""),
        ("NONPAR", ""),
        ("Not in network", ""),
        ("TERMINATED", ""),
        (["PREFERRED", "OUT OF NETWORK"], ""),
    ],
    ids=short_id,
)
def test_a_tier_outside_the_network_is_not_in_it(tmp_path, tier, said):
    plan = {"plan_id": SAMPLE_PLAN, "years": [2026], "network_tier": tier}
    report, store = providers(tmp_path, one_provider(tmp_path, plan))
    assert store.network(SAMPLE_PLAN, [NPI], 2026).tier == said
    assert bool(report.refused) is (said == "")


def test_an_npi_with_a_point_is_that_npi(tmp_path):
    path = tmp_path / "providers.json"
    plan = {"plan_id": SAMPLE_PLAN, "years": [2026]}
    path.write_text(json.dumps([{"npi": float(NPI), "plans": [plan]}]))
    _report, store = providers(tmp_path, path)
    assert store.network(SAMPLE_PLAN, [NPI], 2026).tier == "in network"


def test_a_newer_file_that_drops_a_program_is_believed(tmp_path):
    plan = {"plan_id": SAMPLE_PLAN, "years": [2026]}
    providers(tmp_path, one_provider(tmp_path, plan))
    newer = tmp_path / "newer.json"
    newer.write_text(json.dumps([{"npi": "1999999999", "plans": [plan]}]))
    _report, store = providers(tmp_path, newer, as_of="2026-04-01")
    assert store.network(SAMPLE_PLAN, [NPI], 2026).tier == ""


def test_the_parts_of_one_edition_are_read_together(tmp_path):
    plan = {"plan_id": SAMPLE_PLAN, "years": [2026]}
    providers(tmp_path, one_provider(tmp_path, plan))
    second = tmp_path / "part2.json"
    second.write_text(json.dumps([{"npi": "1999999999", "plans": [plan]}]))
    _report, store = providers(tmp_path, second)
    assert store.network(SAMPLE_PLAN, [NPI], 2026).tier == "in network"
