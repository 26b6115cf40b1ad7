"""`waypost coverage`: the page's answer on a terminal, and imports by what is in the files."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import httpx
import pytest
from django.test import Client
from typer.testing import CliRunner, Result

from waypost.cli.main import app
from waypost.coverage.imports import fetch as fetching
from waypost.coverage.store import PlanStore

GOLD = "40220TX0080024-01"
DATA = Path(__file__).parents[1] / "coverage" / "data"


def run(*arguments: str) -> Result:
    """Run `waypost coverage` with arguments."""
    return CliRunner().invoke(app, ["coverage", *arguments], catch_exceptions=False)


@pytest.fixture
def own_folder(data_dir, tmp_path, settings):
    """A data folder of this test alone, with the shared snapshot."""
    (tmp_path / "snapshot.sqlite3").symlink_to(data_dir / "snapshot.sqlite3")
    settings.WAYPOST_DATA_DIR = tmp_path
    return tmp_path


def test_page_api_and_command_line_say_the_same(data_dir, snapshot) -> None:
    site = snapshot.current_ids()[0]
    asked = {"plan": GOLD, "care": "iop", "site": site, "price": "250"}
    told = run("ask", "--plan", GOLD, "--care", "iop", "--site", site, "--price", "250")
    assert told.exit_code == 0
    data = json.loads(told.stdout)
    api = Client().post("/api/v1/coverage", asked, content_type="application/json").json()
    assert data == api
    assert all(source["as_of"] for source in data["sources"])


def test_words_for_a_person(data_dir) -> None:
    told = run("ask", "--insurance", "medicaid", "--state", "TX", "--text").output
    assert "Is this care covered? depends" in told
    assert "how sure: low" in told
    assert "KFF" in told
    assert "988" in told
    assert "\x1b[" not in told


@pytest.mark.parametrize("text", ["united helthcare gold", "40220TX0080024", GOLD.lower()])
def test_a_plan_is_named_as_people_name_it(data_dir, text) -> None:
    assert json.loads(run("ask", "--plan", text).stdout)["plan"]["id"] == GOLD


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("ask",), 2, "kind of insurance"),
        (("ask", "--plan", "H0104"), 2, "Several plans"),
        (("ask", "--plan", "zzzqqq"), 2, "No plan is like"),
        (("ask", "--insurance", "va", "--site", "site_nothere"), 1, "no program"),
        (("ask", "--insurance", "va", "--course", "9x9"), 2, "1 to 7 days"),
        (("plans", "zzzqqq"), 1, "No plan is like"),
        (("plans", "x", "--state", "ZZ"), 2, "two letters"),
        (("import", "/nowhere.csv"), 2, "no file"),
        (("import", "https://example.org/x.zip"), 4, "not at"),
        (("networks", "http://example.org", "1234567893"), 2, "https"),
        (("networks", "https://example.org", "site_nothere"), 1, "No NPI"),
    ],
)
def test_bad_questions_end_with_a_sentence_and_a_code(data_dir, arguments, code, words) -> None:
    result = run(*arguments)
    assert result.exit_code == code
    assert words in result.output


def test_plans_are_listed(data_dir) -> None:
    assert GOLD in run("plans", "unitd", "gold", "--state", "TX").output


def test_files_are_imported_and_then_answered_from(own_folder) -> None:
    sample = own_folder / "benefits.csv.gz"
    shutil.copy(DATA / "puf_benefits_2014_2016.csv.gz", sample)
    result = run(
        "import", str(sample), str(DATA / "qhp" / "providers.json"), "--as-of", "2016-01-01"
    )
    assert result.exit_code == 0
    assert "10,000 rows read, 385 kept" in result.output
    assert "provider file" in result.output
    assert "No program's NPI is known" in result.output
    name = PlanStore(own_folder / "plans.sqlite3").names()[0]
    data = json.loads(run("ask", "--plan", name.id).stdout)
    assert data["plan"]["id"] == name.id
    assert data["plan"]["source"].startswith("marketplace-")


def test_a_file_that_is_none_changes_nothing(own_folder) -> None:
    bad = own_folder / "benefits.csv"
    bad.write_text("hello\n")
    result = run("import", str(bad))
    assert result.exit_code == 2
    assert "is missing" in result.output
    assert not (own_folder / "plans.sqlite3").exists()


def test_without_files_cms_is_asked(own_folder, monkeypatch) -> None:
    asked = []

    def answer(request):
        asked.append(request.url.path)
        return httpx.Response(404)

    client = httpx.Client(transport=httpx.MockTransport(answer))
    monkeypatch.setattr(fetching.httpx, "Client", lambda **_options: client)
    result = run("import", "--year", "2026")
    assert result.exit_code == 4
    assert "404" in result.output
    assert asked == ["/marketplace-puf/2026/benefits-and-cost-sharing-puf.zip"]
