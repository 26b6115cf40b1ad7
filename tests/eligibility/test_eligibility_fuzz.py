"""Made-up replies of every shape: read or refused, never an exception, never a word of theirs."""

import json
from pathlib import Path

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from waypost.eligibility.core_mime import read_mime
from waypost.eligibility.core_soap import read_soap
from waypost.eligibility.fhir_request import BadFhirRequest, read_request
from waypost.eligibility.fhir_response import write_response
from waypost.eligibility.inquiry import Numbers, Program
from waypost.eligibility.outcome import Answered, Unavailable
from waypost.eligibility.port import Reply
from waypost.eligibility.same_person import is_ours
from waypost.eligibility.stedi import read_stedi
from waypost.eligibility.wire import Received
from waypost.x12.explain import explain
from waypost.x12.in_short import in_short

SAMPLES = Path(__file__).parents[1] / "x12" / "samples" / "json"
SHAPES = [json.loads(path.read_text()) for path in sorted(SAMPLES.glob("stedi*.json"))]
NAMES = sorted({key for shape in SHAPES for key in shape} | {"x12", "code", "benefitAmount"})
VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=12)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(st.one_of(st.sampled_from(NAMES), st.text(max_size=6)), inner, max_size=4),
    ),
    max_leaves=12,
)
QUIET = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def used(reply: Reply | Unavailable, inquiry) -> None:
    """Whatever was read can be checked, explained and told in FHIR."""
    assert isinstance(reply, Reply | Unavailable)
    if isinstance(reply, Reply):
        is_ours(inquiry, reply)
        lines = [*in_short(reply.answer), *explain(reply.answer)]
        assert all(line.isprintable() for line in lines)
        at, day = inquiry.asked_at, inquiry.service_date
        response = write_response(Answered(reply.answer, at, "", day), at, lambda why: "no")
        json.dumps(response, default=float, allow_nan=False)


@QUIET
@given(st.sampled_from(SHAPES), st.dictionaries(st.sampled_from(NAMES), VALUES, max_size=4))
def test_any_json_in_the_shape_of_a_reply(inquiry, shape, changes):
    body = json.dumps(shape | changes).encode()
    used(read_stedi(Received(body, "application/json")), inquiry)


@QUIET
@given(
    st.lists(st.dictionaries(st.sampled_from(["code", "name", "benefitPercent"]), VALUES)), VALUES
)
def test_any_benefits_and_people_in_json(inquiry, benefits, person):
    body = {"benefitsInformation": benefits, "subscriber": person, "payer": person}
    used(read_stedi(Received(json.dumps(body).encode(), "application/json")), inquiry)


@QUIET
@given(st.binary(max_size=300))
@example(b"{}")
@example(b"<a/>")
@example(b"--b--")
def test_any_bytes(inquiry, data):
    used(read_stedi(Received(data, "application/json")), inquiry)
    used(read_soap(data), inquiry)
    used(read_mime(Received(data, "multipart/form-data; boundary=b")), inquiry)


@QUIET
@given(st.text(max_size=60), st.binary(max_size=120))
def test_any_mime_head_and_parts(inquiry, kind, data):
    body = b"--b\r\n" + data + b"\r\n--b--"
    used(read_mime(Received(body, kind)), inquiry)
    used(read_mime(Received(body, f"multipart/{kind}; boundary=b")), inquiry)


PROGRAM = Program("EXAMPLE PROGRAM", "1234567893", None)


@QUIET
@given(VALUES, VALUES, VALUES)
def test_any_fhir_request_is_read_or_refused_by_element(inquiry, patient, coverage, item):
    kinds = [("Patient", patient), ("Coverage", coverage), ("Organization", patient)]
    contained = [
        (value if isinstance(value, dict) else {}) | {"resourceType": kind} for kind, value in kinds
    ]
    whole = {"resourceType": "CoverageEligibilityRequest", "contained": contained, "item": item}
    try:
        read_request(whole, PROGRAM, Numbers("T", 1), inquiry.asked_at)
    except BadFhirRequest as error:
        assert error.element
