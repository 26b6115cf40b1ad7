"""Files that an operator names: told apart by what is in them, state exchanges' archives too."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from archives import Archive
from waypost.files.archives import BadFile
from waypost.plans.imports.files import ArchiveMember
from waypost.plans.imports.price_rows import Wanted
from waypost.plans.imports.taking import FileKind, Terms, kind_of, marketplace_files, take
from waypost.plans.store import PlanStore
from waypost.values.level_of_care import LevelOfCare

DATA = Path(__file__).parent / "data"
TIC = DATA / "tic" / "in-network-rates-fee-for-service-single-plan-sample.json"
PLAN = "12345CA0010001-01"
OFFICE = "Substance Abuse Disorder Outpatient Services"
TERMS = Terms(
    "2026-03-01",
    2026,
    date(2026, 11, 28),
    Wanted(frozenset({"1234567893", "1111111111"}), frozenset({"H0015"})),
)


@pytest.fixture
def exchange(tmp_path, made_up):
    """A state exchange's archive: all tables of one year in one zip, premiums too."""
    made_up.write_csv(tmp_path / "b.csv", made_up.HEADER, [
        made_up.benefit_row(PLAN, OFFICE, "$30.00", CopayInnTier2="$60.00"),
    ])  # fmt: skip
    made_up.write_csv(
        tmp_path / "p.csv",
        made_up.PLAN_HEADER,
        [made_up.plan_row(PLAN, NetworkId="CAN001", ServiceAreaId="CAS001")],
    )
    tables = {
        "CA/Benefits_and_Cost_Sharing_PUF.csv": (tmp_path / "b.csv").read_text(),
        "CA/Plan_Attributes_PUF.csv": (tmp_path / "p.csv").read_text(),
        "CA/Rate_PUF.csv": "BusinessYear\n2026\n",
        "CA/Network_PUF.csv": "IssuerId,NetworkId,NetworkName,NetworkURL\n"
        "12345,CAN001,Vandelay Choice,https://www.vandelay.co/doctors\n",
        "CA/Service_Area_PUF.csv": "IssuerId,ServiceAreaId,StateCode,County,CoverEntireState\n"
        "12345,CAS001,CA,6037,No\n",
        "readme.md": "no table",
    }
    path = tmp_path / "californiasbepuf2026.zip"
    with Archive(path, "w") as archive:
        for name, text in tables.items():
            archive.writestr(name, text)
    return path


def test_a_state_exchanges_archive_is_one_import(tmp_path, exchange):
    target = tmp_path / "plans.sqlite3"
    ((words, report),) = take([exchange], target, TERMS)
    assert "marketplace plans" in words
    assert (report.kept, dict(report.refused)) == (1, {})
    store = PlanStore(target)
    plan = store.plan(PLAN, LevelOfCare.IOP)
    assert plan.source.title.endswith("plan year 2026")
    assert (plan.network_name, plan.network_url) == (
        "Vandelay Choice",
        "https://www.vandelay.co/doctors",
    )
    assert plan.second_tier == ("$60.00",)
    assert plan.outside_words == ("100.00%",)
    # the county's code has lost its zero in the file, as spreadsheets do
    assert store.serves(PLAN, "CA", "06037") is True
    assert store.serves(PLAN, "CA", "06001") is False
    assert store.serves("99999CA0010001-01", "CA", "06037") is None


def test_a_newer_import_replaces_an_issuers_areas(tmp_path, exchange):
    target = tmp_path / "plans.sqlite3"
    list(take([exchange], target, TERMS))
    area = tmp_path / "Service_Area_PUF.csv"
    area.write_text(
        "IssuerId,ServiceAreaId,StateCode,County,CoverEntireState\n12345,CAS001,CA,,Yes\n"
    )
    benefits, plans = tmp_path / "benefits.csv", tmp_path / "plan_attributes.csv"
    shutil.copy(tmp_path / "b.csv", benefits)
    shutil.copy(tmp_path / "p.csv", plans)
    list(take([benefits, plans, area], target, TERMS))
    assert PlanStore(target).serves(PLAN, "CA", "06001") is True


def test_kinds_are_told_by_what_is_inside(tmp_path, exchange, made_up):
    package = tmp_path / "x.zip"
    with Archive(package, "w") as archive:
        archive.writestr("pbp_b5_partial_hosp.txt", "a\tb\r\n")
        archive.writestr("pbp_Section_A.txt", "a\tb\r\n")
    assert kind_of(package) is FileKind.PACKAGE
    assert kind_of(exchange) is FileKind.MARKETPLACE
    assert kind_of(TIC) is FileKind.PRICES
    assert kind_of(DATA / "qhp" / "providers.json") is FileKind.PROVIDERS
    assert kind_of(DATA / "puf_benefits_2014_2016.csv.gz") is FileKind.MARKETPLACE


def test_several_files_in_one_call_each_have_a_report(tmp_path):
    target = tmp_path / "plans.sqlite3"
    sample = tmp_path / "benefits.csv.gz"
    shutil.copy(DATA / "puf_benefits_2014_2016.csv.gz", sample)
    told = dict(take([DATA / "qhp" / "providers.json", TIC, sample], target, TERMS))
    assert len(told) == 3
    assert all(report.rows for report in told.values())


def test_files_are_told_apart_by_their_names(tmp_path):
    files = marketplace_files([Path("Plan_Attributes_PUF.csv"), Path("benefits-and-cost.zip")])
    assert files.attributes.name == "Plan_Attributes_PUF.csv"
    archive = Path("state.zip")
    inside = marketplace_files(
        [ArchiveMember(archive, "x/Benefits PUF.csv"), ArchiveMember(archive, "rates.csv")]
    )
    assert inside.benefits.name == "x/Benefits PUF.csv"
    for names in (["x.csv"], ["network.csv"], ["benefits.csv", "benefits2.csv"]):
        with pytest.raises(BadFile):
            marketplace_files([Path(name) for name in names])
