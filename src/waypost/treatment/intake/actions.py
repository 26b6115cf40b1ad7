"""Takes referrals, keeps the waiting list, saves pre-screens and assessments, signs levels."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from waypost.audit.actions import record_event
from waypost.treatment.consents.actions import NotAllowed
from waypost.treatment.faults import TreatmentFault
from waypost.treatment.intake.dimensions import (
    CHECK,
    Concern,
    Decision,
    Dimension,
    LevelNotDecided,
    concern_of,
    decision_refused,
    unasked,
)
from waypost.treatment.intake.models import (
    Assessment,
    AssessmentPart,
    ReferralTaken,
    Screening,
    Waiting,
)
from waypost.treatment.intake.queries import (
    AssessmentSeen,
    newest_screening,
    part_versions,
    referrals,
    whose_referral,
)
from waypost.treatment.intake.queries import assessment as seen_assessment
from waypost.treatment.intake.referral import CameBy, ReferralWords, referral_number
from waypost.treatment.intake.waiting import LeftList, Priority
from waypost.treatment.records.actions import (
    NoSuchRecord,
    add_person,
    change_level,
    locked_person,
    open_new_episode,
)
from waypost.treatment.records.drafts import EMPTY, AlreadySigned, ChangedMeanwhile
from waypost.treatment.records.ids import new_id
from waypost.treatment.records.owner import Owner
from waypost.treatment.records.person import PersonWords
from waypost.treatment.records.queries import open_episode
from waypost.treatment.when_may import TooLate
from waypost.treatment.who_may import RecordStanding, may_check_withdrawal, may_decide

ADMISSION = "assessed at intake"
"""The reason kept with a level that an assessment decided."""


def take_referral(
    owner: Owner,
    *,
    words: PersonWords,
    referral: ReferralWords,
    by: str,
    now: datetime,
    once: str = "",
) -> str:
    """A new person in care with their referral; the person's id.

    ``once`` is the form's own secret: what is sent twice from it makes one person, whose id is
    given again.
    """
    number = referral_number(once, by, words, referral) if once else new_id("ref")
    try:
        with transaction.atomic():
            person = add_person(owner, words=words, by=by, now=now)
            _keep_referral(owner, number, person, referral, by, now)
    except IntegrityError:  # pressed twice, and the other was faster
        if taken := whose_referral(owner, number):
            return taken
        raise
    return person


@transaction.atomic
def add_referral(
    owner: Owner, *, person: str, referral: ReferralWords, by: str, now: datetime
) -> None:
    """A further referral of somebody who has a record; the same words are not kept twice."""
    locked_person(owner, person)
    if all(seen.words != referral for seen in referrals(owner, person)):
        _keep_referral(owner, new_id("ref"), person, referral, by, now)


def _keep_referral(
    owner: Owner, number: str, person: str, referral: ReferralWords, by: str, now: datetime
) -> None:
    ReferralTaken.objects.owned_by(owner).create(
        id=number,
        person_id=person,
        came_by=CameBy.CALL_SHEET if referral.sheet else CameBy.TYPED,
        words=ReferralTaken.sealed(number, referral.sealable()),
        at=now,
        by=by,
    )
    record_event(act="referral taken", record=person, by=by, now=now)


def save_screening(
    owner: Owner,
    *,
    person: str,
    answers: Mapping[str, list[str]],
    read_version: int,
    by: str,
    now: datetime,
) -> int:
    """Save the pre-screen's answers as a new version; its number.

    Raises:
        ChangedMeanwhile: somebody saved after ``read_version``.
    """
    with transaction.atomic():
        row = locked_person(owner, person)
        newest = newest_screening(owner, person)
        if newest.number != read_version:
            raise ChangedMeanwhile(newest)
        number = new_id("scr")
        Screening.objects.owned_by(owner).create(
            id=number,
            person=row,
            version=read_version + 1,
            words=Screening.sealed(number, {"answers": dict(answers)}),
            at=now,
            by=by,
        )
        record_event(act=f"pre-screen saved ({read_version + 1})", record=person, by=by, now=now)
    return read_version + 1


@transaction.atomic
def join_waiting_list(
    owner: Owner, *, person: str, priority: Priority, reason: str, by: str, now: datetime
) -> None:
    """Put somebody on the waiting list; a second time changes their priority and reason alone."""
    row = locked_person(owner, person)
    rows = Waiting.objects.owned_by(owner)
    waiting = rows.filter(person=row, until=None).first()
    words = {"priority": priority.value, "reason": reason.strip()}
    if waiting is None:
        number = new_id("wait")
        rows.create(id=number, person=row, words=Waiting.sealed(number, words), since=now)
        record_event(act="joined the waiting list", record=person, by=by, now=now)
    else:
        waiting.words = Waiting.sealed(waiting.pk, words)
        waiting.save(update_fields=["words"])
        record_event(act="changed on the waiting list", record=person, by=by, now=now)


@transaction.atomic
def leave_waiting_list(
    owner: Owner, *, person: str, left: LeftList, by: str, now: datetime
) -> None:
    """Take somebody off the list with a reason; a second time changes nothing."""
    rows = Waiting.objects.owned_by(owner).filter(person=person, until=None)
    if rows.update(until=now, left=left.value):
        record_event(act=f"left the waiting list: {left}", record=person, by=by, now=now)


@transaction.atomic
def begin_assessment(owner: Owner, *, person: str, by: str, now: datetime) -> str:
    """The person's unfinished assessment, begun now where there is none; its id."""
    row = locked_person(owner, person)
    rows = Assessment.objects.owned_by(owner)
    unfinished = rows.filter(person=row, signed_at=None).first()
    if unfinished is not None:
        return str(unfinished.pk)
    assessment = rows.create(id=new_id("ass"), person=row, begun_at=now, begun_by=by)
    record_event(act="assessment begun", record=person, by=by, now=now)
    return str(assessment.pk)


