"""Every trap that the real files hold, on the real rows."""

from __future__ import annotations

from functools import cache

import pytest

from waypost.directory.codes import CODES, code_by_name
from waypost.directory.facets import columns_for, known_for, option
from waypost.directory.grouping import to_listing
from waypost.directory.matching import repeats
from waypost.directory.rows import SourceRows
from waypost.directory.site import Survey
from waypost.publishing.reader import Snapshot
from waypost.sources import catalog
from waypost.sources.reading import workbook_sheets

SU, MH = Survey.SUBSTANCE_USE, Survey.MENTAL_HEALTH


@cache
def held(source_id: str) -> SourceRows:
    """One carried file, read once."""
    return catalog.read(next(e for e in catalog.carried() if e.source.id == source_id))


@pytest.mark.parametrize(
    ("code", "column"),
    [
        ("MD", "payment:medicaid"),
        ("MC", "payment:medicare"),
        ("SF", "payment:cash"),
        ("SS", "payment:sliding-fee"),
        ("PA", "payment:assistance"),
        ("GL", "group:lgbtq"),
        ("TWFA", "therapy:twelve-step"),
        ("OIT", "level:iop"),
        ("ODT", "level:php"),
        ("PHDT", "level:php"),
    ],
)
def test_a_code_means_what_it_means_and_not_what_it_looks_like(code: str, column: str) -> None:
    assert column in columns_for({code})


def test_outpatient_alone_is_no_intensive_outpatient_program() -> None:
    assert "level:iop" not in columns_for({"OP", "ORT", "ODT", "PHDT"})


def test_the_mental_health_survey_says_nothing_of_intensive_outpatient_care() -> None:
    assert "level:iop" not in known_for(frozenset({MH}))
    assert "level:iop" in known_for(frozenset({SU}))


@pytest.mark.parametrize(
    ("source_id", "count"), [("samhsa-su-2022", 5525), ("samhsa-su-2023", 5736)]
)
def test_intensive_outpatient_programs_by_edition(source_id: str, count: int) -> None:
    assert sum("OIT" in (row.codes or ()) for row in held(source_id).rows) == count


def test_the_edition_of_2024_and_its_junk() -> None:
    edition = held("samhsa-2024")
    su = [row for row in edition.rows if row.survey is SU]
    assert (len(su), len(edition.rows) - len(su)) == (12_200, 8_319)
    assert sum("OIT" in (row.codes or ()) for row in su) == 5_595
    assert len(edition.rejects) == 5  # three empty rows and two of the code legend
    assert all(reject.number > 0 and reject.reason for reject in edition.rejects)
    assert len(edition.rows) + len(edition.rejects) == 20_524
    assert all(len(row.zip) == 5 for row in edition.rows)
    assert any(row.zip.startswith("0") and row.state == "MA" for row in edition.rows)


def test_payment_counts_of_2024() -> None:
    iops = [set(r.codes or ()) for r in held("samhsa-2024").rows if r.survey is SU]
    iops = [codes for codes in iops if "OIT" in codes]
    found = {code: sum(code in codes for codes in iops) for code in ("MD", "MC", "PI")}
    assert found == {"MD": 4_304, "MC": 2_429, "PI": 4_579}


def test_flags_of_opioid_treatment_programs_in_an_export_are_unknown_not_true() -> None:
    texas = held("locator-tx-2023").rows
    told = [row for row in texas if row.codes is not None]
    assert sum("OIT" in (row.codes or ()) for row in told) == 247
    assert sum(row.codes is None for row in texas) >= 98


def test_single_clinicians_never_become_sites() -> None:
    for source_id in ("locator-tx-2023", "locator-ma-2025"):
        assert all(row.codes is None or len(row.codes) < 200 for row in held(source_id).rows)


def test_some_listings_repeat_inside_one_directory() -> None:
    su = [row for row in held("samhsa-2024").rows if row.survey is SU]
    again = repeats([to_listing(f"{row.number:06d}", row) for row in su])
    assert len(again) == 8


def test_extensions_stay_with_their_number() -> None:
    texts = [text for row in held("samhsa-2024").rows for _, text in row.phones]
    assert any(" x" in text for text in texts)


