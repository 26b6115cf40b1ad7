"""The ground of a 25-mile map: milliseconds to cut it out of the country, to draw it, and its kB."""

from __future__ import annotations

import gzip
import time
from collections.abc import Callable

from waypost.places.basemap import carried_basemap
from waypost.places.gazetteer import load_gazetteer
from waypost.places.map_cut import MapSheet, cut_lines, cut_rings
from waypost.places.place import Found
from waypost.web.find.map_frame import HEIGHT, WIDTH, Frame
from waypost.web.find.map_ground import FINER, DrawnLayers, drawn_layers, ground

PLACES = ("El Paso, TX", "Manhattan, NY", "Alpine, TX", "Anchorage, AK", "Honolulu, HI",
          "San Juan, PR")  # fmt: skip
MILES = 50.0
"""From edge to edge: 25 miles each way."""
RUNS = 30
Say = Callable[[str], None]


def run(say: Say) -> None:
    """Print a line for each place: processor time, the best of the runs."""
    basemap, gazetteer = carried_basemap(), load_gazetteer()
    say("\nThe ground of a 25-mile map, processor ms (best of 30), kB compressed")
    say(f"{'place':<20}{'cut':>8}{'drawn':>8}{'kB':>8}")
    for name in PLACES:
        answer = gazetteer.resolve(name)
        if not isinstance(answer, Found):
            raise AssertionError(f"{name} is no longer a place")
        frame = Frame(answer.place.point, MILES / WIDTH)
        sheet = MapSheet(frame.box(), int(WIDTH) * FINER, int(HEIGHT) * FINER)
        cut = _best(lambda sheet=sheet: _cut(drawn_layers(basemap), sheet))
        drawn = _best(lambda frame=frame: ground.__wrapped__(basemap, frame))
        size = len(gzip.compress(str(ground(basemap, frame).shapes).encode())) / 1000
        say(f"{name:<20}{cut:>8.2f}{drawn:>8.2f}{size:>8.1f}")


def _cut(layers: DrawnLayers, sheet: MapSheet) -> None:
    """All lines and rings inside the sheet, as numbers; drawing them as text comes after."""
    cut_lines(layers.lines, sheet)
    cut_rings(layers.rings, sheet)


def _best(work: Callable[[], object]) -> float:
    work()  # the layers' boxes are made once a process
    times = []
    for _ in range(RUNS):
        start = time.process_time()
        work()
        times.append((time.process_time() - start) * 1000)
    return min(times)


if __name__ == "__main__":
    run(print)
