"""JSON files that look like a network or a price file: each is told apart and named."""

from __future__ import annotations

import gzip
import json
from codecs import BOM_UTF8
from datetime import date
from pathlib import Path

import pytest

from archives import Archive
from waypost.files.archives import BadFile
from waypost.plans.imports.json_kinds import JsonKind, json_kind
from waypost.plans.imports.price_rows import Wanted
from waypost.plans.imports.taking import Terms, take

DATA = Path(__file__).parent / "data"
TERMS = Terms(
    "2026-03-01",
    2026,
    date(2026, 11, 28),
    Wanted(frozenset({"1234567893"}), frozenset({"H0015"})),
)
PROVIDER = {"npi": "1234567893", "plans": []}
HEAD = {"reporting_entity_name": "Vandelay", "reporting_entity_type": "issuer"}


def test_the_samples_are_what_they_are():
    assert json_kind(DATA / "qhp" / "providers.json") is JsonKind.PROVIDERS
    for path in (DATA / "tic").glob("in-network*.json"):
        assert json_kind(path) is JsonKind.PRICES


@pytest.mark.parametrize(
    ("document", "words"),
    [
        (HEAD | {"out_of_network": []}, "an allowed-amounts file"),
        (HEAD | {"reporting_structure": [{"in_network_files": []}]}, "a table of contents"),
        ({"provider_urls": [], "plan_urls": []}, "an issuer's index"),
        ({"plan_urls": [], "provider_urls": []}, "an issuer's index"),
        ({"providers": [PROVIDER]}, "an object around a list of providers"),
        ({"version": 1, "providers": [PROVIDER]}, "an object around a list of providers"),
        (PROVIDER, "one provider"),
        ({"resourceType": "Bundle"}, "a FHIR resource"),
        ([{"plan_id": "1", "marketing_name": "Gold"}], "an issuer's list of plans"),
        ([{"rxnorm_id": "1"}], "a list of drugs"),
        ([{"negotiated_rates": []}], "a list of prices"),
        ({"data": {"npi": "1"}, "page": 1}, "an object with “data”, “page”"),
        ([{"id": 1}], "a list of objects with “id”"),
        ([], "holds no objects"),
        ([7, "x"], "holds no objects"),
        ({}, "holds no objects"),
    ],
    ids=lambda value: value.replace("“", "").replace("”", "") if isinstance(value, str) else None,
)
@pytest.mark.parametrize("packed", [False, True])
def test_what_is_not_imported_is_named_and_refused(tmp_path, document, words, packed):
    path = tmp_path / "issuer.json"
    data = json.dumps(document).encode()
    path.write_bytes(gzip.compress(data, mtime=0) if packed else data)
    with pytest.raises(BadFile) as refused:
        list(take([path], tmp_path / "plans.sqlite3", TERMS))
    assert words in str(refused.value)
    assert "issuer.json" in str(refused.value)
    assert not (tmp_path / "plans.sqlite3").exists()


@pytest.mark.parametrize("text", ["{", "[{", '{"a"', "[" * 100_000, "{]"], ids=range(5))
def test_broken_json_is_refused(tmp_path, text):
    path = tmp_path / "issuer.json"
    path.write_text(text)
    with pytest.raises(BadFile):
        json_kind(path)


PRICES = DATA / "tic" / "in-network-rates-fee-for-service-single-plan-sample.json"


@pytest.mark.parametrize("source", [PRICES, DATA / "qhp" / "providers.json"], ids=["prices", "npi"])
@pytest.mark.parametrize("shape", ["marked", "gzip", "zip"])
def test_a_file_is_read_with_a_byte_order_mark_and_packed_as_zip_or_gzip(tmp_path, source, shape):
    data = source.read_bytes()
    path = tmp_path / f"issuer.{shape}"
    if shape == "zip":
        with Archive(path, "w") as archive:
            archive.writestr("2026/issuer.json", data)
            archive.writestr("readme.md", "no table")
    else:
        marked = BOM_UTF8 + data
        path.write_bytes(gzip.compress(marked, mtime=0) if shape == "gzip" else marked)
    ((_words, report),) = take([path], tmp_path / "plans.sqlite3", TERMS)
    ((_words, plain),) = take([source], tmp_path / "plain.sqlite3", TERMS)
    assert (report.rows, report.kept, report.refused) == (plain.rows, plain.kept, plain.refused)
    assert report.rows


def test_an_archive_of_two_json_files_is_refused_with_what_was_looked_for(tmp_path):
    path = tmp_path / "issuer.zip"
    with Archive(path, "w") as archive:
        archive.writestr("a.json", "[]")
        archive.writestr("b.json", "[]")
    with pytest.raises(BadFile, match=r"2 members of the archive end in \.json"):
        list(take([path], tmp_path / "plans.sqlite3", TERMS))


def test_other_encodings_are_named(tmp_path):
    path = tmp_path / "issuer.json"
    path.write_bytes(json.dumps([PROVIDER]).encode("utf-16"))
    with pytest.raises(BadFile, match="UTF-16"):
        list(take([path], tmp_path / "plans.sqlite3", TERMS))


@pytest.mark.parametrize("prices", [[], None, {}, {"a": []}, "none", [1, 2]], ids=range(6))
def test_a_price_file_without_prices_is_refused_and_changes_nothing(tmp_path, prices):
    path = tmp_path / "issuer.json"
    path.write_text(json.dumps(HEAD | {"in_network": prices}))
    with pytest.raises(BadFile, match="no prices under"):
        list(take([path], tmp_path / "plans.sqlite3", TERMS))
    assert not (tmp_path / "plans.sqlite3").exists()
