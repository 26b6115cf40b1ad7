"""The command line, as a person or a script uses it, on the real directory."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from django.core.management import call_command
from typer.testing import CliRunner, Result

from waypost.cli.main import app

pytestmark = pytest.mark.usefixtures("data_dir")


def run(*arguments: str) -> Result:
    """Run `waypost` with arguments."""
    return CliRunner().invoke(app, list(arguments), catch_exceptions=False)


def test_find_near_a_zip() -> None:
    result = run("find", "78701", "--limit", "5")
    assert result.exit_code == 0
    assert re.search(r"\d+ programs for 78701 \(Austin, TX\)", result.output)
    assert re.search(r"\d\.\d miles", result.output)
    assert "\x1b[" not in result.output  # no colors into a pipe
    assert "988" in result.output


def test_find_as_json() -> None:
    result = run(
        "find",
        "Pitsburg",
        "PA",
        "--need",
        "medicaid",
        "--need",
        "women",
        "--sort",
        "best",
        "--limit",
        "3",
        "--json",
    )
    data = json.loads(result.stdout)
    assert data["place"] == "Pittsburgh, PA"
    assert len(data["programs"]) == 3
    assert data["programs"][0]["reasons"]["payment:medicaid"] == "offered"
    miles = [p["miles"] for p in data["programs"] if p["score"] == data["programs"][0]["score"]]
    assert miles == sorted(miles)


def test_a_place_that_was_taken_names_the_others() -> None:
    shown = run("find", "Austin", "--limit", "1").stdout
    assert "Not this one?" in shown and "Austin, MN" in shown


def test_what_must_not_be_offered_is_left_out() -> None:
    wanted = json.loads(run("find", "78701", "--json", "--limit", "200").stdout)
    fewer = json.loads(run("find", "78701", "--not", "medicaid", "--json", "--limit", "200").stdout)
    assert 0 < fewer["total"] < wanted["total"]


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("find", "springfield"), 2, "Several places"),
        (("find", "qqqqzzzz"), 2, "We know no place called"),
        (("find", "Toronto"), 2, "outside the country"),
        (("find", "512"), 2, "Austin, TX"),
        (("find", "APO AE 09012"), 2, "militaryonesource.mil"),
        (("find", "78701", "--within", "soon"), 2, "not a distance"),
        (("find", "78701", "--need", "xyzzy"), 2, "neither a service code"),
        (("find", "78701", "--level", "xyzzy"), 2, "is not a level"),
        (("find", "78701", "--sort", "luck"), 2, "not an order"),
        (("find", "78701", "--limit", "0"), 2, "from 1 to 200"),
        (("find", "79830", "--within", "25"), 1, "0 programs"),
        (("show", "site_nothere"), 1, "no program"),
        (("serve", "--port", "99999"), 2, "from 1 to 65535"),
        (("serve", "--desk-port", "0", "--workers", "999"), 2, "from 0 to 64"),
        (("sources", "add", "/nowhere.csv", "--edition", "2025"), 2, "no file"),
    ],
)
def test_bad_questions_end_with_a_sentence_and_a_code(
    arguments: tuple[str, ...], code: int, words: str
) -> None:
    result = run(*arguments)
    assert result.exit_code == code
    assert words in result.output
    assert "Traceback" not in result.output


def test_a_question_without_a_place_is_asked_back() -> None:
    result = run("find", "")
    assert result.exit_code == 2
    assert "Where? Give a ZIP" in result.output


def test_past_the_last_page_the_last_is_named() -> None:
    result = run("find", "78701", "--page", "99")
    assert result.exit_code == 1
    assert "There is no page 99; the last is page 1." in result.output


def test_show_names_the_services_that_changed() -> None:
    found = json.loads(run("find", "78701", "--json").stdout)["programs"]
    told = [run("show", one["id"]).output for one in found]
    changed = [line for text in told for line in text.splitlines() if ": services: " in line]
    assert changed
    assert all("no longer " in line or "now " in line for line in changed)
    assert not any(re.search(r"'[A-Z0-9]{2,5}( [A-Z0-9]{2,5})*'", line) for line in changed)


def test_show_tells_where_each_fact_is_from() -> None:
    found = json.loads(run("find", "78701", "--json", "--limit", "1").stdout)["programs"][0]
    words = run("show", found["id"]).output
    assert found["name"] in words
    assert "National Director" in words and "as of 2023" in words
    record = json.loads(run("show", found["id"], "--json").stdout)
    fields = {claim["field"] for claim in record["claims"]}
    assert {"name", "address", "phones", "point"} <= fields
    assert all({"source", "as_of", "method", "chosen"} <= set(claim) for claim in record["claims"])


def test_sources_and_their_age() -> None:
    words = run("sources", "list").output
    assert words.count("sha256") == 13
    assert "years old" in words


def test_the_quality_report_as_words_and_as_data() -> None:
    words = run("sources", "report").output
    for measure in (
        "Sites in both directories",
        "Sites without a telephone",
        "street-level point",
        "Sources agree within",
    ):
        assert measure in words
    data = json.loads(run("sources", "report", "--json").stdout)
    by_source = {q["source"]: q for q in data["sources"]}
    assert by_source["samhsa-2024"]["rows"] == 20_524
    assert sum(by_source["samhsa-2024"]["rejected"].values()) == 5
    assert data["call_center_signs"]


def test_doctor_checks_everything(transactional_db: None) -> None:
    result = run("doctor")
    for name in ("folder", "space", "snapshot", "data age", "database", "clock"):
        assert name in result.output
    assert "waypost sources fetch" in result.output  # the carried editions are old, and it says so


def test_doctor_says_what_to_do_without_a_snapshot(settings, tmp_path: Path) -> None:

    settings.WAYPOST_DATA_DIR = tmp_path
    result = run("doctor")
    assert result.exit_code == 4
    assert "waypost publish" in result.output


def test_reports_are_listed_accepted_and_rejected(
    transactional_db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.utils import timezone

    from waypost.directory.actions import report_listing
    from waypost.directory.queries import accepted_claims

    monkeypatch.setattr("waypost.cli.claims_commands.with_database", lambda: None)
    number = report_listing(
        site_id="site_x", kind="phone", text="It rings out", by="visitor", now=timezone.now()
    )
    other = report_listing(
        site_id="site_x", kind="other", text="Closed on Mondays", by="visitor", now=timezone.now()
    )
    assert "It rings out" in run("claims", "list").output
    assert run("claims", "accept", str(number), "--value", "12").exit_code == 2
    assert (
        run("claims", "accept", str(number), "--value", "512-476-8888", "--by", "eva").exit_code
        == 0
    )
    assert run("claims", "reject", str(other), "--by", "eva").exit_code == 0
    assert run("claims", "reject", str(other), "--by", "eva").exit_code == 2
    assert "It rings out" not in run("claims", "list").output
    assert "accepted" in run("claims", "list", "--all").output
    assert [c.field for c in accepted_claims()["site_x"]] == ["phones"]


@pytest.mark.parametrize(
    "command", ["find", "show", "publish", "serve", "doctor", "sources", "claims"]
)
def test_help_for_every_command(command: str) -> None:
    result = run(command, "--help")
    assert result.exit_code == 0
    assert "Usage" in result.output


def test_the_database_has_its_newest_shape(transactional_db: None) -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
