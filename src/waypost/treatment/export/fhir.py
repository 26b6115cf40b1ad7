"""A person's whole record as a FHIR R4 Bundle (4.0.1), marked as restricted.

Patient, RelatedPerson (a guardian), EpisodeOfCare, CarePlan, Appointment, QuestionnaireResponse,
Observation, and what `fhir_papers` writes: CareTeam, Task and DocumentReference. The notice of
42 CFR 2.32 stands in the Patient's text; every resource carries the security labels for it (HL7 v3
Confidentiality "R" and ActCode "42CFRPart2").
"""

from __future__ import annotations

import html
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import date, datetime

from waypost.levels_of_care.instruments.bam import the_bam
from waypost.levels_of_care.instruments.fhir import CANONICAL, CHOICES, answer_coding
from waypost.levels_of_care.instruments.instrument import Instrument
from waypost.levels_of_care.level import the_levels
from waypost.treatment.consents.notices import NOTICE
from waypost.treatment.export.fhir_papers import papers
from waypost.treatment.export.fhir_parts import Resource, fhir_id, instant, subject
from waypost.treatment.export.whole_record import (
    ExportedAssessment,
    ExportedObservation,
    ExportedPlan,
    ExportedSession,
    WholeRecord,
)
from waypost.treatment.records.episode import EpisodeState
from waypost.treatment.records.person import EpisodeSeen

SECURITY = [
    {
        "system": "http://terminology.hl7.org/CodeSystem/v3-Confidentiality",
        "code": "R",
        "display": "restricted",
    },
    {
        "system": "http://terminology.hl7.org/CodeSystem/v3-ActCode",
        "code": "42CFRPart2",
        "display": "42 CFR Part2",
    },
]
LEVELS = "urn:waypost:level-of-care"
BAM = "bam"
STATUS = {
    EpisodeState.PLANNED: "planned",
    EpisodeState.ACTIVE: "active",
    EpisodeState.ENDED: "finished",
}


def as_fhir(record: WholeRecord, instruments: Mapping[str, Instrument]) -> bytes:
    """The record as a Bundle of type "collection", as JSON."""
    entries = [
        {"fullUrl": f"urn:waypost:{r['resourceType']}/{r['id']}", "resource": _labelled(r)}
        for r in _told_apart(resources(record, instruments))
    ]
    bundle = {
        "resourceType": "Bundle",
        "type": "collection",
        "meta": {"security": SECURITY},
        "timestamp": instant(record.made_at),
        "entry": entries,
    }
    return json.dumps(bundle, ensure_ascii=False, indent=1).encode()


def _told_apart(found: Iterable[Resource]) -> Iterator[Resource]:
    """Each resource under an id of its own: two sessions may begin at the same minute."""
    seen: Counter[tuple[str, str]] = Counter()
    for resource in found:
        key = (resource["resourceType"], resource["id"])
        seen[key] += 1
        yield resource if seen[key] == 1 else {**resource, "id": f"{key[1][:60]}-{seen[key]}"}


def resources(record: WholeRecord, instruments: Mapping[str, Instrument]) -> Iterator[Resource]:
    """Every resource of the record, the Patient first."""
    yield _patient(record)
    if record.guardian.get("name"):
        yield _guardian(record)
    for episode in record.episodes:
        yield _episode(record, episode)
    for plan in record.plans:
        yield _care_plan(record, plan)
    for session in record.sessions:
        yield _appointment(record, session)
    for assessment in record.assessments:
        yield from _responses(record, assessment, instruments)
    for check_in in record.check_ins:
        rows = list(_answers(BAM, check_in.answers, instruments))
        if rows:
            whole = any(o.id.startswith(check_in.id) for o in record.observations)
            yield _response(record, check_in.id, BAM, rows, check_in.at, whole)
    for observation in record.observations:
        yield _observation(record, observation)
    yield from papers(record)


def _labelled(resource: Resource) -> Resource:
    return {**resource, "meta": {"security": SECURITY}}


def _patient(record: WholeRecord) -> Resource:
    words = record.words
    telecom = [
        {"system": system, "value": value}
        for system, value in (("phone", words.phone), ("email", words.email))
        if value
    ]
    name = [{"use": "official", "text": words.name}]
    if words.preferred_name:
        name.append({"use": "usual", "text": words.preferred_name})
    resource: Resource = {
        "resourceType": "Patient",
        "id": fhir_id(record.person),
        "text": {"status": "additional", "div": _div(_with_scope(record))},
        "name": name,
        "communication": [
            {
                "language": {
                    "coding": [{"system": "urn:ietf:bcp:47", "code": words.language}],
                }
            }
        ],
    }
    if telecom:
        resource["telecom"] = telecom
    with suppress(ValueError):  # an empty day, or one that was typed before it was checked
        resource["birthDate"] = date.fromisoformat(words.born_on).isoformat()
    if words.address:
        resource["address"] = [{"text": words.address}]
    return resource


def _with_scope(record: WholeRecord) -> str:
    """The notice, and to whom the record goes on what basis."""
    scope = "; ".join(f"{name}: {value}" for name, value in record.disclosed.items())
    return f"{NOTICE} {scope}" if scope else NOTICE


def _guardian(record: WholeRecord) -> Resource:
    """The guardian as a RelatedPerson; the code is HL7's v3 RoleCode for a guardian."""
    said = record.guardian
    telecom = [{"system": name, "value": said[name]} for name in ("phone", "email") if name in said]
    role = {
        "system": "http://terminology.hl7.org/CodeSystem/v3-RoleCode",
        "code": "GUARD",
        "display": "guardian",
    }
    resource: Resource = {
        "resourceType": "RelatedPerson",
        "id": fhir_id(f"{record.person}-guardian"),
        "patient": subject(record),
        "relationship": [{"coding": [role], "text": said.get("relation") or "guardian"}],
        "name": [{"text": said["name"]}],
    }
    return resource | ({"telecom": telecom} if telecom else {})


