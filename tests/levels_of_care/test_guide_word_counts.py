"""How much there is to read: at most 400 words on a result, and 100 in the red box of an exit."""

from __future__ import annotations

import html
import random
import re
from datetime import date
from itertools import product
from typing import Any

import pytest
from django.test import Client

from levels_of_care.guide_walk import BASE, send, text_of, words_of
from waypost.levels_of_care.guide.assess import Exit, assess
from waypost.levels_of_care.guide.rules_file import the_guide
from waypost.levels_of_care.safety.step import StepEnds, StepPart
from waypost.levels_of_care.safety.voice import VoiceAge, VoicePerson
from waypost.levels_of_care.safety.what_to_do import what_to_do

GUIDE = the_guide()
ENDING = [danger for danger in GUIDE.safety.dangers.values() if danger.ends is not StepEnds.NO]
EVERYTHING = {"checked": "yes", "seen": "yes", "now": "none"}


@pytest.fixture(autouse=True)
def _published(snapshot: Any) -> None:
    """The pages read a published snapshot."""


def _people(number: int) -> list[dict[str, Any]]:
    """People with much at once, none of whom the guide stops; the same ones each time."""
    pick, people = random.Random("much at once"), []
    asked = [q for q in GUIDE.questions if q.id not in EVERYTHING]
    while len(people) < number:
        answers: dict[str, Any] = {}
        for question in asked:
            ids = [choice.id for choice in question.choices if not choice.alone]
            many = min(len(ids), pick.randint(1, 5))
            answers[question.id] = pick.sample(ids, many) if question.many else pick.choice(ids)
        answers |= EVERYTHING | {"daily": pick.sample(answers["used"], 1)}
        if not isinstance(assess(GUIDE, answers), Exit):
            people.append(answers)
    return people


@pytest.mark.parametrize("prefix", ["", "/es"])
def test_a_result_has_at_most_400_words_however_much_is_answered(
    client: Client, prefix: str
) -> None:
    folded = 0
    for answers in _people(40):
        text = text_of(send(client, go="result", to=f"{prefix}/guide", **answers))
        assert '<ol class="verdicts levels-found">' in text, answers
        shown = words_of(text).split()
        assert len(shown) <= 400, (len(shown), answers)
        folded += 'id="more-today"' in text
    assert folded, "someone here has more steps than a page should show at once"


def test_what_is_folded_is_whole_on_the_page_and_on_paper(client: Client) -> None:
    pages = ((a, text_of(send(client, go="result", **a))) for a in _people(24))
    answers, page = next((a, text) for a, text in pages if 'id="more-today"' in text)
    saved = text_of(client.post("/guide/save", BASE | answers | {"page": 11}))
    folded = re.findall(r'id="more-today".*?</details>', page, re.S)[0]
    steps = re.findall(r"<li><p>(.*?)</p>", folded)
    assert steps and all(step in saved for step in steps)
    red = page.split('id="more-today"')[0].split('id="today"')[1]
    assert "Call 911 for" in red and red.count("<li>") > 3
    assert "<details" not in saved and "tel:911" in page.split('id="more-today"')[0]


def _boxes(language: str) -> list[tuple[str, VoicePerson, int, int]]:
    """Of each exit for each person: the words to read, and those of its buttons beside them."""
    found = []
    for danger, age, other in product(ENDING, (VoiceAge.ADULT, VoiceAge.YOUNG), (False, True)):
        person = VoicePerson(age, other, language)
        todo = what_to_do(GUIDE.safety, {danger.id}, person, date(2026, 11, 28))
        steps = todo.part(StepPart.BOX)
        read = sum(len(step.words.split()) for step in steps) + len(todo.heading.split())
        lines = [line.spoken(language) for step in steps for line in step.lines]
        buttons = sum(len(f"{w.call} {w.text} {w.also}".split()) for w in lines)
        found.append((danger.id, person, read, buttons))
    return found


@pytest.mark.parametrize(("language", "with_buttons"), [("en", 100), ("es", 125)])
def test_a_red_box_has_at_most_100_words_to_read(language: str, with_buttons: int) -> None:
    """In English with its buttons; a Spanish sentence takes a fifth more."""
    boxes = _boxes(language)
    assert len(boxes) == len(ENDING) * 4
    for danger, person, read, buttons in boxes:
        assert read <= 100, (danger, person, read)
        assert read + buttons <= with_buttons, (danger, person, read, buttons)


def test_what_is_counted_is_what_the_page_shows(client: Client) -> None:
    text = text_of(send(client, page=2, suicide="plan"))
    box = re.search(r'<section class="danger".*?</section>', text, re.S)
    assert box
    shown = len(html.unescape(re.sub(r"<[^>]+>", " ", box[0])).split())
    counted = next(read + b for name, who, read, b in _boxes("en")
                   if name == "suicide" and who == VoicePerson())  # fmt: skip
    assert shown == counted
