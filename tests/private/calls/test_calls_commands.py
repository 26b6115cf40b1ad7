"""`waypost accuracy draw`, `waypost accuracy signs` and `waypost demo calls`."""

from __future__ import annotations

import pytest
from django.test import Client
from typer.testing import CliRunner, Result

from waypost.cli.accuracy import commands
from waypost.cli.demo import calls
from waypost.cli.main import app
from waypost.directory.calls.queries import called_claims, calls_of, outcomes, rounds
from waypost.publishing.reader import Snapshot

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_dir")]


@pytest.fixture(autouse=True)
def _database_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(commands, "with_private_database", lambda: None)
    monkeypatch.setattr(calls, "with_private_database", lambda: None)


def waypost(*words: str) -> Result:
    return CliRunner().invoke(app, list(words))


def test_a_draw_says_its_strata_and_is_the_same_again(snapshot: Snapshot) -> None:
    words = ("accuracy", "draw", "--state", "tx", "--size", "20", "--seed", "7", "--ids")
    first = waypost(*words)
    assert first.exit_code == 0 and first.stdout == waypost(*words).stdout
    assert f"Snapshot {snapshot.version}, seed 7." in first.stdout
    assert first.stdout.count("site_") == 20 and first.stdout.count("  second person too") == 2
    strata = [
        line.split(maxsplit=3)
        for line in first.stdout.splitlines()
        if " of " in line and "county," in line
    ]
    assert sum(int(line[0]) for line in strata) == 20
    assert first.stdout != waypost(*words[:-2], "8", "--ids").stdout
    assert not rounds()  # nothing was started


def test_a_round_is_started_with_what_each_listing_says(snapshot: Snapshot) -> None:
    done = waypost("accuracy", "draw", "--state", "RI", "--size", "10", "--start")
    (made,) = rounds()
    assert done.exit_code == 0 and f"Round {made.number} waits at the desk" in done.stdout
    assert (made.size, made.version, made.edition) == (
        10,
        snapshot.version,
        snapshot.manifest.edition,
    )
    for call in calls_of(made.number):
        site = snapshot.site(call.site_id)
        assert site is not None and call.zone == site.timezone
        assert {fact.field.value for fact in call.facts} >= {"phones", "name", "services"}


@pytest.mark.parametrize(("state", "size", "words"), [
    ("ZZ", "10", "No intensive outpatient program is listed in ZZ"), ("TX", "1", "Draw at least"),
])  # fmt: skip
def test_what_cannot_be_drawn_is_said(state: str, size: str, words: str) -> None:
    done = waypost("accuracy", "draw", "--state", state, "--size", size)
    assert done.exit_code == 2 and words in done.output


def test_a_made_up_round_is_marked_and_claims_nothing() -> None:
    done = waypost("demo", "calls", "--state", "RI", "--size", "20")
    (made,) = rounds()
    assert done.exit_code == 0 and made.made_up and "is made up" in done.stdout
    assert 0 < made.done == made.size - calls.WAITING and made.second_done
    assert len(outcomes(made_up=True)) == made.done and not outcomes() and not called_claims()
    again = waypost("demo", "calls")
    assert again.exit_code == 4 and "Set WAYPOST_DATA_DIR" in again.output


def test_the_signs_are_measured() -> None:
    done = waypost("accuracy", "signs")
    assert done.exit_code == 0 and "other website: precision 0.938" in done.stdout
    assert "100 listings judged" in done.stdout


def test_the_accuracy_is_no_page_of_the_desk() -> None:
    assert Client().get("/accuracy").status_code == 404
