"""Published prices: CMS's own samples, and every kind of row that is no price of a day."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from parameter_ids import short_id
from waypost.files.archives import BadFile
from waypost.plans.imported import tax_number
from waypost.plans.imports.price_events import PriceReader
from waypost.plans.imports.price_rows import Wanted, cents_of, plain_code, plain_group_id
from waypost.plans.imports.prices import import_prices, read_prices
from waypost.plans.store import PlanStore

DATA = Path(__file__).parent / "data"
TODAY = date(2026, 11, 28)
NPI = "1234567893"
WANTED = Wanted(
    frozenset({NPI}),
    frozenset({"H0015", "S9480", "0905", "0906"}),
    frozenset({"tin:123456789"}),
    frozenset({"H0015", "S9480", "0905", "0906"}),
)


def stated(**changes):
    """One negotiated price as the guide has it."""
    price = {
        "negotiated_type": "negotiated",
        "negotiated_rate": 250.0,
        "expiration_date": "9999-12-31",
        "service_code": ["11"],
        "billing_class": "professional",
        "setting": "outpatient",
    }
    return {key: value for key, value in (price | changes).items() if value is not None}


def item(*prices, group=1, **changes):
    """One billing code with its prices for a group of providers."""
    fields = {
        "negotiation_arrangement": "ffs",
        "name": "Intensive outpatient",
        "billing_code_type": "HCPCS",
        "billing_code_type_version": "2026",
        "billing_code": "H0015",
        "description": "Alcohol and/or drug services",
        "negotiated_rates": [
            {"provider_references": [group], "negotiated_prices": list(prices) or [stated()]}
        ],
    }
    return fields | changes


def in_network(*items, group_id=1, npi=(1234567893,), tin="99-9999999", **head):
    """A whole in-network file."""
    group = {
        "provider_group_id": group_id,
        "network_name": ["Choice"],
        "provider_groups": [{"npi": list(npi), "tin": {"type": "ein", "value": tin}}],
    }
    fields = {
        "reporting_entity_name": "Vandelay Insurance Company",
        "reporting_entity_type": "health insurance issuer",
        "last_updated_on": "2026-11-01",
        "version": "2.0.0",
    }
    return fields | head | {"provider_references": [group], "in_network": list(items)}


def imported(tmp_path, document, **options):
    """The report of an import of one document, and every price that was kept."""
    path = tmp_path / "prices.json"
    path.write_text(document if isinstance(document, str) else json.dumps(document))
    target = tmp_path / "plans.sqlite3"
    report = import_prices(
        path, target, wanted=WANTED, url="", as_of="2026-11-15", today=TODAY, **options
    )
    store = PlanStore(target)
    return report, store.prices(tuple(sorted(WANTED.codes)), TODAY)


def test_a_fee_for_service_price_is_kept_with_its_owner_and_date(tmp_path):
    report, (price,) = imported(tmp_path, in_network(item()))
    assert (price.program, price.code, price.cents, price.kind) == (
        NPI, "H0015", 25_000, "negotiated",
    )  # fmt: skip
    assert price.entity == "Vandelay Insurance Company"
    assert price.file.source.as_of == "2026-11-01"  # the file's own date, not the operator's
    assert (report.rows, report.kept, dict(report.refused)) == (1, 1, {})


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"negotiated_type": "percentage", "negotiated_rate": 60}, "a percentage of the program's"),
        ({"negotiated_type": "derived"}, "for the issuer's own books"),
        ({"negotiated_type": "bundled"}, "the guide does not name"),
        ({"negotiated_type": None}, "the guide does not name"),
        ({"expiration_date": "2025-12-31"}, "has ended"),
        ({"expiration_date": "2026-11-27"}, "has ended"),
        ({"expiration_date": None}, "without a day on which it ends"),
        ({"expiration_date": "soon"}, "without a day on which it ends"),
        ({"negotiated_rate": 0.6}, "a dollar or less"),
        ({"negotiated_rate": 1}, "a dollar or less"),
        ({"negotiated_rate": 0}, "a dollar or less"),
        ({"negotiated_rate": 999999.99}, "a placeholder"),
        ({"negotiated_rate": -5}, "no amount of money"),
        ({"negotiated_rate": "about 250"}, "no amount of money"),
        ({"negotiated_rate": "٢٥٠"}, "no amount of money"),
        ({"negotiated_rate": True}, "no amount of money"),
        ({"negotiated_rate": 1e300}, "no amount of money"),
        ({"negotiated_rate": None}, "no amount of money"),
        ({"setting": "inpatient"}, "for inpatient care"),
        ({"setting": None, "service_code": ["21", 51]}, "for inpatient care"),
        ({"additional_information": "Rate is 60% of billed charges"}, "note calls a percentage"),
        ({"additional_information": "60 PERCENT of charges"}, "note calls a percentage"),
    ],
    ids=short_id,
)
def test_a_price_that_is_no_days_price_is_refused_by_reason(tmp_path, change, reason):
    report, prices = imported(tmp_path, in_network(item(stated(**change))))
    assert prices == ()
    ((refused, times),) = report.refused.items()
    assert reason in refused
    assert (report.kept, times) == (0, 1)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"negotiation_arrangement": "capitation"}, "not for a single service"),
        ({"negotiation_arrangement": "bundle"}, "not for a single service"),
        ({"negotiation_arrangement": ""}, "not for a single service"),
        ({"billing_code_type": "LOCAL"}, "another kind than HCPCS"),
        ({"billing_code_type": "CSTM-ALL"}, "another kind than HCPCS"),
        ({"billing_code_type": "MS-DRG", "billing_code": "905"}, "another kind than HCPCS"),
        ({"billing_code_type": "APC", "billing_code": "0905"}, "another kind than HCPCS"),
    ],
    ids=short_id,
)
def test_an_arrangement_or_code_of_another_kind_is_refused_by_reason(tmp_path, change, reason):
    report, prices = imported(tmp_path, in_network(item(**change)))
    assert prices == ()
    assert [reason in words for words in report.refused] == [True]


def test_keys_may_stand_in_any_order(tmp_path):
    backwards = dict(reversed(item(negotiation_arrangement="capitation").items()))
    report, prices = imported(tmp_path, in_network(backwards))
    assert (prices, report.kept) == ((), 0)
    document = dict(reversed(in_network(item()).items()))
    report, (price,) = imported(tmp_path, document)
    assert price.entity == "Vandelay Insurance Company"  # it stands behind the prices


@pytest.mark.parametrize(
    ("change", "cents"),
    [
        ({"negotiated_rate": "250.00"}, 25_000),
        ({"negotiated_rate": 250}, 25_000),
        ({"negotiated_type": "fee schedule", "negotiated_rate": 199.95}, 19_995),
        ({"negotiated_type": "per diem"}, 25_000),
        ({"negotiated_type": " Negotiated "}, 25_000),
        ({"expiration_date": "2026-11-28"}, 25_000),
        ({"setting": "both"}, 25_000),
        ({"setting": None}, 25_000),
        ({"setting": None, "service_code": ["21", "22"]}, 25_000),
        ({"setting": None, "service_code": ["CSTM-00"]}, 25_000),
        ({"additional_information": "By the day"}, 25_000),
    ],
    ids=short_id,
)
def test_amounts_in_dollars_that_hold_today_are_kept(tmp_path, change, cents):
    report, (price,) = imported(tmp_path, in_network(item(stated(**change))))
    assert price.cents == cents
    assert dict(report.refused) == {}


@pytest.mark.parametrize("ends", ["2026-12-31", "20261231", " 2026-12-31 "])
def test_a_price_ends_on_its_day_without_a_new_import(tmp_path, ends):
    imported(tmp_path, in_network(item(stated(expiration_date=ends))))
    store = PlanStore(tmp_path / "plans.sqlite3")
    assert store.prices(("H0015",), date(2026, 12, 31))
    assert store.prices(("H0015",), date(2027, 1, 1)) == ()


@pytest.mark.parametrize(
    ("defined", "referred"),
    [(1, 1), ("1", 1), (1, "1"), ("1", "1"), (1.0, "1"), ("7.1", 7.1), ("a7", "a7")],
    ids=short_id,
)
def test_a_groups_id_is_the_same_as_text_and_as_number(tmp_path, defined, referred):
    document = in_network(item(group=referred), group_id=defined)
    _report, prices = imported(tmp_path, document)
    assert [price.cents for price in prices] == [25_000]


def test_another_groups_id_is_another(tmp_path):
    assert imported(tmp_path, in_network(item(group="11"), group_id=1))[1] == ()


@pytest.mark.parametrize(
    "changes",
    [
        {"npi": (), "tin": "12-3456789"},
        {"npi": (0,), "tin": "123456789"},
        {"npi": (0,), "tin": 123456789},
        {"npi": (1999999999,), "tin": "12-3456789"},
    ],
    ids=["none", "all of them", "as number", "others"],
)
def test_a_tax_id_counts_without_an_npi(tmp_path, changes):
    _report, (price,) = imported(tmp_path, in_network(item(), **changes))
    assert price.program == "tin:123456789"
    store = PlanStore(tmp_path / "plans.sqlite3")
    assert store.prices(("H0015",), TODAY, programs=("tin:123456789",))
    assert store.prices(("H0015",), TODAY, programs=("tin:999999999", NPI)) == ()


@pytest.mark.parametrize("npi", [int(NPI), NPI, float(NPI)], ids=["number", "text", "a point"])
@pytest.mark.parametrize("in_a_list", [True, False])
def test_an_npi_counts_however_it_is_written(tmp_path, npi, in_a_list):
    document = in_network(item(), npi=(npi,))
    if not in_a_list:
        document["provider_references"][0]["provider_groups"][0]["npi"] = npi
    _report, (price,) = imported(tmp_path, document)
    assert price.program == NPI


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12-3456789", "tin:123456789"), (" 12 3456789", "tin:123456789"), ("12345678", "tin:012345678"),
        ("1234567893", "1234567893"), ("", ""), ("private", ""), ("123456", ""),
        ("12345678901", ""), ("１２３４５６７８９", ""),
    ],
)  # fmt: skip
def test_tax_ids_are_nine_digits_and_ten_are_an_npi(text, number):
    assert tax_number(text) == number


def test_revenue_codes_have_three_digits_or_four(tmp_path):
    rows = [item(billing_code=code, billing_code_type="RC") for code in ("905", "0906")]
    _report, prices = imported(tmp_path, in_network(*rows))
    assert [price.code for price in prices] == ["0905", "0906"]
    assert plain_code(" h0015 ") == "H0015"


def test_a_code_with_a_modifier_says_so(tmp_path):
    price = stated(billing_code_modifier=["HF", "95"])
    _report, (kept,) = imported(tmp_path, in_network(item(price)))
    assert kept.modifiers == "HF, 95"


def test_the_owner_is_the_entity_with_its_plans(tmp_path):
    document = in_network(
        item(), issuer_name="Vandelay Health", plan_name="Gold", plan_id_type="HIOS",
        plan_id="12345TX0010", plan_market_type="individual",
    )  # fmt: skip
    _report, (price,) = imported(tmp_path, document, plans={"99999TX0020001"})
    assert set(price.file.issuers) == {"Vandelay Insurance Company", "Vandelay Health"}
    assert set(price.file.plans) == {"12345TX0010", "99999TX0020001"}


def test_an_employers_tax_number_is_no_plan(tmp_path):
    document = in_network(item(), plan_name="Gold", plan_id_type="ein", plan_id="12345TX00")
    _report, (price,) = imported(tmp_path, document)
    assert price.file.plans == ()


def test_a_newer_file_of_the_same_plans_replaces_the_older(tmp_path):
    imported(tmp_path, in_network(item()))
    _report, prices = imported(tmp_path, in_network(item(stated(negotiated_rate=300))))
    assert [price.cents for price in prices] == [30_000]
    other = in_network(item(), reporting_entity_name="Kramerica")
    _report, prices = imported(tmp_path, other)
    assert sorted(price.cents for price in prices) == [25_000, 30_000]


def plain_prices(document, wanted):
    """The slow twin: the whole document in memory, walked in the obvious way."""
    groups = {}
    for reference in document.get("provider_references", []):
        numbers = set()
        for group in reference.get("provider_groups", []):
            numbers |= numbers_of(group, wanted)
        groups[str(reference["provider_group_id"])] = numbers
    found = set()
    for row in document["in_network"]:
        if row["billing_code"] not in wanted.codes:
            continue
        for rate in row["negotiated_rates"]:
            references = map(str, rate.get("provider_references", []))
            numbers = set().union(*(groups.get(k, set()) for k in references))
            for group in rate.get("provider_groups", []):
                numbers |= numbers_of(group, wanted)
            for price in rate["negotiated_prices"]:
                found |= {
                    (n, row["billing_code"], row["negotiation_arrangement"],
                     price["negotiated_type"], price["negotiated_rate"])
                    for n in numbers
                }  # fmt: skip
    return found


def numbers_of(group, wanted):
    numbers = {str(n) for n in group["npi"]} & wanted.npis
    return numbers | ({tax_number(group["tin"]["value"])} & (wanted.tax_ids | wanted.npis))


@pytest.mark.parametrize("path", sorted((DATA / "tic").glob("*.json")), ids=lambda p: p.name)
@pytest.mark.parametrize("reverse", [False, True])
def test_the_public_samples_agree_with_the_slow_twin(tmp_path, path, reverse):
    document = json.loads(path.read_text("utf-8"))
    if reverse:  # prices before the groups that they refer to
        document = dict(reversed(document.items()))
    codes = frozenset(row["billing_code"] for row in document["in_network"])
    wanted = Wanted(
        frozenset({"1111111111", "5555555555", "1234567890"}), codes, frozenset({"tin:111111111"})
    )
    source = tmp_path / "prices.json"
    source.write_text(json.dumps(document, indent=1))
    rows = list(read_prices(source, PriceReader(wanted)))
    read = {
        (r.number, r.code, r.arrangement, r.price.negotiated_type, float(r.price.negotiated_rate))
        for r in rows
    }
    assert read == plain_prices(document, wanted)
    assert read


@pytest.mark.parametrize(
    "text", ["", "{", '{"in_network":[{"billing_code"', "nope", '{"a":1e+}', "[" * 200_000],
    ids=["empty", "cut", "cut in a key", "a word", "no number", "deep"],
)  # fmt: skip
def test_a_price_file_that_is_none_is_refused(tmp_path, text):
    with pytest.raises(BadFile):
        imported(tmp_path, text)
    assert not (tmp_path / "plans.sqlite3").exists()


@pytest.mark.parametrize(
    "number", ["9223372036854775808", "-1e999", "1e400", f"{10**40}", "7e-999"]
)
@pytest.mark.parametrize("key", ["negotiated_rate", "expiration_date", "billing_class"])
def test_a_number_beyond_any_bound_is_one_rows_fault(tmp_path, key, number):
    many = [item(stated(negotiated_rate=200 + n)) for n in range(60)]  # more than one piece of it
    document = json.dumps(in_network(*many, item(stated(**{key: "HERE"})), item(stated())))
    report, kept = imported(tmp_path, document.replace('"HERE"', number))
    assert report.rows == 62
    assert report.refused.total() == (key != "billing_class")
    assert {200_00, 250_00, 259_00} <= {price.cents for price in kept}


def test_an_id_of_a_group_beyond_any_bound_is_still_its_own(tmp_path):
    report, (price,) = imported(tmp_path, in_network(item(group=2**70), group_id=2**70))
    assert (report.kept, price.cents) == (1, 25_000)


def test_a_byte_order_mark_is_passed_over(tmp_path):
    report, (price,) = imported(tmp_path, "\ufeff" + json.dumps(in_network(item())))
    assert (report.kept, price.cents) == (1, 25_000)


def test_groups_in_another_file_are_said_and_not_fetched(tmp_path):
    elsewhere = {"provider_group_id": 1, "location": "http://169.254.169.254/latest"}
    report, _prices = imported(tmp_path, {"provider_references": [elsewhere], "in_network": []})
    assert "another file" in next(iter(report.refused))


def test_numbers_are_read_exactly_or_not_at_all():
    assert cents_of(123.45) == cents_of("123.45") == 12_345
    assert cents_of(0.1) == 10
    for amount in ("1e3", "NaN", "-5", "1,000", "", [250], None, float("inf")):
        assert cents_of(amount) is None
    assert plain_group_id(None) == (None,)
    assert 1 in plain_group_id("1")
