"""Fuzzing HSDS against its own description, with the official shapes in place: never a 500."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import schemathesis
from hypothesis import HealthCheck
from hypothesis import settings as examples
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)

from hsds_shapes import published, some_sites, with_shapes
from waypost.api.hsds.description import openapi
from waypost.config.wsgi import application
from waypost.serving.process import current_snapshot

PLAIN = {"Accept-Encoding": "identity"}  # called in process, where nothing unpacks gzip
CHECKS = (
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
    unsupported_method,
)
FUZZING = examples(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    folder: Path = tmp_path_factory.mktemp("hsds")
    published(folder, some_sites(current_snapshot())[:30])
    return folder


@pytest.fixture(autouse=True)
def _small(folder: Path, settings) -> None:
    settings.WAYPOST_DATA_DIR = folder


described = schemathesis.openapi.from_dict(with_shapes(json.loads(json.dumps(openapi()))))
described.app, described.location = application, "/hsds/openapi.json"
face = described.exclude(path_regex=r"\.zip")  # its file is made by a publish; see its own tests


@face.parametrize()
@FUZZING
def test_hsds_answers_as_it_says(case: schemathesis.Case) -> None:
    case.call_and_validate(checks=CHECKS, headers=PLAIN)
