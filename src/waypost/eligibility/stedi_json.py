"""The fields of Stedi's JSON reply as an answer, read as strictly as a 271.

The JSON names the 271's elements and keeps their codes and texts. Each benefit is put back
into an EB segment and read by the same code as the payer's own.
"""

from collections.abc import Iterator
from typing import Any

from waypost.x12.answer import Answer271, Envelope, Member, Rejection
from waypost.x12.benefit import Benefit
from waypost.x12.consistency import contradictions
from waypost.x12.envelope import MAX_SEGMENTS, BadMessage
from waypost.x12.fields import plain, read_day, read_period
from waypost.x12.filling import filled
from waypost.x12.parts import Dated, Organization
from waypost.x12.read_benefit import Dialect, Read, read_benefit

# JSON's names in the order of EB's elements; None where the JSON has no such field
EB_NAMES = (
    "code",
    "coverageLevelCode",
    "serviceTypeCodes",
    "insuranceTypeCode",
    "planCoverage",
    "timeQualifierCode",
    "benefitAmount",
    "benefitPercent",
    "quantityQualifierCode",
    "benefitQuantity",
    "authOrCertIndicator",
    "inPlanNetworkIndicatorCode",
)
PLAN_DATES = {
    "plan": "291",
    "planBegin": "346",
    "planEnd": "347",
    "eligibility": "307",
    "eligibilityBegin": "356",
    "eligibilityEnd": "357",
    "premiumPaidToDateBegin": "342",
    "premiumPaidToDateEnd": "343",
}
ELEMENT, REPEAT, COMPONENT = "\x1d", "\x1e", "\x1f"  # ASCII separators: no JSON text keeps them


def read_json_answer(body: dict[str, Any]) -> Answer271 | None:
    """The answer, or `None` when the body does not have the shape of a reply."""
    people = _people(body)
    listed = body.get("benefitsInformation")
    if not isinstance(listed, list) or len(listed) > MAX_SEGMENTS:
        return None
    dependents = body.get("dependents")
    if isinstance(dependents, list) and len(dependents) > 1:
        return None
    loop = "2110D" if people[1] is not None else "2110C"
    try:
        read = [_benefit(one, loop) for one in listed if isinstance(one, dict)]
    except BadMessage:
        return None
    benefits = [benefit for benefit, _, _ in read]
    rejections = list(_rejections(body))
    if len(read) != len(listed):
        return None
    if body.get("errors") and not rejections:
        return None
    money = [figure for _, _, figure in read if figure]
    notes = [(note, place) for place, (_, odd, _) in enumerate(read, 1) for note in odd]
    notes += [(note, 0) for note in contradictions(benefits, money, rejections)]
    return Answer271(
        envelope=_envelope(body),
        payer=_organization("PR", body.get("payer"), "name", "payorIdentification"),
        provider=_organization("1P", body.get("provider"), "providerName", "npi"),
        subscriber=people[0],
        dependent=people[1],
        benefits=tuple(benefits),
        rejections=tuple(rejections),
        notes=tuple(notes),
        extra=(),
        messages=_texts(body),
    )


def _envelope(body: dict[str, Any]) -> Envelope:
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
        reference=_text(body, "controlNumber"),
        faults=(),
    )


def _people(body: dict[str, Any]) -> tuple[Member | None, Member | None]:
    """The subscriber, and the dependent (there is at most one)."""
    subscriber = body.get("subscriber")
    dependents = body.get("dependents")
    dependent = dependents[0] if isinstance(dependents, list) and dependents else None
    dates = tuple(_plan_dates(body.get("planDateInformation")))
    return (
        _member("IL", subscriber, dates) if isinstance(subscriber, dict) else None,
        _member("03", dependent, ()) if isinstance(dependent, dict) else None,
    )


def _member(role: str, one: dict[str, Any], dates: tuple[Dated, ...]) -> Member:
    return Member(
        role=role,
        last_name=_text(one, "lastName"),
        first_name=_text(one, "firstName"),
        id=_text(one, "memberId"),
        birth_date=read_day(_text(one, "dateOfBirth")),
        gender=_text(one, "gender"),
        traces=(),
        references=(),
        dates=dates,
    )


def _plan_dates(dates: object) -> Iterator[Dated]:
    """The plan's dates, as days "20260101" or periods "20260101-20261231"."""
    for name, qualifier in PLAN_DATES.items():
        text = _text(dates, name)
        if text:
            yield Dated(qualifier, read_period("RD8" if "-" in text else "D8", text))


def _benefit(one: dict[str, Any], loop: str) -> Read:
    """A benefit, put back into an EB segment and read like one."""
    elements = ["EB", *(_element(one.get(name)) for name in EB_NAMES)]
    benefit, notes, money = read_benefit(
        Dialect(ELEMENT, REPEAT, COMPONENT, loop), ELEMENT.join(elements)
    )
    hung: dict[str, Any] = {**vars(benefit), "messages": _texts(one)}
    return filled(Benefit, hung), notes, money


def _texts(holder: dict[str, Any]) -> tuple[str, ...]:
    """The payer's own texts (MSG) about a benefit, or about the whole."""
    texts = holder.get("additionalInformation")
    found = (_text(one, "description") for one in (texts if isinstance(texts, list) else []))
    return tuple(text for text in found if text)


def _rejections(body: dict[str, Any]) -> Iterator[Rejection]:
    """The AAA errors, wherever the JSON puts them, each once."""
    dependents = body.get("dependents")
    holders = [body.get("payer"), body.get("provider"), body.get("subscriber")]
    holders += dependents if isinstance(dependents, list) else []
    for holder in holders:
        errors = holder.get("aaaErrors") if isinstance(holder, dict) else None
        for error in errors if isinstance(errors, list) else []:
            loop = _text(error, "location").removeprefix("Loop ")
            after = FOLLOW_UPS.get(_text(error, "followupAction"), "")
            yield Rejection(loop, _text(error, "code"), after, "")


FOLLOW_UPS = {  # X12's own words for AAA04, as the JSON spells them out
    "Please Correct and Resubmit": "C",
    "Resubmission Not Allowed": "N",
    "Please Resubmit Original Transaction": "P",
    "Resubmission Allowed": "R",
    "Please Wait 30 Days and Resubmit": "W",
    "Please Wait 10 Days and Resubmit": "X",
}


def _organization(role: str, one: object, name: str, number: str) -> Organization | None:
    if not isinstance(one, dict):
        return None
    return Organization(role, _text(one, name), "PI" if role == "PR" else "XX", _text(one, number))


def _element(value: object) -> str:
    """A JSON value as an element: texts as they are, lists as repeats, nothing else."""
    if isinstance(value, list):
        return REPEAT.join(plain(one) for one in value if isinstance(one, str))
    return plain(value) if isinstance(value, str) else ""


def _text(holder: object, name: str) -> str:
    """A text of a JSON object, without characters that do not print; "" for anything else."""
    value = holder.get(name) if isinstance(holder, dict) else None
    return plain(value) if isinstance(value, str) else ""
