"""`waypost coverage`: the page's answer on a terminal, and imports by what is in the files."""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
from pathlib import Path

import httpx
import pytest
from django.test import Client
from typer.testing import CliRunner, Result

from forms import Following
from waypost.cli.main import app
from waypost.files.seal import write_seal
from waypost.files.store import unsealed_copy
from waypost.plans.imports import fetch as fetching
from waypost.plans.store import PlanStore

GOLD = "40220TX0080024-01"
DATA = Path(__file__).parents[1] / "plans" / "data"


def run(*arguments: str) -> Result:
    """Run `waypost coverage` with arguments."""
    return CliRunner().invoke(app, ["coverage", *arguments], catch_exceptions=False)


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


@pytest.mark.parametrize(
    ("price", "words"),
    [(("--price", "250"), r"What might it cost\? \$[\d,.]+ (to|or more)"),
     ((), r"What might it cost\? .*a part of the price")],
    ids=["a price", "no price"],
)  # fmt: skip
def test_what_it_might_cost_is_an_interval_or_a_part(data_dir, price, words) -> None:
    told = run("ask", "--plan", GOLD, "--care", "iop", *price, "--text").output
    assert re.search(words, told), told
    assert re.search(r"^  - A\. ", told, re.MULTILINE)


@pytest.mark.parametrize("text", ["united helthcare gold", "40220TX0080024", GOLD.lower()])
def test_a_plan_is_named_as_people_name_it(data_dir, text) -> None:
    assert json.loads(run("ask", "--plan", text).stdout)["plan"]["id"] == GOLD


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("ask",), 2, "kind of insurance"),
        (("ask", "--insurance", "bogus"), 2, "“bogus”. Choose one of: medicaid, medicare,"),
        (("ask", "--insurance", "va", "--care", "bogus"), 2, "“bogus”. Choose one of: iop,"),
        (("plans", "gold", "--insurance", "bogus"), 2, "“bogus”. Choose one of: medicaid,"),
        (("ask", "--plan", "H0104"), 2, "Several plans"),
        (("ask", "--plan", "zzzqqq"), 2, "No plan matches"),
        (("ask", "--insurance", "va", "--site", "site_nothere"), 1, "no program"),
        (("ask", "--insurance", "va", "--course", "9x9"), 2, "1 to 7 days"),
        (("plans", "zzzqqq"), 1, "No plan matches"),
        (("plans", "x", "--state", "ZZ"), 2, "two letters"),
        (("import", "/nowhere.csv"), 2, "no file"),
        (("import", "https://example.org/x.zip"), 4, "not at"),
        (("networks", "http://example.org", "1234567893"), 2, "https"),
        (("networks", "https://example.org", "site_nothere"), 1, "No NPI"),
    ],
)
def test_bad_questions_end_with_a_sentence_and_a_code(own_data, arguments, code, words) -> None:
    result = run(*arguments)
    assert result.exit_code == code
    assert words in result.output


def test_plans_are_listed(data_dir) -> None:
    assert GOLD in run("plans", "unitd", "gold", "--state", "TX").output


def test_plans_are_listed_by_the_id_on_the_card(data_dir) -> None:
    told = run("plans", "H0104-012-0").output
    assert told.startswith("H0104-012-0  (name not known here)")
    assert "_" not in told


def test_files_are_imported_and_then_answered_from(own_data) -> None:
    sample = own_data / "benefits.csv.gz"
    shutil.copy(DATA / "puf_benefits_2014_2016.csv.gz", sample)
    result = run(
        "import", str(sample), str(DATA / "qhp" / "providers.json"), "--as-of", "2016-01-01"
    )
    assert result.exit_code == 0
    assert "10,000 rows read, 385 kept" in result.output
    assert "provider file" in result.output
    assert "No program's NPI is known" in result.output
    name = PlanStore(own_data / "plans.sqlite3").read_names()[0]
    data = json.loads(run("ask", "--plan", name.id).stdout)
    assert data["plan"]["id"] == name.id
    assert data["plan"]["source"].startswith("marketplace-")


