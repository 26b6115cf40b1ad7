"""FHIR over HTTP: only with a key, only with consent, only for the key's own program."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from hashlib import sha256

import pytest
from django.test import Client
from fhir.resources.R4B.coverageeligibilityresponse import CoverageEligibilityResponse
from fhir.resources.R4B.operationoutcome import OperationOutcome

from waypost.cli.eligibility.commands import DEMONSTRATION
from waypost.eligibility.live_settings import BadLiveSettings, Secrets, settings_of
from waypost.eligibility.loopback import LoopbackPayer
from waypost.eligibility.loopback_acts import Act

pytestmark = pytest.mark.urls("whole_urls")
KEY = "a-key-of-the-program"
ADDRESS = "/fhir/CoverageEligibilityRequest/$submit"
SENT = {"HTTP_AUTHORIZATION": f"Bearer {KEY}", "HTTP_WAYPOST_CONSENT": "yes"}
REQUEST = {
    "resourceType": "CoverageEligibilityRequest",
    "contained": [
        {
            "resourceType": "Patient",
            "name": [{"family": "QUIXOTEZZ", "given": ["DULCINEAQQ"]}],
            "birthDate": "1987-11-23",
        },
        {"resourceType": "Coverage", "subscriberId": "CANARYID77Q31"},
        {
            "resourceType": "Organization",
            "name": "LOOPBACK PAYER",
            "identifier": [{"value": "LOOP1"}],
        },
    ],
}


def demonstration(url: str, digest: str):
    text = DEMONSTRATION.format(url=url, site="site_one") + f'key_sha256 = "{digest}"\n'
    return settings_of(tomllib.loads(text), Secrets("u", "s"))


@pytest.fixture(params=[Act.ANSWER])
def payer(request, settings) -> Iterator[LoopbackPayer]:
    with LoopbackPayer([request.param]) as one:
        digest = sha256(KEY.encode()).hexdigest()
        settings.WAYPOST_ELIGIBILITY = demonstration(one.url("/core/soap"), digest)
        yield one


def send(body: object = REQUEST, **headers: str):
    text = body if isinstance(body, str) else json.dumps(body)
    return Client().post(ADDRESS, text, content_type="application/fhir+json", **headers)


def test_a_request_is_answered_as_fhir(payer) -> None:
    answer = send(**SENT)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith("application/fhir+json")
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert "Access-Control-Allow-Origin" not in answer.headers
    response = CoverageEligibilityResponse.model_validate_json(answer.content)
    assert response.outcome == "complete"
    assert response.insurance[0].inforce is True
    for canary in (b"QUIXOTEZZ", b"DULCINEAQQ", b"CANARYID77Q31", b"1987-11-23"):
        assert canary not in answer.content


@pytest.mark.parametrize("payer", [Act.REJECT_72, Act.WRONG_MEMBER, Act.HTML], indirect=True)
def test_no_answer_is_an_error_in_fhir(payer) -> None:
    response = CoverageEligibilityResponse.model_validate_json(send(**SENT).content)
    assert response.outcome == "error"
    assert response.error


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 401),
        ({"HTTP_WAYPOST_CONSENT": "yes"}, 401),
        (SENT | {"HTTP_AUTHORIZATION": "Bearer other"}, 401),
        (SENT | {"HTTP_AUTHORIZATION": f"Basic {KEY}"}, 401),
        (SENT | {"HTTP_AUTHORIZATION": sha256(KEY.encode()).hexdigest()}, 401),
        (SENT | {"HTTP_WAYPOST_CONSENT": ""}, 403),
        (SENT | {"HTTP_WAYPOST_CONSENT": "no"}, 403),
    ],
)
def test_nothing_is_sent_without_key_and_consent(payer, headers, status) -> None:
    answer = send(**headers)
    assert answer.status_code == status
    OperationOutcome.model_validate_json(answer.content)
    assert payer.questions == 0


def test_guessing_at_one_member_ends_with_429(payer) -> None:
    answers = [send(**SENT) for _ in range(7)]
    assert [answer.status_code for answer in answers] == [200] * 5 + [429] * 2
    assert 0 < int(answers[-1].headers["Retry-After"]) <= 3601
    assert payer.questions == 5
    response = CoverageEligibilityResponse.model_validate_json(answers[-1].content)
    assert response.outcome == "error"


@pytest.mark.parametrize(
    "body", ["", "[]", "null", "[" * 100_000, "{}", json.dumps(REQUEST | {"contained": []})]
)
def test_what_is_no_request_is_refused_without_its_values(payer, body) -> None:
    answer = send(body, **SENT)
    assert answer.status_code == 400
    OperationOutcome.model_validate_json(answer.content)
    assert b"QUIXOTEZZ" not in answer.content
    assert payer.questions == 0


def test_it_is_asked_by_post_alone_and_only_where_it_is_on(payer, settings) -> None:
    assert Client().get(ADDRESS, **SENT).status_code == 405
    settings.WAYPOST_ELIGIBILITY = None
    assert send(**SENT).status_code == 404


def test_a_bad_digest_is_refused() -> None:
    with pytest.raises(BadLiveSettings, match="key_sha256 of site_one"):
        demonstration("http://127.0.0.1:9/", KEY)
