"""Every exit of the guide stays: read again, after Back, from Help now and in Spanish.

What a browser does on Reload, on Back and after a phone closed it is a plain GET (test_guide_browser
walks one exit of each kind in a real one).
"""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from django.test import Client

from levels_of_care.guide_exits import ANSWERS, EXITS, before
from levels_of_care.guide_walk import Page, press, text_of
from waypost.levels_of_care.guide.answers import person_of, read_answers
from waypost.levels_of_care.guide.assess import exit_so_far
from waypost.levels_of_care.guide.rules_file import the_guide
from waypost.levels_of_care.safety.step import StepEnds
from waypost.levels_of_care.safety.what_to_do import dangers_of


@pytest.fixture(autouse=True)
def _published(snapshot: Any) -> None:
    """The pages read a published snapshot."""


def test_every_danger_that_ends_the_guide_is_walked() -> None:
    raised = {
        danger.id
        for answers in EXITS.values()
        for found in [exit_so_far(the_guide(), ANSWERS | answers)]
        if found
        for danger in dangers_of(
            the_guide().safety, found.dangers, person_of(read_answers(the_guide(), answers)).age
        )
    }
    ending = {d.id for d in the_guide().safety.dangers.values() if d.ends is not StepEnds.NO}
    assert ending <= raised


def danger_of(text: str) -> str:
    """The box of an exit."""
    return text[text.index('class="danger"') : text.index("</section>")]


def heading_of(text: str) -> str:
    return re.findall(r"<h1[^>]*>(.*?)</h1>", text)[0]


def asked_again(text: str) -> dict[str, Any] | None:
    """The fields of a page of questions; None on an exit or a result."""
    forms = (f["fields"] for f in Page(text).forms)
    return next((fields for fields in forms if "next" in fields.get("go", ())), None)


@pytest.mark.parametrize("danger", EXITS)
def test_the_numbers_of_an_exit_never_vanish(client: Client, danger: str) -> None:
    start, answers = before(danger)
    questions, response = start, client.get(start)
    while fields := asked_again(text_of(response)):
        own = {name: values for name, values in answers.items() if name in fields}
        questions, response = response.request["PATH_INFO"], press(client, response, **own)
    address, text = response.request["PATH_INFO"], text_of(response)
    dialed = [a for a in Page(danger_of(text)).addresses if a.startswith("tel:")]
    assert {"tel:911", "tel:988"} <= set(dialed) and len(dialed) == len(set(dialed))
    again = client.get(address)
    assert again.status_code == 200 and danger_of(text_of(again)) == danger_of(text)
    assert "/help-now" in Page(text).addresses and client.get("/help-now").status_code == 200
    assert f"/es{address}" in Page(text).addresses
    spanish = text_of(client.get(f"/es{address}"))
    assert "tel:911" in Page(danger_of(spanish)).addresses
    assert heading_of(spanish) != heading_of(text)
    back = client.get(questions)  # the page of questions that led here
    assert back.status_code == 200 and "<legend" in html.unescape(text_of(back))
