"""`waypost demo calls`: a round of calls that nobody made, marked so wherever it is shown."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from typing import Annotated

import typer
from django.utils import timezone

from waypost.cli.accuracy.commands import sample_of, started
from waypost.cli.exits import BAD_QUESTION, NOT_DONE, stop
from waypost.cli.private import with_private_database
from waypost.cli.ready import open_snapshot
from waypost.design.directory_faults import directory_words
from waypost.directory.calls.drawing import CannotDraw
from waypost.directory.calls.outcomes import CallField, CallStanding, CallVerdict, TryOutcome

EXAMPLES = "Example: `WAYPOST_DATA_DIR=/tmp/demo waypost demo calls`"
SEED = 7
WAITING = 6
"""So many listings are left to be called, for trying the form."""
PEOPLE = ("made-up:first", "made-up:second")

# How often what happens, in percent; nobody measured this.
ENDINGS = ((TryOutcome.ANSWERED, 62), (TryOutcome.VOICEMAIL, 18), (TryOutcome.NO_ANSWER, 8),
           (TryOutcome.DISCONNECTED, 6), (TryOutcome.REFUSED, 3), (TryOutcome.BUSY, 3))  # fmt: skip
WRONG = {CallField.PHONES: 6, CallField.NAME: 12, CallField.ADDRESS: 9, CallField.WEBSITE: 15,
         CallField.SERVICES: 18}  # fmt: skip


def made_up_round(
    state: Annotated[str, typer.Option(help="The state, as two letters.")] = "TX",
    size: Annotated[int, typer.Option(min=10, max=500, help="How many listings.")] = 60,
) -> None:
    """Play a made-up round of calls, so that the desk and the accuracy page have something to show.

    It is marked as made up on every page and in every file; it makes no claim about a listing, and
    disappears from the accuracy page with the first real round.
    """
    snapshot = open_snapshot()
    with_private_database()
    from waypost.directory.calls.queries import rounds

    if rounds():
        stop("There are rounds of calls here. Set WAYPOST_DATA_DIR to another folder.", NOT_DONE)
    try:
        sample = sample_of(snapshot, state.strip().upper(), size, SEED)
    except CannotDraw as error:
        stop(" ".join(directory_words(error)), BAD_QUESTION)
    number = started(snapshot, sample, made_up=True)
    called = _play(number, timezone.now())
    print(f"Round {number} is made up: {called} of {sample.size} listings were “called”.")
    print("See “Calls” at the desk, and /accuracy on the public site.")


def _play(number: int, now: datetime) -> int:
    """Call all but the last few listings, the first and the second person; how many."""
    from waypost.directory.calls.queries import calls_of

    calls = calls_of(number)[:-WAITING]
    for call in calls:
        fields = [fact.field for fact in call.facts]
        _call(call.number, 1, fields, now)
        if call.second:
            _call(call.number, 2, fields, now)
    return len(calls)


def _call(listing: int, coder: int, fields: list[CallField], now: datetime) -> None:
    """Try up to three times, on three days at three hours, as the rules ask."""
    from waypost.directory.calls.actions import keep_try

    first = now.replace(hour=15, minute=5) - timedelta(days=20)
    for number in range(3):
        ending = _ending(_percent(listing, number, "ending"))
        stands = keep_try(
            listing=listing,
            coder=coder,
            outcome=ending,
            findings={field: (_verdict(listing, coder, field), "") for field in fields},
            by=PEOPLE[coder - 1],
            now=first + timedelta(days=3 * number, hours=3 * number),
        )
        if stands is not CallStanding.OPEN:
            return


def _percent(*parts: object) -> int:
    """A number from 0 to 99 that depends on nothing but these parts."""
    return int(hashlib.sha256(repr(parts).encode()).hexdigest(), 16) % 100


def _ending(percent: int) -> TryOutcome:
    for outcome, share in ENDINGS:
        percent -= share
        if percent < 0:
            return outcome
    return TryOutcome.NO_ANSWER


def _verdict(listing: int, coder: int, field: CallField) -> CallVerdict:
    """What is heard; the second person now and then hears something else."""
    wrong = _percent(listing, field) < WRONG[field]
    if coder == 2 and _percent(listing, field, "second") < 6:
        wrong = not wrong
    return CallVerdict.WRONG if wrong else CallVerdict.RIGHT
