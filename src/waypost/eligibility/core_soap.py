"""CAQH CORE over SOAP: a client of payers and clearinghouses that take the SOAP envelope.

Shape: CAQH CORE 270 Connectivity Rule vC2.2.0, SOAP 1.2 with a WS-Security UsernameToken.
Replies are read with defusedxml, which refuses DTDs, entities and external references.
"""

from dataclasses import dataclass
from xml.etree.ElementTree import Element, ParseError
from xml.sax.saxutils import escape

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from waypost.eligibility.core_account import RESPONSE, CoreAccount, core_fields
from waypost.eligibility.inquiry import Inquiry
from waypost.eligibility.outcome import Unavailable, Unsupported, Why
from waypost.eligibility.port import Deadline, Reply
from waypost.eligibility.wire import post
from waypost.eligibility.x12_reply import read_reply

SOAP = "http://www.w3.org/2003/05/soap-envelope"
CORE = "http://www.caqh.org/SOAP/WSDL/CORERule2.2.0.xsd"
WSSE = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd"
TEXT = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-username-token-profile-1.0"
HEADERS = {"Content-Type": "application/soap+xml; charset=UTF-8; action=RealTimeTransaction"}


@dataclass(frozen=True, slots=True)
class CoreSoap:
    """The SOAP adapter for one account."""

    account: CoreAccount

    @property
    def name(self) -> str:
        """ "core-soap"."""
        return "core-soap"

    def serves(self, payer_id: str) -> bool:
        """Whether the account may ask the payer."""
        return payer_id in self.account.payers

    def send(self, inquiry: Inquiry, deadline: Deadline) -> Reply | Unavailable | Unsupported:
        """Ask once."""
        fields = core_fields(self.account, inquiry)
        if isinstance(fields, Unsupported):
            return fields
        content = _envelope(self.account, fields).encode()
        expected = ("application/soap+xml", "text/xml", "application/xml")
        received = post(self.account.endpoint, content, HEADERS, expected, deadline)
        return received if isinstance(received, Unavailable) else read_soap(received.body)


def _envelope(account: CoreAccount, fields: dict[str, str]) -> str:
    parts = "".join(f"<{name}>{escape(value)}</{name}>" for name, value in fields.items())
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><s:Envelope xmlns:s="{SOAP}"><s:Header>'
        f'<w:Security xmlns:w="{WSSE}" s:mustUnderstand="true"><w:UsernameToken>'
        f"<w:Username>{escape(account.user)}</w:Username>"
        f'<w:Password Type="{TEXT}#PasswordText">{escape(account.password)}</w:Password>'
        f"</w:UsernameToken></w:Security></s:Header><s:Body>"
        f'<c:COREEnvelopeRealTimeRequest xmlns:c="{CORE}">{parts}'
        f"</c:COREEnvelopeRealTimeRequest></s:Body></s:Envelope>"
    )


def read_soap(body: bytes) -> Reply | Unavailable:
    """The 271 inside a SOAP reply; faults, error envelopes and unsafe XML are "unavailable"."""
    try:
        root = fromstring(body, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError):
        return Unavailable(Why.BAD_REPLY)
    found = _real_time(root)
    if found is None or not _good(found):
        return Unavailable(Why.BAD_REPLY)
    return read_reply(found.get("Payload", ""))


def _real_time(root: Element) -> dict[str, str] | None:
    """The fields of the real-time response, found by their names; `None` without one."""
    response = root.find(f"{{{SOAP}}}Body/{{{CORE}}}COREEnvelopeRealTimeResponse")
    if response is None:
        return None
    return {child.tag.rpartition("}")[2]: child.text or "" for child in response}


def _good(fields: dict[str, str]) -> bool:
    """Whether the envelope says that all went well and carries a 271."""
    return fields.get("PayloadType") == RESPONSE and fields.get("ErrorCode") in (None, "Success")
