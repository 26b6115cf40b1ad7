"""The documented Caddy keeps no search: it is run as it stands, its backend is stopped, every file read."""

from __future__ import annotations

import os
import shutil
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import ThreadingHTTPServer
from pathlib import Path

import pytest

from deploy.test_deploy_nginx import CANARY, Backend, asked, documented, free_port
from running import stop

CADDY = shutil.which("caddy")
LACKING = pytest.mark.skipif(
    not CADDY and os.environ.get("CI") != "true", reason="CADDY is not installed"
)


def settings(block: str, port: int, backend: int) -> str:
    """The documented file on a port of ours, without TLS and without Caddy's own admin port."""
    file = block.replace("waypost.example.org {", f"http://waypost.example.org:{port} {{")
    file = file.replace("127.0.0.1:8000", f"127.0.0.1:{backend}")
    return file.replace("{\n", "{\n    admin off\n", 1)


@contextmanager
def caddy(folder: Path, block: str, backend: int) -> Iterator[str]:
    """Caddy before a backend; all that it writes is in the folder."""
    port = free_port()
    file = folder / "Caddyfile"
    file.write_text(settings(block, port, backend))
    homes = {name: str(folder / name) for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME")}
    command = [str(CADDY), "run", "--config", str(file), "--adapter", "caddyfile"]
    with (folder / "out").open("wb") as out:
        process = subprocess.Popen(
            command, cwd=folder, env=os.environ | homes, stdout=out, stderr=subprocess.STDOUT
        )
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        stop(process)


def holding(folder: Path) -> set[str]:
    """The files that hold the search."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.name for path in files if CANARY.encode() in path.read_bytes()}


@LACKING
def test_no_file_of_the_documented_caddy_holds_a_search(tmp_path: Path) -> None:
    search = f"/find?near={CANARY}"
    backend = ThreadingHTTPServer(("127.0.0.1", 0), Backend)
    threading.Thread(target=backend.serve_forever, daemon=True).start()
    with caddy(tmp_path, documented("caddy"), backend.server_address[1]) as address:
        assert asked(address + search, 200) == f"waypost.example.org 127.0.0.1 {search}"
        backend.shutdown()
        backend.server_close()
        asked(address + search, 502)
    assert "Caddyfile" in {path.name for path in tmp_path.iterdir()} and holding(tmp_path) == set()


@LACKING
def test_without_discarding_the_search_would_be_there(tmp_path: Path) -> None:
    """The test above can fail: the same file with its logs kept writes the search down."""
    block = documented("caddy").replace("output discard", "output stderr")
    with caddy(tmp_path, block, free_port()) as address:
        asked(f"{address}/find?near={CANARY}", 502)
    assert holding(tmp_path) == {"out"}
