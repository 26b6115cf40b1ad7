"""Plan benefit packages: the fields for intensive outpatient services take the stand-in's place."""

from __future__ import annotations

from datetime import date

import pytest

from archives import Archive
from waypost.coverage.answer import answer
from waypost.coverage.knowledge import carried_knowledge
from waypost.coverage.question import read_question
from waypost.coverage.verdict import Verdict
from waypost.files.archives import BadFile
from waypost.plans.imports.package import import_package
from waypost.plans.store import PlanStore
from waypost.values.level_of_care import LevelOfCare

KEY = {"pbp_a_hnumber": "H0104", "pbp_a_plan_identifier": "012", "segment_id": "0"}
HEAD = KEY | {"pbp_a_org_marketing_name": "Blue “Ä” Health", "pbp_a_plan_name": "Blue PPO"}
TOTALS = KEY | {"pbp_d_ann_deduct_amt": "250.00", "pbp_d_out_pocket_amt": "5900.00"}
SERVICE = KEY | {
    "pbp_b5b_coins_yn": "2",
    "pbp_b5b_coins_pct": "",
    "pbp_b5b_coins_pct_min": "",
    "pbp_b5b_coins_pct_max": "",
    "pbp_b5b_ded_yn": "2",
    "pbp_b5b_ded_amt": "",
    "pbp_b5b_copay_yn": "1",
    "pbp_b5b_copay_amt": "",
    "pbp_b5b_copay_amt_min": "40.00",
    "pbp_b5b_copay_amt_max": "55.00",
    "pbp_b5b_auth_yn": "1",
    "pbp_b5b_refer_yn": "2",
}


@pytest.fixture
def import_service(tmp_path, made_up):
    def run(*services):
        path = tmp_path / "pbp-benefits-2026.zip"
        with Archive(path, "w") as archive:
            made_up.write_tabs(archive, "pbp_Section_A.txt", [HEAD])
            made_up.write_tabs(archive, "pbp_Section_D.txt", [TOTALS])
            made_up.write_tabs(archive, "pbp_b5_partial_hosp.txt", list(services))
        target = tmp_path / "plans.sqlite3"
        report = import_package(path, target, year=2026, as_of="2026-01-05")
        return report, PlanStore(target)

    return run


def test_the_official_line_replaces_the_stand_in(import_service):
    report, store = import_service(SERVICE)
    assert (report.rows, report.kept) == (1, 1)
    question = read_question({"insurance": "medicare-advantage", "plan": "H0104_012_0"})
    found = answer(question, carried_knowledge(store), date(2026, 11, 28))
    assert found.covered.verdict is Verdict.COVERED
    assert [s.key for s in found.cost.scenarios] == ["iop"]
    assert (found.cost.low, found.cost.high) == (30 * 4_000, 30 * 5_500)
    assert found.plan.issuer == "Blue “Ä” Health"
    assert found.authorization[0].id == "authorization-yes"
    # other care still rests on the carried pages
    assert store.plan("H0104_012_0", LevelOfCare.OTP) is None


def test_the_names_can_be_searched(import_service):
    _report, store = import_service(SERVICE)
    assert store.read_names()[0].label == "Blue “Ä” Health Blue PPO"


def test_coinsurance_and_a_deductible_of_its_own(import_service):
    changed = SERVICE | {
        "pbp_b5b_copay_yn": "2",
        "pbp_b5b_coins_yn": "1",
        "pbp_b5b_coins_pct_min": "10",
        "pbp_b5b_coins_pct_max": "20",
        "pbp_b5b_ded_yn": "1",
        "pbp_b5b_ded_amt": "257.00",
    }
    _report, store = import_service(changed)
    plan = store.plan("H0104_012_0", LevelOfCare.IOP)
    assert plan.deductible.high == 25_700
    assert plan.priced[0].words == "10% to 20% coinsurance"
    assert plan.priced[0].high.uses_deductible


def test_neither_copay_nor_coinsurance_is_nothing_to_pay(import_service):
    _report, store = import_service(SERVICE | {"pbp_b5b_copay_yn": "2"})
    assert store.plan("H0104_012_0", LevelOfCare.IOP).priced[0].words == "$0 copay"


def test_a_blank_line_leaves_the_stand_in(import_service):
    _report, store = import_service(SERVICE | {"pbp_b5b_copay_yn": "", "pbp_b5b_coins_yn": ""})
    assert store.plan("H0104_012_0", LevelOfCare.IOP) is None


@pytest.mark.parametrize("text", ["-5", "1E3", "NaN", "٤٠", "40.00.00"])
def test_an_amount_that_is_none_is_refused_by_name(import_service, text):
    report, store = import_service(SERVICE | {"pbp_b5b_copay_amt_min": text.replace("٤٠", "x")})
    assert report.kept == 0
    assert "H0104_012_0" in next(iter(report.refused))
    assert store.plan("H0104_012_0", LevelOfCare.IOP) is None


def test_a_segment_that_stands_twice_is_counted(import_service):
    report, store = import_service(SERVICE, SERVICE | {"pbp_b5b_copay_amt_min": "999.00"})
    assert (report.kept, sum(report.refused.values())) == (1, 1)
    assert store.plan("H0104_012_0", LevelOfCare.IOP).priced[0].low.copay.amount == 4_000


def test_a_package_of_another_layout_is_refused(import_service):
    old = {k: v for k, v in SERVICE.items() if k != "pbp_b5b_auth_yn"}
    with pytest.raises(BadFile, match="pbp_b5b_auth_yn"):
        import_service(old)
