"""The loopback payer's answers: 271s and JSON made from the question it received."""

import json
from dataclasses import dataclass
from typing import Any

ACTIVE = (
    "EB*1**30*PR*EXAMPLE PPO",
    "EB*C*IND*30***23*2000*****Y",
    "EB*C*IND*30***29*1250.5*****Y",
    "EB*G*IND*30***29*5100*****Y",
    "EB*B*IND*AI***27*40****N*Y",
    "MSG*OFFICE VISIT ONLY",
    "EB*A*IND*AI^A8*****.2***Y*Y",
    "MSG*INTENSIVE OUTPATIENT AND PARTIAL HOSPITALIZATION",
)


@dataclass(frozen=True, slots=True, repr=False)
class LoopbackAsked:
    """What the loopback payer understood of a question. Never prints."""

    payer_id: str
    npi: str
    trace: str
    originator: str
    control: str
    last_name: str
    first_name: str
    member_id: str
    born: str
    day: str

    def __repr__(self) -> str:
        return "Asked(redacted)"


def asked_in_270(text: str) -> LoopbackAsked:
    """The question of a 270 as this product writes them ("*" and "~")."""
    segments = {line.split("*")[0] + line.split("*")[1]: line.split("*") for line in _lines(text)}
    payer, program, person = segments["NM1PR"], segments["NM11P"], segments["NM1IL"]
    trace, birth = segments["TRN1"], segments["DMGD8"]
    return LoopbackAsked(
        payer_id=payer[9],
        npi=program[9],
        trace=trace[2],
        originator=trace[3],
        control=segments["ISA00"][13],
        last_name=person[3],
        first_name=person[4],
        member_id=person[9],
        born=birth[2],
        day=segments["DTP291"][3],
    )


def _lines(text: str) -> list[str]:
    return [line for line in text.split("~") if line.count("*")]


def asked_in_json(body: dict[str, Any]) -> LoopbackAsked:
    """The question of a JSON request."""
    person, control = body["subscriber"], body["controlNumber"]
    return LoopbackAsked(
        payer_id=body["tradingPartnerServiceId"],
        npi=body["provider"]["npi"],
        trace=control,
        originator="",
        control=control,
        last_name=person["lastName"],
        first_name=person["firstName"],
        member_id=person["memberId"],
        born=person["dateOfBirth"],
        day=body["encounter"]["dateOfService"],
    )


def answer_271(asked: LoopbackAsked) -> str:
    """A complete 271 with active coverage."""
    return _message(asked, [*_person(asked), *ACTIVE], children=True)


def rejection_271(asked: LoopbackAsked, code: str, follow_up: str) -> str:
    """A 271 that refuses with one AAA segment: payer codes at the payer, others at the person."""
    if code in ("42", "80"):
        return _message(asked, [f"AAA*N**{code}*{follow_up}"], children=False)
    return _message(asked, [*_person(asked)[:3], f"AAA*N**{code}*{follow_up}"], children=True)


def _plan_year(asked: LoopbackAsked) -> str:
    """The calendar year of the day asked about: a plan that is always in force."""
    year = asked.day[:4]
    return f"{year}0101-{year}1231"


def _person(asked: LoopbackAsked) -> list[str]:
    return [
        "HL*3*2*22*0",
        f"TRN*2*{asked.trace}*{asked.originator}",
        f"NM1*IL*1*{asked.last_name}*{asked.first_name}****MI*{asked.member_id}",
        f"DMG*D8*{asked.born}",
        f"DTP*291*RD8*{_plan_year(asked)}",
    ]


def _message(asked: LoopbackAsked, body: list[str], *, children: bool) -> str:
    """The envelope around a body; without children the payer's level stands alone."""
    program = ["HL*2*1*21*1", f"NM1*1P*2*EXAMPLE PROGRAM*****XX*{asked.npi}"] if children else []
    segments = [
        "ST*271*0001*005010X279A1",
        f"BHT*0022*11*{asked.trace}*20260301*1200",
        f"HL*1**20*{1 if children else 0}",
        f"NM1*PR*2*LOOPBACK PAYER*****PI*{asked.payer_id}",
        *program,
        *body,
    ]
    segments.append(f"SE*{len(segments) + 1}*0001")
    blank = " " * 10
    head = (
        f"ISA*00*{blank}*00*{blank}*ZZ*{'LOOPBACK':<15}*ZZ*{'WAYPOST':<15}*260301*1200*^*00501"
        f"*{asked.control}*0*T*:"
    )
    group = "GS*HB*LOOPBACK*WAYPOST*20260301*1200*1*X*005010X279A1"
    return "~".join([head, group, *segments, "GE*1*1", f"IEA*1*{asked.control}"]) + "~"


def answer_json(asked: LoopbackAsked) -> str:
    """The same answer as `answer_271`, in the shape of Stedi's JSON."""
    return json.dumps(_json(asked, _BENEFITS, []))


def rejection_json(asked: LoopbackAsked, code: str, follow_up: str) -> str:
    """A refusal in the shape of Stedi's JSON."""
    words = {"C": "Please Correct and Resubmit", "R": "Resubmission Allowed"}
    loop = "2100A" if code in ("42", "80") else "2100C"
    error = {"code": code, "followupAction": words[follow_up], "location": f"Loop {loop}"}
    return json.dumps(_json(asked, [], [error]))


def _json(
    asked: LoopbackAsked, benefits: list[dict[str, Any]], errors: list[Any]
) -> dict[str, Any]:
    return {
        "meta": {"applicationMode": "test"},
        "controlNumber": asked.control,
        "provider": {"providerName": "EXAMPLE PROGRAM", "npi": asked.npi},
        "subscriber": {
            "memberId": asked.member_id,
            "firstName": asked.first_name,
            "lastName": asked.last_name,
            "dateOfBirth": asked.born,
            "aaaErrors": errors,
        },
        "payer": {"name": "LOOPBACK PAYER", "payorIdentification": asked.payer_id},
        "planDateInformation": {"plan": _plan_year(asked)},
        "benefitsInformation": benefits,
        "errors": errors,
    }


def _said(code: str, types: list[str], network: str, **more: Any) -> dict[str, Any]:
    named = {"code": code, "serviceTypeCodes": types, "inPlanNetworkIndicatorCode": network}
    return {key: value for key, value in {**named, **more}.items() if value}


def _left_or_total(code: str, period: str, amount: str) -> dict[str, Any]:
    more = {"coverageLevelCode": "IND", "timeQualifierCode": period, "benefitAmount": amount}
    return _said(code, ["30"], "Y", **more)


def _noted(text: str) -> list[dict[str, str]]:
    return [{"description": text}]


_BENEFITS = [
    _said("1", ["30"], "", insuranceTypeCode="PR", planCoverage="EXAMPLE PPO"),
    _left_or_total("C", "23", "2000"),
    _left_or_total("C", "29", "1250.5"),
    _left_or_total("G", "29", "5100"),
    _said(
        "B",
        ["AI"],
        "Y",
        coverageLevelCode="IND",
        timeQualifierCode="27",
        benefitAmount="40",
        authOrCertIndicator="N",
        additionalInformation=_noted("OFFICE VISIT ONLY"),
    ),
    _said(
        "A",
        ["AI", "A8"],
        "Y",
        coverageLevelCode="IND",
        benefitPercent=".2",
        authOrCertIndicator="Y",
        additionalInformation=_noted("INTENSIVE OUTPATIENT AND PARTIAL HOSPITALIZATION"),
    ),
]
