"""The data package: 24 tables that keep to the official description, values as they are."""

from __future__ import annotations

import csv
import json
import zipfile
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from typer.testing import CliRunner

from hsds_shapes import BUILT, published, some_sites
from hsds_tables import Table, table_faults
from waypost.cli.main import app
from waypost.directory.site import Site
from waypost.editions import beside
from waypost.editions.downloads.files import write_downloads
from waypost.editions.hsds import datapackage
from waypost.editions.hsds.making import main, make_package, package_path
from waypost.editions.hsds.package import write_tables
from waypost.editions.hsds.sites import Sites
from waypost.serving.process import current_snapshot


@pytest.fixture(scope="module")
def sites() -> list[Site]:
    return some_sites(current_snapshot())


@pytest.fixture(scope="module")
def tables(sites: list[Site], tmp_path_factory) -> Path:
    folder: Path = tmp_path_factory.mktemp("package")
    write_tables(folder / "tables", Sites(published(folder / "data", sites), BUILT).current())
    return folder / "tables"


def test_the_tables_keep_to_the_official_description(tables: Path) -> None:
    assert list(table_faults(tables)) == []
    assert len(list(tables.glob("*.csv"))) == 24 == len(datapackage.tables())
    assert "CC-BY-SA-4.0" in (tables / "datapackage.json").read_text()
    assert "Attribution-ShareAlike 4.0" in (tables / "LICENSE").read_text()


def test_a_fault_in_a_table_is_seen(tables: Path, tmp_path: Path) -> None:
    for file in tables.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    assert list(table_faults(tmp_path)) == []
    services = tmp_path / "services.csv"
    lines = services.read_text().splitlines()
    services.write_text("\n".join([*lines, lines[1].replace("active", "open")]))
    found = "\n".join(table_faults(tmp_path))
    assert "not unique" in found and "'open'" in found
    (tmp_path / "locations.csv").write_text((tables / "locations.csv").read_text().splitlines()[0])
    assert "service_at_location.location_id" in "\n".join(table_faults(tmp_path))


