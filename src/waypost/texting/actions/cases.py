"""Opens and raises crisis cases, sends the automatic text, writes the timers."""

from __future__ import annotations

from datetime import datetime

from waypost.audit.actions import record_event
from waypost.texting.actions.conversations import needs_person
from waypost.texting.actions.outbox import SERVICE, drop_queued, say
from waypost.texting.crisis.ladder import SAY_AGAIN, TIMED, timers_of
from waypost.texting.crisis.tiers import VERSION, CrisisSigns, Tier
from waypost.texting.lanes import AUTOMATED, Dropped, OutboxLane
from waypost.texting.models import CrisisCase, Signature, TextContact, Timer
from waypost.texting.queries.contacts import open_case
from waypost.texting.queries.roster import somebody_answers
from waypost.texting.words.replies import ReplyCode

_WORDS = {
    (Tier.IMMINENT, True): ReplyCode.DANGER_NOW,
    (Tier.IMMINENT, False): ReplyCode.DANGER_NOW_ALONE,
    (Tier.HIGH, True): ReplyCode.DANGER_HIGH,
    (Tier.HIGH, False): ReplyCode.DANGER_HIGH_ALONE,
    (Tier.CONCERN, True): ReplyCode.CONCERN,
    (Tier.CONCERN, False): ReplyCode.CONCERN,
}
OVERDOSE = "overdose"


def open_or_raise(
    contact: TextContact, signs: CrisisSigns, *, cause: str, now: datetime
) -> CrisisCase:
    """The case of a contact with these signs: opened, raised, or kept; never lowered.

    ``cause`` names the text. All automation of the person stops, a person is asked for, timers
    run, and the automatic text goes out, once in thirty minutes unless the tier rose.
    """
    conversation = needs_person(contact, signs.tier, now)
    case = open_case(contact.pk)
    rose = case is None or int(signs.tier) < case.tier
    if case is None:
        case = CrisisCase.objects.create(
            contact=contact,
            conversation=conversation,
            tier=signs.tier,
            first_tier=signs.tier,
            reasons=_joined("", signs.reasons, 400),
            exits=_joined("", signs.exits, 200),
            rules=VERSION,
            opened_at=now,
            last_sign_at=now,
        )
        _signed(case, "opened", now)
        drop_queued(contact, AUTOMATED, Dropped.OPEN_CRISIS)
    else:
        _raise(case, signs, now)
    _round(case, now)
    if rose or case.words_sent_at is None or now - case.words_sent_at >= SAY_AGAIN:
        _say(case, contact, signs, cause, now)
    return case


def _raise(case: CrisisCase, signs: CrisisSigns, now: datetime) -> None:
    if int(signs.tier) < case.tier:
        case.tier = int(signs.tier)
        _signed(case, "raised", now)
    case.reasons = _joined(case.reasons, signs.reasons, 400)
    case.exits = _joined(case.exits, signs.exits, 200)
    case.last_sign_at = now
    case.save(update_fields=["tier", "reasons", "exits", "last_sign_at"])


def _say(
    case: CrisisCase, contact: TextContact, signs: CrisisSigns, cause: str, now: datetime
) -> None:
    code = _WORDS[signs.tier, somebody_answers(now)]
    if signs.tier is Tier.IMMINENT and OVERDOSE in signs.exits:
        code = ReplyCode.OVERDOSE
    say(contact, code, lane=OutboxLane.CRISIS, cause=f"crisis:{cause}", now=now)
    case.words_sent_at = now
    case.save(update_fields=["words_sent_at"])


def _round(case: CrisisCase, now: datetime) -> None:
    """Timers of a new round of waiting, unless those of one still run."""
    if Tier(case.tier) not in TIMED:
        return
    running = Timer.objects.filter(case=case, fired_at=None, ended_at=None)
    if running.exists():
        return
    newest = Timer.objects.filter(case=case).order_by("-round").values_list("round", flat=True)
    number = newest.first()
    rows = timers_of(0 if number is None else number + 1, now)
    Timer.objects.bulk_create(
        [Timer(kind=row.kind, case=case, round=row.round, due_at=row.due_at) for row in rows]
    )


def _signed(case: CrisisCase, act: str, now: datetime) -> None:
    Signature.objects.create(case=case, act=act, to_tier=case.tier, by=SERVICE, at=now)
    record_event(
        act=f"case {act} at tier {case.tier}", record=f"case:{case.pk}", by=SERVICE, now=now
    )


def _joined(before: str, more: tuple[str, ...], most: int) -> str:
    """Codes once each, in the order in which they came, cut at a whole code."""
    codes = list(dict.fromkeys([*before.split(), *more]))
    while len(" ".join(codes)) > most:
        codes.pop()
    return " ".join(codes)
