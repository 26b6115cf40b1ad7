"""From which day each record may be erased."""

from __future__ import annotations

from datetime import date

from waypost.treatment.keeping.retention import kept_until, the_retention
from waypost.treatment.records.episode import EpisodeState
from waypost.treatment.records.owner import Owner
from waypost.treatment.records.queries import episodes, people_in_care
from waypost.treatment.wall.queries import zone_of


def erasable_from(owner: Owner) -> dict[str, date | None]:
    """The first day on which each person's record may be erased; None while care goes on."""
    rule, zone = the_retention(), zone_of(owner)
    days: dict[str, date | None] = {
        number: kept_until(seen.made_at.astimezone(zone).date(), had_care=False, rule=rule)
        for number, seen in people_in_care(owner).items()
    }
    for episode in episodes(owner):
        before = days[episode.person]
        if episode.state is not EpisodeState.ENDED or before is None:
            days[episode.person] = None
        else:
            last = episode.ended_on or date.max
            days[episode.person] = max(before, kept_until(last, had_care=True, rule=rule))
    return days
