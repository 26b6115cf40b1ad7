"""One benefit of Stedi's newer shape (`plans`) as the segments of a 271.

Shape: Stedi's API of 2026-06-01, https://www.stedi.com/docs/healthcare/eligibility-response-shapes,
its fields as in https://github.com/Stedi/sdk: benefits stand by plan and by kind, and codes are
spelled out ("IN_NETWORK"). A word that is not in our tables is kept unchanged.
"""

from collections.abc import Iterator

from waypost.eligibility.stedi_segments import (
    COMPONENT,
    Json,
    Segment,
    coded,
    message,
    objects,
    related,
    segment,
    text,
    texts,
)
from waypost.eligibility.stedi_words import (
    DATES,
    INSURANCE,
    KINDS,
    LEVELS,
    NETWORKS,
    PATTERNS,
    PERIODS,
    QUANTITIES,
    REFERENCES,
    ROLES,
    SCHEDULES,
    STATUSES,
    SYSTEMS,
    UNITS,
    WAYS,
)
from waypost.x12.parts import Contact

AUTHORIZATION = {"REQUIRED": "Y", "NOT_REQUIRED": "N"}
NUMBERS = {  # NM108 by the name of the number
    "npi": "XX",
    "payerId": "PI",
    "naicId": "NI",
    "tin": "FI",
    "ein": "24",
    "memberId": "MI",
    "ssn": "34",
    "serviceProviderNumber": "SV",
    "facilityId": "FA",
    "etin": "46",
    "pharmacyProcessorNumber": "PP",
}


def plan_segments(plan: Json) -> Iterator[list[Segment]]:
    """The segments of each benefit of a plan, its status lines first."""
    benefits = plan.get("benefits")
    named = text(plan, "name")
    if not isinstance(benefits, dict):
        return
    kinds = ["statuses", *(kind for kind in benefits if kind != "statuses")]
    for kind in kinds:
        for benefit in objects(benefits.get(kind)) if kind != "invalidEntries" else ():
            yield _benefit(benefit, kind, named)
    invalid = benefits.get("invalidEntries")
    for group in objects(invalid):
        for kind, listed in _invalid(group):
            for benefit in objects(listed):
                yield [*_benefit(benefit, kind, named), *_invalid_words(benefit)]


def _invalid(group: Json) -> Iterator[tuple[str, object]]:
    """The kinds of benefits that the service finds invalid; they are one level deeper."""
    inner = group.get("benefits")
    yield from (inner if isinstance(inner, dict) else group).items()


def _invalid_words(benefit: Json) -> Iterator[Segment]:
    for reason in objects(benefit.get("invalidReasons")):
        words = text(reason, "description") or text(reason, "code")
        yield message(f"The service calls this line invalid: {words}")


def _benefit(benefit: Json, kind: str, plan_name: str) -> list[Segment]:
    code = coded(STATUSES, text(benefit, "status")) or coded(KINDS, kind)
    service = benefit.get("service")
    quantity = benefit.get("quantity")
    is_type = text(service, "system") in ("STC", "")
    return [
        [
            "EB",
            code,
            coded(LEVELS, text(benefit, "coverageLevel")),
            text(service, "value") if is_type else "",
            coded(INSURANCE, text(benefit, "insuranceType")),
            text(benefit, "planCoverageDescription") or plan_name,
            coded(PERIODS, text(benefit, "timePeriod")),
            text(benefit, "amount"),
            text(benefit, "percent"),
            coded(QUANTITIES, text(quantity, "qualifier")),
            text(quantity, "value"),
            coded(AUTHORIZATION, text(benefit, "priorAuthIndicator")),
            coded(NETWORKS, text(benefit.get("network"), "indicator")),
            "" if is_type else _procedure(service),
        ],
        *_limits(benefit),
        *references(benefit.get("additionalInformation")),
        *dated(benefit.get("dates")),
        *(message(words) for words in texts(benefit.get("messages"))),
        *_network_texts(benefit.get("network")),
        *_places(benefit),
        *_entities(benefit),
    ]


