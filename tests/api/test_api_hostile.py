"""Every parameter, field and path of every address, as the APIs describe them, with hostile values.

A new address is tested as soon as it is described.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from django.http.response import HttpResponseBase
from django.test import Client

from waypost.api.urls import descriptions

HOSTILE = [
    "NaN", "inf", "-inf", "1e400", "-1", "0", "9" * 400, "0x10", "1_000", "٣", "\x00", "%00",
    "a\x00b", "'", '"', "<script>", "\u202e", "\ud7ff", "\U0001f600" * 300, "../../etc/passwd",
    "=1+1", " ", "a" * 9000, "null", "[]", "{}", "1,2,3", ",", "-77.2,39.1", "None", "٣٣,٤٤",
]  # fmt: skip
WRONG_KINDS = [
    None, True, False, -1, 0, 10**30, 1.5, 1e308, "", "x" * 9000, "\x00", [], [None], [1], ["x"] * 300,
    {}, {"x": "y"}, {"": []}, [[["x"]]], {"level": [1]}, {"level": "iop"},
]  # fmt: skip
REFUSED = {400, 404, 413, 422}


def operations(method: str) -> Iterator[tuple[str, dict]]:
    for schema in descriptions().values():
        for path, methods in schema["paths"].items():
            if method in methods:
                yield path, methods[method]


GET = {
    path: [p["name"] for p in told["parameters"]]
    for path, told in operations("get")
    if "{" not in path and "snapshot." not in path and not path.endswith(".zip")  # files
}
GETS = [(path, name) for path, names in GET.items() for name in names]
POST = {
    path: (kind, list(content["schema"]["properties"]))
    for path, told in operations("post")
    for kind, content in told["requestBody"]["content"].items()
}
POSTS = [(path, name) for path, (_, names) in POST.items() for name in names]
TAKES_JSON = [(path, name) for path, name in POSTS if POST[path][0] == "application/json"]


def is_answer_or_problem(response: HttpResponseBase, what: object) -> None:
    """A good answer, or a problem that names what is wrong in a sentence."""
    if response.status_code == 200:
        return
    assert response.status_code in REFUSED, what
    assert response.headers["Content-Type"] == "application/problem+json", what
    problem = json.loads(response.content)
    assert problem["status"] == response.status_code
    assert problem["detail"].endswith((".", "”.")), problem
    assert "Traceback" not in problem["detail"] and "Error" not in problem["detail"]


def test_all_addresses_are_here() -> None:
    assert {"/api/v1/search", "/api/v1/places", "/locator/exportsAsJson/v2"} <= GET.keys()
    assert {"/api/v1/search", "/locator/listing"} <= POST.keys()
    assert len(GETS) > 45 and len(POSTS) > 20


@pytest.mark.parametrize(("path", "name"), GETS)
def test_no_value_of_any_parameter_breaks_it(path: str, name: str) -> None:
    for value in HOSTILE:
        is_answer_or_problem(Client().get(path, {name: value}), value)


@pytest.mark.parametrize(("path", "name"), GETS)
def test_ten_thousand_repeats_are_refused(path: str, name: str) -> None:
    many = Client().get(f"{path}?{'&'.join([f'{name}=a'] * 10_000)}")
    assert many.status_code == 400
    is_answer_or_problem(many, name)
    is_answer_or_problem(Client().get(f"{path}?{'&'.join([f'{name}=1'] * 300)}"), name)


@pytest.mark.parametrize("path", [*GET, "/api/v1/docs", "/api/v1/openapi.json"])
@pytest.mark.parametrize(
    "raw", ["%ff%fe", "%", "%zz", "near=%ff", "&&&=&;", "near[]=1", "%00=%00", "x" * 60_000]
)
def test_a_query_string_that_is_no_text_is_survived(path: str, raw: str) -> None:
    is_answer_or_problem(Client().get(f"{path}?{raw}"), raw)


@pytest.mark.parametrize("value", [v for v in HOSTILE if v.strip()])
def test_no_id_of_a_site_breaks_it(value: str) -> None:
    response = Client().get(f"/api/v1/sites/{quote(value, safe='')}")
    assert response.status_code == 404
    is_answer_or_problem(response, value)


@pytest.mark.parametrize(("path", "name"), TAKES_JSON)
def test_no_kind_of_value_breaks_a_body(path: str, name: str) -> None:
    for value in [*WRONG_KINDS, *HOSTILE]:
        response = Client().post(path, json.dumps({name: value}), content_type="application/json")
        is_answer_or_problem(response, value)


@pytest.mark.parametrize("path", dict.fromkeys(path for path, _ in TAKES_JSON))
@pytest.mark.parametrize(
    "body",
    [b"", b"\x00", b"\xff\xfe", b"[]", b"{", b"null", b'"x"', b"[" * 5000, b'{"a":1,"a":2}',
     b'{"near":"\\ud800"}', b'{"page":1e999}', b'{"page":' + b"9" * 5000 + b"}"],
)  # fmt: skip
def test_no_bytes_break_a_body(path: str, body: bytes) -> None:
    is_answer_or_problem(Client().post(path, body, content_type="application/json"), body[:40])
    is_answer_or_problem(Client().post(path, body, content_type="text/plain"), body[:40])


@pytest.mark.parametrize("name", POST["/locator/listing"][1])
def test_no_form_field_breaks_the_listing(name: str) -> None:
    for value in HOSTILE:
        form = {name: value} | ({} if name == "page" else {"page": "999999"})
        is_answer_or_problem(Client().post("/locator/listing", form), value)


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("multipart/form-data", b"page=1"),
        ("multipart/form-data; boundary=x", b"--x\r\nnothing"),
        ("multipart/form-data; boundary=" + "x" * 300, b"--x--"),
        ("multipart/form-data; boundary=\u00e9", b"--x--"),
        ("application/x-www-form-urlencoded; charset=utf-7", b"page=+AGE-"),
        ("application/x-www-form-urlencoded; charset=nope", b"page=1"),
        ("application/x-www-form-urlencoded", b"&".join([b"page=1"] * 10_000)),
        ("text/plain", b"\x00\xff"),
        ("", b"page=x"),
    ],
)
def test_no_form_of_any_type_breaks_the_listing(kind: str, body: bytes) -> None:
    response = Client().generic("POST", "/locator/listing", body, content_type=kind)
    is_answer_or_problem(response, kind)
