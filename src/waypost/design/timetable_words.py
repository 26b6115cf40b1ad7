"""What a program says of its hours and places, and how they stand to what was asked, in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from waypost.design.facets import label
from waypost.design.times import days_text, hours_text, joined, time_text
from waypost.design.words import date_text
from waypost.directory.site import FactSource, Site
from waypost.directory.timetables import known_tracks, shown_openings
from waypost.navigation.hours_fit import (
    HoursCount,
    HoursFit,
    HoursStanding,
    MeetingFit,
    Miss,
    TrackFit,
)
from waypost.values.opening import Freshness, Opening
from waypost.values.track import Attendance, Meeting, Track
from waypost.values.wall_time import MINUTES_A_DAY


@dataclass(frozen=True, slots=True)
class TrackLine:
    """A track in words: when it meets, then everything else that is said of it."""

    hours: str
    more: str


def count_words(count: HoursCount) -> str:
    """ "2 fit, 1 does not, 9 do not say: ask"."""
    parts = [
        ngettext("%(n)s fits your hours", "%(n)s fit your hours", count.fit) % {"n": count.fit},
        ngettext("%(n)s does not", "%(n)s do not", count.do_not) % {"n": count.do_not},
        ngettext("%(n)s does not say: ask", "%(n)s do not say: ask", count.unsaid)
        % {"n": count.unsaid},
    ]
    return ", ".join(parts)


def meetings_text(meetings: Iterable[Meeting]) -> str:
    """ "Monday and Wednesday, 6 pm to 9 pm; Saturday, 9 am to noon"."""
    together: dict[tuple[int, int], list[int]] = {}
    for meeting in meetings:
        start = meeting.start % MINUTES_A_DAY
        span = (start, start + meeting.end - meeting.start)
        together.setdefault(span, []).append(meeting.day.number)
    return "; ".join(
        _("%(days)s, %(start)s to %(end)s")
        % {"days": days_text(days), "start": time_text(span[0]), "end": end_text(span[1])}
        for span, days in together.items()
    )


def end_text(minutes: int) -> str:
    """An end past midnight says so."""
    if minutes > MINUTES_A_DAY:
        return _("%(time)s the next day") % {"time": time_text(minutes)}
    return time_text(minutes)


def fit_words(fit: HoursFit) -> str:
    """How a program's best track stands, session by session; what is not said is to be asked."""
    if not fit.tracks:
        return _("does not say when it meets: ask")
    best = fit.tracks[0]
    sentences = [_sessions_words(best), *(_miss_words(miss) for miss in best.misses)]
    if best.standing is HoursStanding.UNSAID:
        sentences.append(_("it does not say the rest: ask"))
    if best.ahead:
        theirs = meetings_text(best.track.meetings)
        sentences.append(_("by its own clock: %(hours)s") % {"hours": theirs})
    return "; ".join(sentences)


def _sessions_words(fit: TrackFit) -> str:
    """ "Tuesday and Thursday fit; Monday begins 30 minutes before you can come"."""
    fitting = [m.meeting for m in fit.meetings if m.fits]
    if len(fitting) == len(fit.meetings):
        return meetings_text(fitting)
    # Of a day with two sessions its name alone does not say which of them is meant.
    days = [m.meeting.day for m in fit.meetings]
    named = _named_days if len(days) == len(set(days)) else meetings_text
    count = len({meeting.day for meeting in fitting})
    first = [ngettext("%(days)s fits", "%(days)s fit", count) % {"days": named(fitting)}]
    return "; ".join(
        [*first * bool(count), *_clashes([m for m in fit.meetings if not m.fits], named)]
    )


def _named_days(meetings: Sequence[Meeting]) -> str:
    return days_text(meeting.day.number for meeting in meetings)


def _clashes(missed: Sequence[MeetingFit], named: Callable[[list[Meeting]], str]) -> list[str]:
    together: dict[tuple[int, int], list[Meeting]] = {}
    for clash in missed:
        together.setdefault((clash.early, clash.late), []).append(clash.meeting)
    return [_clash(*gap, meetings, named(meetings)) for gap, meetings in together.items()]


def _clash(early: int, late: int, meetings: list[Meeting], days: str) -> str:
    named = {
        "days": days,
        "early": hours_text(early),
        "late": hours_text(late),
        "hours": meetings_text(meetings),
    }
    if early and late:
        words = ngettext(
            "%(days)s begins %(early)s before you can come and ends %(late)s after you must leave",
            "%(days)s begin %(early)s before you can come and end %(late)s after you must leave",
            len(meetings),
        )
    elif early:
        words = ngettext(
            "%(days)s begins %(early)s before you can come",
            "%(days)s begin %(early)s before you can come",
            len(meetings),
        )
    elif late:
        words = ngettext(
            "%(days)s ends %(late)s after you must leave",
            "%(days)s end %(late)s after you must leave",
            len(meetings),
        )
    else:
        words = ngettext("%(hours)s does not fit", "%(hours)s do not fit", len(meetings))
    return words % named


