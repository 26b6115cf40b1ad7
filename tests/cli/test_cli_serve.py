"""`waypost serve`: a real server on a free port, and sentences where it cannot start."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from pathlib import Path

import httpx

from cli.country import run
from running import held_port, started, until
from waypost.publishing.reader import Snapshot

WAYPOST = str(Path(sys.executable).with_name("waypost"))


def test_it_serves_site_and_desk_from_a_folder_of_any_name_and_stops_when_told(
    own_data: Path,
) -> None:
    # without the tests' settings, which are the public process's
    env = {k: v for k, v in os.environ.items() if k != "DJANGO_SETTINGS_MODULE"}
    with (
        held_port() as port,
        held_port() as desk,
        started(
            [WAYPOST, "serve", "--port", str(port), "--workers", "2", "--desk-port", str(desk)],
            env,
        ) as server,
    ):
        assert f"http://127.0.0.1:{port}" in server.line()  # the address is printed
        until(lambda: answers(f"http://127.0.0.1:{port}/find?place=78701"), "answer")
        until(lambda: answers(f"http://127.0.0.1:{desk}/"), "desk")
        # what is handed on, printed or scanned leads to where it is served
        front = httpx.get(f"http://127.0.0.1:{port}/", timeout=30).text
        assert f'<link rel="canonical" href="http://127.0.0.1:{port}/"' in front
        doctor = subprocess.run(
            [WAYPOST, "doctor"], env=env, check=False, capture_output=True, text=True, timeout=200
        )
        server.process.send_signal(signal.SIGINT)
        rest = server.rest()
    assert (doctor.returncode, doctor.stderr) == (0, ""), doctor.stdout
    assert "database: sqlite, up to date" in doctor.stdout  # the database was made in that folder
    assert (own_data / "waypost.sqlite3").exists() and (own_data / "private").is_dir()
    assert f"The desk is at http://localhost:{desk}." in rest
    assert "GET" not in rest  # nobody's search is written down
    assert "Traceback" not in rest


def answers(address: str) -> bool:
    """Whether the server answers by now."""
    try:
        return httpx.get(address, timeout=30).status_code in (200, 302)  # the desk asks who it is
    except httpx.TransportError:
        return False


def test_with_a_broken_database_reads_go_on_and_a_report_keeps_what_was_typed(
    own_data: Path, snapshot: Snapshot
) -> None:
    (own_data / "waypost.sqlite3").write_bytes(b"This is no database. " * 400)
    env = {k: v for k, v in os.environ.items() if k != "DJANGO_SETTINGS_MODULE"}
    page = f"/site/{snapshot.current_ids()[0]}"
    with (
        held_port() as port,
        started([WAYPOST, "serve", "--port", str(port), "--workers", "1"], env) as server,
        httpx.Client(
            base_url=f"http://127.0.0.1:{port}", timeout=60, follow_redirects=True
        ) as visitor,
    ):
        assert "reports and the desk are not until it is fixed" in server.line()
        until(lambda: answers(f"http://127.0.0.1:{port}/help-now"), "answer")
        for path in ("/find?near=78701", page, "/api/v1/search?near=78701", "/coverage"):
            assert visitor.get(path).status_code == 200, path
        form = visitor.get(f"{page}/report").text
        (token,) = re.findall(r'name="token" value="([^"]+)"', form)
        typed = {"token": token, "kind": "phone", "text": "It rings at a bakery"}
        answer = visitor.post(
            f"{page}/report", data=typed, headers={"Sec-Fetch-Site": "same-origin"}
        )
        assert answer.status_code == 503 and int(answer.headers["Retry-After"]) > 0
        assert (
            "It rings at a bakery" in answer.text and "could not store your report" in answer.text
        )
        server.process.send_signal(signal.SIGINT)
        said = server.rest()
    assert "A report could not be stored: DatabaseError" in said
    assert "Traceback" not in said and "bakery" not in said


def test_a_port_that_is_taken(own_data: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        result = run("serve", "--desk-port", "0", "--port", str(taken.getsockname()[1]))
    assert result.exit_code == 4
    assert "choose another --port" in result.output
