"""When a person answers, in a few words that fit a text."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

_DAYS = {
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
    "es": ("lun", "mar", "mie", "jue", "vie", "sab", "dom"),
}


def when_words(begin: datetime | None, now: datetime, zone: str, language: str) -> str:
    """Such as "now", "today from 9 AM", "Mon from 9 AM"; honest where no shift is planned."""
    spanish = language == "es"
    if begin is None:
        return "cuando haya turno" if spanish else "when somebody is on shift"
    if begin <= now:
        return "ahora" if spanish else "now"
    wall, here = begin.astimezone(ZoneInfo(zone)), now.astimezone(ZoneInfo(zone))
    clock = clock_words(wall.hour * 60 + wall.minute)
    if wall.date() == here.date():
        return f"hoy desde {clock}" if spanish else f"today from {clock}"
    if wall.date() - here.date() > timedelta(days=6):
        day = wall.strftime("%d/%m" if spanish else "%m/%d")
    else:
        day = _DAYS["es" if spanish else "en"][wall.weekday()]
    return f"{day} desde {clock}" if spanish else f"{day} from {clock}"


def clock_words(minutes: int) -> str:
    """Minutes after midnight as "9 AM" or "6:30 PM"."""
    hour, minute = divmod(minutes, 60)
    half = "AM" if hour < 12 else "PM"
    shown = f"{(hour - 1) % 12 + 1}" + (f":{minute:02d}" if minute else "")
    return f"{shown} {half}"