def _procedure(service: object) -> str:
    system, code = text(service, "system"), text(service, "value")
    if code:
        return COMPONENT.join((coded(SYSTEMS, system), code))
    span = service.get("range") if isinstance(service, dict) else None
    ends = (
        [text(span.get(end), "value") for end in ("start", "end")] if isinstance(span, dict) else []
    )
    return COMPONENT.join((coded(SYSTEMS, system), "-".join(ends))) if ends else ""


def _limits(benefit: Json) -> Iterator[Segment]:
    """HSD segments: ages, and quantities with their frequency and period."""
    for limit in objects(benefit.get("serviceLimits")):
        for name, code in (("ageMaximum", "S7"), ("ageMinimum", "S8")):
            if text(limit, name):
                yield segment("HSD", code, text(limit, name))
        delivery = limit.get("delivery")
        if isinstance(delivery, dict):
            quantity, often = delivery.get("quantity"), delivery.get("frequency")
            period, when = delivery.get("period"), delivery.get("delivery")
            yield segment(
                "HSD",
                coded(QUANTITIES, text(quantity, "qualifier")),
                text(quantity, "value"),
                coded(UNITS, text(often, "qualifier")),
                text(often, "value"),
                coded(PERIODS, text(period, "qualifier")),
                text(period, "value"),
                coded(SCHEDULES, text(when, "schedule")),
                coded(PATTERNS, text(when, "pattern")),
            )


def references(holder: object) -> Iterator[Segment]:
    """REF segments; a plan and a group come with their names."""
    for name, qualifier in REFERENCES.items():
        value = holder.get(name) if isinstance(holder, dict) else None
        number = text(value, "number") if isinstance(value, dict) else text(holder, name)
        if number:
            yield segment("REF", qualifier, number, text(value, "name"))


def dated(holder: object) -> Iterator[Segment]:
    """DTP segments of dates such as {"plan": {"start": "2026-01-01", "end": "2026-12-31"}}."""
    for name, qualifier in DATES.items():
        span = holder.get(name) if isinstance(holder, dict) else None
        start, end = (text(span, which).replace("-", "") for which in ("start", "end"))
        if start and end:
            yield ["DTP", qualifier, "RD8", f"{start}-{end}"]
        elif start or end:
            yield ["DTP", _one_end(qualifier, begins=bool(start)), "D8", start or end]


def _one_end(qualifier: str, *, begins: bool) -> str:
    """The code for a date of which only one end is known: plan begin, plan end and so on."""
    ends = {"291": ("346", "347"), "292": ("348", "349"), "307": ("356", "357")}
    ends |= {"343": ("342", "343"), "193": ("193", "194"), "340": ("340", "341")}
    return ends.get(qualifier, (qualifier, qualifier))[0 if begins else 1]


def _network_texts(network: object) -> Iterator[Segment]:
    words = text(network, "description")
    if words:
        yield message(words)


def _places(benefit: Json) -> Iterator[Segment]:
    for place in objects(benefit.get("placesOfService")):
        yield segment("III", "ZZ", text(place, "code"))


def entity_name(holder: object) -> tuple[str, str, bool]:
    """The (last) name, the first name, and whether it is a person."""
    name = holder.get("name") if isinstance(holder, dict) else None
    person = name.get("person") if isinstance(name, dict) else None
    if isinstance(person, dict):
        return text(person, "lastName"), text(person, "firstName"), True
    return text(name, "organization"), "", False


def _entities(benefit: Json) -> Iterator[Segment]:
    for entity in objects(benefit.get("relatedEntities")):
        last, first, person = entity_name(entity)
        number = next((name for name in NUMBERS if text(entity, name)), "")
        names = [
            coded(ROLES, text(entity, "type")),
            "1" if person else "2",
            last,
            first,
            "",
            "",
            "",
        ]
        names += [NUMBERS[number], text(entity, number)] if number else []
        yield from related(names, contacts(entity))


def contacts(holder: Json) -> tuple[Contact, ...]:
    """The contacts of an entity, with every way to reach them."""
    return tuple(
        Contact(
            text(contact, "name"),
            tuple((code, way) for name, code in WAYS.items() for way in texts(contact.get(name))),
        )
        for contact in objects(holder.get("contacts"))
    )