def save_part(
    owner: Owner,
    *,
    assessment: str,
    part: str,
    words: Mapping[str, Any],
    read_version: int,
    by: str,
    now: datetime,
) -> int:
    """Save one part as a new version; its number.

    Raises:
        ChangedMeanwhile: somebody saved this part after ``read_version``.
        AlreadySigned: the assessment is signed. NoSuchRecord: there is none.
    """
    try:
        with transaction.atomic():
            return _save_part(owner, assessment, part, words, read_version, by, now)
    except IntegrityError:  # both read the same version; the other was faster
        raise ChangedMeanwhile(part_versions(owner, assessment, part)[-1]) from None


def _save_part(
    owner: Owner,
    number: str,
    part: str,
    words: Mapping[str, Any],
    read_version: int,
    by: str,
    now: datetime,
) -> int:
    row = _unsigned(owner, number)
    newest = (part_versions(owner, number, part) or [EMPTY])[-1]
    if newest.number != read_version:
        raise ChangedMeanwhile(newest)
    part_id = new_id("part")
    AssessmentPart.objects.owned_by(owner).create(
        id=part_id,
        assessment=row,
        part=part,
        version=read_version + 1,
        words=AssessmentPart.sealed(part_id, words),
        at=now,
        by=by,
    )
    record_event(act=f"{part} saved ({read_version + 1})", record=number, by=by, now=now)
    return read_version + 1


@transaction.atomic
def check_withdrawal(
    owner: Owner,
    *,
    assessment: str,
    safe: bool,
    text: str,
    standing: RecordStanding,
    read_version: int,
    by: str,
    now: datetime,
) -> None:
    """A medical provider writes whether an outpatient level is safe for withdrawal, and why."""
    refusal = may_check_withdrawal(standing)
    if refusal is not None:
        raise NotAllowed(refusal)
    words = {"safe": "yes" if safe else "no", "text": text.strip()}
    _save_part(owner, assessment, CHECK, words, read_version, by, now)


@transaction.atomic
def sign_level(
    owner: Owner,
    *,
    assessment: str,
    decision: Decision,
    standing: RecordStanding,
    screened_withdrawal: bool,
    by: str,
    now: datetime,
) -> str:
    """Sign the assessment with the level that the clinician decided; the episode's id.

    Raises:
        NotAllowed: no clinician, or not on the team. LevelNotDecided: a dimension is missing, no
            reason is given, or withdrawal was not checked. AlreadySigned: it was signed before.
    """
    refusal = may_decide(standing)
    if refusal is not None:
        raise NotAllowed(refusal)
    row = _unsigned(owner, assessment)
    seen = seen_assessment(owner, assessment)
    if seen is None or unasked(seen.words):
        raise LevelNotDecided(TreatmentFault.DIMENSIONS)
    if len(decision.reasons.split()) < 3:
        raise LevelNotDecided(TreatmentFault.LEVEL_REASONS)
    too_early = decision_refused(
        seen.words,
        decision,
        screened_withdrawal=screened_withdrawal,
        older_check=_older_check(owner, seen, screened_withdrawal),
    )
    if too_early is not None:
        raise LevelNotDecided(too_early)
    row.signed_at, row.signed_by = now, by
    row.words = Assessment.sealed(row.pk, asdict(decision))
    row.save()
    record_event(act="assessment signed", record=assessment, by=by, now=now)
    return _episode(owner, row.person_id, decision.level, by, now)


def _older_check(owner: Owner, seen: AssessmentSeen, screened_withdrawal: bool) -> bool:
    """Whether a risk of withdrawal was written after a medical provider checked it."""
    checked = seen.parts.get(CHECK, EMPTY).at
    risks = [newest_screening(owner, seen.person).at] if screened_withdrawal else []
    if concern_of(seen.words, Dimension.WITHDRAWAL) in (Concern.SERIOUS, Concern.UNKNOWN):
        risks.append(seen.parts.get(Dimension.WITHDRAWAL, EMPTY).at)
    return checked is not None and any(at is not None and at > checked for at in risks)


def _episode(owner: Owner, person: str, level: str, by: str, now: datetime) -> str:
    """The person's open episode at the decided level, planned where there is none."""
    episode = open_episode(owner, person)
    if episode is None:
        return open_new_episode(owner, person=person, level=level, by=by, now=now)
    if episode.level != level:
        change_level(
            owner,
            episode=episode.id,
            level=level,
            phase=episode.phase,
            reason=ADMISSION,
            by=by,
            now=now,
        )
    return episode.id


def _unsigned(owner: Owner, number: str) -> Assessment:
    row = Assessment.objects.owned_by(owner).select_for_update().filter(pk=number).first()
    if row is None:
        raise NoSuchRecord("There is no such assessment here.")
    if row.signed_at is not None:
        raise AlreadySigned(TooLate.SIGNED)
    return row
