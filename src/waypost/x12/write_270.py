"""Write a 270: ASC X12 005010X279A1, one question about one person."""

import re
from collections.abc import Iterator

from waypost.values.numbers import is_npi
from waypost.x12.question import InquiryPerson, Question270

GUIDE = "005010X279A1"
# X12's basic and extended character sets without our own delimiters * ^ : ~
ALLOWED = re.compile(r"[A-Za-z0-9 !\"&'()+,\-./;?=%@\[\]_{}\\|<>#$]*", re.ASCII)
SERVICE_TYPE = re.compile(r"[A-Z0-9]{1,2}", re.ASCII)
PROCEDURE = re.compile(r"[A-Z][0-9]{4}", re.ASCII)
MAX_SERVICE_TYPES = 99


class BadInquiry(ValueError):
    """A question that cannot be sent; names the field, never its value."""

    def __init__(self, field: str) -> None:
        super().__init__(f"The question cannot be sent: {field} is missing or wrong.")
        self.field = field


def build_270(question: Question270) -> str:
    """The 270 as text, segments ended by "~". Raises `BadInquiry`, which names no value."""
    _check(question)
    body = [*_header(question), *_levels(question), *_inquiry(question)]
    control = f"{question.control_number:09d}"
    sent = question.asked_at
    group = str(question.control_number)
    segments = [
        _isa(question, control),
        f"GS*HS*{question.sender.id}*{question.receiver.id}*{sent:%Y%m%d*%H%M}*{group}*X*{GUIDE}",
        *body,
        f"SE*{len(body) + 1}*0001",
        f"GE*1*{group}",
        f"IEA*1*{control}",
    ]
    return "~".join(segments) + "~"


def _isa(question: Question270, control: str) -> str:
    """The first segment: always 105 characters and its terminator."""
    sender, receiver = question.sender, question.receiver
    blank = " " * 10
    return (
        f"ISA*00*{blank}*00*{blank}*{sender.qualifier}*{sender.id:<15}"
        f"*{receiver.qualifier}*{receiver.id:<15}*{question.asked_at:%y%m%d*%H%M}"
        f"*^*00501*{control}*0*{question.usage}*:"
    )


def _header(question: Question270) -> Iterator[str]:
    yield f"ST*270*0001*{GUIDE}"
    yield f"BHT*0022*13*{question.trace}*{question.asked_at:%Y%m%d*%H%M}"
    yield "HL*1**20*1"
    yield f"NM1*PR*2*{question.payer_name}*****PI*{question.payer_id}"
    yield "HL*2*1*21*1"
    yield f"NM1*1P*2*{question.provider_name}*****XX*{question.provider_npi}"
    if question.provider_taxonomy:
        yield f"PRV*BI*PXC*{question.provider_taxonomy}"


def _levels(question: Question270) -> Iterator[str]:
    """The subscriber, and below it the dependent; the trace stands with the one asked about."""
    trace = f"TRN*1*{question.trace}*{question.originator}"
    subscriber, dependent = question.subscriber, question.dependent
    yield f"HL*3*2*22*{0 if dependent is None else 1}"
    if dependent is None:
        yield trace
    yield f"{_name('IL', subscriber)}****MI*{subscriber.member_id}"
    yield f"DMG*D8*{subscriber.birth_date:%Y%m%d}"
    if dependent is not None:
        yield "HL*4*3*23*0"
        yield trace
        yield _name("03", dependent)
        yield f"DMG*D8*{dependent.birth_date:%Y%m%d}"
        if dependent.relationship:
            yield f"INS*N*{dependent.relationship}"


def _name(role: str, person: InquiryPerson) -> str:
    return f"NM1*{role}*1*{person.last_name}*{person.first_name}"


def _inquiry(question: Question270) -> Iterator[str]:
    yield f"DTP*291*D8*{question.service_date:%Y%m%d}"
    if question.procedure:
        yield f"EQ**HC:{question.procedure}"
    else:
        yield f"EQ*{'^'.join(question.service_types)}"


def _check(question: Question270) -> None:
    """Raise `BadInquiry` for the first field that the guide does not allow."""
    for field, right in _checks(question):
        if not right:
            raise BadInquiry(field)


def _checks(question: Question270) -> Iterator[tuple[str, bool]]:
    """Each field with whether it may be sent."""
    yield "sender", _text(question.sender.id, 15) and len(question.sender.qualifier) == 2
    yield "receiver", _text(question.receiver.id, 15) and len(question.receiver.qualifier) == 2
    yield "payer_name", _text(question.payer_name, 60)
    yield "payer_id", _text(question.payer_id, 80)
    yield "provider_name", _text(question.provider_name, 60)
    yield "provider_npi", is_npi(question.provider_npi)
    yield (
        "provider_taxonomy",
        not question.provider_taxonomy
        or (_text(question.provider_taxonomy, 10) and len(question.provider_taxonomy) == 10),
    )
    yield "subscriber", _person(question.subscriber) and _text(question.subscriber.member_id, 80)
    yield "dependent", question.dependent is None or _person(question.dependent)
    yield "trace", _text(question.trace, 50)
    yield "originator", _text(question.originator, 10) and len(question.originator) == 10
    yield "control_number", 0 < question.control_number < 1_000_000_000
    yield "usage", question.usage in ("P", "T")
    yield "procedure", not question.procedure or bool(PROCEDURE.fullmatch(question.procedure))
    yield "service_types", bool(question.procedure) or _services(question.service_types)


def _person(person: InquiryPerson) -> bool:
    return (
        _text(person.last_name, 60)
        and _text(person.first_name, 35)
        and person.relationship in ("", "01", "19", "34")
    )


def _services(codes: tuple[str, ...]) -> bool:
    return 0 < len(codes) <= MAX_SERVICE_TYPES and all(map(SERVICE_TYPE.fullmatch, codes))


def _text(text: str, longest: int) -> bool:
    """Whether a text is there, not too long, without blank ends, and free of delimiters."""
    return 0 < len(text) <= longest and text == text.strip() and bool(ALLOWED.fullmatch(text))
