"""The page that asks where: it says why it asks, every choice settles it, and no street goes on."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.test import Client

pytestmark = pytest.mark.usefixtures("data_dir")


@pytest.fixture
def client() -> Client:
    """A visitor."""
    return Client()


def page(client: Client, near: str, prefix: str = "") -> str:
    response = client.get(f"{prefix}/find", {"near": near})
    assert response.status_code == 200
    return unescape(response.content.decode())


def choices(text: str) -> list[str]:
    """The addresses of the places that are offered."""
    return re.findall(r'<li><a href="(/find\?near=[^"]+)"><svg', text)


@pytest.mark.parametrize(
    ("near", "words"),
    [
        ("09012", "military"),
        ("APO AP 96350", "military"),
        ("Ramstein", "military"),
        ("Toronto, Ontario", "United States"),
        ("near me", "location"),
        ("USA", "ZIP"),
        ("zzzzqqq", "ZIP"),
        ("2139", "five digits"),
        ("99999", "do not know the ZIP"),
        ("Bay Area", "is a region"),
        ("Harvard Square", "is part of a larger place"),
        ("78701 CA", "do not go together"),
        ("Pittsburg", "not sure how"),
        ("springfield", "Several places are called"),
        ("Toronto", "that most people mean is outside"),
        ("Nassau and Suffolk", "is a region"),
        ("Raleigh Durham", "names several places"),
        ("512", "looks like an area code"),
        ("online", "licensed"),
    ],
)
def test_the_page_says_why_it_asks(client: Client, near: str, words: str) -> None:
    text = page(client, near)
    assert "Where should we look?" in text
    assert words in re.sub(r"\s+", " ", text)


def test_a_military_address_abroad_leads_to_who_can_help(client: Client) -> None:
    text = page(client, "APO AE 09012")
    assert "https://www.militaryonesource.mil/" in text
    assert "https://www.tricare.mil/" in text
    assert "Military Crisis Line" in text
    assert "militar" in page(client, "09012", "/es")


@pytest.mark.parametrize(
    "near", ["New York", "Washington", "LA", "Long Island", "Nassau", "UCLA", "2139", "springfield"]
)
def test_every_choice_settles_the_question(client: Client, near: str) -> None:
    addresses = choices(page(client, near))
    assert addresses
    for address in addresses:
        assert "Where should we look?" not in unescape(client.get(address).content.decode())


@pytest.mark.parametrize("near", ["New York, NY", "Austin", "Miami", "El Paso", "Houston"])
def test_a_large_place_is_taken_at_once(client: Client, near: str) -> None:
    text = page(client, near)
    assert "Where should we look?" not in text


def test_a_place_that_was_taken_has_a_way_out(client: Client) -> None:
    text = page(client, "Austin")
    assert "Not this one?" in text
    assert "/find?near=Austin%2C+MN" in text
    assert "Not this one?" not in page(client, "78701")


def test_a_street_goes_no_farther_than_the_request(client: Client) -> None:
    response = client.get("/find", {"near": "100 Centre St, New York, NY 10013", "within": "10"})
    assert response.status_code == 302
    assert response["Location"] == "?near=10013&within=10"
    response = client.get("/find", {"near": "1600 Amphitheatre Pkwy Mountain View CA"})
    assert response["Location"] == "?near=Mountain+View%2C+CA"


@pytest.mark.parametrize(
    "near", ["30.27,-97.74", "30.2712, -97.7439", "21.31,-157.86", "30.4530,-97.5630"]
)
def test_a_point_of_the_map_is_answered_and_never_sent_round(near: str, client: Client) -> None:
    """The device's own place is a point: it has numbers in it, and is no street."""
    assert client.get("/find", {"near": near, "you": "1"}).status_code == 200


def test_what_was_chosen_before_a_place_is_said(client: Client) -> None:
    text = unescape(client.get("/es/find?language=spanish").content.decode())
    assert "Usted pidió: Español · Ambulatorio intensivo (IOP)" in text
    assert 'name="language" value="spanish"' in text
