"""A search of which a part cannot be read: nothing typed is lost, each bad part is named."""

from __future__ import annotations

import html
import re
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client

GOOD = [
    ("near", "El Paso, TX"), ("within", "50"), ("payment", "medicaid"), ("payment", "private"),
    ("age", "16"), ("q", "Aliviane"), ("day", "mon"), ("from", "17:30"), ("weekly", "9-12"),
    ("not", "only:men"), ("prefer", "language:spanish"), ("any", "language"), ("keep", "site_x"),
]  # fmt: skip
BAD = {
    "within": ["abc", "0", "5000", "-3", "25 miles", "１０"],
    "page": ["zero", "1.5"],
    "sort": ["foo", "price"],
    "age": ["200", "teen"],
    "weekly": ["99", "12-9", "nine"],
    "from": ["25:00", "evening"],
    "to": ["7pmm"],
    "by": ["yesterday", "2026-02-30"],
    "attend": ["either way"],
    "day": ["someday"],
    "come": ["mondays after six"],
    "opening": ["yes"],
    "hours": ["maybe"],
    "state": ["QQ", "Texas"],
    "level": ["zz"],
    "payment": ["barter"],
    "time": ["midnight"],
    "not": ["zz", "payment:zz"],
    "prefer": ["zz"],
    "any": ["zz"],
}  # fmt: skip


@pytest.fixture(autouse=True)
def _published(snapshot: Any) -> None:
    """The pages read a published snapshot."""


def _page(client: Client, pairs: list[tuple[str, str]], prefix: str = "") -> str:
    response = client.get(f"{prefix}/find?{urlencode(pairs)}")
    assert response.status_code == 400, pairs
    return " ".join(response.content.decode().split())


def _sent_again(text: str) -> list[tuple[str, str]]:
    """What the form of the page would send."""
    form = text[text.index("<form", text.index("<main")) :]
    form = form[: form.index("</form>")]
    found = []
    for tag in re.findall(r"<input[^>]*>", form):
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        assert name and value, tag
        found.append((html.unescape(name[1]), html.unescape(value[1])))
    return found


@pytest.mark.parametrize("name", BAD)
def test_each_bad_part_stands_beside_its_field_and_all_the_rest_is_kept(
    client: Client, name: str
) -> None:
    for value in BAD[name]:
        pairs = [*GOOD, (name, value)]
        text = _page(client, pairs)
        again = _sent_again(text)
        # the last value of a field counts, and an earlier good one stays beside it
        lost = [pair for pair in pairs if pair not in again]
        assert not lost, (name, value, lost)
        field = re.search(rf'<input id="bad-{name}"[^>]*>', text)
        assert field and f'aria-describedby="why-{name}"' in field[0], (name, value)
        assert f'href="#bad-{name}"' in text and f'id="why-{name}"' in text
        assert f'<label for="bad-{name}">' in text
        for other in BAD:
            assert other == name or f'id="bad-{other}"' not in text, (name, other)


def test_several_bad_parts_are_all_named_in_both_languages(client: Client) -> None:
    pairs = [("near", "79901"), *((name, values[0]) for name, values in BAD.items())]
    for prefix in ("", "/es"):
        text = _page(client, pairs, prefix)
        assert {name for name in BAD if f'id="bad-{name}"' in text} == set(BAD)
        assert not [pair for pair in pairs if pair not in _sent_again(text)]
        assert text.count("<h1") == 1
    assert "Todo lo que escribió se conserva" in text


def test_a_place_that_is_no_text_is_named_beside_the_place(client: Client) -> None:
    text = _page(client, [("near", "x" * 300), ("payment", "medicaid")])
    assert 'aria-describedby="why-near"' in text and 'id="bad-near"' not in text
    assert ("near", "x" * 200) in _sent_again(text)
    assert ("payment", "medicaid") in _sent_again(text)


def test_what_was_mended_is_a_search_again(client: Client) -> None:
    again = _sent_again(_page(client, [*GOOD, ("within", "abc"), ("state", "QQ")]))
    mended = [(k, "" if v in ("abc", "QQ") else v) for k, v in again]
    assert client.get(f"/find?{urlencode(mended)}").status_code == 200


def test_more_values_than_a_person_sends_are_carried_and_not_shown(client: Client) -> None:
    text = _page(client, [("near", "79901"), *(("payment", f"p{n}") for n in range(70))])
    assert 'id="bad-payment"' not in text and "more than 64 times" in text
    assert text.count('type="hidden" name="payment"') == 64
