"""Web addresses as people type them, in one spelling that is safe to link."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

MOST_LETTERS = 200
_NEVER = re.compile(r"[\s<>\"'`\\^{|}\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_SAFE = "/%:@!$&()*+,;=~-._?"
_LABEL = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)", re.ASCII)
_PORT = re.compile(r":([0-9]{1,5})", re.ASCII)


def read_website(text: str) -> str:
    """An http or https address with a public host name; '' where the text is none.

    "Example.org/IOP" is "https://example.org/IOP". A name in other letters is written as the
    network knows it (IDNA 2008), so that no letter can pass for another: "bücher.example" is
    "https://xn--bcher-kva.example". No user, no bare address of the network, no other scheme.
    """
    text = text.strip()
    if not text or len(text) > MOST_LETTERS or _NEVER.search(text):
        return ""
    try:
        parts = urlsplit(text if "://" in text else f"https://{text}")
    except ValueError:
        return ""
    name, port = _host(parts.netloc)
    if parts.scheme.lower() not in ("http", "https") or not name or port is None:
        return ""
    rest = quote(parts.path, safe=_SAFE)
    query = f"?{quote(parts.query, safe=_SAFE)}" if parts.query else ""
    part = f"#{quote(parts.fragment, safe=_SAFE)}" if parts.fragment else ""
    whole = f"{parts.scheme.lower()}://{name}{port}{rest}{query}{part}"
    return whole if len(whole) <= MOST_LETTERS else ""


def _host(netloc: str) -> tuple[str, str | None]:
    """The host's name as the network knows it, '' for none; its port as ":8080", None if wrong."""
    host, colon, digits = netloc.partition(":")
    port = _PORT.fullmatch(colon + digits)
    if colon and (port is None or not 0 < int(port[1]) < 65_536):
        return "", None
    name = _ascii(host.rstrip("."))
    labels = name.split(".")
    last = labels[-1]
    public = len(labels) > 1 and len(name) <= 253 and not last.isdigit() and len(last) > 1
    fits = public and all(_LABEL.fullmatch(label) for label in labels)
    return (name if fits else ""), colon + digits


def _ascii(host: str) -> str:
    if host.isascii():
        return host.lower()
    import idna  # hundreds of kilobytes of tables, for the rare name that is not in ASCII

    try:
        return idna.encode(host, uts46=True).decode("ascii")
    except idna.IDNAError:
        return ""
