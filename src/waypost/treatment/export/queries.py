"""Gathers a person's whole record of one organization."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from waypost.accounts.queries import member_names
from waypost.levels_of_care.instruments.bam import BadBam, score_bam
from waypost.treatment.attendance.attended import Attended
from waypost.treatment.attendance.queries import attended
from waypost.treatment.attendance.roster import HERE, Presence
from waypost.treatment.consents.consent import ConsentSeen
from waypost.treatment.consents.queries import consents
from waypost.treatment.drug_tests.queries import DrugTestSeen, drug_tests
from waypost.treatment.export.entries.queries import (
    entries,
    every_task,
    everyone_on_team,
    reviews_by,
)
from waypost.treatment.export.whole_record import (
    ExportedAssessment,
    ExportedCheckIn,
    ExportedObservation,
    ExportedPlan,
    ExportedReferral,
    ExportedSession,
    WholeRecord,
    on_wall,
)
from waypost.treatment.intake.dimensions import BAM_PART, INSTRUMENT
from waypost.treatment.intake.queries import AssessmentSeen, assessments, referrals
from waypost.treatment.minors.queries import newest_guardian
from waypost.treatment.own_page.queries import CheckInSeen, check_ins
from waypost.treatment.plans.queries import PlanSeen, plan_versions
from waypost.treatment.records.drafts import Version
from waypost.treatment.records.owner import Owner
from waypost.treatment.records.queries import episodes, person_in_care
from waypost.treatment.wall.queries import zone_of


def whole_record(owner: Owner, person: str, now: datetime) -> WholeRecord | None:
    """Everything that is kept of the person, on the program's clock; None where there is none.

    The caller logs the disclosure before a byte of it leaves.
    """
    seen, zone = person_in_care(owner, person), zone_of(owner)
    if seen is None:
        return None
    now, assessed = now.astimezone(zone), assessments(owner, person)
    came = check_ins(owner, person)
    record = WholeRecord(
        person=person,
        organization=owner.organization,
        made_at=now,
        words=seen.words,
        episodes=tuple(episodes(owner, person=person)),
        referrals=tuple(
            ExportedReferral(r.at, r.words.sealable() | {"came_by": r.came_by.value})
            for r in referrals(owner, person)
        ),
        assessments=tuple(_assessment(a) for a in assessed),
        plans=tuple(_plan(p, zone) for p in plan_versions(owner, person)),
        consents=tuple(
            _consent(c, zone) for c in consents(owner, person, now.astimezone(zone).date())
        ),
        sessions=tuple(_session(a) for a in attended(owner, date.min, date.max, [person])),
        observations=(
            *(o for a in assessed for o in _bam_parts(a.id, a.parts.get(BAM_PART))),
            *(o for c in came for o in _check_in(c)),
            *(o for t in drug_tests(owner, person=person) for o in _drug_test(t)),
        ),
        guardian={
            name: text for name, text in newest_guardian(owner, person).words.items() if text
        },
        check_ins=tuple(ExportedCheckIn(_check_in_id(c), c.at, c.answers) for c in came),
        reviews=reviews_by(owner, person),
        team=(team := everyone_on_team(owner, person)),
        tasks=(tasks := every_task(owner, person)),
        entries=(kept := entries(owner, person)),
        staff=_names(
            owner,
            {e.by for e in kept}
            | {a.signed_by for a in assessed}
            | {seat.staff for seat in team}
            | {task.done_by for task in tasks},
        ),
    )
    return on_wall(record, zone)


def _names(owner: Owner, named: set[str]) -> dict[str, str]:
    """The names of the staff in the record, by how the audit calls them; of nobody else."""
    known = {f"person:{n}": name for n, name in member_names(owner.organization).items()}
    return {by: known[by] for by in sorted(named) if by in known}


def _assessment(seen: AssessmentSeen) -> ExportedAssessment:
    words = seen.words
    return ExportedAssessment(
        seen.id,
        seen.begun_at,
        seen.signed_at,
        seen.signed_by,
        {name: said for name, said in words.items() if not name.startswith(INSTRUMENT)},
        {
            name.removeprefix(INSTRUMENT): said.get("answers", {})
            for name, said in words.items()
            if name.startswith(INSTRUMENT)
        },
        asdict(seen.decision) if seen.decision else None,
    )


def _session(place: Attended) -> ExportedSession:
    """A place on a roster: booked until it is kept whether the person was there."""
    presence = Presence(place.presence) if place.presence else None
    status = "booked"
    if presence is not None:
        status = "fulfilled" if presence in HERE else "noshow"
    if presence is Presence.EXCUSED:
        status = "cancelled"
    starts_at = place.ends_at - timedelta(minutes=place.length)
    number = f"ses_{place.person}_{starts_at:%Y%m%d%H%M}"
    return ExportedSession(number, place.group, starts_at, place.ends_at, status, place.minutes)


def _bam_parts(number: str, version: Version | None) -> list[ExportedObservation]:
    if version is None or version.at is None:
        return []
    return _bam(number, version.words.get("answers", {}), version.at)


def _check_in(seen: CheckInSeen) -> list[ExportedObservation]:
    return _bam(_check_in_id(seen), seen.answers, seen.at)


def _check_in_id(seen: CheckInSeen) -> str:
    return f"chk_{seen.at:%Y%m%d%H%M%S}"


def _bam(number: str, answers: Mapping[str, str], at: datetime) -> list[ExportedObservation]:
    """The three parts of complete answers; of incomplete ones nothing can be said."""
    try:
        scored = score_bam(answers)
    except BadBam:
        return []
    parts = {"Use": scored.use, "Risk": scored.risk, "Protective": scored.protective}
    return [
        ExportedObservation(f"{number}-bam-{name.lower()}", f"BAM {name}", at, points)
        for name, points in parts.items()
    ]


def _drug_test(seen: DrugTestSeen) -> list[ExportedObservation]:
    at = datetime.combine(seen.day, time(12), UTC)
    return [
        ExportedObservation(
            f"{seen.id}-{reading.panel}",
            f"Drug test: {reading.panel} ({seen.step})",
            at,
            None,
            str(reading.reading),
        )
        for reading in seen.readings
    ]


def _plan(seen: PlanSeen, zone: ZoneInfo) -> ExportedPlan:
    signed = tuple(
        f"{s.name}, {s.role or s.signer}, {s.at.astimezone(zone):%Y-%m-%d}" for s in seen.signatures
    )
    return ExportedPlan(seen.id, seen.version, seen.at, seen.words.sealable(), signed)


def _consent(seen: ConsentSeen, zone: ZoneInfo) -> dict[str, str]:
    terms, revoked = seen.terms, seen.revoked_at
    said = {
        "kind": terms.kind.value,
        **seen.words.sealable(),
        "signed_on": str(terms.signed_on or ""),
        "expiry": str(terms.expires_on or terms.expiry.value),
        "revoked_at": f"{revoked.astimezone(zone):%Y-%m-%d %H:%M %Z}" if revoked else "",
    }
    return {name: value for name, value in said.items() if value}
