"""The parameters of the coverage checker, described for the API."""

from __future__ import annotations

from typing import Any

from waypost.api.coverage.views import BY_ADDRESS, LANGUAGES
from waypost.api.description import described, parameter
from waypost.coverage.course import DEFAULT_COURSE
from waypost.coverage.question import MAX_ID
from waypost.places.states import STATE_NAMES
from waypost.plans.insurance import Insurance
from waypost.plans.plan_search import MAX_TEXT
from waypost.values.level_of_care import LevelOfCare

_INSURANCE = {"type": "string", "enum": [kind.value for kind in Insurance]}
_STATE = {"type": "string", "enum": sorted(STATE_NAMES)}
_DOLLARS = {"type": "string", "maxLength": 14}

FIELDS: dict[str, tuple[dict[str, Any], str]] = {
    "insurance": (_INSURANCE, "What kind of insurance; optional if a plan is named."),
    "state": (_STATE, "Where the person lives; Medicaid differs from state to state."),
    "care": (
        {
            "type": "string",
            "enum": [care.value for care in LevelOfCare],
            "default": LevelOfCare.IOP.value,
        },
        "Which level of care.",
    ),
    "site": ({"type": "string", "maxLength": MAX_ID}, "A program's id in this directory."),
    "course": (
        {"type": "string", "maxLength": 40, "default": str(DEFAULT_COURSE)},
        "Weeks by days a week, stage by stage.",
    ),
    "plan": (
        {"type": "string", "maxLength": MAX_ID},
        "A plan's id as /coverage/plans gives it, or as a card writes it (H0104-012-000).",
    ),
    "deductible_met": (_DOLLARS, "Dollars of the deductible already met this year."),
    "price": (_DOLLARS, "Dollars that the plan allows for one visit."),
    "language": (
        {"type": "string", "enum": list(LANGUAGES), "default": LANGUAGES[0]},
        "The language of the sentences.",
    ),
}


def coverage_parameters() -> dict[str, Any]:
    """GET: the parameters allowed in a URL."""
    names = (*BY_ADDRESS, "language")
    parameters = [parameter(name, *FIELDS[name]) for name in names]
    parameters[0] |= {"example": "medicaid", "required": True}
    parameters[1] |= {"example": "TX"}
    return described(*parameters)


def coverage_body() -> dict[str, Any]:
    """POST: the whole question as one JSON object."""
    fields = {name: schema | {"description": words} for name, (schema, words) in FIELDS.items()}
    return _body(fields, {"plan": "40220TX0080024-01", "state": "TX", "care": "iop"})


def plans_body() -> dict[str, Any]:
    """POST: a text that names a plan."""
    text = {"type": "string", "minLength": 1, "maxLength": MAX_TEXT}
    fields = {
        "text": text
        | {"description": "An insurer, a plan's name or its id; spelling is forgiven."},
        "insurance": _INSURANCE | {"description": "Only plans of this kind."},
        "state": _STATE | {"description": "Only plans of this state."},
    }
    return _body(fields, {"text": "united gold", "state": "TX"})


def _body(fields: dict[str, Any], example: dict[str, str]) -> dict[str, Any]:
    schema = {"type": "object", "properties": fields, "additionalProperties": False}
    content = {"application/json": {"schema": schema, "example": example}}
    return described(problems=(413,)) | {"requestBody": {"content": content, "required": True}}