def test_two_mental_health_rows_lack_their_own_code() -> None:
    rows = [row for row in held("samhsa-2024").rows if row.survey is MH]
    assert sum("MH" not in (row.codes or ()) for row in rows) == 2


@pytest.mark.parametrize(
    ("category", "name", "code"),
    [
        ("TC", "Mental health treatment", "MH"),
        ("SET", "Intensive outpatient treatment", "OIT"),
        ("PAY", "Medicaid", "MD"),
        ("PAY", "Medicare", "MC"),
    ],
)
def test_service_names_of_the_api_are_read_back_into_codes(
    category: str, name: str, code: str
) -> None:
    assert code_by_name(category, name) == code
    assert code_by_name(category, f"  {name.upper()} ") == code


def test_six_pairs_of_codes_share_a_name_and_the_category_tells_them_apart() -> None:
    names: dict[str, list[str]] = {}
    for code in CODES.values():
        names.setdefault(code.name.casefold(), []).append(code.code)
    shared = [codes for codes in names.values() if len(codes) > 1]
    for codes in shared:
        for code in codes:
            assert code_by_name(CODES[code].category, CODES[code].name) == code


def test_every_code_is_described_and_stands_for_a_choice_of_its_own() -> None:
    assert len(CODES) == 317
    for code in CODES:
        assert f"code:{code}" in columns_for({code})
        assert option(f"code:{code}").label


def addresses(rows: object) -> set[tuple[str, str]]:
    """Street and ZIP of listings, as the trap counts them."""
    return {(row.street.casefold(), row.zip) for row in rows}  # type: ignore[attr-defined]


def test_many_sites_stand_in_both_directories() -> None:
    rows = held("samhsa-2024").rows
    mental = addresses(row for row in rows if row.survey is MH)
    shared = sum((row.street.casefold(), row.zip) in mental for row in rows if row.survey is SU)
    assert 3_000 < shared < 3_900  # by the bare text; the withheld address "- - -" is among them


def test_most_addresses_stay_from_edition_to_edition(snapshot: Snapshot) -> None:
    rows = [row for row in held("samhsa-2024").rows if row.survey is SU]
    for source_id, least in (("samhsa-su-2023", 9_400), ("samhsa-su-2022", 7_900)):
        before = addresses(held(source_id).rows)
        stay = sum((row.street.casefold(), row.zip) in before for row in rows)
        assert least < stay < 10_000
    # Some of the rest are the same place spelled otherwise: identity finds more than the bare text.
    sites = snapshot.sites(range(snapshot.manifest.current_sites))
    assert sum(SU in s.surveys and s.listed_since < "2024" for s in sites) > 10_500


def test_headers_differ_in_case_and_carry_spaces() -> None:
    entries = [e for e in catalog.carried() if e.kind == "workbook"]
    headers = {tuple(workbook_sheets(e.path)["Facilities List"][0]) for e in entries[:2]}
    assert all(row.name and row.zip for e in entries[:2] for row in catalog.read(e).rows[:50])
    texas = next(e for e in catalog.carried() if e.source.id == "locator-tx-2023")
    assert headers and {r.survey for r in catalog.read(texas).rows} == {SU, MH}


def test_six_pairs_of_names() -> None:
    pairs = (("INPE", "AUINPE"), ("PC", "AUPC"), ("RPE", "AURPE"), ("PHDT", "PH"), ("PSY", "PSYH"), ("YAD", "TAY"))  # fmt: skip
    for pair in pairs:
        for code in pair:
            assert code_by_name(CODES[code].category, CODES[code].name) == code


def test_nothing_near_is_true_in_alpine_texas(snapshot: Snapshot) -> None:
    from datetime import UTC, datetime

    from waypost.navigation.find_care import find_care
    from waypost.navigation.need import Need

    near = find_care(snapshot, Need(place="79830", radius_miles=100), datetime.now(UTC))
    assert near.total == 0 and near.changes
    nearest = find_care(
        snapshot, Need(place="79830", radius_miles=None), datetime.now(UTC)
    ).options[0]
    assert nearest.miles is not None and 120 < nearest.miles < 140
