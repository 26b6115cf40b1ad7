"""Property-based fuzzing against the APIs' own descriptions: no 500, no answer outside them."""

from __future__ import annotations

import json

import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)

from waypost.api.urls import descriptions
from waypost.config.wsgi import application

PLAIN = {"Accept-Encoding": "identity"}  # called in process, where nothing unpacks gzip
CHECKS = (
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    unsupported_method,
)
FUZZING = settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))


def described(address: str) -> schemathesis.BaseSchema:
    """The API as it describes itself, read without a snapshot: a fresh clone has none yet."""
    held = json.loads(json.dumps(descriptions()[address]))
    loaded = schemathesis.openapi.from_dict(held)
    loaded.app, loaded.location = application, address
    return loaded


site_api = described("/api/v1/openapi.json")
locator = described("/locator/openapi.json")

quick = site_api.exclude(path_regex=r"/snapshot\.")


@quick.parametrize()
@FUZZING
def test_the_api_answers_as_it_says(case: schemathesis.Case) -> None:
    case.call_and_validate(checks=CHECKS, headers=PLAIN)


@locator.parametrize()
@FUZZING
def test_the_locator_answers_as_it_says(case: schemathesis.Case) -> None:
    case.call_and_validate(checks=CHECKS, headers=PLAIN)
