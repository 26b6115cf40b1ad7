"""One request of a WSGI application (PEP 3333): its environment, and its answer without a wait.

Everything here runs in a lane's thread, from a body that is already whole to an answer that the
event loop writes.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import chain
from typing import Any, BinaryIO
from urllib.parse import unquote_to_bytes

Application = Callable[..., Iterable[bytes]]
HeaderPairs = list[tuple[bytes, bytes]]


FILE_PIECE = 64 * 1024


class OpenFile:
    """An answer that is a file (`wsgi.file_wrapper`): read piece by piece, from where it stands."""

    def __init__(self, file: BinaryIO, piece_bytes: int = FILE_PIECE) -> None:
        self._file = file
        self._piece_bytes = max(piece_bytes, FILE_PIECE)

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        piece = self._file.read(self._piece_bytes)
        if not piece:
            raise StopIteration
        return piece

    def close(self) -> None:
        """Close the file."""
        self._file.close()


@dataclass(slots=True)
class WsgiAnswer:
    """What the application answers: all of its body, or pieces that are still to be made."""

    status: int
    headers: HeaderPairs
    body: bytes = b""
    pieces: Iterator[bytes] | None = None
    is_file: bool = False
    close: Callable[[], None] = field(default=lambda: None)


def environ(scope: Mapping[str, Any], body: bytes, server: tuple[str, int]) -> dict[str, Any]:
    """The WSGI environment of an ASGI scope.

    A header whose name holds an underscore is dropped: `X_Forwarded_For` would stand in for
    `X-Forwarded-For`, which a proxy in front has set (as nginx and Apache do).
    """
    environment: dict[str, Any] = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(scope["raw_path"]).decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_NAME": server[0],
        "SERVER_PORT": str(server[1]),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "REMOTE_ADDR": scope["client"][0] if scope["client"] else "",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(body),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
        "wsgi.file_wrapper": OpenFile,
    }
    for name, value in scope["headers"]:
        _add_header(environment, name, value.decode("latin-1"))
    if environment.pop("HTTP_TRANSFER_ENCODING", None) is not None or body:
        environment["CONTENT_LENGTH"] = str(len(body))
    return environment


def _add_header(environment: dict[str, Any], name: bytes, value: str) -> None:
    if b"_" in name:
        return
    key = name.decode("latin-1").upper().replace("-", "_")
    if key not in ("CONTENT_TYPE", "CONTENT_LENGTH"):
        key = f"HTTP_{key}"
    if key in environment:
        value = f"{environment[key]}{'; ' if key == 'HTTP_COOKIE' else ','}{value}"
    environment[key] = value


def call(application: Application, environment: dict[str, Any]) -> WsgiAnswer:
    """Ask the application; a body that is ready comes whole, one made as it is read does not."""
    begun: list[Any] = []

    def start_response(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> None:
        begun[:] = [status, headers]

    result = application(environment, start_response)
    close: Callable[[], None] = getattr(result, "close", lambda: None)
    try:
        answer = _answer(begun, result, environment["REQUEST_METHOD"])
    except BaseException:
        close()
        raise
    if answer.pieces is None:
        close()
    else:
        answer.close = close
    return answer


def _answer(begun: list[Any], result: Iterable[bytes], method: str) -> WsgiAnswer:
    status, stated = begun
    headers = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in stated]
    answer = WsgiAnswer(int(status[:3]), headers)
    if method == "HEAD":  # its headers are those of the whole answer; none of it is made
        return answer
    if isinstance(result, OpenFile):
        return _file_answer(answer, result)
    if getattr(result, "streaming", False):  # Django's word for an answer made as it is read
        answer.pieces = iter(result)
        return answer
    answer.body = b"".join(result)
    if answer.status not in (204, 304) and not _has(headers, b"content-length"):
        headers.append((b"content-length", str(len(answer.body)).encode()))
    return answer


def _file_answer(answer: WsgiAnswer, file: OpenFile) -> WsgiAnswer:
    """A small file at once, so that a style sheet needs no second turn in a lane."""
    first = next(file, b"")
    stated = next((v for name, v in answer.headers if name.lower() == b"content-length"), b"")
    if stated == str(len(first)).encode():
        answer.body = first
    else:
        answer.pieces = chain([first], file)
        answer.is_file = True
    return answer


def _has(headers: HeaderPairs, name: bytes) -> bool:
    return any(present.lower() == name for present, _ in headers)


def next_piece(answer: WsgiAnswer) -> bytes | None:
    """The next piece of an answer that is still being made; None after the last."""
    assert answer.pieces is not None
    return next((piece for piece in answer.pieces if piece), None)


def finish(answer: WsgiAnswer) -> None:
    """Let the application free what the answer holds, whatever became of the client."""
    with suppress(Exception):  # nothing can be told to anybody now
        answer.close()
