"""What a publish would change, in the words of the public page."""

from __future__ import annotations

from datetime import date

from waypost.design.timetable_words import words_of_openings, words_of_tracks
from waypost.design.word_words import value_words
from waypost.design.words import date_text
from waypost.directory.timetables import OPENINGS, TRACKS
from waypost.editions.preview import SaidSide


def side_words(name: str, side: SaidSide | None, today: date) -> list[str]:
    """A line for each value, and its day; [] where nothing is said."""
    if side is None or not side.values:
        return []
    if name == TRACKS:
        lines = words_of_tracks(side.site, side.site.tracks)
    elif name == OPENINGS:
        lines = words_of_openings(side.site, side.site.openings, today)
    else:
        lines = [value_words(name, str(value)) for value in side.values]
    return [*lines, f"({date_text(side.as_of)})"]
