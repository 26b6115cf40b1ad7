"""How hours stand to those asked for, as plain JSON values."""

from __future__ import annotations

from typing import Any

from waypost.navigation.hours_fit import HoursCount, HoursFit


def count_json(count: HoursCount | None) -> dict[str, int] | None:
    """How many fit, how many do not, how many do not say; None where no hours were asked for."""
    if count is None:
        return None
    return {"fit": count.fit, "do_not": count.do_not, "unsaid": count.unsaid}


def fit_json(fit: HoursFit | None) -> dict[str, Any] | None:
    """A program's standing and its tracks; sessions are minutes of the asker's week."""
    if fit is None:
        return None
    return {
        "standing": fit.standing.value,
        "tracks": [
            {
                "id": track.track.id,
                "standing": track.standing.value,
                "sessions": [
                    {
                        "start": m.meeting.start,
                        "end": m.meeting.end,
                        "fits": m.fits,
                        "early": m.early,
                        "late": m.late,
                    }
                    for m in track.meetings
                ],
                "misses": [miss.value for miss in track.misses],
                "minutes_ahead": track.ahead,
            }
            for track in fit.tracks
        ],
    }
