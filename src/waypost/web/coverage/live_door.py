"""Where the public answer page leads to ask the insurer itself: a door of the private process.

Nothing of a person passes here. The form that leads on carries what the page was about, and the
names and member numbers are asked for over there.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings

from waypost.design.environment import language_prefix
from waypost.serving.process import this_process


@dataclass(frozen=True, slots=True)
class LiveDoor:
    """A live question that can be asked: in whose name, and the address that the form goes to."""

    program: str
    address: str


def live_door(site: str) -> LiveDoor | None:
    """The door for a program that opted in; None for any other, and where no address is set."""
    if not site or not settings.WAYPOST_LIVE_URL:
        return None
    program = this_process().live_programs.name_of(site)
    if not program:
        return None
    return LiveDoor(program, f"{settings.WAYPOST_LIVE_URL}{language_prefix()}/coverage/live")
