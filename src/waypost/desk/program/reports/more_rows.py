"""The report's rows on waiting, group fill, check-ins and what is due."""

from __future__ import annotations

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from waypost.treatment.attendance.queries import count_open_tasks, places_of_tracks
from waypost.treatment.intake.queries import waits
from waypost.treatment.own_page.queries import first_and_last_check_ins
from waypost.treatment.plans.queries import due_list
from waypost.treatment.progress.bam_history import bam_change, bam_history, is_whole
from waypost.treatment.progress.filling import waiting_time
from waypost.treatment.records.owner import Owner

Rows = list[tuple[str, str]]


def more_rows(owner: Owner, first: date, last: date) -> Rows:
    """The rows, each a sentence and its value; what is not known is said to be so."""
    return [
        *_waiting(owner, first, last),
        *_fill(owner, first, last),
        *_bam(owner, first, last),
        *_due(owner, last),
    ]


def _waiting(owner: Owner, first: date, last: date) -> Rows:
    on_the_wall = [
        (timezone.localtime(since), timezone.localtime(until) if until else None)
        for since, until in waits(owner)
    ]
    time = waiting_time(on_the_wall, first, last)
    nobody = _("nobody")
    return [
        (
            _("Days from the waiting list to admission, median"),
            nobody
            if time.median_days is None
            else _("%(days)s (%(n)s people)") % {"days": f"{time.median_days:g}", "n": time.left},
        ),
        (_("On the waiting list today"), str(time.waiting)),
        (
            _("Longest wait today, in days"),
            nobody if time.longest_days is None else str(time.longest_days),
        ),
    ]


def _fill(owner: Owner, first: date, last: date) -> Rows:
    return [
        (
            _("Places taken in groups of the track “%(track)s”") % {"track": track},
            _("%(share)s%% (%(people)s of %(places)s)")
            % {
                "share": round(100 * people / places) if places else 0,
                "people": people,
                "places": places,
            },
        )
        for track, (people, places) in places_of_tracks(owner, first, last).items()
    ]


def _bam(owner: Owner, first: date, last: date) -> Rows:
    kept = first_and_last_check_ins(owner, (first, last), is_whole)
    history = bam_history((c.person, timezone.localdate(c.at), c.answers) for c in kept)
    change = bam_change(history, first, last)
    if change is None:
        return [(_("Change from first to last check-in"), _("nobody checked in twice"))]
    n = {"n": change.people}
    return [
        (_("Use, change from first to last check-in (%(n)s people)") % n, f"{change.use:+.1f}"),
        (_("Risk, change from first to last check-in (%(n)s people)") % n, f"{change.risk:+.1f}"),
        (
            _("Protective, change from first to last check-in (%(n)s people)") % n,
            f"{change.protective:+.1f}",
        ),
    ]


def _due(owner: Owner, last: date) -> Rows:
    items = due_list(owner, last, wall=timezone.get_current_timezone())
    late = sum(bool(item.late) for item in items)
    tasks, tasks_late = count_open_tasks(owner, last)
    return [
        (_("Reviews and plans due within two weeks"), str(len(items) - late)),
        (_("Reviews and plans overdue"), str(late)),
        (_("Tasks that wait"), str(tasks - tasks_late)),
        (_("Tasks overdue"), str(tasks_late)),
    ]
