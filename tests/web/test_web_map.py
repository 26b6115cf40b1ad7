"""The map: what it frames, the numbers of its pins, and an operator's tiles."""

from __future__ import annotations

import math
import re
from html import unescape

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from archives import gzipped
from waypost.config.environment import BadSetting, read_environment
from waypost.values.geo import Point
from waypost.web.find.map_frame import HEIGHT, WIDTH, frame_of
from waypost.web.find.map_tiles import on_sheet, tile_origin, tiles
from waypost.web.middleware import content_security_policy

TEMPLATE = "https://tiles.example.org/a/{z}/{x}/{y}.png"
near = st.tuples(st.floats(-1, 1), st.floats(-1, 1))
center = st.tuples(st.floats(-60, 71), st.floats(-180, 180))


@given(center, st.lists(near, max_size=20))
def test_every_point_stands_on_the_sheet(
    middle: tuple[float, float], around: list[tuple[float, float]]
) -> None:
    lat, lon = middle
    points = [Point(lat, lon)]
    points += [Point(lat + a, (lon + b + 180) % 360 - 180) for a, b in around]
    frame = frame_of(points)
    for point in points:
        x, y = frame.xy(point.lat, point.lon)
        assert 8 <= x <= WIDTH - 8 and 8 <= y <= HEIGHT - 8


def test_a_frame_lies_across_the_antimeridian() -> None:
    frame = frame_of([Point(52.0, 179.9), Point(51.9, -179.9)])
    assert frame.miles_per_unit < 0.1
    assert abs(frame.center.lon) > 179.8


@given(center, st.floats(0.01, 5))
def test_tiles_cover_the_frame(middle: tuple[float, float], reach: float) -> None:
    lat, lon = middle
    frame = frame_of([Point(lat - reach / 2, lon), Point(lat + reach / 2, lon)])
    seen = [t for t in tiles(frame, TEMPLATE) if on_sheet(t)]
    assert 1 <= len(seen) <= 60
    for x, y in ((1, 1), (WIDTH - 1, 1), (1, HEIGHT - 1), (WIDTH - 1, HEIGHT - 1), (200, 150)):
        at = [
            t
            for t in seen
            if t.x - 0.1 <= x <= t.x + t.width + 0.1 and t.y - 0.1 <= y <= t.y + t.height + 0.1
        ]
        assert at, (x, y)


def test_a_tile_lies_where_the_web_says() -> None:
    """Austin's tile at zoom 12, by the formula of the OpenStreetMap wiki's slippy map names."""
    lat, lon, zoom = 30.2672, -97.7431, 12
    x = int((lon + 180) / 360 * 2**zoom)
    y = int((1 - math.asinh(math.tan(math.radians(lat))) / math.pi) / 2 * 2**zoom)
    frame = frame_of([Point(lat - 0.09, lon), Point(lat + 0.09, lon)])
    found = {
        t.href
        for t in tiles(frame, TEMPLATE)
        if t.x <= 200 <= t.x + t.width and t.y <= 150 <= t.y + t.height
    }
    zooms = {int(href.split("/")[4]) for href in found}
    assert len(found) == 1
    deep = zooms.pop()
    assert (
        found == {f"https://tiles.example.org/a/{deep}/{x >> (12 - deep)}/{y >> (12 - deep)}.png"}
        or deep > 12
    )


def listed_and_pinned(text: str) -> tuple[list[str], list[str]]:
    """The numbers of the list, and those of the map in the order of the keyboard."""
    listed = re.findall(r'<li class="option" id="option-(\d+)">', text)
    pinned = []
    for together, number in re.findall(
        r'data-pins="([\d ]+)"|<a class="pin[^"]*" href="#option-(\d+)"', text
    ):
        pinned += together.split() or [number]
    return listed, pinned


@pytest.mark.usefixtures("data_dir")
def test_pins_are_numbered_as_the_list_and_come_in_its_order() -> None:
    for path in (
        "/find?near=78701",
        "/find?near=Pittsburgh, PA&page=2",
        "/find?near=Rhode Island",
        "/find?near=10001",
    ):
        text = Client().get(path).content.decode()
        listed, pinned = listed_and_pinned(text)
        assert listed and sorted(pinned) == sorted(listed)
        firsts = re.findall(r'data-pins="(\d+)|<a class="pin[^"]*" href="#option-(\d+)"', text)
        order = [int(a or b) for a, b in firsts]
        assert order == sorted(order)
        names = dict(re.findall(r'id="option-(\d+)">.*?/site/[^"]+">([^<]+)<', text, re.S))
        for number, shown, name in re.findall(
            r'href="#option-(\d+)" aria-label="(\d+)\. ([^"]+)"', text
        ):
            assert (shown, name) == (number, names[number])


