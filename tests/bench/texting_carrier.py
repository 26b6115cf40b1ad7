"""A carrier for measuring: answers as Twilio does after a pause, and counts what it was given.

    python tests/bench/texting_carrier.py MILLISECONDS

It prints its port, then serves until it is stopped. ``GET /counts`` says how many texts came, to
how many numbers, and at most how many to one of them; ``GET /first/TEXT`` when a text that begins
so came, in seconds of the machine's clock.
"""

from __future__ import annotations

import asyncio
import json
import os
import socket
import sys
import time
from collections import Counter
from email.utils import formatdate
from urllib.parse import parse_qs, urlsplit


class Carrier:
    """What it was given so far."""

    def __init__(self, pause: float) -> None:
        self.pause = pause
        self.given: Counter[str] = Counter()
        self.texts: dict[str, list[dict[str, str]]] = {}
        self.times: list[tuple[str, float]] = []
        self.number = 0
        self.ahead = float(os.environ["TEXTING_MEASURE_AHEAD"])

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection, which stays open."""
        writer.get_extra_info("socket").setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                first, *lines = head.decode("latin-1").split("\r\n")
                lengths = [
                    ln.split(":")[1] for ln in lines if ln.lower().startswith("content-length")
                ]
                body = await reader.readexactly(int(lengths[0])) if lengths else b""
                method, path, _ = first.split(" ")
                said = await self.answer(method, path, body)
                writer.write(said)
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    async def answer(self, method: str, path: str, body: bytes) -> bytes:
        """What a call is answered with."""
        if method == "POST":
            form = {name: values[0] for name, values in parse_qs(body.decode()).items()}
            self.number += 1
            shown = {"sid": f"SM{self.number:032d}", "to": form["To"], "body": form["Body"]}
            shown["date_created"] = formatdate(time.time() + self.ahead, usegmt=True)
            self.given[form["To"]] += 1
            self.texts.setdefault(form["To"], []).append(shown)
            self.times.append((form["Body"], time.time()))
            await asyncio.sleep(self.pause)
            return packed(201, shown)
        asked = urlsplit(path)
        if asked.path == "/counts":
            most = max(self.given.values(), default=0)
            return packed(200, [self.given.total(), len(self.given), most])
        if asked.path.startswith("/first/"):
            words = asked.path.removeprefix("/first/")
            return packed(200, [at for body, at in self.times if body.startswith(words)])
        to = parse_qs(asked.query).get("To", [""])[0]
        return packed(200, {"messages": self.texts.get(to, [])})


def packed(status: int, said: object) -> bytes:
    """An answer in JSON."""
    body = json.dumps(said).encode()
    return b"HTTP/1.1 %d OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%b" % (
        status,
        len(body),
        body,
    )


async def main(pause: float) -> None:
    """Serve on a free port."""
    server = await asyncio.start_server(Carrier(pause).serve, "127.0.0.1", 0, backlog=256)
    sys.stdout.write(f"{server.sockets[0].getsockname()[1]}\n")
    sys.stdout.flush()
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(float(sys.argv[1]) / 1000))
