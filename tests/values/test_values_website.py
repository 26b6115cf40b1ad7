"""Web addresses: one safe spelling, and nothing that is no public website."""

from __future__ import annotations

import pytest

from waypost.values.website import read_website


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("Example.org/IOP", "https://example.org/IOP"), (" HTTP://WWW.Example.org ", "http://www.example.org"),
     ("example.org.", "https://example.org"), ("https://example.org:8443/a?b=1#c", "https://example.org:8443/a?b=1#c"),
     ("bücher.example", "https://xn--bcher-kva.example"), ("straße.de", "https://xn--strae-oqa.de"),
     ("http://пример.рф/путь", "http://xn--e1afmkfd.xn--p1ai/%D0%BF%D1%83%D1%82%D1%8C"),
     ("аpple.com", "https://xn--pple-43d.com")],
    ids=["no scheme", "capitals", "last dot", "port", "umlaut", "sharp s", "Cyrillic", "a letter that passes for another"],
)  # fmt: skip
def test_an_address_is_kept_in_one_spelling(typed: str, kept: str) -> None:
    assert read_website(typed) == kept == read_website(kept)


@pytest.mark.parametrize(
    "typed",
    ["", "javascript:alert(1)", "javascript://x.example/%0aalert(1)", "JaVaScript:alert(1.2)", "java\tscript://a.b",
     "data:text/html,x", "vbscript://a.example", "ftp://example.org", "mailto:a@example.org", "//evil.example",
     "https://good.org@evil.example", "https://user:word@evil.example", "https://1.2.3.4", "https://[::1]/", "1.2",
     "https://0x7f.1", "localhost", "example", "https://a..b.org", "https://-a.org", "https://a_b.org",
     "https://example.org:0", "https://example.org:99999", "https://example.org:x", "https:///path", "https://",
     "https://a b.org", "https://a.org/<script>", 'https://a.org/"x', "https://a.org\\@evil.example",
     "https://a\u202egro.org", "https://a.org/\x00", "https://a.org/" + "x" * 300, "https://" + "a" * 64 + ".org"],
)  # fmt: skip
def test_what_is_no_public_website_is_none(typed: str) -> None:
    assert read_website(typed) == ""
