"""Where a request comes from, used only for limits: never kept, never logged."""

from __future__ import annotations

from collections.abc import Set
from ipaddress import IPv6Address, ip_address, ip_network

from django.http import HttpRequest


def visitor_address(request: HttpRequest, trusted: Set[str]) -> str:
    """The visitor's address; for IPv6, the network of one household (64 bits).

    X-Forwarded-For is believed only from ``trusted`` proxies and read from its end, because what
    a visitor writes into it comes before what the proxy adds.
    """
    address = _plain(request.META.get("REMOTE_ADDR", ""))
    for text in reversed(request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")):
        forwarded = _plain(text)
        if address not in trusted or not forwarded:
            break
        address = forwarded
    return _household(address)


def _plain(text: str) -> str:
    try:
        address = ip_address(text.strip())
    except ValueError:
        return ""
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return str(mapped or address)


def _household(address: str) -> str:
    if ":" not in address:
        return address
    return str(ip_network(f"{address.partition('%')[0]}/64", strict=False).network_address)
