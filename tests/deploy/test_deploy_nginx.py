"""The documented nginx keeps no search: Debian's own runs it, its backend is stopped, every file is read."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import pytest

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "how-to" / "deploy.md"
NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
CANARY = "canarytown78701"
AROUND = """
daemon off; user root; pid {folder}/pid; error_log {folder}/main.log info;
events {{ }}
http {{
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi; access_log {folder}/access.log;
  {server}
}}
"""


class Backend(BaseHTTPRequestHandler):
    """Answers what it was told by the proxy."""

    def do_GET(self) -> None:
        body = f"{self.headers['Host']} {self.headers['X-Forwarded-For']} {self.path}".encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nothing."""


def documented(kind: str) -> str:
    """The block of this kind in the how-to."""
    found = re.search(rf"```{kind}\n(.*?)```", DOCUMENT.read_text("utf-8"), re.S)
    assert found, kind
    return found[1]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def nginx(folder: Path, backend: int) -> Iterator[str]:
    """Debian's nginx with the documented block, without TLS, before a backend."""
    port = free_port()
    server = documented("nginx").replace("443 ssl", f"127.0.0.1:{port}")
    server = server.replace("127.0.0.1:8000", f"127.0.0.1:{backend}")
    (folder / "nginx.conf").write_text(AROUND.format(folder=folder, server=server))
    assert NGINX
    with (folder / "out").open("wb") as out:
        process = subprocess.Popen(
            [NGINX, "-p", str(folder), "-c", str(folder / "nginx.conf")],
            stdout=out,
            stderr=subprocess.STDOUT,
        )
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(20)


def asked(address: str, status: int) -> str:
    """The answer with this status, once it comes."""
    transport = httpx.HTTPTransport(retries=8)  # nginx is starting
    with httpx.Client(transport=transport, timeout=20) as client:
        response = client.get(address, headers={"Host": "waypost.example.org"})
    assert response.status_code == status, response.text
    return response.text


@pytest.mark.skipif(not NGINX and os.environ.get("CI") != "true", reason="NGINX is not installed")
def test_no_file_of_the_documented_nginx_holds_a_search(tmp_path: Path) -> None:
    search = f"/find?near={CANARY}"
    backend = ThreadingHTTPServer(("127.0.0.1", 0), Backend)
    threading.Thread(target=backend.serve_forever, daemon=True).start()
    with nginx(tmp_path, backend.server_address[1]) as address:
        assert asked(address + search, 200) == f"waypost.example.org 127.0.0.1 {search}"
        backend.shutdown()
        backend.server_close()
        asked(address + search, 502)
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert {"main.log", "nginx.conf"} <= {path.name for path in files}
    assert [path.name for path in files if CANARY.encode() in path.read_bytes()] == []


@pytest.mark.skipif(not NGINX and os.environ.get("CI") != "true", reason="NGINX is not installed")
def test_without_the_two_lines_the_search_would_be_there(tmp_path: Path, monkeypatch) -> None:
    """The test above can fail: the same block without them writes the search down."""
    block = (
        documented("nginx").replace("access_log off;", "").replace("error_log /dev/null emerg;", "")
    )
    monkeypatch.setitem(globals(), "documented", lambda kind: block)
    with nginx(tmp_path, free_port()) as address:
        asked(f"{address}/find?near={CANARY}", 502)
    held = {
        p.name for p in tmp_path.rglob("*") if p.is_file() and CANARY.encode() in p.read_bytes()
    }
    assert held == {"access.log", "main.log"}


def test_the_documented_caddy_discards_both_its_logs() -> None:
    block = documented("caddy")
    assert block.count("output discard") == 2 and "log default" in block