def test_a_file_that_is_none_changes_nothing(own_data) -> None:
    bad = own_data / "benefits.csv"
    bad.write_text("hello\n")
    result = run("import", str(bad))
    assert result.exit_code == 2
    assert "is missing" in result.output
    assert not (own_data / "plans.sqlite3").exists()


def test_without_files_cms_is_asked(own_data, monkeypatch) -> None:
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


@pytest.fixture
def with_an_npi(data_dir, tmp_path, settings):
    """A snapshot in which one program of Texas claims an NPI and a tax id."""
    path = tmp_path / "snapshot.sqlite3"
    unsealed_copy(data_dir / "snapshot.sqlite3", path)
    with sqlite3.connect(path) as connection:
        rows = connection.execute(
            "SELECT id FROM site WHERE current AND is_iop AND state = 'TX' ORDER BY id"
        )
        site = str(rows.fetchone()[0])
        for field, value in (("npi", "1234567893"), ("tax_id", "123456789")):
            connection.execute(
                "INSERT INTO claim VALUES (?, ?, ?, 'visitor-report', '2026-11-01', "
                "'reported and confirmed', 1, 'the only source', '')",
                (site, field, json.dumps(value)),
            )
    write_seal(path)
    settings.WAYPOST_DATA_DIR = tmp_path
    yield site


def test_a_claimed_npi_meets_the_issuers_files(with_an_npi, tmp_path) -> None:
    plan = {"plan_id": GOLD[:14], "network_tier": "PREFERRED", "years": [2026]}
    providers = tmp_path / "providers.json"
    providers.write_text(json.dumps([{"npi": "1234567893", "type": "FACILITY", "plans": [plan]}]))
    prices = tmp_path / "prices.json"
    group = {"npi": [1999999984], "tin": {"type": "ein", "value": "12-3456789"}}
    rate = {
        "negotiated_type": "negotiated", "negotiated_rate": 250.5, "expiration_date": "9999-12-31",
    }  # fmt: skip
    item = {"provider_groups": [group], "negotiated_prices": [rate]}
    code = {
        "negotiation_arrangement": "ffs", "billing_code_type": "HCPCS", "billing_code": "H0015",
        "negotiated_rates": [item],
    }  # fmt: skip
    prices.write_text(json.dumps({"reporting_entity_name": "Vandelay", "in_network": [code]}))
    result = run(
        "import", str(providers), str(prices), "--issuer", "Vandelay", "--as-of", "2026-03-01",
        "--plan", "40220tx0080024",
    )  # fmt: skip
    assert result.exit_code == 0
    assert "No program's NPI" not in result.output

    asked = json.loads(run("ask", "--plan", GOLD, "--site", with_an_npi, "--state", "TX").stdout)
    words = {line["id"]: line["text"] for line in asked["network"]["sentences"]}
    assert asked["network"]["verdict"] == "likely"
    assert "2026-03-01" in words["network-in"]
    assert "$250.50" in words["network-price"]  # by the tax id, which the program shares
    named = asked["programs_in_network"]
    assert (named["total"], named["programs"][0]["id"]) == (1, with_an_npi)
    assert named["says"]["as_of"] == "2026-03-01"
    told = run("ask", "--plan", GOLD, "--state", "TX", "--text").output
    assert "Programs that Provider file of Vandelay (2026-03-01) names" in told
    assert f"({with_an_npi})" in told
    sent = {"insurance": "marketplace", "plan": GOLD, "state": "TX", "care": "iop"}
    page = Following().post("/coverage/answer", sent).content.decode()
    assert f'href="/site/{with_an_npi}"' in page
    assert "Provider file of Vandelay of 2026-03-01" in page


def test_a_file_of_another_year_does_not_count(with_an_npi, tmp_path) -> None:
    plan = {"plan_id": GOLD[:14], "network_tier": "PREFERRED", "years": [2024]}
    providers = tmp_path / "providers.json"
    providers.write_text(json.dumps([{"npi": "1234567893", "plans": [plan]}]))
    run("import", str(providers))
    asked = json.loads(run("ask", "--plan", GOLD, "--site", with_an_npi).stdout)
    words = {line["id"]: line["text"] for line in asked["network"]["sentences"]}
    assert "network for 2026" in words["network-no-file"]
    assert "network-in" not in words
    assert asked["programs_in_network"] is None
