"""The question in one sentence: who, what, how it is paid; each part can be taken off."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.test import Client
from django.utils import translation

from waypost.design.asked import asked_parts, person
from waypost.directory.choice_words import choices_for
from waypost.directory.facets import FACETS
from waypost.navigation.need import Need
from waypost.navigation.need_url import need_from_query

pytestmark = pytest.mark.usefixtures("data_dir")


def text_of(path: str, **query: object) -> str:
    """A page that is there."""
    response = Client().get(path, query)
    assert response.status_code == 200, query
    return " ".join(response.content.decode().split())  # however the template breaks its lines


def sentence_of(path: str, **query: object) -> str:
    """The heading, without its tags."""
    heading = re.search(r"<h1[^>]*>(.*?)</h1>", text_of(path, **query), re.S)
    assert heading
    return unescape(" ".join(re.sub("<[^>]+>", " ", heading[1]).split()))


def total(**query: object) -> int:
    """How many programs the API finds."""
    return int(Client().get("/api/v1/search", query).json()["total"])


def test_two_programs_near_el_paso_accept_a_16_year_old() -> None:
    accepting = total(near="El Paso, TX", age=16)
    paid = total(near="El Paso, TX", age=16, payment="medicaid")
    assert accepting >= 2  # two that accept minors; the search for a group found none
    assert sentence_of("/find", near="El Paso, TX", age=16, payment="medicaid") == (
        f"{accepting} intensive outpatient programs within 25 miles of El Paso, TX "
        f"accept a 16-year-old; {paid} take Medicaid"
    )
    assert sentence_of("/es/find", near="El Paso, TX", age=16, payment="medicaid") == (
        f"{accepting} programas ambulatorios intensivos a menos de 25 millas de El Paso, TX "
        f"aceptan a una persona de 16 años; {paid} aceptan Medicaid"
    )


def test_women_find_every_program_that_accepts_women() -> None:
    accept, group = (
        total(near="Austin, TX", gender="female"),
        total(near="Austin, TX", group="women"),
    )
    assert accept > group
    assert sentence_of("/find", near="Austin, TX", gender="female").endswith(
        "accept women and girls"
    )


@pytest.mark.parametrize(
    ("query", "words", "spanish"),
    [
        ({"age": ["16"]}, "a 16-year-old", "a una persona de 16 años"),
        ({"age": ["9"], "gender": ["male"]}, "a 9-year-old boy", "a un niño de 9 años"),
        ({"age": ["15"], "gender": ["female"]}, "a 15-year-old teenage girl", "a una adolescente de 15 años"),
        ({"age": ["34"], "gender": ["female"]}, "a 34-year-old woman", "a una mujer de 34 años"),
        ({"age": ["seniors"]}, "people 65 or over", "a personas de 65 años o más"),
        ({"age": ["adults"], "gender": ["male"]}, "men and boys, people 26 to 64", "a hombres y niños, a personas de 26 a 64 años"),
        ({"gender": ["male"]}, "men and boys", "a hombres y niños"),
        ({}, "", ""),
    ],
)  # fmt: skip
def test_a_person_in_words(query: dict[str, list[str]], words: str, spanish: str) -> None:
    need = need_from_query(query)
    with translation.override("en"):
        assert person(need) == words
    with translation.override("es"):
        assert person(need) == spanish


def test_each_part_can_be_taken_off() -> None:
    query = "near=El Paso, TX&age=16&payment=medicaid&payment=private&language=spanish&time=evenings&not=smoking:smoking-anywhere"
    need = need_from_query(
        {
            "near": ["El Paso, TX"], "age": ["16"], "payment": ["medicaid", "private"], "language": ["spanish"],
            "time": ["evenings"], "not": ["smoking:smoking-anywhere"], "q": ["hope"], "prefer": ["group:veterans"], "state": ["TX"],
        }
    )  # fmt: skip
    said = [part.words for part in asked_parts(need, about_point=True)]
    assert said == [
        "within 25 miles", "in Texas", "16 years old", "Spanish", "Intensive outpatient (IOP)",
        "Medicaid or private insurance", "Evening groups", "best with: veterans", "without: smoking permitted", "named “hope”",
    ]  # fmt: skip
    for part in asked_parts(need, about_point=True):
        assert len(asked_parts(part.without, about_point=True)) == len(said) - 1
    page = text_of(f"/find?{query}")
    chips = re.findall(r'<li><a href="\?([^"]+)"><span class="hidden-text">Take off: ', page)
    assert len(chips) == 7
    for chip in chips:
        assert Client().get(f"/find?{unescape(chip)}").status_code == 200


def test_no_bare_zero_and_no_three_thousand_miles() -> None:
    page = text_of("/find?near=79830")
    assert "No intensive outpatient program" in page and ">0 intensive" not in page
    offers = page[page.index('id="changes"') :]
    video = re.search(r"(\d+) licensed in Texas offer telehealth: call and ask", offers)
    level, nearest = offers.index(" here: "), offers.index("The nearest that fits:")
    assert video and int(video[1]) > 50 and video.start() < level < nearest
    assert re.search(r"<b>\d+ miles</b>", offers) and "1-800-662-4357" in offers
    assert "within=3000" not in page and "within=nearest" in page


def test_what_most_people_ask_for_stands_first() -> None:
    page = text_of("/find?near=California")
    narrow = page[page.index('id="narrow"') : page.index('id="choose"')]
    boxes = re.findall(r'name="([\w-]+)" value="([\w-]+)"', narrow)
    assert [f"{facet}:{key}" for facet, key in boxes] == [
        "payment:medicaid", "payment:medicare", "payment:private", "payment:military", "payment:low-cost",
        "telehealth:telehealth", "time:day", "time:evenings", "time:weekends", "language:spanish",
        "medication:accepts-opioid", "practical:child-care", "practical:transportation", "only:women", "only:men",
    ]  # fmt: skip
    assert (
        "No public list says when groups meet" in narrow and '<span class="n">ask</span>' in narrow
    )


def test_every_choice_stands_once_or_is_said_to_be_listed_by_nobody() -> None:
    page = text_of("/find?near=79830&within=nearest&choose=suboxone")
    narrow = unescape(page[page.index('id="narrow"') :])
    for facet in FACETS:
        for choice in facet.options:
            boxes = narrow.count(f'name="{facet.key}" value="{choice.key}"')
            assert boxes <= 1, choice.column
            assert boxes or choice.label in narrow, choice.column
    assert all(
        facet.help in narrow for facet in FACETS if facet.key not in ("telehealth", "time", "only")
    )


@pytest.mark.parametrize(
    ("typed", "column"),
    [
        ("suboxone", "medication:buprenorphine"), ("Narcan", "practical:naloxone"), ("daycare", "practical:child-care"),
        ("guardería", "practical:child-care"), ("court", "group:criminal-justice"), ("DUI", "special:dui"),
        ("rehab", "level:residential"), ("ride", "practical:transportation"), ("AA", "therapy:twelve-step"),
        ("deaf", "language:sign"), ("tricare", "payment:military"), ("gay", "group:lgbtq"), ("online", "telehealth:telehealth"),
        ("night", "time:evenings"), ("keep my suboxone", "medication:accepts-opioid"), ("hep c", "testing:hepatitis-c"),
        ("español", "language:spanish"), ("veteranos", "group:veterans"), ("no insurance", "payment:low-cost"),
    ],
)  # fmt: skip
def test_a_choice_is_found_by_the_word_people_use(typed: str, column: str) -> None:
    assert column in [choice.column for choice in choices_for(typed)]


def test_a_word_for_nothing_says_so() -> None:
    assert choices_for("zebra") == [] and choices_for("the of") == []
    page = text_of("/find?near=78701&choose=zebra")
    assert "Choices for “zebra”" in page and "for anything else, ask when you call" in page


def test_any_of_these_can_be_chosen_where_it_makes_sense() -> None:
    both = {"near": "Austin, TX", "practical": ["child-care", "transportation"]}
    one = total(near="Austin, TX", practical="transportation")
    assert total(**both) <= one <= total(**both, any="practical")
    page = text_of("/find?near=Austin, TX&practical=housing&practical=peer&any=practical")
    assert 'name="any" value="practical" checked' in page
    assert 'name="any" value="payment"' not in page


def test_an_age_that_is_none_is_said_and_kept_apart() -> None:
    response = Client().get("/find?near=78701&age=200")
    assert response.status_code == 400 and "not an age" in response.content.decode()
    assert Need().years is None


def test_a_place_that_must_be_chosen_keeps_the_whole_question() -> None:
    page = text_of("/find?near=springfield&age=16&payment=medicaid&prefer=group:veterans")
    for name, value in (("age", "16"), ("payment", "medicaid"), ("prefer", "group:veterans")):
        assert f'<input type="hidden" name="{name}" value="{value}">' in page
