"""The documented nginx keeps no search: Debian's own runs it, its backend is stopped, every file is read."""

from __future__ import annotations

import os
import re
import shutil
import socket
import ssl
import subprocess
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

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


def agreed(port: int, version: ssl.TLSVersion, ciphers: str = "ALL:@SECLEVEL=0") -> str | None:
    """What was agreed on by a client that speaks this version alone; None where it is refused."""
    client = ssl.create_default_context()
    client.check_hostname, client.verify_mode = False, ssl.CERT_NONE
    client.set_ciphers(ciphers)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # that is what is tried
        client.minimum_version = client.maximum_version = version
    with socket.create_connection(("127.0.0.1", port), 20) as line:
        try:
            with client.wrap_socket(line) as wrapped:
                return wrapped.version()
        except (ssl.SSLError, ConnectionResetError):
            return None


def certificate(folder: Path) -> str:
    """The two lines that name a certificate, which is made here for nobody."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "waypost.example.org")])
    day = datetime(2020, 1, 1, tzinfo=UTC)
    paper = x509.CertificateBuilder(name, name, key.public_key(), 1, day, day + timedelta(40_000))
    der = serialization.Encoding.PEM
    (folder / "cert").write_bytes(paper.sign(key, hashes.SHA256()).public_bytes(der))
    (folder / "key").write_bytes(key.private_bytes(
        der, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ))  # fmt: skip
    return f"ssl_certificate {folder}/cert; ssl_certificate_key {folder}/key;"


@pytest.mark.skipif(not NGINX and os.environ.get("CI") != "true", reason="NGINX is not installed")
def test_the_documented_nginx_speaks_todays_tls_alone(tmp_path: Path, monkeypatch) -> None:
    block = documented("nginx")
    assert speaks(tmp_path, monkeypatch, block) == [None, None, None, "TLSv1.2", "TLSv1.3"]


@pytest.mark.skipif(not NGINX and os.environ.get("CI") != "true", reason="NGINX is not installed")
def test_with_any_cipher_the_weak_one_would_be_taken(tmp_path: Path, monkeypatch) -> None:
    """The test above can fail: the refusal of a weak cipher is the block's, not the client's."""
    block = re.sub("ssl_ciphers .*;", "ssl_ciphers ALL:@SECLEVEL=0;", documented("nginx"))
    assert speaks(tmp_path, monkeypatch, block)[2] == "TLSv1.2"


def speaks(folder: Path, monkeypatch: pytest.MonkeyPatch, block: str) -> list[str | None]:
    """What nginx agrees on: TLS 1.0, 1.1, 1.2 with a weak cipher, 1.2, 1.3."""
    port = free_port()
    both = f"listen 443 ssl; listen 127.0.0.1:{port} ssl; {certificate(folder)}"
    block = block.replace("listen 443 ssl;", both)
    monkeypatch.setitem(globals(), "documented", lambda kind: block)
    weak = "ECDHE-ECDSA-AES128-SHA:@SECLEVEL=0"
    tls = ssl.TLSVersion
    with nginx(folder, free_port()) as address:
        asked(address + "/", 502)  # it is up
        return [
            agreed(port, tls.TLSv1),
            agreed(port, tls.TLSv1_1),
            agreed(port, tls.TLSv1_2, weak),
            agreed(port, tls.TLSv1_2),
            agreed(port, tls.TLSv1_3),
        ]


def test_the_documented_caddy_discards_both_its_logs() -> None:
    block = documented("caddy")
    assert block.count("output discard") == 2 and "log default" in block
