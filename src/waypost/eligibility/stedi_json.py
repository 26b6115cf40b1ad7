"""The fields of Stedi's JSON reply as an answer, read as strictly as a 271, in both its shapes."""

from collections.abc import Iterator
from typing import Any

from waypost.eligibility import stedi_flat, stedi_plans
from waypost.eligibility.stedi_errors import rejections
from waypost.eligibility.stedi_segments import Json, Segment, SegmentReader, objects, text
from waypost.x12.answer import Answer271, Envelope, Member
from waypost.x12.consistency import contradictions
from waypost.x12.envelope import MAX_SEGMENTS, BadMessage
from waypost.x12.fields import read_day
from waypost.x12.notes import Note
from waypost.x12.parts import Contact, Dated, Reference, X12Organization
from waypost.x12.pieces import dated, reference

Notes = list[tuple[Note, int]]


def read_json_answer(body: Json) -> Answer271 | None:
    """The answer, or `None` when the body does not have the shape of a reply."""
    dependents = body.get("dependents")
    if isinstance(dependents, list) and len(dependents) > 1:
        return None
    refused = rejections(body)
    benefits = _benefits(body)
    if benefits is None or (not refused and _is_fault(body)):
        return None
    newer = "benefitsInformation" not in body
    dependent = body.get("dependent") if newer else next(iter(objects(dependents)), None)
    reader = SegmentReader("2110D" if isinstance(dependent, dict) else "2110C")
    try:
        for place, segments in enumerate(benefits, 1):
            reader.read(segments, place)
    except BadMessage:
        return None
    parsed, money = reader.finish()
    notes = reader.notes
    people = _newer_people(body, notes) if newer else _flat_people(body, notes)
    notes += [(note, 0) for note in contradictions(parsed, money, refused)]
    return Answer271(
        envelope=_envelope(body),
        payer=_party("PR", body.get("payer"), newer=newer),
        provider=_party("1P", body.get("provider"), newer=newer),
        subscriber=people[0],
        dependent=people[1],
        benefits=tuple(parsed),
        rejections=refused,
        notes=tuple(notes),
        extra=(),
        messages=tuple(stedi_flat.additional_texts(body)),
    )


def _benefits(body: Json) -> list[list[Segment]] | None:
    """The segments of each benefit; `None` where the body has neither shape."""
    flat, plans = body.get("benefitsInformation"), body.get("plans")
    if isinstance(flat, list):
        if len(flat) > MAX_SEGMENTS or len(objects(flat)) != len(flat):
            return None
        listed = [stedi_flat.flat_segments(benefit) for benefit in objects(flat)]
        return [*stedi_flat.status_segments(body, listed), *listed]
    if flat is not None or not isinstance(plans, list | None):
        return None
    segments = [
        benefit_segments
        for plan in objects(plans)
        for benefit_segments in stedi_plans.plan_segments(plan)
    ]
    return segments if len(segments) <= MAX_SEGMENTS else None


def _is_fault(body: Json) -> bool:
    """Whether the service failed without a reason from the payer, or sent something else."""
    return bool(body.get("errors")) or not ({"benefitsInformation", "plans"} & body.keys())


def _envelope(body: Json) -> Envelope:
    """There is no X12 envelope: our control number comes back as the reference."""
    meta = body.get("meta")
    test = isinstance(meta, dict) and meta.get("applicationMode") == "test"
    return Envelope(
        sender="",
        receiver="",
        interchange_control="",
        group_control="",
        transaction_control="",
        guide="",
        usage="T" if test else "P",
        purpose="11",
        reference=text(body, "controlNumber"),
        faults=(),
    )


def _flat_people(body: Json, notes: Notes) -> tuple[Member | None, Member | None]:
    """The subscriber, and the dependent (there is at most one), of the flat shape."""
    dates = _dates(stedi_flat.dates(body.get("planDateInformation")), notes)
    numbers = tuple(map(reference, stedi_flat.references(body.get("planInformation"))))
    dependent = next(iter(objects(body.get("dependents"))), None)
    subscriber = body.get("subscriber")
    return (
        _flat_member("IL", subscriber, dates, numbers) if isinstance(subscriber, dict) else None,
        _flat_member("03", dependent, (), ()) if dependent is not None else None,
    )


def _flat_member(
    role: str, person: Json, dates: tuple[Dated, ...], numbers: tuple[Reference, ...]
) -> Member:
    names = text(person, "lastName"), text(person, "firstName")
    return _member(role, person, names, dates, numbers)


def _newer_people(body: Json, notes: Notes) -> tuple[Member | None, Member | None]:
    """The subscriber and the dependent of the newer shape."""
    subscriber, dependent = body.get("subscriber"), body.get("dependent")
    return (
        _newer_member("IL", subscriber, notes) if isinstance(subscriber, dict) else None,
        _newer_member("03", dependent, notes) if isinstance(dependent, dict) else None,
    )


def _newer_member(role: str, person: Json, notes: Notes) -> Member:
    last, first, _ = stedi_plans.entity_name(person)
    dates = _dates(stedi_plans.dated(person.get("dates")), notes)
    numbers = tuple(map(reference, stedi_plans.references(person.get("additionalInformation"))))
    return _member(role, person, (last, first), dates, numbers)


def _member(
    role: str,
    person: Json,
    names: tuple[str, str],
    dates: tuple[Dated, ...],
    numbers: tuple[Reference, ...],
) -> Member:
    return Member(
        role=role,
        last_name=names[0],
        first_name=names[1],
        id=text(person, "memberId"),
        birth_date=read_day(text(person, "dateOfBirth").replace("-", "")),
        gender=text(person, "gender"),
        traces=(),
        references=numbers,
        dates=dates,
    )


def _dates(segments: Iterator[Segment], notes: Notes) -> tuple[Dated, ...]:
    return tuple(dated(segment, 0, notes) for segment in segments)


def _party(role: str, party: Any, *, newer: bool) -> X12Organization | None:
    """The payer (role PR) or the provider (1P) with the ways to reach it."""
    if not isinstance(party, dict):
        return None
    is_payer = role == "PR"
    contacts: tuple[Contact, ...]
    if newer:
        name, _, person = stedi_plans.entity_name(party)
        number = text(party, "identification" if is_payer else "npi")
        contacts = stedi_plans.contacts(party)
    else:
        name, person = text(party, "name" if is_payer else "providerName"), False
        number = text(party, "payorIdentification" if is_payer else "npi")
        contacts = stedi_flat.contacts(party)
    return X12Organization(role, name, "PI" if is_payer else "XX", number, contacts, person)
