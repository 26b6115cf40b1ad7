"""What the loopback payer can be told to do with a question."""

from collections.abc import Callable
from dataclasses import replace
from enum import StrEnum
from http.server import BaseHTTPRequestHandler
from threading import Event

from waypost.eligibility.loopback_answers import LoopbackAsked
from waypost.eligibility.loopback_shapes import LoopbackShape

LONG = 60.0  # seconds; longer than anyone waits


class Act(StrEnum):
    """What the payer does with one question."""

    ANSWER = "answer"
    REJECT_72 = "reject: member ID"
    REJECT_75 = "reject: not found"
    DOWN_42 = "reject: cannot respond now"
    DOWN_80 = "reject: no response"
    DELAY = "wait until the other side gives up"
    DRIP = "send one byte at a time, slowly"
    DRIP_HEADERS = "send the headers one byte at a time, without end"
    DROP = "close the connection in the middle"
    HTML = "an HTML page with status 200"
    GARBAGE = "bytes that mean nothing"
    HUGE = "more than 1 MiB"
    GZIP = "a compressed reply that nobody asked for"
    REDIRECT = "send to another host"
    UNAUTHORIZED = "status 401"
    BUSY = "status 503 with Retry-After"
    WRONG_MEMBER = "another member's answer"
    WRONG_TRACE = "the answer to another question"
    CUT = "an answer without its end"


REJECTIONS = {
    Act.REJECT_72: ("72", "C"),
    Act.REJECT_75: ("75", "C"),
    Act.DOWN_42: ("42", "R"),
    Act.DOWN_80: ("80", "R"),
}


def perform(
    act: Act,
    handler: BaseHTTPRequestHandler,
    closing: Event,
    shape: LoopbackShape,
    asked: LoopbackAsked,
) -> None:
    """Do as told. `closing` is set when the payer stops, so that nobody keeps waiting."""
    odd = ODD.get(act)
    if odd is not None:
        odd(handler, closing, shape, asked)
        return
    if act in REJECTIONS:
        _send(handler, *shape.write_rejection(asked, *REJECTIONS[act]))
        return
    if act is Act.WRONG_MEMBER:
        asked = replace(asked, member_id="OTHER0002", first_name="SOMEBODY")
    if act is Act.WRONG_TRACE:
        asked = replace(asked, trace="ANOTHER-TRACE", control="000000999")
    _send(handler, *shape.write_answer(asked))


def _send(
    handler: BaseHTTPRequestHandler, content: bytes, content_type: str, **headers: str
) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", content_type)
    handler.send_header("Content-Length", str(len(content)))
    for name, value in headers.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.end_headers()
    handler.wfile.write(content)


Odd = Callable[[BaseHTTPRequestHandler, Event, LoopbackShape, LoopbackAsked], None]


def _delay(
    h: BaseHTTPRequestHandler, closing: Event, shape: LoopbackShape, asked: LoopbackAsked
) -> None:
    closing.wait(LONG)


def _drip(
    h: BaseHTTPRequestHandler, closing: Event, shape: LoopbackShape, asked: LoopbackAsked
) -> None:
    content, content_type = shape.write_answer(asked)
    h.send_response(200)
    h.send_header("Content-Type", content_type)
    h.send_header("Content-Length", str(len(content)))
    h.end_headers()
    for byte in content:
        if closing.wait(0.05):
            return
        h.wfile.write(bytes([byte]))
        h.wfile.flush()


def _drip_headers(
    h: BaseHTTPRequestHandler, closing: Event, shape: LoopbackShape, asked: LoopbackAsked
) -> None:
    h.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    while not closing.wait(0.05):
        h.wfile.write(b"a")
        h.wfile.flush()


def _drop(
    h: BaseHTTPRequestHandler, closing: Event, shape: LoopbackShape, asked: LoopbackAsked
) -> None:
    content, content_type = shape.write_answer(asked)
    h.send_response(200)
    h.send_header("Content-Type", content_type)
    h.send_header("Content-Length", str(len(content)))
    h.end_headers()
    h.wfile.write(content[: len(content) // 2])
    h.close_connection = True


def _html(
    h: BaseHTTPRequestHandler, closing: Event, shape: LoopbackShape, asked: LoopbackAsked
) -> None:
    _send(h, b"<!doctype html><title>Maintenance</title>", "text/html")


def _garbage(
    h: BaseHTTPRequestHandler, closing: Event, shape: LoopbackShape, asked: LoopbackAsked
) -> None:
    _send(h, b"\x00\xff" * 500, shape.content_type)


def _huge(
    h: BaseHTTPRequestHandler, closing: Event, shape: LoopbackShape, asked: LoopbackAsked
) -> None:
    _send(h, b" " * 1_100_000, shape.content_type)


def _gzip(
    h: BaseHTTPRequestHandler, closing: Event, shape: LoopbackShape, asked: LoopbackAsked
) -> None:
    _send(h, b"\x1f\x8b", shape.content_type, Content_Encoding="gzip")


def _redirect(
    h: BaseHTTPRequestHandler, closing: Event, shape: LoopbackShape, asked: LoopbackAsked
) -> None:
    h.send_response(307)
    h.send_header("Location", "http://192.0.2.1/elsewhere")
    h.send_header("Content-Length", "0")
    h.end_headers()


def _status(code: int) -> Odd:
    def send(
        h: BaseHTTPRequestHandler, closing: Event, shape: LoopbackShape, asked: LoopbackAsked
    ) -> None:
        h.send_response(code)
        h.send_header("Retry-After", "30")
        h.send_header("Content-Length", "0")
        h.end_headers()

    return send


def _cut(
    h: BaseHTTPRequestHandler, closing: Event, shape: LoopbackShape, asked: LoopbackAsked
) -> None:
    content, content_type = shape.write_cut(asked)
    _send(h, content, content_type)


ODD: dict[Act, Odd] = {
    Act.DELAY: _delay,
    Act.DRIP: _drip,
    Act.DRIP_HEADERS: _drip_headers,
    Act.DROP: _drop,
    Act.HTML: _html,
    Act.GARBAGE: _garbage,
    Act.HUGE: _huge,
    Act.GZIP: _gzip,
    Act.REDIRECT: _redirect,
    Act.UNAUTHORIZED: _status(401),
    Act.BUSY: _status(503),
    Act.CUT: _cut,
}
