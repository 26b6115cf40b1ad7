"""`waypost sources nppes` and `waypost claims number`: the numbers by which plans name programs."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

import made_up_nppes as nppes
from cli.country import run
from waypost.directory.queries import accepted_claims
from waypost.directory.site import Site

pytestmark = pytest.mark.django_db
NUMBER = nppes.npi(1)


@pytest.fixture
def site(snapshot: Any, monkeypatch: pytest.MonkeyPatch) -> Site:
    """A program of the directory, alone in its snapshot; the database is the tests' own."""
    for command in ("nppes_command", "claims_commands"):
        monkeypatch.setattr(f"waypost.cli.{command}.with_database", lambda: None)
    chosen = next(site for _, site in snapshot.walk() if site.phones)
    alone = SimpleNamespace(walk=lambda: iter([(chosen.id, chosen)]), site={chosen.id: chosen}.get)
    monkeypatch.setattr("waypost.cli.nppes_command.open_snapshot", lambda: alone)
    monkeypatch.setattr("waypost.cli.ready.open_snapshot", lambda: alone)
    return chosen


def registry(folder: Path, site: Site) -> str:
    """A monthly file in which the program is registered, and another organization far away."""
    theirs = nppes.row(
        1, NAME=site.name.upper(), STREET=site.street.upper(), CITY=site.city,
        STATE=site.state, ZIP=site.zip, PHONE=site.phones[0].e164.removeprefix("+1"),
    )  # fmt: skip
    return str(nppes.write(folder / "NPPES.zip", [theirs, nppes.row(2)]))


def test_the_registry_s_number_of_a_program_is_recorded_once_with_its_evidence(
    site: Site, tmp_path: Path
) -> None:
    file = registry(tmp_path, site)
    looked = run("sources", "nppes", file)
    assert looked.exit_code == 0, looked.output
    assert "2 rows read; 2 organizations of our kinds, 0 inactive or unreadable." in looked.output
    assert f"{site.id}  {NUMBER}" in looked.output and "1 programs have one NPI" in looked.output
    assert not accepted_claims()
    assert "Recorded 1;" in run("sources", "nppes", file, "--record").output
    assert "Recorded 0;" in run("sources", "nppes", file, "--record").output
    (claim,) = accepted_claims()[site.id]
    assert (claim.field, claim.value) == ("npi", NUMBER)
    assert "NPPES" in run("claims", "list", "--all").output  # the evidence stays with the report


def test_a_file_that_is_no_registry_s_is_refused_with_a_sentence(
    site: Site, tmp_path: Path
) -> None:
    other = tmp_path / "letter.zip"
    other.write_bytes(b"Dear Sir")
    refused = run("sources", "nppes", str(other))
    assert refused.exit_code == 3 and len(refused.output.strip()) > 20
    assert run("sources", "nppes", str(tmp_path / "none.zip")).exit_code == 3


def test_a_number_typed_by_hand_is_checked_and_kept_with_who_says_so(site: Site) -> None:
    said = ("--source", "NPPES, 2026-11-01", "--by", "eva")
    nobody = run("claims", "number", "site_none", "--npi", NUMBER, *said)
    assert nobody.exit_code == 1 and "no program with the id 'site_none'" in nobody.output
    assert "Give --npi or --tax-id." in run("claims", "number", site.id).output
    wrong = run("claims", "number", site.id, "--npi", NUMBER[:-1] + str(9 - int(NUMBER[-1])), *said)
    assert wrong.exit_code == 2 and not accepted_claims()
    right = run("claims", "number", site.id, "--npi", NUMBER, "--tax-id", "12-3456789", *said)
    assert right.exit_code == 0, right.output
    assert {c.field: c.value for c in accepted_claims()[site.id]} == {
        "npi": NUMBER, "tax_id": "123456789",
    }  # fmt: skip


def test_what_was_decided_lately_is_not_forgotten(site: Site) -> None:
    assert "Deleted the text of 0 reports." in run("claims", "forget").output
