"""`waypost publish`: what changed is told, what was lost stops it, and no fault harms the old one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from cli.country import carry, program, run, write
from fhir_standards import example_texts
from waypost.publishing.build import only_one
from waypost.publishing.file_name import FILE_NAME
from waypost.publishing.reader import Current, Snapshot

pytestmark = pytest.mark.django_db

EVERY = [program(i) for i in range(1, 31)]


@pytest.fixture
def data(tmp_path: Path, settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty data folder; the database is the tests' own."""
    settings.WAYPOST_DATA_DIR = tmp_path / "data"
    settings.WAYPOST_DATA_DIR.mkdir()
    for command in ("publish_command", "claims_commands"):
        monkeypatch.setattr(f"waypost.cli.{command}.with_database", lambda: None)
    carry(monkeypatch, tmp_path, y2023=EVERY)
    yield settings.WAYPOST_DATA_DIR


def test_a_publish_tells_every_step_and_what_it_cost(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    carry(monkeypatch, tmp_path, y2022=EVERY[:-1], y2023=EVERY)
    result = run("publish")
    assert result.exit_code == 0
    assert "edition 2022: 29 rows, 29 sites; 29 added" in result.output
    assert "edition 2023: 30 rows, 30 sites; 1 added" in result.output
    assert "against the snapshot before: 30 added, 0 gone" in result.output
    assert re.search(
        r"Published 30 sites as [0-9a-f]{16}: [\d.]+ s, at most [\d,]+ MB", result.output
    )
    assert "matching the edition of 2023" in result.stderr  # plain lines where there is no terminal


def test_the_same_files_give_the_same_ids_and_the_same_version(data: Path) -> None:
    run("publish")
    first = Snapshot(data / FILE_NAME)
    words = run("publish").output
    again = Snapshot(data / FILE_NAME)
    assert again.current_ids() == first.current_ids()
    assert again.version == first.version
    assert "0 added, 0 gone, 0 moved, 0 renamed, 0 with other services" in words


def test_a_newer_edition_keeps_ids_and_tells_each_kind_of_change(
    data: Path, tmp_path: Path
) -> None:
    run("publish")
    before = Snapshot(data / FILE_NAME)
    newer = [program(i) for i in range(2, 32)]  # one gone, one added
    newer[0]["name1"] += " of Hope"
    newer[1]["street1"] = "900 Elm Street"
    newer[2]["service_code_info"] = "SA * OIT * MC"
    newer[3]["phone"] = "512-476-9999"
    newer[4]["street1"] = newer[4]["street1"].replace("Street", "St.")
    newer[6]["service_code_info"] = "SA * OIT * MD * MC"
    assert (
        run("sources", "add", str(write(tmp_path / "n.csv", newer)), "--edition", "2024").exit_code
        == 0
    )
    words = run("publish").output
    assert "edition 2024: 30 rows, 30 sites; 1 added, 1 gone, 1 moved, 1 phone, 1 renamed" in words
    assert "against the snapshot before: 1 added, 1 gone" in words
    after = Snapshot(data / FILE_NAME)
    assert len(set(before.current_ids()) & set(after.current_ids())) == 29


def test_services_count_as_changed_only_where_both_editions_ask(data: Path, tmp_path: Path) -> None:
    asks_more = [program(i, service_code_info="SA * OIT * MD * MC") for i in range(1, 31)]
    run("sources", "add", str(write(tmp_path / "n.csv", asks_more)), "--edition", "2024")
    assert "services" not in run("publish").output.split("edition 2024")[1].split("\n")[0]


@pytest.mark.parametrize(
    ("lost", "words"),
    [
        ([p for p in EVERY if p["state"] != "ID"], "ID had 10 sites and would have none"),
        (
            [p | {"service_code_info": "SA"} for p in EVERY[:5]] + EVERY[5:],
            "level:iop would fall from 30 to 25",
        ),
    ],
)
def test_losses_stop_a_publish_until_a_person_accepts_them(
    data: Path, tmp_path: Path, lost: list[dict[str, str]], words: str
) -> None:
    run("publish")
    before = (data / FILE_NAME).read_bytes()
    run("sources", "add", str(write(tmp_path / "n.csv", lost)), "--edition", "2024")
    refused = run("publish")
    assert refused.exit_code == 4
    assert "Nothing was published" in refused.output and words in refused.output
    assert "--accept" in refused.output
    assert (data / FILE_NAME).read_bytes() == before
    assert not list(data.glob("*.tmp"))
    accepted = run("publish", "--accept")
    assert accepted.exit_code == 0 and words in accepted.output
    assert Snapshot(data / FILE_NAME).manifest.edition == "2024"


def test_a_reader_picks_up_the_new_one_without_a_restart(data: Path, tmp_path: Path) -> None:
    run("publish")
    current = Current(data / FILE_NAME)
    old = current.get()
    run(
        "sources", "add", str(write(tmp_path / "n.csv", [*EVERY, program(40)])), "--edition", "2024"
    )
    run("publish")
    assert old.manifest.current_sites == 30  # a search that began before it finishes with it
    assert old.site(old.current_ids()[0]) is not None
    assert current.get().manifest.current_sites == 31


def test_a_second_publish_at_once_is_told_so(data: Path) -> None:
    run("publish")
    before = (data / FILE_NAME).read_bytes()
    with only_one(data):
        result = run("publish")
    assert result.exit_code == 4 and "Another publish is running" in result.output
    assert (data / FILE_NAME).read_bytes() == before


def test_a_full_disk_is_said_in_a_sentence(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run("publish")
    before = (data / FILE_NAME).read_bytes()

    def full(*arguments: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("waypost.publishing.build._write", full)
    result = run("publish")
    assert result.exit_code == 4
    assert "No space left on device" in result.output and "free space" in result.output
    assert (data / FILE_NAME).read_bytes() == before


def test_a_source_that_changed_or_is_gone_stops_it(data: Path, tmp_path: Path) -> None:
    run("sources", "add", str(write(tmp_path / "n.csv", EVERY[1:])), "--edition", "2024")
    kept = next((data / "sources").glob("*.csv"))
    kept.write_text(kept.read_text() + " ")
    assert "has changed since it was added" in run("publish").output
    kept.unlink()
    result = run("publish")
    assert result.exit_code == 4 and "is not there" in result.output


def test_an_accepted_report_goes_out_with_its_source(data: Path) -> None:
    from django.utils import timezone

    from waypost.directory.actions import report_listing

    run("publish")
    (site_id, *_) = Snapshot(data / FILE_NAME).current_ids()
    number = report_listing(site_id=site_id, kind="name", text="", by="visitor", now=timezone.now())
    run("claims", "accept", str(number), "--value", "Its right name", "--by", "eva")
    words = run("publish").output
    assert "1 renamed" in words
    site = Snapshot(data / FILE_NAME).site(site_id)
    assert site is not None and site.name == "Its right name"
    assert site.facts["name"].method == "reported and confirmed"


def test_half_an_edition_is_said_when_it_is_added_and_stops_a_publish(
    data: Path, tmp_path: Path
) -> None:
    mental = [program(i, service_code_info="MH * PHDT") for i in range(101, 131)]
    added = run("sources", "add", str(write(tmp_path / "mh23.csv", mental)), "--edition", "2023")
    assert "missing" not in added.output  # both halves of 2023 are here
    run("publish")
    newer = [program(i) for i in range(1, 30)]
    half = run("sources", "add", str(write(tmp_path / "su24.csv", newer)), "--edition", "2024")
    assert "Of the edition 2024 the mental health directory is missing" in half.output
    refused = run("publish")
    assert refused.exit_code == 4
    assert "the mental health directory is missing" in refused.output
    added = run(
        "sources", "add", str(write(tmp_path / "mh24.csv", mental[1:])), "--edition", "2024"
    )
    assert "missing" not in added.output
    published = run("publish")
    assert published.exit_code == 0, published.output + published.stderr


def test_an_operators_own_plan_net_files_go_out_with_the_directory(
    data: Path, tmp_path: Path
) -> None:
    (tmp_path / "acme").mkdir()
    for number, text in enumerate(example_texts()):
        (tmp_path / "acme" / f"{number}.json").write_text(text, "utf-8")
    added = run("sources", "add", str(tmp_path / "acme"), "--publisher", "Acme")
    assert added.exit_code == 0
    assert "2 InsurancePlan" in added.output
    published = run("publish")
    assert published.exit_code == 0, published.output + published.stderr
    snapshot = Snapshot(data / FILE_NAME)
    assert len(list(snapshot.resources())) == 49
    assert "Acme" in {source.publisher for source in snapshot.manifest.sources}
    run("publish")
    assert Snapshot(data / FILE_NAME).version == snapshot.version
    again = run("sources", "add", str(tmp_path / "acme"))
    assert again.exit_code == 2
    assert "in use already" in again.output + again.stderr
