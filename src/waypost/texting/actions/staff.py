"""The roster, tasks, approvals, canned replies and broadcasts."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from waypost.audit.actions import record_event
from waypost.files.digests import text_digest
from waypost.texting.actions.outbox import enqueue
from waypost.texting.faults import TextingFault
from waypost.texting.lanes import OutboxLane
from waypost.texting.models import (
    Approval,
    Broadcast,
    CannedReply,
    FollowUp,
    Shift,
    Subscription,
)
from waypost.texting.queries.sealed import ALERT, sealed
from waypost.texting.queries.series import needed, subject_of
from waypost.texting.roster import ShiftDuty
from waypost.texting.segments import count_segments, in_plain_letters
from waypost.texting.series.lint import unfit_words
from waypost.texting.series.series import Series
from waypost.texting.standing import OptInStanding, SubscriptionState
from waypost.values.coded_fault import CodedError, CodedFault
from waypost.values.phone import read_phone

LONGEST_SHIFT = timedelta(hours=24)
BROADCAST_HOURS = 24


class CannotSave(CodedError, ValueError):
    """Something that staff entered cannot be kept."""


@transaction.atomic
def add_shift(
    *,
    person: str,
    name: str,
    duty: str,
    begin: datetime,
    end: datetime,
    by: str,
    now: datetime,
    alert_number: str = "",
) -> int:
    """Put somebody on the roster; the number of the shift.

    ``alert_number`` is where they are called by text as well, as they write it.

    Raises:
        CannotSave: the duty is unknown, the shift is not from a time until a later one, or the
            number is none that texts go to.
    """
    if duty not in set(ShiftDuty):
        raise CannotSave(TextingFault.DUTY)
    if not timedelta(0) < end - begin <= LONGEST_SHIFT:
        raise CannotSave(TextingFault.SHIFT_LENGTH)
    same = {"person": person, "duty": duty, "from_at": begin, "until_at": end}
    twice = Shift.objects.filter(**same, withdrawn_at=None).first()
    if twice is not None:  # the button was pressed twice
        return int(twice.pk)
    row = Shift.objects.create(
        person=person,
        name=name.strip()[:120],
        duty=duty,
        from_at=begin,
        until_at=end,
        alert_number=sealed(_textable(alert_number), ALERT),
        made_by=by,
    )
    record_event(act=f"put {person} on the roster", record=f"shift:{row.pk}", by=by, now=now)
    return int(row.pk)


def _textable(number: str) -> str:
    """A number in E.164; '' stays ''."""
    if not number.strip():
        return ""
    phone = read_phone(number)
    if phone is None or not phone.valid or phone.extension:
        raise CannotSave(TextingFault.ALERT_NUMBER)
    return phone.e164


@transaction.atomic
def withdraw_shift(*, number: int, by: str, now: datetime) -> None:
    """Take a shift off the roster; a second time changes nothing."""
    if Shift.objects.filter(pk=number, withdrawn_at=None).update(withdrawn_at=now):
        record_event(act="took a shift off the roster", record=f"shift:{number}", by=by, now=now)


@transaction.atomic
def finish_follow_up(*, number: int, outcome: str, by: str, now: datetime) -> None:
    """A task is done, and how it went."""
    if not outcome.strip():
        raise CannotSave(TextingFault.OUTCOME)
    rows = FollowUp.objects.filter(pk=number, done_at=None)
    if rows.update(done_at=now, done_by=by, outcome=outcome.strip()[:40]):
        record_event(act="did a follow-up", record=f"follow-up:{number}", by=by, now=now)


@transaction.atomic
def approve_series(*, series: Series, by: str, now: datetime) -> int:
    """Sign a version of a series; how many signatures it still lacks."""
    return _approve(subject_of(series), series.digest, series.about_crisis, by, now)


def _approve(subject: str, digest: str, about_crisis: bool, by: str, now: datetime) -> int:
    Approval.objects.get_or_create(
        subject=subject, digest=digest, by=by, withdrawn_at=None, defaults={"at": now}
    )
    record_event(act=f"approved {subject}", record=subject, by=by, now=now)
    rows = Approval.objects.filter(subject=subject, digest=digest, withdrawn_at=None)
    people = rows.values("by").distinct().count()
    return max(0, needed(about_crisis=about_crisis) - people)


@transaction.atomic
def withdraw_approval(*, subject: str, by: str, now: datetime) -> None:
    """Withdraw every approval of a subject; what is queued under it is held back."""
    if Approval.objects.filter(subject=subject, withdrawn_at=None).update(withdrawn_at=now):
        record_event(act=f"withdrew {subject}", record=subject, by=by, now=now)


def _refuse_words(*texts: str) -> None:
    """What a series may not say nobody may send to many either."""
    unfit = [f"“{word}”" for text in texts for word in unfit_words(text)]
    if unfit:
        raise CannotSave(CodedFault(TextingFault.WORDS, facts={"words": ", ".join(unfit)}))


@transaction.atomic
def add_canned_reply(
    *, name: str, language: str, text: str, about_crisis: bool, by: str, now: datetime
) -> int:
    """Write a canned reply; the older one of the same name and language is retired.

    Raises:
        CannotSave: the name or the words are empty, take more than two segments, or say what no
            series may.
    """
    words = in_plain_letters(text.strip())
    if not name.strip() or not words or language not in ("en", "es"):
        raise CannotSave(TextingFault.CANNED_WORDS)
    if count_segments(words).segments > 2:
        raise CannotSave(TextingFault.SEGMENTS)
    _refuse_words(words)
    older = CannedReply.objects.filter(name=name.strip()[:60], language=language, retired_at=None)
    older.update(retired_at=now)
    row = CannedReply.objects.create(
        name=name.strip()[:60],
        language=language,
        text=words,
        about_crisis=about_crisis,
        made_by=by,
        made_at=now,
    )
    record_event(act="wrote a canned reply", record=f"canned:{row.pk}", by=by, now=now)
    return int(row.pk)


@transaction.atomic
def approve_canned_reply(*, number: int, by: str, now: datetime) -> int:
    """Sign a canned reply; how many signatures it still lacks."""
    row = CannedReply.objects.filter(pk=number, retired_at=None).first()
    if row is None:
        raise CannotSave(TextingFault.NO_CANNED)
    return _approve(f"canned:{number}", text_digest(row.text), row.about_crisis, by, now)


@transaction.atomic
def draft_broadcast(*, series: str, text_en: str, text_es: str, by: str, now: datetime) -> int:
    """Write one text to everybody in a series; the number of the draft.

    Raises:
        CannotSave: the words are empty, take more than two segments, or say what no series may.
    """
    english, spanish = in_plain_letters(text_en.strip()), in_plain_letters(text_es.strip())
    if not english or not spanish:
        raise CannotSave(TextingFault.BOTH_LANGUAGES)
    if max(count_segments(english).segments, count_segments(spanish).segments) > 2:
        raise CannotSave(TextingFault.SEGMENTS)
    _refuse_words(english, spanish)
    row = Broadcast.objects.create(
        series=series, text_en=english, text_es=spanish, made_by=by, made_at=now
    )
    record_event(act="drafted a broadcast", record=f"broadcast:{row.pk}", by=by, now=now)
    return int(row.pk)


@transaction.atomic
def send_broadcast(*, number: int, by: str, now: datetime) -> int:
    """Send a draft that another person wrote; how many people it goes to.

    It keeps to windows and to everything that is checked before a text leaves.

    Raises:
        CannotSave: it was sent already, or whoever wrote it wants to send it.
    """
    row = Broadcast.objects.select_for_update().filter(pk=number, sent_at=None).first()
    if row is None:
        raise CannotSave(TextingFault.SENT_ALREADY)
    if row.made_by == by:
        raise CannotSave(TextingFault.OWN_DRAFT)
    people = Subscription.objects.filter(
        series=row.series,
        state=SubscriptionState.ACTIVE,
        ended_at=None,
        contact__state=OptInStanding.IN,
    ).select_related("contact")
    for subscription in people:
        text = row.text_es if subscription.contact.language == "es" else row.text_en
        enqueue(
            subscription.contact,
            text,
            lane=OutboxLane.SERIES,
            cause=f"broadcast:{row.pk}:{subscription.contact_id}",
            now=now,
            expires_at=now + timedelta(hours=BROADCAST_HOURS),
            by=by,
        )
    row.sent_at, row.approved_by, row.people = now, by, len(people)
    row.save()
    record_event(act="sent a broadcast", record=f"broadcast:{row.pk}", by=by, now=now)
    return len(people)
