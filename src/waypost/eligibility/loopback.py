"""A payer on loopback, for tests and demonstrations: it answers, rejects, delays and breaks
as told, over real HTTP, in all three shapes that the adapters speak. It knows nobody.

    with LoopbackPayer([Act.DOWN_42, Act.ANSWER]) as payer:
        CoreSoap(account(payer.url("/core/soap")))
"""

from collections.abc import Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import chain, repeat
from threading import Event, Lock, Thread
from types import TracebackType
from typing import Any

from waypost.eligibility.loopback_acts import Act, perform
from waypost.eligibility.loopback_shapes import SHAPES


class LoopbackPayer:
    """A running payer. `acts` are what it does in turn; the last repeats.

    `port` 0 is any free one. Raises `OSError` where it cannot listen.
    """

    def __init__(self, acts: Sequence[Act] = (Act.ANSWER,), port: int = 0) -> None:
        self._acts = chain(acts, repeat(acts[-1]))
        self._lock = Lock()
        self.questions = 0
        self.closing = Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", port), _handler(self))
        self._server.daemon_threads = True
        self._thread = Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)

    def __enter__(self) -> "LoopbackPayer":
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.closing.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def url(self, path: str) -> str:
        """The address of "/core/soap", "/core/mime" or "/stedi"."""
        return f"http://127.0.0.1:{self._server.server_port}{path}"

    def will(self, *acts: Act) -> None:
        """What it does from now on, in turn; the last act repeats."""
        with self._lock:
            self._acts = chain(acts, repeat(acts[-1]))

    def next_act(self) -> Act:
        """What to do with the question that just came."""
        with self._lock:
            self.questions += 1
            return next(self._acts)


def _handler(payer: LoopbackPayer) -> type[BaseHTTPRequestHandler]:
    """A request handler that belongs to this payer."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            size = int(self.headers.get("Content-Length", "0"))
            body = self.rfile.read(size)
            shape = SHAPES.get(self.path)
            if shape is None:
                self.send_error(404)
                return
            try:
                question = shape.read(body, self.headers.get("Content-Type", ""))
            except (LookupError, TypeError, ValueError, SyntaxError):
                self.send_error(400)  # not one of our questions; an XML error is a SyntaxError
                return
            try:
                perform(payer.next_act(), self, payer.closing, shape, question)
            except (BrokenPipeError, ConnectionResetError):
                return  # the other side gave up, as it should

        def log_message(self, format: str, *args: Any) -> None:
            """Nothing is logged: questions name people."""

    return Handler
