"""What fails before any view is a problem under the APIs and a page everywhere else."""

from __future__ import annotations

import pytest
from django.core.exceptions import DisallowedHost
from django.http import HttpResponse
from django.test import RequestFactory

from waypost.api.errors import problem_under_the_apis


def page(request, exception=None) -> HttpResponse:
    return HttpResponse(f"a page for {request.path}", status=418)


@pytest.mark.parametrize("status", [400, 404, 500])
@pytest.mark.parametrize("path", ["/api/v1/search", "/api/none", "/locator/listing"])
def test_programs_get_a_problem(path: str, status: int) -> None:
    handler = problem_under_the_apis(page, status)
    named = {} if status == 500 else {"exception": DisallowedHost("evil")}  # as Django calls it
    response = handler(RequestFactory().get(path), **named)
    assert response.status_code == status
    assert response.headers["Content-Type"] == "application/problem+json"
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert b"evil" not in response.content


@pytest.mark.parametrize("path", ["/", "/find", "/es/find", "/apiary"])
def test_people_get_the_page(path: str) -> None:
    response = problem_under_the_apis(page, 404)(RequestFactory().get(path), exception=None)
    assert response.content == f"a page for {path}".encode()
