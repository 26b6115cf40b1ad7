"""`waypost eligibility`: set up, asked, as FHIR, and the payer for demonstrations."""

from __future__ import annotations

import json
import sys
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from fhir.resources.R4B.coverageeligibilityresponse import CoverageEligibilityResponse
from typer.testing import CliRunner, Result

from running import PATIENCE, started
from waypost.cli.eligibility.commands import DEMONSTRATION
from waypost.cli.main import app
from waypost.eligibility.live_settings import Secrets, settings_of
from waypost.eligibility.loopback import LoopbackPayer
from waypost.eligibility.loopback_acts import Act

PERSON = {
    "last_name": "QUIXOTEZZ",
    "first_name": "DULCINEAQQ",
    "birth_date": "1987-11-23",
    "member_id": "CANARYID77Q31",
}
ASK = ("ask", "--site", "site_one", "--payer", "LOOP1")
REQUEST = {
    "resourceType": "CoverageEligibilityRequest",
    "status": "active",
    "purpose": ["benefits"],
    "patient": {"reference": "#patient"},
    "created": "2026-03-01",
    "insurer": {"reference": "#payer"},
    "contained": [
        {
            "resourceType": "Patient",
            "id": "patient",
            "name": [{"family": "QUIXOTEZZ", "given": ["DULCINEAQQ"]}],
            "birthDate": "1987-11-23",
        },
        {"resourceType": "Coverage", "id": "coverage", "subscriberId": "CANARYID77Q31"},
        {
            "resourceType": "Organization",
            "id": "payer",
            "name": "LOOPBACK PAYER",
            "identifier": [{"value": "LOOP1"}],
        },
    ],
}


def run(*arguments: str, typed: object = None) -> Result:
    text = None if typed is None else json.dumps(typed)
    runner = CliRunner()
    return runner.invoke(app, ["eligibility", *arguments], input=text, catch_exceptions=False)


@pytest.fixture
def payer(settings) -> Iterator[Callable[..., LoopbackPayer]]:
    running: list[LoopbackPayer] = []

    def start(*acts: Act) -> LoopbackPayer:
        one = LoopbackPayer(acts or (Act.ANSWER,)).__enter__()
        running.append(one)
        text = DEMONSTRATION.format(url=one.url("/core/soap"), site="site_one")
        settings.WAYPOST_ELIGIBILITY = settings_of(
            tomllib.loads(text), Secrets("u", "s3cret-s3cret")
        )
        return one

    yield start
    for one in running:
        one.__exit__(None, None, None)


def test_what_is_set_up_is_said_without_secrets(payer) -> None:
    payer()
    told = run("check")
    assert "by core-soap, as a test" in told.stdout
    assert "LOOPBACK PAYER (LOOP1)" in told.stdout
    assert "site_one: EXAMPLE PROGRAM, NPI 1234567893" in told.stdout
    assert "s3cret" not in told.output


def test_where_it_is_off_it_says_so(settings) -> None:
    settings.WAYPOST_ELIGIBILITY = None
    told = run(*ASK, "--consent", typed=PERSON)
    assert told.exit_code == 2
    assert "WAYPOST_ELIGIBILITY_FILE is not set" in told.stderr


def test_a_payer_is_asked_and_explained(payer) -> None:
    payer(Act.DOWN_80, Act.ANSWER)
    told = run(*ASK, "--consent", typed=PERSON)
    assert told.exit_code == 0
    assert told.stdout.startswith("Coverage is active on 20")
    assert "asking once more" in told.stderr
    assert "CANARYID77Q31" not in told.output
    assert "QUIXOTEZZ" not in told.output


def test_nothing_is_asked_without_consent(payer) -> None:
    one = payer()
    told = run(*ASK, typed=PERSON)
    assert (told.exit_code, one.questions) == (1, 0)
    assert "has not agreed" in told.stdout


def test_a_refusal_names_its_code_to_the_operator(payer) -> None:
    payer(Act.REJECT_75)
    told = run(*ASK, "--consent", typed=PERSON)
    assert told.exit_code == 1
    assert "AAA 75 in 2100C" in told.stdout


@pytest.mark.parametrize("act", [Act.ANSWER, Act.REJECT_72, Act.HTML])
def test_it_is_printed_as_fhir(payer, act) -> None:
    payer(act)
    told = run(*ASK, "--consent", "--fhir", typed=PERSON)
    response = CoverageEligibilityResponse.model_validate_json(told.stdout)
    assert response.outcome == ("complete" if act is Act.ANSWER else "error")
    assert "CANARYID77Q31" not in told.output


@pytest.mark.parametrize("act", [Act.ANSWER, Act.DOWN_42])
def test_a_fhir_request_is_asked_and_answered(payer, tmp_path: Path, act) -> None:
    payer(act)
    (tmp_path / "request.json").write_text(json.dumps(REQUEST))
    told = run("fhir", str(tmp_path / "request.json"), "--site", "site_one", "--consent")
    response = CoverageEligibilityResponse.model_validate_json(told.stdout)
    assert response.outcome == ("complete" if act is Act.ANSWER else "error")
    assert told.exit_code == (0 if act is Act.ANSWER else 1)


@pytest.mark.parametrize("text", ["", "[]", "{}", "[" * 100_000, '{"resourceType": "Patient"}'])
def test_what_is_no_fhir_request_is_refused(payer, tmp_path: Path, text: str) -> None:
    one = payer()
    (tmp_path / "x").write_text(text)
    told = run("fhir", str(tmp_path / "x"), "--site", "site_one", "--consent")
    assert (told.exit_code, one.questions) == (2, 0)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ([], "one JSON object"),
        ({}, "birth_date is missing"),
        (PERSON | {"birth_date": "soon"}, "birth_date is not a day"),
        (PERSON | {"member_id": ""}, "member_id is missing"),
        (PERSON | {"last_name": 7}, "last_name is missing"),
        (PERSON | {"dependent": 1}, "dependent is wrong"),
        (PERSON | {"dependent": PERSON | {"relationship": "friend"}}, "dependent is wrong"),
    ],
)
def test_who_it_is_must_be_whole_and_is_never_repeated(payer, typed, words) -> None:
    one = payer()
    told = run(*ASK, "--consent", typed=typed)
    assert (told.exit_code, one.questions) == (2, 0)
    assert words in told.stderr
    assert "QUIXOTEZZ" not in told.output


def test_an_unknown_level_or_act_is_refused(payer) -> None:
    payer()
    assert run(*ASK, "--care", "spa", "--consent", typed=PERSON).exit_code == 2
    assert "--act dance is not one of answer" in run("loopback", "--act", "dance").stderr


def test_every_act_stands_in_the_help() -> None:
    told = " ".join(run("loopback", "--help").stdout.replace("│", " ").split())
    for act in Act:
        assert act.name.lower().replace("_", "-") in told.replace("- ", "-")


def test_the_loopback_payer_runs_and_writes_a_file_that_asks_it(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "waypost.config.command", "eligibility", "loopback"]
    file = tmp_path / "live.toml"
    options = ["--port", "0", "--write", str(file), "--site", "site_one"]
    with started([*command, *options]) as payer:
        lines = [payer.line().strip() for _ in range(5)]
        assert [line.rpartition("/")[2] for line in lines[:3]] == ["soap", "mime", "stedi"]
        assert httpx.post(lines[2], content=b"{}", timeout=PATIENCE).status_code == 400
        told = settings_of(tomllib.loads(file.read_text("utf-8")), Secrets("u", "s"))
        assert told.endpoint.url == lines[0]
