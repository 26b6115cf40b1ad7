"""Times of day as people write them: "7PM", "7:30 pm", "19:00", "7 de la noche"."""

from __future__ import annotations

import re

_CLOCK = re.compile(
    r"^(?:at |a las |las )?(?P<hour>\d{1,2})(?:[:. ]?(?P<minute>\d{2}))? ?(?:h|hrs|horas)?"
    r" ?(?P<half>a ?m|p ?m|a|p|de la manana|de la tarde|de la noche|in the morning|"
    r"in the evening|in the afternoon|at night|tonight|o clock|oclock)?$"
)
_WORDS = {"noon": 720, "midday": 720, "mediodia": 720, "morning": 540, "manana": 540,
          "afternoon": 840, "tarde": 840, "evening": 1080, "night": 1140,
          "noche": 1140}  # fmt: skip
_LATE = (
    "p",
    "de la tarde",
    "de la noche",
    "in the evening",
    "in the afternoon",
    "at night",
    "tonight",
)


def time_named(words: str) -> int | None:
    """The minute of the day that ``words`` (small letters, no accents) name, or None.

    A bare hour from 1 to 7 is taken for the afternoon, for nobody is texted at night; from 8 to 12
    it is taken as it stands.
    """
    plain = words.replace(".", "").strip()
    if plain in _WORDS:
        return _WORDS[plain]
    read = _CLOCK.match(plain)
    if read is None:
        return None
    hour, minute, half = int(read["hour"]), int(read["minute"] or 0), read["half"] or ""
    if minute > 59 or hour > 23 or (half and not 1 <= hour <= 12):
        return None
    if half.startswith(_LATE) and hour < 12:
        hour += 12
    elif half in ("a", "am", "a m", "de la manana", "in the morning"):
        hour %= 12
    elif not half.startswith(_LATE) and 1 <= hour <= 7 and not words.startswith("0"):
        hour += 12
    return hour * 60 + minute
