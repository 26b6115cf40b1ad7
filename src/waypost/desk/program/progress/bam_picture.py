"""The lines of a person's check-ins, as points of a picture; the table has the numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from waypost.treatment.progress.bam_history import (
    MOST_PROTECTIVE,
    MOST_RISK,
    MOST_USE,
    BamOn,
)

WIDTH, HEIGHT, EDGE = 300, 100, 6
"""Of the drawing, in its own units; the edge keeps the dots inside."""


@dataclass(frozen=True, slots=True)
class PictureLine:
    """One part of the monitor: told apart by its dashes, so that it prints without color."""

    name: str
    dashes: str
    dots: tuple[tuple[float, float], ...]

    @property
    def points(self) -> str:
        """As SVG writes them."""
        return " ".join(f"{x:g},{y:g}" for x, y in self.dots)


def bam_lines(history: Sequence[BamOn]) -> list[PictureLine]:
    """Use, Risk and Protective, each as a share of its most, by the day; [] below two check-ins."""
    if len(history) < 2:
        return []
    first, days = history[0].day, max((history[-1].day - history[0].day).days, 1)
    at = [EDGE + (WIDTH - 2 * EDGE) * (scored.day - first).days / days for scored in history]
    parts = (
        (_("Use"), "", [scored.use / MOST_USE for scored in history]),
        (_("Risk"), "6 3", [scored.risk / MOST_RISK for scored in history]),
        (_("Protective"), "1 3", [scored.protective / MOST_PROTECTIVE for scored in history]),
    )
    return [
        PictureLine(name, dashes, tuple(zip(at, map(_height, shares), strict=True)))
        for name, dashes, shares in parts
    ]


def _height(share: float) -> float:
    """From the top, as SVG counts."""
    return HEIGHT - EDGE - (HEIGHT - 2 * EDGE) * share
