"""Find care by text: what is a question, and the answer in one or two segments."""

import re
from datetime import UTC, datetime

import pytest

from waypost.navigation.find_care import find_care
from waypost.texting.find_by_text import asks_to_find, find_reply
from waypost.texting.find_question import FindQuestion, find_question
from waypost.texting.segments import count_segments

NOW = datetime(2026, 11, 28, 18, tzinfo=UTC)
BASE = "https://waypost.example.org"
QUESTIONS = {
    "60614": ("60614", ()),
    "Chicago, IL": ("chicago, il", ()),
    "need detox near 60614": ("60614", ("level:withdrawal",)),
    "IOP evenings 78701 medicaid": ("78701", ("level:iop", "time:evenings", "payment:medicaid")),
    "rehab in fort wayne in": ("fort wayne in", ("level:residential",)),
    "busco programa en español cerca de Austin, TX": ("austin, tx", ("language:spanish",)),
    "desintoxicación 78701 sin seguro": ("78701", ("level:withdrawal", "payment:low-cost")),
    "methadone clinic near Portland, OR please": ("portland, or", ("level:otp",)),
}


@pytest.mark.parametrize("text", QUESTIONS)
def test_words_become_choices_and_the_rest_the_place(text):
    assert find_question(text) == FindQuestion(*QUESTIONS[text])


@pytest.mark.parametrize(
    ("text", "asks"),
    [("60614", True), ("Chicago, IL", True), ("detox near 60614", True), ("iop austin tx", True),
     ("I live in Chicago", False), ("I want to die", False), ("detox was hell", False),
     ("90", False), ("ok, so", False), ("I took 60614 pills", False), ("", False)],
)  # fmt: skip
def test_what_is_a_question_for_programs(text, asks):
    assert asks_to_find(text) is asks


@pytest.mark.parametrize("text", QUESTIONS)
@pytest.mark.parametrize("language", ["en", "es"])
def test_three_programs_in_two_segments_with_name_distance_and_phone(snapshot, text, language):
    answer = find_reply(text, language, snapshot, NOW, base_url=BASE)
    lines = answer.text.splitlines()
    assert count_segments(answer.text).segments <= 2
    assert re.match(r"1 .+ ~?[\d.]+mi [\d-]{12}", lines[0])
    assert sum(line[:1].isdigit() for line in lines) <= 3


def test_more_gives_the_next_ones_as_the_web_ranks_them(snapshot):
    first = find_reply("60614", "en", snapshot, NOW)
    second = find_reply("60614", "en", snapshot, NOW, after=first.following)
    assert first.following == "2" and second.text.startswith("4 ")
    options = find_care(snapshot, find_question("60614").need(2), NOW).options
    assert [line.split(" ")[0] for line in second.text.splitlines()[:3]] == [
        str(o.number) for o in options
    ]


def test_the_link_is_the_same_search_on_the_web(snapshot):
    answer = find_reply("60614 medicaid", "es", snapshot, NOW, base_url=f"{BASE}/")
    assert f"{BASE}/es/find?near=60614&payment=medicaid" in answer.text
    assert "http" not in find_reply("60614", "en", snapshot, NOW).text


def test_a_reason_beside_a_place_that_offers_what_was_asked(snapshot):
    assert "Medicaid" in find_reply("60614 medicaid", "en", snapshot, NOW).text


@pytest.mark.parametrize(
    ("text", "said"),
    [("FIND", "FIND 60614"), ("springfield", "Which one?"), ("Xyzzyville", "on the map")],
)
def test_a_place_that_cannot_be_searched_gets_a_clear_answer(snapshot, text, said):
    answer = find_reply(text, "en", snapshot, NOW)
    assert said in answer.text and answer.following == ""


@pytest.mark.parametrize(
    "text", ["\x00 60614", "60614 " * 80, "near " * 500, "🙂 60614", "' OR 1=1 --"]
)
def test_odd_questions_are_answered(snapshot, text):
    assert count_segments(find_reply(text, "en", snapshot, NOW, after="99999").text).segments <= 2