def rows_of(folder: Path, name: str) -> Table:
    with (folder / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_tables_say_what_the_api_says(tables: Path, sites: list[Site], settings) -> None:
    settings.WAYPOST_DATA_DIR = tables.parent / "data"
    answered = Client().get("/hsds/services", {"format": "ndjson", "full": "true"})
    services = [json.loads(line) for line in b"".join(answered.streaming_content).splitlines()]
    by_id = {row["id"]: row for row in rows_of(tables, "services.csv")}
    attributes = {row["id"]: row for row in rows_of(tables, "attributes.csv")}
    phones = {row["id"]: row for row in rows_of(tables, "phones.csv")}
    assert [s["id"] for s in services] == list(by_id)
    for service in services:
        row = by_id[service["id"]]
        for field, value in service.items():
            if not isinstance(value, list | dict):
                assert row[field] == str(value)
        location = service["service_at_locations"][0]["location"]
        for one in [*service.get("attributes", []), *location.get("attributes", [])]:
            assert attributes[one["id"]]["taxonomy_term_id"] == one["taxonomy_term"]["id"]
        for one in service.get("phones", []):
            assert phones[one["id"]]["number"] == one["number"]


def test_values_are_written_as_they_are(sites: list[Site], tmp_path: Path) -> None:
    odd = '=1+1, "quoted"\nand a line'
    site = replace(sites[0], name=odd, name2="+1")
    write_tables(tmp_path / "tables", Sites(published(tmp_path, [site]), BUILT).current())
    (row,) = rows_of(tmp_path / "tables", "organizations.csv")
    assert (row["name"], row["alternate_name"]) == (odd, "+1")


def test_of_nothing_the_tables_are_their_headers(tmp_path: Path) -> None:
    counts = write_tables(tmp_path, iter(()))
    assert {name for name, count in counts.items() if count} == {
        "taxonomy", "taxonomy_term", "meta_table_description",
    }  # fmt: skip
    assert list(table_faults(tmp_path)) == []


def test_the_command_writes_the_tables_and_counts_them(
    sites: list[Site], tmp_path: Path, settings
) -> None:
    settings.WAYPOST_DATA_DIR = tmp_path / "data"
    published(tmp_path / "data", sites)
    result = CliRunner().invoke(app, ["export", "hsds", str(tmp_path / "out")])
    assert result.exit_code == 0, result.output
    assert "Wrote 24 tables" in result.output
    assert list(table_faults(tmp_path / "out")) == []
    (tmp_path / "file").write_text("")
    result = CliRunner().invoke(app, ["export", "hsds", str(tmp_path / "file")])
    assert result.exit_code == 4 and "file" in result.output


def test_the_archive_is_made_once_and_is_the_same_for_the_same_facts(
    sites: list[Site], tmp_path: Path
) -> None:
    snapshot = published(tmp_path, sites[:20])
    path = make_package(tmp_path, snapshot, BUILT)
    first, made_at = path.read_bytes(), path.stat().st_mtime_ns
    assert make_package(tmp_path, snapshot, BUILT).stat().st_mtime_ns == made_at
    path.unlink()
    assert make_package(tmp_path, snapshot, BUILT).read_bytes() == first
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        assert len([n for n in archive.namelist() if n.endswith(".csv")]) == 24
        archive.extractall(tmp_path / "out")
    assert list(table_faults(tmp_path / "out")) == []


def test_facts_that_came_back_have_an_archive_with_their_new_dates(
    sites: list[Site], tmp_path: Path
) -> None:
    some = sites[:5]
    first = make_package(tmp_path, published(tmp_path, some), BUILT)
    published(tmp_path, [replace(some[0], name="Other"), *some[1:]], at=BUILT + timedelta(1))
    again = make_package(
        tmp_path, published(tmp_path, some, at=BUILT + timedelta(2)), BUILT + timedelta(2)
    )
    assert again != first and again.parent == first.parent and not first.exists()
    with zipfile.ZipFile(again) as archive:
        assert b"2026-11-26T08:00:00Z" in archive.read("services.csv")


def test_the_archive_is_handed_out_whole_and_in_parts(
    sites: list[Site], tmp_path: Path, settings
) -> None:
    settings.WAYPOST_DATA_DIR = tmp_path
    path = make_package(tmp_path, published(tmp_path, sites[:5]), BUILT)
    data = path.read_bytes()
    response = Client().get("/hsds/datapackage.zip", headers={"Accept-Encoding": "gzip"})
    assert b"".join(response.streaming_content) == data
    assert response.headers["Content-Type"] == "application/zip"
    assert int(response.headers["Content-Length"]) == len(data)
    assert "Content-Encoding" not in response.headers
    assert path.name in response.headers["Content-Disposition"]
    part = Client().get("/hsds/datapackage.zip", headers={"Range": "bytes=10-19"})
    assert (part.status_code, b"".join(part.streaming_content)) == (206, data[10:20])
    etag = response.headers["ETag"]
    again = Client().get("/hsds/datapackage.zip", headers={"If-None-Match": etag})
    assert again.status_code == 304
    assert again.headers["Access-Control-Allow-Origin"] == "*"


def test_an_archive_that_is_not_there_is_made_beside(
    sites: list[Site], tmp_path: Path, settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.WAYPOST_DATA_DIR = tmp_path
    snapshot = published(tmp_path, sites[:5])
    begun: list[Path] = []
    monkeypatch.setattr("waypost.api.hsds.package.make_beside", begun.append)
    response = Client().get("/hsds/datapackage.zip")
    assert response.status_code == 503 and response.headers["Retry-After"]
    assert begun == [tmp_path]
    monkeypatch.setattr(beside.os, "nice", lambda by: 0)
    main(tmp_path)
    assert package_path(tmp_path, Sites(snapshot, BUILT)).exists()
    response = Client().get("/hsds/datapackage.zip")
    assert b"".join(response.streaming_content)


def test_downloads_of_an_older_waypost_are_left_and_the_archive_stands_beside(
    sites: list[Site], tmp_path: Path
) -> None:
    snapshot = published(tmp_path, sites[:5])
    write_downloads(tmp_path, snapshot)
    path = make_package(tmp_path, snapshot, BUILT)
    assert len(list(path.parent.iterdir())) == 7