@pytest.mark.usefixtures("data_dir")
def test_no_pin_lies_on_another_and_what_is_together_opens() -> None:
    text = Client().get("/find?near=10001").content.decode()
    spots = [
        (float(x), float(y))
        for x, y in re.findall(r'<circle cx="([\d.]+)" cy="([\d.]+)" r="12"', text)
    ]
    assert all(math.dist(a, b) >= 28 for i, a in enumerate(spots) for b in spots[:i])
    cluster = re.search(
        r'<a class="pin cluster" href="(\?[^"]+)#map" data-pins="([\d ]+)" aria-label="([^"]+)"',
        text,
    )
    assert cluster and "close together" in cluster[3]
    opened = Client().get(f"/find{unescape(cluster[1])}").content.decode()
    _, pinned = listed_and_pinned(opened)
    assert set(cluster[2].split()) <= set(pinned) and 'class="pin cluster"' not in opened
    whole = re.search(r'class="whole" href="(\?[^"]+)#map"', opened)
    assert whole and "open=" not in whole[1] and 'id="show-map" checked' in opened


@pytest.mark.usefixtures("data_dir")
@pytest.mark.parametrize(
    "near",
    [
        "El Paso, TX",
        "10001",
        "Alpine, TX",
        "Anchorage, AK",
        "Honolulu, HI",
        "San Juan, PR",
        "Texas",
    ],
)
def test_a_map_orients(near: str) -> None:
    """Roads by class with their numbers, names that give way to pins, a scale; at most 15 kB packed."""
    text = (
        Client().get("/find", {"near": near, "level": "any", "within": "nearest"}).content.decode()
    )
    start = text.index("<svg viewBox", text.index('<figure class="map"'))
    svg = text[start : text.index("</svg>", start)]
    assert len(gzipped(svg.encode())) <= 15_000
    assert (
        'class="road r' in svg
        and 'class="land"' in svg
        # pins fill San Juan: a number gives way to them
        and ('class="shield ' in svg or near == "San Juan, PR")
        and ' class="scale"' in svg
    )
    spots = [
        (float(x), float(y))
        for x, y in re.findall(r'<circle cx="([\d.]+)" cy="([\d.]+)" r="12"', svg)
    ]
    for x, y, name in re.findall(r'<text class="town" x="(\d+)" y="(\d+)">([^<]+)<', svg):
        assert all(abs(a - int(x)) > len(name) * 3 or abs(b - int(y)) > 18 for a, b in spots), name
    for x, y in re.findall(r'class="shield \w+" transform="translate\((\d+) (\d+)\)"', svg):
        assert all(math.dist((int(x), int(y)), at) > 18 for at in spots)


@pytest.mark.usefixtures("data_dir")
@pytest.mark.parametrize("opened", ["x", "-1", "999999999", "0", "٣", "7"])
def test_any_number_may_be_asked_to_be_opened(opened: str) -> None:
    assert Client().get("/find", {"near": "78701", "open": opened}).status_code == 200


@pytest.mark.usefixtures("data_dir")
def test_an_operators_tiles_and_nothing_else(settings) -> None:
    settings.WAYPOST_TILE_URL = TEMPLATE
    settings.WAYPOST_TILE_CREDIT = "© Map makers"
    response = Client().get("/find?near=78701")
    text = response.content.decode()
    hrefs = re.findall(r'<image href="([^"]+)"', text)
    assert hrefs and all(
        re.fullmatch(r"https://tiles.example.org/a/\d+/\d+/\d+.png", h) for h in hrefs
    )
    assert 'class="land"' not in text and "© Map makers" in text and 'class="pin' in text
    policy = response["Content-Security-Policy"]
    assert "img-src 'self' data: https://tiles.example.org;" in policy
    assert policy.count("tiles.example.org") == 1
    for path in ("/privacy", "/es/privacy"):
        assert "https://tiles.example.org" in Client().get(path).content.decode()


@pytest.mark.usefixtures("data_dir")
def test_without_tiles_no_other_origin_is_allowed() -> None:
    response = Client().get("/privacy")
    assert "img-src 'self' data:;" in response["Content-Security-Policy"]
    assert "no outside font, map or script" in response.content.decode()


def test_the_policy_names_an_origin_not_an_address() -> None:
    assert tile_origin(TEMPLATE) == "https://tiles.example.org"
    assert tile_origin("") == ""
    assert "{z}" not in content_security_policy(TEMPLATE)


@pytest.mark.parametrize("bad", ["https://t.example.org", "https://t.example.org/{z}/{x}.png", "ftp://x/{z}/{x}/{y}",
                                 "https://t.example.org; script-src */{z}/{x}/{y}", "/{z}/{x}/{y}"])  # fmt: skip
def test_a_tile_address_that_cannot_be_used_is_refused_at_start(bad: str, tmp_path) -> None:
    with pytest.raises(BadSetting, match="WAYPOST_TILE_URL"):
        read_environment({"WAYPOST_DATA_DIR": str(tmp_path), "WAYPOST_TILE_URL": bad})
