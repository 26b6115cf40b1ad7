"""`make audit` finds the weaknesses that a database knows of our lock, and holds them to our days."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from tools import audit_libraries
from tools.audit_libraries import lock_age, main, weaknesses

from running import answering, held_port

ROOT = Path(__file__).resolve().parents[2]
TODAY = date(2026, 11, 30)


def said(name: str, published: str, *, fixed: str = "9.0") -> dict[str, Any]:
    """One weakness as `uv audit` writes it."""
    return {
        "dependency": {"name": name, "version": "1.0"}, "id": "PYSEC-1", "display_id": "PYSEC-1",
        "summary": "Reads too far", "fix_versions": [fixed] if fixed else [],
        "published": published, "modified": published,
    }  # fmt: skip


@contextmanager
def database(weak: dict[str, str]) -> Iterator[str]:
    """A database of weaknesses (the API of osv.dev) that knows one each of these libraries."""

    class Answers(BaseHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            """Say nothing."""

        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["queries"]
            names = [query["package"]["name"] for query in asked]
            self.reply({"results": [
                {"vulns": [{"id": f"PYSEC-{n}", "modified": weak[n]}]} if n in weak else {} for n in names
            ]})  # fmt: skip

        def do_GET(self) -> None:
            name = self.path.rpartition("PYSEC-")[2]
            package = {"package": {"ecosystem": "PyPI", "name": name}, "versions": ["0"]}
            self.reply({"id": f"PYSEC-{name}", "published": weak[name], "modified": weak[name],
                        "summary": "Reads too far", "affected": [package]})  # fmt: skip

        def reply(self, answer: dict[str, Any]) -> None:
            body = json.dumps(answer).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    with answering(HTTPServer(("127.0.0.1", 0), Answers)) as address:
        yield address


@pytest.mark.parametrize(
    ("public_for", "runs", "overdue"),
    [(7, True, False), (8, True, True), (30, False, False), (31, False, True), (0, True, False)],
)
def test_what_runs_has_a_week_and_what_only_builds_a_month(
    public_for: int, runs: bool, overdue: bool
) -> None:
    """The day is the one in UTC, wherever the advisory was written."""
    day = TODAY - timedelta(public_for)
    answer = [said("jinja2", f"{day.isoformat()}T23:30:00Z")]
    (weakness,) = weaknesses(answer if runs else [], answer, TODAY)
    assert (weakness.days, weakness.overdue) == (public_for, overdue)
    assert str(weakness).startswith("OVERDUE: jinja2 1.0" if overdue else "to mend: jinja2 1.0")


def test_the_longest_overdue_comes_first_and_no_remedy_is_said() -> None:
    answer = [
        said("a", "2026-11-29T00:00:00Z"),
        said("b", "2026-09-01T00:00:00+02:00", fixed=""),
    ]
    first, second = weaknesses(answer, answer, TODAY)
    assert "no version is without it yet" in str(first) and first.days == 91
    assert "fixed in 9.0" in str(second)


def test_the_database_is_asked_about_every_locked_library(
    capsys: pytest.CaptureFixture[str],
) -> None:
    today = date.fromisoformat(max(re.findall(r'upload-time = "([\d-]{10})', lock())))
    weak = {"jinja2": (today - timedelta(8)).isoformat() + "T00:00:00Z",
            "hypothesis": (today - timedelta(9)).isoformat() + "T00:00:00Z"}  # fmt: skip
    with database(weak) as address:
        assert main(["--service-url", address], today) == 1
    out = capsys.readouterr().out
    assert re.search(
        r"OVERDUE: jinja2 \S+, PYSEC-jinja2, Reads too far: public for 8 days of 7", out
    )
    assert re.search(r"to mend: hypothesis \S+, .* public for 9 days of 30", out)
    count = int(
        re.search(r"^(\d+) libraries looked up at .*: 2 known weaknesses, 1 overdue", out, re.M)[1]
    )
    assert count == lock().count("[[package]]") - 1  # all but Waypost itself


def test_without_a_network_it_says_that_nothing_is_known(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("UV_HTTP_RETRIES", "0")
    with held_port() as port:
        assert main(["--service-url", f"http://127.0.0.1:{port}"], TODAY) == 2
    out = capsys.readouterr().out
    assert "Nothing is known of weaknesses" in out and "looked up" not in out


def test_a_lock_that_nobody_renewed_is_overdue(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert lock_age('upload-time = "2026-08-01T1"\nupload-time = "2026-09-01T1"', TODAY) == 90
    none = {"vulnerabilities": [], "summary": {"audited_packages": 3}}
    monkeypatch.setattr(audit_libraries, "asked", lambda *_: none)
    newest = date.fromisoformat(max(re.findall(r'upload-time = "([\d-]{10})', lock())))
    assert main([], newest + timedelta(90)) == 0
    assert main([], newest + timedelta(91)) == 1
    assert "OVERDUE: the newest library of the lock came 91 days ago" in capsys.readouterr().out


def test_the_days_are_those_of_the_policy() -> None:
    policy = (ROOT / "SECURITY.md").read_text("utf-8").split("## Libraries")[1]
    days = [int(n) for n in re.findall(r"\| (\d+) days \|", policy.split("\n## ")[0])]
    ours = (audit_libraries.RUNS_DAYS, audit_libraries.BUILDS_DAYS, audit_libraries.LOCK_DAYS)
    assert tuple(days[1:]) == ours and days == sorted(days)


def lock() -> str:
    return (ROOT / "uv.lock").read_text("utf-8")
