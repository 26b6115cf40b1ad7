"""Whom a pre-screen sends to detox first is shown the nearest of the real directory."""

from __future__ import annotations

import pytest
from django.test import RequestFactory

from waypost.desk.program.intake.nearest import MOST, nearest_detox
from waypost.publishing.reader import Snapshot


@pytest.mark.parametrize("place", ["78701", "1 Main Street, Austin TX 78701", "Seattle, WA"])
def test_the_nearest_detox_is_named_with_its_number(snapshot: Snapshot, place: str) -> None:
    found = nearest_detox(RequestFactory().get("/"), place)
    assert len(found) == MOST
    assert all(near.name and near.address and near.distance for near in found)
    assert any(near.phone for near in found)


@pytest.mark.parametrize("place", ["", " ", "nowhere at all", "00000"])
def test_a_place_that_nobody_knows_shows_nothing(snapshot: Snapshot, place: str) -> None:
    assert nearest_detox(RequestFactory().get("/"), place) == []