def _miss_words(miss: Miss) -> str:
    return {
        Miss.TIME: _("another time of day"),
        Miss.WEEKLY: _("another number of hours a week"),
        Miss.ATTENDANCE: _("not in the way that you asked for"),
        Miss.STARTS: _("begins later"),
        Miss.FULL: _("no place now"),
    }[miss]


def track_lines(site: Site, today: date) -> list[TrackLine]:
    """The tracks that hold today, a line each."""
    return [_track_line(site, track) for track in known_tracks(site, today)]


def _track_line(site: Site, track: Track) -> TrackLine:
    parts = []
    if track.weekly_minutes:
        parts.append(_("%(hours)s a week") % {"hours": hours_text(track.weekly_minutes)})
    if track.attendance:
        parts.append(attendance_words(track.attendance))
    if track.language:
        parts.append(_("in %(language)s") % {"language": language_words(track.language)})
    if track.for_whom:
        whom = joined(label(column).lower() for column in track.for_whom)
        parts.append(_("for: %(whom)s") % {"whom": whom})
    if track.starts_on:
        parts.append(_("starts on %(day)s") % {"day": date_text(track.starts_on)})
    if track.not_on:
        days = joined(date_text(day) for day in track.not_on)
        parts.append(_("not on %(days)s") % {"days": days})
    if track.zone != site.timezone:
        parts.append(_("by the clock of %(zone)s") % {"zone": track.zone.replace("_", " ")})
    return TrackLine(meetings_text(track.meetings), " · ".join(parts))


def attendance_words(attendance: Attendance) -> str:
    """How one takes part."""
    return {
        Attendance.IN_PERSON: _("in person"),
        Attendance.TELEHEALTH: _("by telehealth"),
        Attendance.EITHER: _("in person or by telehealth"),
    }[attendance]


def language_words(tag: str) -> str:
    """A language by its name where we have one, else by its tag."""
    known = {"es": _("Spanish"), "en": _("English"), "ase": _("American Sign Language")}
    return known.get(tag, tag)


def words_of_tracks(site: Site, tracks: Sequence[Track]) -> list[str]:
    """Tracks as their program said them, a line each."""
    lines = (_track_line(site, track) for track in tracks)
    return [f"{line.hours} · {line.more}" if line.more else line.hours for line in lines]


def words_of_openings(site: Site, openings: Sequence[Opening], today: date) -> list[str]:
    """Places as their program said them, a line each; a track is named by when it meets."""
    tracks = {track.id: meetings_text(track.meetings) for track in site.tracks}
    lines = []
    for opening in openings:
        words = _opening_words(opening, today, past=False)
        named = tracks.get(opening.track)
        lines.append(f"{named}: {words}" if named and words else words)
    return [line for line in lines if line]


def opening_lines(site: Site, today: date) -> list[str]:
    """What may still be shown of places, each with its day and, of one track among several, of
    which; what was said of a track that the program has no more is of no use to anybody."""
    many = len(site.openings) > 1 or len(site.tracks) > 1
    theirs = {"", *(track.id for track in site.tracks)}
    lines = [
        _opening_line(site, opening, age, today, named=many)
        for opening, age in shown_openings(site, today)
        if not site.tracks or opening.track in theirs
    ]
    return [line for line in lines if line]


def _opening_line(site: Site, opening: Opening, age: Freshness, today: date, *, named: bool) -> str:
    words = _opening_words(opening, today, past=age is Freshness.PAST)
    if not words:
        return ""
    track = next((t for t in site.tracks if t.id == opening.track), None)
    if named and track:
        words = f"{meetings_text(track.meetings)}: {words}"
    days = (today - opening.as_of).days
    if days <= 0:
        return _("%(words)s (said today)") % {"words": words}
    ago = ngettext("%(n)s day ago", "%(n)s days ago", days) % {"n": days}
    when = {"words": words, "day": date_text(opening.as_of), "ago": ago}
    return _("%(words)s (on %(day)s, %(ago)s)") % when


def _opening_words(opening: Opening, today: date, *, past: bool) -> str:
    """What it says; a start that has passed is not the next one any more."""
    parts = []
    if opening.places:
        free = ngettext("%(n)s place", "%(n)s places", opening.places) % {"n": opening.places}
        parts.append(_("was open: %(places)s") % {"places": free} if past else free)
    elif opening.places == 0:
        parts.append(_("was full") if past else _("no place now"))
    if opening.waiting_days == 0:
        parts.append(_("had no waiting time") if past else _("no waiting time"))
    elif opening.waiting_days:
        wait = ngettext(
            "a wait of about %(n)s day", "a wait of about %(n)s days", opening.waiting_days
        )
        parts.append(wait % {"n": opening.waiting_days})
    if opening.next_start and opening.next_start >= today:
        parts.append(_("the next group starts on %(day)s") % {"day": date_text(opening.next_start)})
    return ", ".join(parts)


def said_words(fact: FactSource | None) -> str:
    """Whose word it is and from which day: “The program says so; it changed this on ...”."""
    if fact is None:
        return ""
    return _("The program says so; it last said it on %(day)s.") % {"day": date_text(fact.as_of)}
