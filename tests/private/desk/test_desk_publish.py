"""Publish from the desk: the preview says what the publish does, and a step back undoes it."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.test import Client

from running import until
from waypost.audit.queries import events
from waypost.desk.publish import child, running
from waypost.desk.publish import page as publish_page
from waypost.desk.publish.words import side_words
from waypost.directory.program_word import FIELDS
from waypost.directory.site import Claim, Site, Survey
from waypost.editions.claims_only import publish_claims
from waypost.editions.preview import WordChange, preview, step_back
from waypost.publishing.build import PublishError, put_in_place, write_snapshot
from waypost.publishing.file_name import FILE_NAME
from waypost.publishing.kept import MOST, kept_snapshots
from waypost.publishing.manifest import Manifest
from waypost.publishing.reader import Snapshot
from waypost.values.geo import Point

SignedIn = Callable[..., Client]
NOW = datetime(2026, 12, 3, 12, tzinfo=UTC)
SITE = Site(
    id="site_1", name="Center", name2="", street="1 Main Street", street2="", city="Dayton", state="OH",
    zip="45402", county="", county_fips="", timezone="", point=Point(39.75, -84.19), exact=True,
    phones=(), website="", codes=frozenset({"OIT"}), surveys=frozenset({Survey.SUBSTANCE_USE}),
    listed_since="2022", last_listed="2024",
)  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    sites = [SITE, replace(SITE, id="site_2", name="House")]
    manifest = Manifest("", NOW, "2024", (), {"current_sites": len(sites)}, {}, {})
    put_in_place(write_snapshot(tmp_path, sites, {}, manifest)[0], tmp_path)
    return tmp_path


def plans(*names: str) -> dict[str, list[Claim]]:
    until = NOW.date() + FIELDS["says:plans"].holds
    return {
        "site_1": [Claim("says:plans", list(names), "program", NOW.date(), "said", until=until)]
    }


def current(folder: Path) -> Snapshot:
    return Snapshot(folder / FILE_NAME)


def test_the_preview_is_what_the_publish_does(folder: Path) -> None:
    said = plans("Blue Cross")
    changes, speaking = preview(current(folder), said)
    assert [(c.site_id, c.name, c.field, in_words(c)) for c in changes] == [
        ("site_1", "Center", "says:plans", ([], ["Blue Cross", "(December 3, 2026)"]))
    ]
    assert speaking == 1 and current(folder).site("site_1").said == {}
    publish_claims(folder, NOW, said)
    assert preview(current(folder), said) == ([], 1)
    gone, _speaking = preview(current(folder), {})
    assert [in_words(c) for c in gone] == [(["Blue Cross", "(December 3, 2026)"], [])]


def test_the_preview_says_a_plan_and_its_payer_and_a_time_in_words(folder: Path) -> None:
    """A changed hour counts, though there are as many tracks as before."""
    until = NOW.date() + FIELDS["says:plans"].holds

    def said(*plan: str, start: str) -> dict[str, list[Claim]]:
        track = {"id": "t", "zone": "America/New_York",
                 "sessions": [{"days": ["mon", "wed"], "start": start, "end": "21:00"}]}  # fmt: skip
        pairs = {"says:plans": list(plan), "tracks": [track]}
        return {"site_1": [Claim(n, v, "program", NOW.date(), "said", until=until) for n, v in pairs.items()]}  # fmt: skip

    before = said("PPO | Blue Cross", "| Aetna", start="18:00")
    words = {c.field: in_words(c)[1] for c in preview(current(folder), before)[0]}
    assert words["says:plans"][:2] == [
        "PPO (payer: Blue Cross)",
        "Aetna (it does not name the plan)",
    ]
    assert "6:00" in words["tracks"][0] or "6 " in words["tracks"][0]
    publish_claims(folder, NOW, before)
    later = said("PPO | Blue Cross", "| Aetna", start="17:00")
    assert [c.field for c in preview(current(folder), later)[0]] == ["tracks"]


def in_words(change: WordChange) -> tuple[list[str], list[str]]:
    """Now and then, as the page says it."""
    sides = (change.before, change.after)
    now, then = (side_words(change.field, side, NOW.date()) for side in sides)
    return now, then


def test_the_last_five_are_kept_and_one_step_back_is_the_one_before(folder: Path) -> None:
    versions = [current(folder).version]
    for n in range(MOST + 2):
        publish_claims(folder, NOW, plans(f"Plan {n}"))
        versions.append(current(folder).version)
    kept = kept_snapshots(folder)
    assert [k.number for k in kept] == [7, 6, 5, 4, 3]
    assert [Snapshot(k.path).version for k in kept] == versions[-2:-7:-1]
    assert step_back(folder, 7).version == versions[-2] == current(folder).version
    assert Snapshot(kept_snapshots(folder)[0].path).version == versions[-1]  # and forth again
    assert not list(folder.glob("*.tmp"))


def test_a_kept_snapshot_that_is_gone_or_damaged_changes_nothing(folder: Path) -> None:
    publish_claims(folder, NOW, plans("Blue Cross"))
    version = current(folder).version
    (kept,) = kept_snapshots(folder)
    with pytest.raises(PublishError, match="not kept"):
        step_back(folder, 99)
    data = bytearray(kept.path.read_bytes())
    data[len(data) // 2] ^= 1
    kept.path.unlink()
    kept.path.write_bytes(data)
    with pytest.raises(PublishError, match="Nothing was changed"):
        step_back(folder, kept.number)
    assert current(folder).version == version


@pytest.fixture
def desk_folder(folder: Path, settings: object) -> Path:
    settings.WAYPOST_DATA_DIR = folder  # type: ignore[attr-defined]
    settings.PRIVATE = replace(settings.PRIVATE, folder=folder / "private")  # type: ignore[attr-defined]
    return folder


@pytest.mark.django_db
def test_a_step_back_at_the_desk_is_one_act_of_the_audit(
    signed_in: SignedIn, desk_folder: Path
) -> None:
    before = current(desk_folder).version
    publish_claims(desk_folder, NOW, plans("Blue Cross"))
    editor = signed_in("editor")
    page = editor.get("/publish").content.decode()
    assert "/publish/back/1" in page and "Blue Cross" in page  # nobody says it in the tables
    assert editor.post("/publish/back/1").status_code == 302
    assert current(desk_folder).version == before
    assert events(record="snapshot")[0].act == f"stepped back to {before[:16]}"
    assert "not kept any more" in editor.post("/publish/back/42", follow=True).content.decode()
    assert signed_in("verifier").post("/publish/back/1").status_code == 403


@pytest.mark.django_db
def test_a_publish_is_started_apart_once_at_a_time(
    signed_in: SignedIn, desk_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[list[str]] = []
    monkeypatch.setattr(running, "start", lambda _f, _t, words: started.append(words))
    editor = signed_in("editor")
    for what in ("claims", "all", "everything; rm"):
        editor.post("/publish/now", {"what": what})
    assert started == [["publish", "--only-claims"], ["publish"]]
    now = running.PublishRun("12:00", ("publish",), True, None, "reading")
    for module in (publish_page, running):
        monkeypatch.setattr(module, "last_run", lambda _f: now)
    assert "already running" in editor.post("/publish/now", {"what": "all"}, follow=True).content.decode()  # fmt: skip
    assert len(started) == 2 and "reading" in editor.get("/publish").content.decode()


def test_many_who_press_at_the_same_moment_start_one_publish(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Several workers of the desk, each with its own press: one starts, and one event says so."""
    this = SimpleNamespace(pid=os.getpid(), wait=lambda: 0)  # it runs as long as this test does
    monkeypatch.setattr(running.subprocess, "Popen", lambda *_words, **_more: this)
    together, events_written, answers = threading.Barrier(6), [], []

    def press() -> None:
        together.wait(60)
        noted = partial(events_written.append, "started")
        answers.append(running.start_alone(tmp_path / "private", "now", ["publish"], noted))

    threads = [threading.Thread(target=press) for _n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(answers) == [False] * 5 + [True] and events_written == ["started"]
    assert running.last_run(tmp_path / "private").running


def ended_run(folder: Path) -> running.PublishRun | None:
    run = running.last_run(folder)
    return run if run and run.code is not None else None


def test_the_child_runs_a_command_of_ours_to_its_end_and_says_how_it_went(tmp_path: Path) -> None:
    running.start(tmp_path, "2026-12-03 12:00", ["--version"])
    run = until(lambda: ended_run(tmp_path), "the end of the command")
    assert (run.code, run.running, run.words) == (0, False, ("--version",))
    assert run.log.startswith("waypost ")


def test_a_command_that_never_ends_is_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(child, "LONGEST", 0.01)
    assert child.run(tmp_path, "now", ["--help"]) == 124
    assert running.last_run(tmp_path).code == 124


def test_a_child_that_was_killed_is_not_running(tmp_path: Path) -> None:
    child._write(tmp_path, {"words": ["publish"], "started": "x", "process": 2**22 - 1, "code": None})  # fmt: skip
    (tmp_path / child.LOG).write_text("reading", "utf-8")
    run = running.last_run(tmp_path)
    assert (run.running, run.code, run.log) == (False, None, "reading")
