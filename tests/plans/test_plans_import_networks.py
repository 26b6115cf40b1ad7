"""Provider files and published prices: CMS's own samples, and files that mean harm."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from waypost.plans.imports.files import BadFile
from waypost.plans.imports.price_events import PriceReader, Wanted
from waypost.plans.imports.prices import import_prices, read_prices
from waypost.plans.imports.providers import import_providers
from waypost.plans.store import PlanStore

DATA = Path(__file__).parent / "data"
FEE_FOR_SERVICE = DATA / "tic" / "in-network-rates-fee-for-service-single-plan-sample.json"
SAMPLE_PLAN = "12345XX9876543"


def providers(tmp_path, source, npis=("1234567893",)):
    target = tmp_path / "plans.sqlite3"
    report = import_providers(
        source, target, npis=npis, issuer="Vandelay", url="https://example.org", as_of="2026-03-01"
    )
    return report, PlanStore(target)


def test_the_public_sample_joins_npi_and_plan(tmp_path):
    report, store = providers(tmp_path, DATA / "qhp" / "providers.json")
    assert report.rows == len(json.loads((DATA / "qhp" / "providers.json").read_text()))
    look = store.network(SAMPLE_PLAN + "-01", ["1234567893"])
    assert look.tier
    assert look.source.as_of == "2026-03-01"
    assert store.network(SAMPLE_PLAN + "-01", ["1999999999"]).tier == ""
    assert store.network("99999XX0000000-01", ["1234567893"]) is None


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
        {"npi": "1234567893", "plans": [{"plan_id": "short"}, "x"]},
        {"npi": 1234567893, "plans": [{"plan_id": SAMPLE_PLAN, "years": "all"}]},
    ]
    path.write_text(json.dumps(odd))
    report, store = providers(tmp_path, path)
    assert sum(report.refused.values()) == 3  # no provider, no plans, and a plan id too short
    assert store.network(SAMPLE_PLAN, ["1234567893"]).tier == "in network"


def plain_prices(document, wanted):
    """The slow twin: the whole document in memory, walked in the obvious way."""
    groups = {}
    for ref in document.get("provider_references", []):
        npis = set()
        for group in ref.get("provider_groups", []):
            npis |= {str(n) for n in group["npi"]} & wanted.npis
            npis |= wanted.tins.get(group["tin"]["value"].replace("-", ""), frozenset())
        groups[ref["provider_group_id"]] = npis
    found = set()
    for item in document["in_network"]:
        if item["billing_code"] not in wanted.codes:
            continue
        for rate in item["negotiated_rates"]:
            npis = set().union(*(groups.get(k, set()) for k in rate.get("provider_references", [])))
            for group in rate.get("provider_groups", []):
                npis |= {str(n) for n in group["npi"]} & wanted.npis
                npis |= wanted.tins.get(group["tin"]["value"].replace("-", ""), frozenset())
            for price in rate["negotiated_prices"]:
                found |= {(n, item["billing_code"], price["negotiated_rate"]) for n in npis}
    return found


@pytest.mark.parametrize("path", sorted((DATA / "tic").glob("*.json")), ids=lambda p: p.name)
@pytest.mark.parametrize("reverse", [False, True])
def test_the_public_samples_agree_with_the_slow_twin(tmp_path, path, reverse):
    document = json.loads(path.read_text("utf-8"))
    if reverse:  # prices before the groups that they refer to
        document = dict(reversed(document.items()))
    codes = frozenset(item["billing_code"] for item in document["in_network"])
    wanted = Wanted(
        frozenset({"1111111111", "5555555555", "1234567890"}),
        codes,
        {"111111111": frozenset({"1000000004"})},
    )
    source = tmp_path / "prices.json"
    source.write_text(json.dumps(document, indent=1))
    read = list(read_prices(source, PriceReader(wanted)))
    found = {(npi, code, float(amount)) for npi, code, amount, _network, _kind in read}
    assert found == plain_prices(document, wanted)
    assert found or "no-npi" in path.name


def test_a_price_is_imported_with_its_network(tmp_path):
    target = tmp_path / "plans.sqlite3"
    wanted = Wanted(frozenset({"1111111111"}), frozenset({"27447"}))
    report = import_prices(
        FEE_FOR_SERVICE, target, wanted=wanted, url="https://example.org", as_of="2020-08-27"
    )
    prices = PlanStore(target).prices(["1111111111"], ["27447"])
    assert [p.cents for p in prices] == [12_045, 12_345, 123_045]
    assert prices[0].entity == "medicare"
    assert report.kept == 3
    assert PlanStore(target).prices(["1111111111"], ["99999"]) == ()


@pytest.mark.parametrize(
    "text", ["", "{", '{"in_network":[{"billing_code"', "nope", '{"a":1e400}', "[" * 200_000]
)
def test_a_price_file_that_is_none_is_refused(tmp_path, text):
    path = tmp_path / "prices.json"
    path.write_text(text)
    wanted = Wanted(frozenset({"1"}), frozenset({"H0015"}))
    with pytest.raises(BadFile):
        import_prices(path, tmp_path / "plans.sqlite3", wanted=wanted, url="", as_of="2026")
    assert not (tmp_path / "plans.sqlite3").exists()


@pytest.mark.parametrize("amount", ["-5", "0", "1e300", '"250"', "99999999999999"])
def test_a_price_that_is_no_money_is_refused_by_name(tmp_path, amount):
    path = tmp_path / "prices.json"
    path.write_text(
        '{"in_network":[{"billing_code":"H0015","negotiated_rates":[{"provider_groups":'
        '[{"npi":[1111111111],"tin":{"type":"ein","value":"1"}}],"negotiated_prices":'
        f'[{{"negotiated_rate":{amount}}}]}}]}}]}}'
    )
    wanted = Wanted(frozenset({"1111111111"}), frozenset({"H0015"}))
    report = import_prices(path, tmp_path / "p.sqlite3", wanted=wanted, url="", as_of="2026")
    assert report.kept == 0
    assert sum(report.refused.values()) == 1


def test_groups_in_another_file_are_said_and_not_fetched(tmp_path):
    path = tmp_path / "prices.json"
    elsewhere = {"provider_group_id": 1, "location": "http://169.254.169.254/latest"}
    path.write_text(json.dumps({"provider_references": [elsewhere], "in_network": []}))
    wanted = Wanted(frozenset({"1"}), frozenset({"H0015"}))
    report = import_prices(path, tmp_path / "p.sqlite3", wanted=wanted, url="", as_of="2026")
    assert "another file" in next(iter(report.refused))
