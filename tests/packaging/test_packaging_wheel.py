"""The built wheel works in an empty environment, with no checkout beside it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from running import answer_of, held_port, logged

ROOT = Path(__file__).resolve().parents[2]


def uv() -> str:
    """The tool that builds and installs: beside this Python, or on the path."""
    found = shutil.which(
        "uv", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    )
    assert found, "uv is not installed; `make test` installs it"
    return found


def clean_environment(home: Path) -> dict[str, str]:
    """The environment of somebody who has only the wheel."""
    kept = {
        k: v
        for k, v in os.environ.items()
        if not k.startswith(("WAYPOST_", "PYTHON", "VIRTUAL_ENV", "DJANGO"))
    }
    return kept | {"HOME": str(home), "XDG_DATA_HOME": str(home / "share")}


@pytest.mark.wheel
@pytest.mark.timeout(1_800)  # builds, installs everything anew, and builds a snapshot
def test_the_wheel_finds_and_serves(tmp_path: Path) -> None:
    subprocess.run(
        [uv(), "build", "--wheel", "--quiet", "-o", str(tmp_path / "dist"), str(ROOT)],
        check=True,
        timeout=600,
    )
    wheel = next((tmp_path / "dist").glob("*.whl"))
    names = zipfile.ZipFile(wheel).namelist()
    assert any(name.startswith("waypost/_content/articles/") for name in names)
    assert not [name for name in names if name.startswith(("tests/", "var/"))]
    subprocess.run(
        [uv(), "venv", "--quiet", "--python", sys.executable, str(tmp_path / "env")],
        check=True,
        timeout=600,
    )
    python = tmp_path / "env" / "bin" / "python"
    subprocess.run(
        [uv(), "pip", "install", "--quiet", "--python", str(python), str(wheel)],
        check=True,
        timeout=600,
    )
    command, env = str(python.parent / "waypost"), clean_environment(tmp_path)
    found = subprocess.run(
        [command, "find", "78701"],
        cwd=tmp_path,
        env=env,
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    assert found.returncode == 0, found.stderr
    assert "programs for 78701 (Austin, TX)" in found.stdout
    assert (tmp_path / "share" / "waypost" / "snapshot.sqlite3").exists()
    _serves(command, tmp_path, env)


def _serves(command: str, folder: Path, env: dict[str, str]) -> None:
    pages = (("/find?near=78701", "Austin, TX"), ("/articles", "<h1"), ("/levels", "<h1"))
    log = folder / "log"
    serve = [command, "serve", "--desk-port", "0"]
    with (
        held_port() as port,
        logged([*serve, "--port", str(port)], log, env, folder) as server,
    ):
        for path, words in pages:
            assert words in answer_of(f"http://127.0.0.1:{port}{path}", server, log)
