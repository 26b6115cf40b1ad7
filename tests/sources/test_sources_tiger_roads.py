"""TIGER/Line roads: their classes, their numbers, and what a file that is none is told."""

from __future__ import annotations

from pathlib import Path

import pytest
import shapefile
from typer.testing import CliRunner

from waypost.cli.main import app
from waypost.places.basemap import ROADS_FILE, RoadKind, carried_basemap, unpack
from waypost.serving.ground import read_ground
from waypost.sources.tiger_roads import BadRoads, kind_of, number_of, read_roads, write_roads

ROADS = [
    ("I- 10", "I", "S1100", [(-106.6, 31.8), (-106.5, 31.7500001), (-106.4, 31.7)]),
    ("US Hwy 62", "U", "S1200", [(-106.5, 31.76), (-106.3, 31.8)]),
    ("State Hwy 20", "S", "S1200", [(-106.5, 31.74), (-106.3, 31.6), (-106.2, 31.65)]),
    ("Transmountain Rd", "M", "S1200", [(-106.5, 31.9), (-106.4, 31.9)]),
    ("Side St", "M", "S1400", [(-106.5, 31.9), (-106.4, 31.9)]),
]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A file of TIGER/Line roads as the Census Bureau lays them out."""
    path = tmp_path / "tl_2025_48_prisecroads.shp"
    with shapefile.Writer(str(path), shapeType=shapefile.POLYLINE) as writer:
        for name, size in (("LINEARID", 22), ("FULLNAME", 100), ("RTTYP", 1), ("MTFCC", 5)):
            writer.field(name, "C", size=size)
        for number, (full, route, feature, line) in enumerate(ROADS):
            writer.line([line])
            writer.record(str(number), full, route, feature)
    return path


def test_roads_have_their_class_and_their_number(file: Path) -> None:
    roads = list(read_roads([file]))
    assert [(kind, name) for _, kind, name in roads] == [
        (RoadKind.FREEWAY, "I-10"), (RoadKind.US_ROUTE, "US-62"), (RoadKind.STATE_ROUTE, "TX-20"), (RoadKind.OTHER, ""),
    ]  # fmt: skip
    assert roads[0][0] == [(31_800, -106_600), (31_700, -106_400)]  # a straight line has two ends
    assert len(roads[2][0]) == 3


@pytest.mark.parametrize(
    ("full", "route", "number"),
    [("I- 10", "I", "I-10"), ("I-35W", "I", "I-35W"), ("US Hwy 62 W", "U", "US-62"), ("State Rte 118", "S", "TX-118"),
     ("Loop 375", "S", "TX-375"), ("Dallas North Tollway", "M", ""), ("4th Ave", "M", ""), ("", "", ""), (None, None, "")],
)  # fmt: skip
def test_a_number_is_read_with_its_system(full: str, route: str, number: str) -> None:
    assert number_of({"FULLNAME": full, "RTTYP": route}, "TX") == number


def test_a_primary_road_is_a_freeway_whatever_its_number() -> None:
    assert kind_of("U", "S1100") is RoadKind.FREEWAY and kind_of("C", "S1200") is RoadKind.OTHER


def test_an_operators_roads_take_the_place_of_the_carried(file: Path, tmp_path: Path) -> None:
    assert write_roads(tmp_path / ROADS_FILE, read_roads([file])) == (4, 3)
    ground = read_ground(tmp_path)
    assert ground.names == ("I-10", "US-62", "TX-20")
    assert ground.layers["counties"] is carried_basemap().layers["counties"]
    (tmp_path / ROADS_FILE).write_bytes(b"damaged")
    assert read_ground(tmp_path) is carried_basemap()


def test_the_command_says_what_it_drew_and_what_it_cannot_read(
    file: Path, tmp_path: Path, settings
) -> None:
    settings.WAYPOST_DATA_DIR = tmp_path / "data"
    done = CliRunner().invoke(app, ["sources", "roads", str(file)])
    assert done.exit_code == 0 and "4 lines of road, 3 with a number" in done.output
    assert unpack(tmp_path / "data" / ROADS_FILE).names[0] == "I-10"
    (tmp_path / "notes.shp").write_text("no shapes")
    bad = CliRunner().invoke(app, ["sources", "roads", str(tmp_path / "notes.shp")])
    assert bad.exit_code == 4 and "cannot be read" in bad.output + bad.stderr


def test_a_shapefile_of_something_else_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "places.shp"
    with shapefile.Writer(str(path), shapeType=shapefile.POINT) as writer:
        writer.field("NAME", "C")
        writer.point(1, 2)
        writer.record("x")
    with pytest.raises(BadRoads, match="has no field FULLNAME, MTFCC, RTTYP"):
        list(read_roads([path]))
