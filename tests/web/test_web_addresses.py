"""Each page has one address; what nearly is one leads there, and never to another site."""

from __future__ import annotations

import pytest
from django.test import Client

pytestmark = pytest.mark.usefixtures("data_dir")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("/es", "/es/"),
        ("/es?near=78701", "/es/?near=78701"),
        ("/find/", "/find"),
        ("/find//", "/find"),
        ("/find/?near=Austin%2C+TX&page=2", "/find?near=Austin%2C+TX&page=2"),
        ("/es/find/?near=78701", "/es/find?near=78701"),
        ("/site/site_abcd/", "/site/site_abcd"),
        ("/site/a%0d%0ab/", "/site/a%0D%0Ab"),
        ("/browse/tx/", "/browse/tx"),
    ],
)
def test_a_slash_too_many_or_too_few_leads_to_the_page(typed: str, meant: str) -> None:
    answer = Client().get(typed)
    assert (answer.status_code, answer.headers["Location"]) == (301, meant)


@pytest.mark.parametrize("path", ["/", "/es/", "/find?near=78701", "/es/help-now"])
def test_a_right_address_answers_itself(path: str) -> None:
    assert Client().get(path).status_code == 200


@pytest.mark.parametrize(
    "path", ["//example.com/", "//example.com//find/", "/\\example.com/", "/%2Fexample.com/", "//",
             "/%5Cexample.com/", "/nowhere/", "/find/x/"],
)  # fmt: skip
def test_no_slash_leads_to_another_site(path: str) -> None:
    answer = Client().generic("GET", "/", PATH_INFO=path.replace("%2F", "/").replace("%5C", "\\"))
    assert answer.status_code == 404


def test_what_is_sent_is_not_sent_on() -> None:
    assert Client().post("/find/").status_code in (403, 404)