def _episode(record: WholeRecord, episode: EpisodeSeen) -> Resource:
    resource: Resource = {
        "resourceType": "EpisodeOfCare",
        "id": fhir_id(episode.id),
        "status": STATUS[episode.state],
        "patient": subject(record),
        "managingOrganization": {"identifier": {"value": record.organization}},
        "type": [_level(episode.level)],
    }
    period = {"start": episode.started_on, "end": episode.ended_on}
    days = {key: day.isoformat() for key, day in period.items() if day}
    return resource | ({"period": days} if days else {})


def _care_plan(record: WholeRecord, plan: ExportedPlan) -> Resource:
    newest = max(p.version for p in record.plans)
    lists = {
        "activity": [_activity(line) for line in plan.words.get("lines", ())],
        "note": [{"text": note} for note in _notes(plan)],
    }
    return {
        "resourceType": "CarePlan",
        "id": fhir_id(plan.id),
        "status": "active" if plan.version == newest else "revoked",
        "intent": "plan",
        "title": f"Individual plan, version {plan.version}",
        "subject": subject(record),
        "created": instant(plan.at),
        "description": plan.words.get("own_words") or "-",
        **{name: items for name, items in lists.items() if items},  # FHIR has no empty lists
    }


def _notes(plan: ExportedPlan) -> Iterator[str]:
    """What the plan asks of a week, and who signed it."""
    for name, value in plan.words.get("week", {}).items():
        said = ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
        if said:
            yield f"{name.replace('_', ' ')}: {said}"
    yield from (f"Signed: {name}" for name in plan.signatures)


def _activity(line: Mapping[str, str]) -> Resource:
    parts = [line.get(n, "") for n in ("problem", "goal", "objective", "intervention")]
    state = {"open": "in-progress", "reached": "completed"}.get(line.get("state", ""), "cancelled")
    detail: Resource = {"status": state, "description": ": ".join(p for p in parts if p) or "-"}
    if line.get("by_when"):
        detail["scheduledString"] = f"by {line['by_when']}"
    if line.get("who"):
        detail["performer"] = [{"display": line["who"]}]
    return {"detail": detail}


def _appointment(record: WholeRecord, session: ExportedSession) -> Resource:
    resource: Resource = {
        "resourceType": "Appointment",
        "id": fhir_id(session.id),
        "status": session.status,
        "description": session.title,
        "start": instant(session.starts_at),
        "end": instant(session.ends_at),
        "participant": [{"actor": subject(record), "status": "accepted"}],
    }
    length = round((session.ends_at - session.starts_at).total_seconds() / 60)
    if length > 0:
        resource["minutesDuration"] = length
    if session.minutes is not None:
        resource["comment"] = f"Attended {session.minutes} minutes"
    return resource


def _responses(
    record: WholeRecord, assessment: ExportedAssessment, instruments: Mapping[str, Instrument]
) -> Iterator[Resource]:
    """Each check-up as a QuestionnaireResponse, and the dimensions as one of their own."""
    texts = [
        {
            "linkId": part if name == "text" else f"{part}-{name}",
            "answer": [{"valueString": str(value)}],
        }
        for part, words in assessment.parts.items()
        for name, value in words.items()
        if value
    ]
    at, signed = assessment.signed_at or assessment.begun_at, bool(assessment.signed_at)
    if texts:
        yield _response(record, assessment.id, "assessment", texts, at, signed)
    for name, answers in assessment.check_ups.items():
        rows = list(_answers(name, answers, instruments))
        if rows:
            yield _response(record, assessment.id, name, rows, at, signed)


def _answers(
    name: str, answers: Mapping[str, str], instruments: Mapping[str, Instrument]
) -> Iterator[Resource]:
    items = the_bam().items if name == BAM else ()
    for item in items or (instruments[name].items if name in instruments else ()):
        choice = next((c for c in item.choices if c.code == answers.get(item.id)), None)
        if choice is None:
            continue
        coding = (
            {"system": CHOICES, "code": choice.code, "display": choice.words.en}
            if name == BAM
            else answer_coding(choice)
        )
        yield {"linkId": item.id, "text": item.words.en, "answer": [{"valueCoding": coding}]}


def _response(
    record: WholeRecord, number: str, name: str, rows: list[Resource], at: datetime, done: bool
) -> Resource:
    return {
        "resourceType": "QuestionnaireResponse",
        "id": fhir_id(f"{number}-{name}"),
        "questionnaire": CANONICAL + name,
        "status": "completed" if done else "in-progress",
        "subject": subject(record),
        "authored": instant(at),
        "item": rows,
    }


def _observation(record: WholeRecord, seen: ExportedObservation) -> Resource:
    resource: Resource = {
        "resourceType": "Observation",
        "id": fhir_id(seen.id),
        "status": "final",
        "code": {"text": seen.name},
        "subject": subject(record),
        "effectiveDateTime": instant(seen.at),
    }
    if seen.number is not None:
        return resource | {"valueInteger": seen.number}
    return resource | {"valueString": seen.text or "-"}


def _level(level: str) -> Resource:
    known = the_levels().get(level)
    name = known.en.name if known else level
    return {"coding": [{"system": LEVELS, "code": level, "display": name}], "text": name}


def _div(text: str) -> str:
    return f'<div xmlns="http://www.w3.org/1999/xhtml">{html.escape(text)}</div>'
