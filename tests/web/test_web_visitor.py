"""Whose address counts for a limit: a visitor cannot choose it."""

from __future__ import annotations

import pytest
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from waypost.web.visitor import visitor_address

TRUSTED = frozenset({"127.0.0.1", "10.0.0.5"})


def address(remote: str, forwarded: str | None = None) -> str:
    extra = {} if forwarded is None else {"HTTP_X_FORWARDED_FOR": forwarded}
    return visitor_address(RequestFactory().get("/", REMOTE_ADDR=remote, **extra), TRUSTED)


@pytest.mark.parametrize(
    ("remote", "forwarded", "expected"),
    [
        ("192.0.2.1", None, "192.0.2.1"),
        ("192.0.2.1", "198.51.100.9", "192.0.2.1"),
        ("127.0.0.1", "198.51.100.9", "198.51.100.9"),
        ("127.0.0.1", "203.0.113.7, 198.51.100.9", "198.51.100.9"),
        ("127.0.0.1", "198.51.100.9, 10.0.0.5", "198.51.100.9"),
        ("127.0.0.1", "203.0.113.7, unknown", "127.0.0.1"),
        ("127.0.0.1", "", "127.0.0.1"),
        ("::ffff:192.0.2.1", None, "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", None, "2001:db8:1:2::"),
        ("2001:db8:1:2:ffff::1", None, "2001:db8:1:2::"),
        ("", None, ""),
    ],
)
def test_the_address_is_the_proxys_word_and_not_the_visitors(
    remote: str, forwarded: str | None, expected: str
) -> None:
    assert address(remote, forwarded) == expected


@given(st.text(max_size=80))
def test_whatever_a_visitor_writes_the_proxy_has_the_last_word(text: str) -> None:
    assert address("127.0.0.1", f"{text}, 198.51.100.9") == "198.51.100.9"
    assert address("192.0.2.1", text) == "192.0.2.1"
    address("127.0.0.1", text)
