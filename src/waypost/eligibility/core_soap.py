"""CAQH CORE over SOAP: a client for payers and clearinghouses that take the SOAP envelope.

Shape: CAQH CORE 270 Connectivity Rule vC2.2.0, SOAP 1.2 with a WS-Security UsernameToken.
Replies are read with defusedxml, which refuses DTDs, entities and external references.
"""

from xml.etree.ElementTree import Element, ParseError
from xml.sax.saxutils import escape

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from waypost.eligibility.core_account import CoreAccount, CoreAdapter, reply_of
from waypost.eligibility.outcome import OutcomeWhy, Unavailable
from waypost.eligibility.port import Reply
from waypost.eligibility.wire import Received

SOAP = "http://www.w3.org/2003/05/soap-envelope"
CORE = "http://www.caqh.org/SOAP/WSDL/CORERule2.2.0.xsd"
WSSE = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd"
TEXT = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-username-token-profile-1.0"
HEADERS = {"Content-Type": "application/soap+xml; charset=UTF-8; action=RealTimeTransaction"}


class CoreSoap(CoreAdapter):
    """The SOAP adapter for one account."""

    name = "core-soap"
    expected = ("application/soap+xml", "text/xml", "application/xml")

    def written(self, fields: dict[str, str]) -> tuple[bytes, dict[str, str]]:
        """The fields in an envelope with the account's name and password."""
        return _envelope(self.account, fields).encode(), HEADERS

    def read(self, received: Received) -> Reply | Unavailable:
        """The 271 inside a SOAP reply."""
        return read_soap(received.body)


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
        return Unavailable(OutcomeWhy.BAD_REPLY)
    fields = _real_time(root)
    return Unavailable(OutcomeWhy.BAD_REPLY) if fields is None else reply_of(fields)


def _real_time(root: Element) -> dict[str, str] | None:
    """The fields of the real-time response, found by their names; `None` without one."""
    response = root.find(f"{{{SOAP}}}Body/{{{CORE}}}COREEnvelopeRealTimeResponse")
    if response is None:
        return None
    return {child.tag.rpartition("}")[2]: child.text or "" for child in response}
