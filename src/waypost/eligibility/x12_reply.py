"""A 271 as received, read into a reply; what is no 271 becomes "unavailable"."""

from hashlib import sha256

from waypost.eligibility.outcome import OutcomeWhy, Unavailable
from waypost.eligibility.port import Reply
from waypost.x12.answer import Answer271
from waypost.x12.envelope import BadMessage
from waypost.x12.read_271 import parse_271


def read_reply(data: bytes | str) -> Reply | Unavailable:
    """Read the bytes. The trace that came back is the one of TRN01 "2", the payer's echo."""
    try:
        answer = parse_271(data)
    except BadMessage:
        return Unavailable(OutcomeWhy.BAD_REPLY)
    raw = data if isinstance(data, bytes) else data.encode(errors="surrogatepass")
    return Reply(answer, echoed_trace(answer), sha256(raw).hexdigest())


def echoed_trace(answer: Answer271) -> str:
    """Our trace as the payer returned it, "" when it returned none."""
    person = answer.person
    traces = person.traces if person is not None else ()
    return next((number for kind, number, _ in traces if kind == "2"), "")
