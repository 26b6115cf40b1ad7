"""Texts somebody who did not come, and takes the text back where the roster is corrected."""

from __future__ import annotations

from datetime import date, datetime

from waypost.texting.actions.missed import text_missed, untext_missed
from waypost.treatment.own_page.queries import announced_absences
from waypost.treatment.reaching.agreed import agreed_to_texts
from waypost.treatment.records.episode import EpisodeState
from waypost.treatment.records.owner import Owner
from waypost.treatment.records.queries import open_episode, person_in_care
from waypost.treatment.wall.queries import wall_day


def text_no_show(owner: Owner, *, person: str, day: date, by: str, now: datetime) -> bool:
    """Text once a day, in words that mean nothing to another reader; False where nobody is texted.

    Nobody is who did not agree, is under age, is not in care now, or said that they cannot come.
    Only today's or yesterday's roster texts: one that is kept late texts nobody.
    """
    seen, episode = person_in_care(owner, person), open_episode(owner, person)
    if seen is None or episode is None or episode.state is not EpisodeState.ACTIVE:
        return False
    if not agreed_to_texts(seen.words, day) or not 0 <= (wall_day(owner, now) - day).days <= 1:
        return False
    if any(said.on == day for said in announced_absences(owner, since=day, person=person)):
        return False
    return text_missed(
        number=seen.words.phone,
        language=seen.words.language,
        who=person,
        day=day,
        by=by,
        now=now,
    )


def take_back_text(owner: Owner, *, person: str, day: date) -> None:
    """They came after all: what has not left yet is not sent."""
    if person_in_care(owner, person) is not None:
        untext_missed(who=person, day=day)
