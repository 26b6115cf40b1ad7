"""The marketplace files: imported, read back, and refused where they are not what they should be."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archives import Archive, gzipped
from waypost.files.archives import BadFile
from waypost.plans.imports.files import read_table
from waypost.plans.imports.marketplace import MarketplaceFiles, import_marketplace
from waypost.plans.store import BadStore, PlanStore
from waypost.values.level_of_care import LevelOfCare

SAMPLE = Path(__file__).parent / "data" / "puf_benefits_2014_2016.csv.gz"
PLAN = "12345TX0010001-01"
OFFICE = "Substance Abuse Disorder Outpatient Services"
OTHER = "Substance Use Disorder Outpatient Other Services"


@pytest.fixture
def import_rows(tmp_path, made_up):
    def run(benefits, plans):
        files = MarketplaceFiles(
            made_up.write_csv(tmp_path / "benefits.csv", made_up.HEADER, benefits),
            made_up.write_csv(tmp_path / "plans.csv", made_up.PLAN_HEADER, plans),
        )
        target = tmp_path / "plans.sqlite3"
        return import_marketplace(files, target, as_of="2025-10-15"), target

    return run


def test_a_plan_is_imported_and_read_back(import_rows, made_up):
    rows = [
        made_up.benefit_row(PLAN, OFFICE, "$30.00"),
        made_up.benefit_row(PLAN, OTHER, "Not Applicable", "25.00% Coinsurance after deductible"),
        made_up.benefit_row(PLAN, "Eye Exam for Children"),
    ]
    report, target = import_rows(rows, [made_up.plan_row(PLAN)])
    assert (report.rows, report.kept, dict(report.refused)) == (3, 2, {})
    plan = PlanStore(target).plan(PLAN, LevelOfCare.IOP)
    assert [p.key for p in plan.priced] == ["office", "other"]
    assert plan.deductible.high == 150_000  # MEHB, because drugs are apart: not TEHB's $0
    assert plan.maximum.high == 900_000
    assert plan.issuer == "Vandelay Health"
    assert plan.source.as_of == "2025-10-15"


def test_the_integrated_deductible_is_the_total_one(import_rows, made_up):
    changed = made_up.plan_row(
        PLAN, MedicalDrugDeductiblesIntegrated="Yes", TEHBDedInnTier1Individual="$6,000"
    )
    _report, target = import_rows([made_up.benefit_row(PLAN, OFFICE)], [changed])
    assert PlanStore(target).plan(PLAN, LevelOfCare.IOP).deductible.high == 600_000


def test_ten_thousand_real_rows_are_imported(tmp_path):
    files = MarketplaceFiles(SAMPLE)
    report = import_marketplace(files, tmp_path / "plans.sqlite3", as_of="2016")
    assert report.rows == 10_000
    assert report.kept == 385
    assert not [reason for reason in report.refused if "cost-share" in reason]


def test_an_unknown_string_is_counted_by_name_and_not_guessed(import_rows, made_up):
    rows = [made_up.benefit_row(PLAN, OFFICE, "$30 unless it rains")]
    report, target = import_rows(rows, [made_up.plan_row(PLAN)])
    assert sum(report.refused.values()) == 1
    assert "unless it rains" in next(iter(report.refused))
    plan = PlanStore(target).plan(PLAN, LevelOfCare.IOP)
    assert plan.priced == ()
    assert plan.refused == ("$30 unless it rains",)


def test_doubled_and_orphaned_rows_are_counted(import_rows, made_up):
    rows = [
        made_up.benefit_row(PLAN, OFFICE, "$30.00"),
        made_up.benefit_row(PLAN, OFFICE, "$99.00"),
        made_up.benefit_row("99999TX0010001-01", OFFICE),
    ]
    twice = [made_up.plan_row(PLAN), made_up.plan_row(PLAN, PlanMarketingName="Another")]
    report, target = import_rows(rows, twice)
    assert sorted(report.refused.values()) == [1, 1, 1]
    assert PlanStore(target).read_names()[0].name == "Vandelay Gold"
    assert PlanStore(target).plan(PLAN, LevelOfCare.IOP).priced[0].words == "$30.00"


def test_dental_plans_are_left_out_and_a_second_import_replaces(import_rows, made_up):
    rows = [made_up.benefit_row(PLAN, OFFICE, "$30.00")]
    import_rows(
        rows,
        [made_up.plan_row(PLAN), made_up.plan_row("12345TX0020001-00", DentalOnlyPlan="Yes")],
    )
    again = [made_up.benefit_row(PLAN, OFFICE, "$55.00")]
    _report, target = import_rows(again, [made_up.plan_row(PLAN)])
    store = PlanStore(target)
    assert [n.id for n in store.read_names()] == [PLAN]
    assert store.plan(PLAN, LevelOfCare.IOP).priced[0].words == "$55.00"


def test_a_bad_file_leaves_the_old_plans_as_they_were(tmp_path, import_rows, made_up):
    _report, target = import_rows([made_up.benefit_row(PLAN, OFFICE)], [made_up.plan_row(PLAN)])
    before = target.read_bytes()
    broken = tmp_path / "broken.csv"
    broken.write_text("BusinessYear,PlanId\n2026,x\n")
    with pytest.raises(BadFile, match="BenefitName is missing"):
        import_marketplace(MarketplaceFiles(broken), target, as_of="2026")
    assert target.read_bytes() == before
    assert [p.name for p in tmp_path.glob(".*")] == []


def table(tmp_path, data: bytes) -> list[list[str]]:
    path = tmp_path / "t.csv"
    path.write_bytes(data)
    return list(read_table(path, ("a", "b", "c?")))


def test_tables_are_read_with_marks_and_any_line_end(tmp_path):
    assert table(tmp_path, b"\xef\xbb\xbfA,B\r\n1,2\r\n") == [["1", "2", ""]]
    assert table(tmp_path, b"a,b\r1,2\r3,4\r") == [["1", "2", ""], ["3", "4", ""]]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "missing"),
        (b"a,x\n1,2\n", "column b is missing"),
        (b"a,b\n1,2,3\n", "3 cells"),
        (b"a,b\n1,2\x00\n", "NUL"),
        (b"a,b\n1," + b"x" * 10_000_000 + b"\n", "field larger"),
        (b'a,b\n1,"never closed\n' + b"y\n" * 200_000, "field larger|cells"),
    ],
)
def test_hostile_tables_are_refused_with_a_reason(tmp_path, data, reason):
    with pytest.raises(BadFile, match=reason):
        table(tmp_path, data)


def zipped(tmp_path, members) -> Path:
    path = tmp_path / "t.zip"
    with Archive(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return path


def test_a_name_in_an_archive_cannot_write_anywhere(tmp_path):
    path = zipped(tmp_path, [("../../evil.csv", "a,b\n1,2\n")])
    assert list(read_table(path, ("a", "b"))) == [["1", "2"]]
    assert not (tmp_path.parent.parent / "evil.csv").exists()


def test_an_archive_with_two_tables_or_none_is_refused(tmp_path):
    for members in ([("a.csv", "a,b\n"), ("b.csv", "a,b\n")], [("readme.md", "")]):
        with pytest.raises(BadFile, match="members"):
            list(read_table(zipped(tmp_path, members), ("a", "b")))


def test_what_unpacks_without_end_is_refused(tmp_path):
    bomb = b"a,b\n" + (b"1," + b"x" * 4_000 + b"\n") * 10_000
    with pytest.raises(BadFile, match="unpacks"):
        for _row in read_table(zipped(tmp_path, [("bomb.csv", bomb)]), ("a", "b")):
            pass
    packed = tmp_path / "bomb.csv.gz"
    packed.write_bytes(gzipped(bomb))
    with pytest.raises(BadFile, match="unpacks"):
        for _row in read_table(packed, ("a", "b")):
            pass


def test_a_broken_archive_is_refused(tmp_path):
    whole = io.BytesIO()
    with Archive(whole, "w") as archive:
        archive.writestr("t.csv", "a,b\n" + "1,2\n" * 5000)
    path = tmp_path / "cut.zip"
    path.write_bytes(whole.getvalue()[:2000])
    with pytest.raises(BadFile, match="broken"):
        list(read_table(path, ("a", "b")))
    cut = tmp_path / "cut.csv.gz"
    cut.write_bytes(gzipped(b"a,b\n" + b"1,2\n" * 5000)[:60])
    with pytest.raises(BadFile, match="broken"):
        list(read_table(cut, ("a", "b")))


def test_an_archive_that_is_locked_is_refused(tmp_path):
    path = zipped(tmp_path, [("t.csv", "a,b\n1,2\n")])
    data = bytearray(path.read_bytes())
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):  # the flag that says "encrypted"
        data[data.index(mark) + at] |= 1
    path.write_bytes(bytes(data))
    with pytest.raises(BadFile, match="encrypted"):
        list(read_table(path, ("a", "b")))


def test_hostile_text_is_stored_as_plain_text_and_never_as_a_link(import_rows, made_up):
    evil = "\u202eGold\x1b[31m<script>\u200b=HYPERLINK(1)"
    row = made_up.plan_row(
        PLAN, PlanMarketingName=evil, URLForSummaryofBenefitsCoverage="javascript:alert(1)"
    )
    note = made_up.benefit_row(PLAN, OFFICE, Explanation="x" * 5_000 + "\x07")
    _report, target = import_rows([note], [row])
    plan = PlanStore(target).plan(PLAN, LevelOfCare.IOP)
    assert plan.name == "Gold[31m<script>=HYPERLINK(1)"
    assert plan.benefits_url == ""
    assert len(plan.notes[0]) <= 300


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=400) | st.text(alphabet='ab,"\n\r\t\0 1', max_size=200).map(str.encode))
def test_any_bytes_are_a_table_or_are_refused(tmp_path, data):
    try:
        rows = table(tmp_path, data)
    except BadFile as refused:
        assert str(refused)
        return
    assert all(len(row) == 3 for row in rows)


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 400), st.integers(0, 255))
def test_an_archive_with_a_changed_byte_is_read_or_refused(tmp_path, place, value):
    path = zipped(tmp_path, [("t.csv", "a,b\n" + "1,2\n" * 200)])
    data = bytearray(path.read_bytes())
    data[place % len(data)] = value
    path.write_bytes(bytes(data))
    try:
        rows = list(read_table(path, ("a", "b")))
    except BadFile:
        return
    assert all(len(row) == 2 for row in rows)


def test_a_made_up_set_is_small_on_disk(tmp_path, made_up):
    files = MarketplaceFiles(*made_up.full_size(tmp_path, 1_000))
    target = tmp_path / "plans.sqlite3"
    report = import_marketplace(files, target, as_of="2026")
    assert dict(report.refused) == {}
    plans = len(PlanStore(target).read_names())
    assert report.kept == plans * 6
    # Issuers' notes, areas and networks are there once; a plan adds some 500 bytes. The national
    # set is measured by `make bench`: it must stay under 20 MB.
    more = MarketplaceFiles(*made_up.full_size(tmp_path, 2_000))
    larger = tmp_path / "larger.sqlite3"
    import_marketplace(more, larger, as_of="2026")
    assert (larger.stat().st_size - target.stat().st_size) / 1_000 * 22_059 < 20_000_000


def test_another_sqlite_file_is_not_a_store(tmp_path):
    path = tmp_path / "plans.sqlite3"
    path.write_bytes(b"not a database at all")
    with pytest.raises(BadStore):
        PlanStore(path)
