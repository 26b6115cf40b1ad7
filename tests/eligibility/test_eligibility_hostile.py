"""Replies that want to do harm: XML, MIME and JSON, and addresses that are not safe."""

import json

import pytest

from waypost.eligibility.core_mime import read_mime
from waypost.eligibility.core_soap import read_soap
from waypost.eligibility.outcome import OutcomeWhy, Unavailable
from waypost.eligibility.stedi import read_stedi
from waypost.eligibility.wire import BadEndpoint, Endpoint, Received

BAD = Unavailable(OutcomeWhy.BAD_REPLY)
SOAP = 'xmlns:s="http://www.w3.org/2003/05/soap-envelope"'
CORE = 'xmlns:c="http://www.caqh.org/SOAP/WSDL/CORERule2.2.0.xsd"'


def envelope(fields: str, doctype: str = "") -> bytes:
    return (
        f'<?xml version="1.0"?>{doctype}<s:Envelope {SOAP} {CORE}><s:Body>'
        f"<c:COREEnvelopeRealTimeResponse>{fields}</c:COREEnvelopeRealTimeResponse>"
        f"</s:Body></s:Envelope>"
    ).encode()


LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY a{n} "{"&a;" if n == 0 else f"&a{n - 1};" * 10}">' for n in range(9))
    + "]>"
)
XXE = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
GOOD_TYPE = "<PayloadType>X12_271_Response_005010X279A1</PayloadType>"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<",
        b"\xff\xfe\x00",
        envelope(GOOD_TYPE + "<Payload>&e;</Payload>", XXE),
        envelope(GOOD_TYPE + "<Payload>&a8;</Payload>", LAUGHS),
        envelope(GOOD_TYPE + "<Payload>x</Payload>", '<!DOCTYPE x SYSTEM "http://192.0.2.1/d">'),
        envelope("<PayloadType>CoreEnvelopeError</PayloadType><ErrorCode>Sender</ErrorCode>"),
        envelope(GOOD_TYPE + "<ErrorCode>PayloadTypeRequired</ErrorCode><Payload>ISA</Payload>"),
        envelope("<PayloadType>X12_999_Response_005010X231A1</PayloadType><Payload>x</Payload>"),
        envelope(GOOD_TYPE),
        f"<s:Envelope {SOAP}><s:Body><s:Fault/></s:Body></s:Envelope>".encode(),
        b"<a>" * 200_000,
        b'<?xml version="1.0" encoding="no-such"?><a/>',
    ],
    ids=[
        "empty",
        "cut",
        "bytes",
        "xxe",
        "laughs",
        "external dtd",
        "error envelope",
        "error code",
        "999",
        "no payload",
        "fault",
        "deep",
        "encoding",
    ],
)
def test_hostile_xml_is_no_answer(body):
    assert read_soap(body) == BAD


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("multipart/form-data; boundary=b", b""),
        ("multipart/form-data", b"--b\r\n\r\nx\r\n--b--"),
        ("multipart/form-data; boundary=b", b"--b\r\n\r\nx\r\n" * 5_000 + b"--b--"),
        (
            "multipart/form-data; boundary=b",
            b'--b\r\nContent-Disposition: form-data; name="PayloadType"\r\n\r\nother\r\n--b--',
        ),
        (
            "multipart/mixed; boundary=b",
            b"--b\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n"
            b"--c\r\n\r\nx\r\n--c--\r\n--b--",
        ),
        ("text/plain", b"ISA*"),
    ],
    ids=["empty", "no boundary", "many parts", "other type", "nested", "plain"],
)
def test_hostile_mime_is_no_answer(content_type, body):
    assert read_mime(Received(body, content_type)) == BAD


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"null",
        b"[]",
        b'{"benefitsInformation": "many"}',
        b'{"benefitsInformation": [1]}',
        b'{"benefitsInformation": [], "errors": ["no"]}',
        b'{"benefitsInformation": [{"code": "1"}], "errors": [{"message": "no"}]}',
        b'{"benefitsInformation": [], "dependents": [{}, {}]}',
        b'{"x12": "ISA*00*"}',
        b"[" * 100_000,
        json.dumps({"benefitsInformation": [{"code": "1"}] * 5_001}).encode(),
        json.dumps(
            {"benefitsInformation": [{"code": "1", "serviceTypeCodes": ["AI"] * 101}]}
        ).encode(),
    ],
    ids=[
        "empty",
        "null",
        "list",
        "text",
        "number",
        "errors",
        "errors and benefits",
        "two people",
        "x12",
        "deep",
        "many",
        "repeats",
    ],
)
def test_hostile_json_is_no_answer(body):
    assert read_stedi(Received(body, "application/json")) == BAD


@pytest.mark.parametrize("amount", ["NaN", "1e9", "-5", "Infinity", '"$5"', '"٥"', "true", "[]"])
def test_money_in_json_is_read_as_strictly_as_in_x12(amount):
    text = '{"controlNumber": "1", "benefitsInformation": [{"code": "B", "benefitAmount": %s}]}'
    reply = read_stedi(Received((text % amount).encode(), "application/json"))
    assert reply.answer.benefits[0].cents is None


def test_a_json_number_is_read():
    text = b'{"benefitsInformation": [{"code": "B", "benefitAmount": 40.5}]}'
    assert read_stedi(Received(text, "application/json")).answer.benefits[0].cents == 4_050


@pytest.mark.parametrize(
    "url",
    [
        "http://payer.example/",
        "ftp://payer.example/",
        "https:///path",
        "https://user:pass@payer.example/",
        "https://payer.example/?member=1",
        "https://payer.example/#x",
        "http://127.0.0.1.example.org/",
        "//payer.example/",
    ],
)
def test_an_unsafe_address_is_refused(url):
    with pytest.raises(BadEndpoint):
        Endpoint(url)


def test_a_safe_address_is_taken():
    assert Endpoint("https://payer.example/core").url == "https://payer.example/core"
    assert Endpoint("http://127.0.0.1:8000/core").url == "http://127.0.0.1:8000/core"
