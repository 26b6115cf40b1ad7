"""JSON files that look like a network or a price file: each is told apart and named."""

from __future__ import annotations

import gzip
import json
from datetime import date
from pathlib import Path

import pytest

from waypost.plans.imports.files import BadFile
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
