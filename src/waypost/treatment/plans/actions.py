"""Saves plans version by version, signs them, and notes reviews and certifications."""

from __future__ import annotations

from datetime import date, datetime

from django.db import IntegrityError, transaction

from waypost.audit.actions import record_event
from waypost.treatment.consents.actions import NotAllowed
from waypost.treatment.faults import TreatmentFault
from waypost.treatment.plans.clocks import ClockOf
from waypost.treatment.plans.models import (
    CareMilestone,
    PlanSignature,
    PlanVersion,
    ReviewSetting,
)
from waypost.treatment.plans.plan import PlanWords, faults_of
from waypost.treatment.plans.queries import PERSON, TEAM, newest_version
from waypost.treatment.records.actions import NoSuchRecord, locked_person
from waypost.treatment.records.drafts import ChangedMeanwhile
from waypost.treatment.records.ids import new_id
from waypost.treatment.records.owner import Owner
from waypost.treatment.who_may import RecordStanding, may_decide
from waypost.values.coded_fault import CodedError, CodedFault


class CannotSign(CodedError, ValueError):
    """A plan that cannot be signed yet; each fault has its place."""


def save_plan(
    owner: Owner, *, person: str, words: PlanWords, read_version: int, by: str, now: datetime
) -> int:
    """Save the plan as a new version, which nobody has signed yet; its number.

    Raises:
        ChangedMeanwhile: somebody saved after ``read_version``. NoSuchRecord: no such person.
    """
    try:
        with transaction.atomic():
            row = locked_person(owner, person)
            newest = newest_version(owner, person)
            if newest.number != read_version:
                raise ChangedMeanwhile(newest)
            number = new_id("plan")
            PlanVersion.objects.owned_by(owner).create(
                id=number,
                person=row,
                version=read_version + 1,
                words=PlanVersion.sealed(number, words.sealable()),
                at=now,
                by=by,
            )
            act = f"plan saved ({read_version + 1})"
            record_event(act=act, record=person, by=by, now=now)
    except IntegrityError:  # both read the same version; the other was faster
        raise ChangedMeanwhile(newest_version(owner, person)) from None
    return read_version + 1


@transaction.atomic
def sign_for_team(
    owner: Owner,
    *,
    plan: str,
    name: str,
    role: str,
    standing: RecordStanding,
    by: str,
    now: datetime,
) -> None:
    """A clinician signs a version; a second time changes nothing.

    Raises:
        NotAllowed: no clinician, or not on the team. CannotSign: it is incomplete or not newest.
    """
    refusal = may_decide(standing)
    if refusal is not None:
        raise NotAllowed(refusal)
    _sign(owner, plan, TEAM, role, name, by, now)


@transaction.atomic
def sign_by_person(owner: Owner, *, plan: str, name: str, by: str, now: datetime) -> None:
    """The person in care signs a version; ``by`` is whose device it was, or their own page.

    Raises:
        CannotSign: it is incomplete, not the newest, or the name is missing.
    """
    _sign(owner, plan, PERSON, "", name, by, now)


@transaction.atomic
def note_milestone(
    owner: Owner, *, person: str, kind: ClockOf, on: date, by: str, now: datetime
) -> None:
    """Note that a review, a certification or an assessment was done on a day."""
    row = locked_person(owner, person)
    CareMilestone.objects.owned_by(owner).create(
        id=new_id("mile"), person=row, kind=kind.value, on=on, at=now, by=by
    )
    record_event(act=f"{kind} done", record=person, by=by, now=now)


@transaction.atomic
def set_review(
    owner: Owner, *, person: str, state: str, payer: str, by: str, now: datetime
) -> None:
    """Set the state and payer whose clocks run, for a person or ('') for the organization."""
    row = locked_person(owner, person) if person else None
    rows = ReviewSetting.objects.owned_by(owner)
    kept = rows.filter(person=row).first()
    if kept is None:
        rows.create(id=new_id("set"), person=row, state=state, payer=payer)
    else:
        kept.state, kept.payer = state, payer
        kept.save(update_fields=["state", "payer"])
    record = person or f"organization:{owner.organization}"
    record_event(act="review clocks set", record=record, by=by, now=now)


def _sign(
    owner: Owner, plan: str, signer: str, role: str, name: str, by: str, now: datetime
) -> None:
    row = PlanVersion.objects.owned_by(owner).select_for_update().filter(pk=plan).first()
    if row is None:
        raise NoSuchRecord("There is no such plan here.")
    if newest_version(owner, row.person_id).number != row.version:
        raise CannotSign(CodedFault(TreatmentFault.PLAN_NEWER, "plan"))
    faults = faults_of(PlanWords.read(row.opened()))
    if not name.strip():
        faults.append(CodedFault(TreatmentFault.SIGNATURE, "name"))
    if faults:
        raise CannotSign(*faults)
    signatures = PlanSignature.objects.owned_by(owner)
    if signatures.filter(plan=row, signer=signer, by=by).exists():
        return
    number = new_id("sig")
    signatures.create(
        id=number,
        plan=row,
        signer=signer,
        role=role,
        words=PlanSignature.sealed(number, {"name": name.strip()}),
        at=now,
        by=by,
    )
    record_event(act=f"plan {row.version} signed: {signer}", record=row.person_id, by=by, now=now)
