"""The simulated network behind Twilio's REST API: a loopback server for Twilio's own client.

It answers `POST` and `GET` of ``/2010-04-01/Accounts/{sid}/Messages.json`` as Twilio documents
them ("Message resource").
"""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

from waypost.texting.carriers.port import SendRejected, SendUnknown
from waypost.texting.carriers.simulator import SimulatedNetwork, SimulatedText

API = "/2010-04-01/Accounts/"


class SimulatorServer(ThreadingHTTPServer):
    """One account."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, network: SimulatedNetwork, sid: str, token: str, number: str) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.network, self.sid, self.token = network, sid, token
        self.number = number

    @property
    def base_url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.server_address[1]}"


class _Handler(BaseHTTPRequestHandler):
    """The API. Answers are small and must not wait for another packet (Nagle)."""

    protocol_version = "HTTP/1.1"
    server: SimulatorServer

    def setup(self) -> None:
        super().setup()
        self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def log_message(self, format: str, *args: object) -> None:
        """A text's number must not stand in a log."""

    def do_POST(self) -> None:
        length = int(self.headers.get("Content-Length", "0"))
        form = {k: v[0] for k, v in parse_qs(self.rfile.read(length).decode()).items()}
        if not self.path.startswith(f"{API}{self.server.sid}/Messages.json"):
            self._answer(404, {"code": 20404, "message": "not found", "status": 404})
            return
        url = form.get("StatusCallback", "")
        ref = parse_qs(urlsplit(url).query).get("m", [""])[0]
        taken = self.server.network.take(form["To"], form.get("Body", ""), ref=ref, status_url=url)
        match taken:
            case SimulatedText():
                self._answer(201, self._shown(taken))
            case SendRejected(code, _):
                status = 429 if code == "20429" else 400
                self._answer(status, {"code": int(code), "message": "refused", "status": status})
            case SendUnknown():
                self.close_connection = True  # the connection breaks, and nobody knows
                self.connection.shutdown(socket.SHUT_RDWR)

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        if parts.path == f"{API}{self.server.sid}.json":
            self._answer(200, {"sid": self.server.sid, "status": "active"})
            return
        asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
        texts = [t for t in self.server.network.texts if asked.get("To") in (None, t.to)]
        shown = [self._shown(text) for text in reversed(texts)]
        self._answer(200, {"messages": shown, "page": 0, "page_size": 50, "next_page_uri": None})

    def _shown(self, text: SimulatedText) -> dict[str, object]:
        return {
            "sid": text.sid,
            "account_sid": self.server.sid,
            "to": text.to,
            "from": self.server.number,
            "body": text.body,
            "status": text.status,
            "direction": "outbound-api",
            "num_segments": "1",
            "num_media": "0",
            "error_code": None,
            "error_message": None,
            "date_created": format_datetime(text.at),
            "date_sent": None,
            "date_updated": format_datetime(text.at),
            "price": None,
            "price_unit": "USD",
            "api_version": "2010-04-01",
            "messaging_service_sid": None,
            "subresource_uris": {},
            "uri": f"{API}{self.server.sid}/Messages/{text.sid}.json",
        }

    def _answer(self, status: int, said: object) -> None:
        body = json.dumps(said).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def simulator_running(
    network: SimulatedNetwork,
    *,
    sid: str = "AC" + "0" * 32,
    token: str = "token",
    number: str = "+15005550006",
) -> Iterator[SimulatorServer]:
    """A server on a free port for as long as the block lasts."""
    server = SimulatorServer(network, sid, token, number)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)
