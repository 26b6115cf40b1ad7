"""Find care by text: what is a question, and the answer in one or two segments."""

import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from waypost.navigation.answer import Reason, Standing
from waypost.navigation.find_care import find_care
from waypost.texting.find_by_text import asks_to_find, find_reply
from waypost.texting.find_question import FindQuestion, find_question
from waypost.texting.find_reasons import reason_of
from waypost.texting.segments import Encoding, count_segments

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
    "does anyone take medicaid in El Paso": ("el paso", ("payment:medicaid",)),
    "Los Ángeles, CA": ("los angeles, ca", ()),
    "el programa en el Bronx": ("el bronx", ()),
    "my son is 16, Chicago, IL": ("chicago, il", (), 16),
    "I'm 17 in 60614": ("60614", (), 17),
    "programa para mi hija de 15 años en Houston, TX": ("houston, tx", (), 15),
    "Recovery Unplugged 78701 sober 16 years": ("78701", ()),
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
    lines = answer.text.split(":\n")[-1].splitlines()
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


REASONS = [
    ("60614 medicaid", "en", "Medicaid"),
    ("IOP evenings 78701 medicaid", "en", "Medicaid, evenings? ask"),
    ("IOP noches 78701 medicaid", "es", "Medicaid, ¿noches? pregunte"),
    ("my son is 16, 60614 medicaid", "en", "takes age 16"),
    ("mi hijo tiene 16 60614", "es", "acepta 16 años"),
    ("women 60614", "en", "women"),
    ("mujeres 60614", "es", "mujeres"),
    ("spanish women 78701", "en", "Spanish"),
    ("en español 78701", "es", "español"),
    ("detox 60614", "en", "as asked"),
    ("desintoxicación 60614", "es", "como pidio"),
    ("lgbtq 94103", "en", "as asked"),
]


@pytest.mark.parametrize(("text", "language", "reason"), REASONS)
def test_one_reason_beside_each_program_what_matters_most_of_what_was_asked(
    snapshot, text, language, reason
):
    answer = find_reply(text, language, snapshot, NOW)
    programs = [line for line in answer.text.splitlines() if line[:1].isdigit()]
    assert programs and all(re.search(rf"\d {re.escape(reason)}$", p) for p in programs), answer
    assert count_segments(answer.text).encoding is Encoding.GSM_7


def test_where_nothing_was_asked_the_reason_is_how_it_is_paid(snapshot):
    lines = find_reply("60614", "en", snapshot, NOW).text.splitlines()[:3]
    sites = find_care(snapshot, find_question("60614").need(), NOW).options
    for line, option in zip(lines, sites, strict=True):
        takes_medicaid = "MD" in option.site.codes
        assert line.endswith(" Medicaid") == takes_medicaid
        assert re.search(r"(Medicaid|low cost|insurance|self-pay|cost\? ask)$", line)


@pytest.mark.parametrize(
    "text", ["detox 60614", "methadone 60614", "pregnant 60614", "lgbtq 94103"]
)
def test_discreet_wording_has_no_word_of_health_and_plain_wording_has_the_word(snapshot, text):
    asked = text.split()[0]
    plain = {"pregnant": "pregnancy", "lgbtq": "LGBTQ"}.get(asked, asked)
    discreet = find_reply(text, "en", snapshot, NOW, base_url=BASE)
    assert plain not in discreet.text and "level=" not in discreet.text
    shown = find_reply(text, "en", snapshot, NOW, base_url=BASE, discreet=False)
    assert plain in shown.text and "/find?near=" in shown.text


def test_a_program_that_says_its_evenings_is_said_to_have_them_or_not(snapshot):
    option = find_care(snapshot, find_question("evenings 60614").need(), NOW).options[0]
    said = {
        standing: reason_of(
            replace(option, reasons=(Reason("time:evenings", standing),)), None, True, "en", True
        )
        for standing in Standing
    }
    assert list(said.values()) == ["evenings", "no evenings", "evenings? ask"]


@pytest.mark.parametrize("number", range(40))
def test_names_are_cut_and_telephones_never(snapshot, number):
    """The longest names, the longest telephones and the longest reason, in two segments."""
    need = replace(find_question("evenings Texas medicaid").need(), page=number + 1)
    answer = find_care(snapshot, need, NOW)
    found = find_reply("evenings Texas medicaid", "es", snapshot, NOW, after=str(number + 1))
    assert count_segments(found.text).segments <= 2
    for option in answer.options[: 3 if answer.options else 0]:
        phone = option.site.phones[0].written.replace("(", "").replace(") ", "-")
        assert phone in found.text and option.site.city[:20] in found.text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("FIND", "FIND 60614"),
        ("near me", "FIND 60614"),
        ("springfield", "Which one?"),
        ("springfield detox medicaid", "FIND detox medicaid Springfield, MO"),
        ("my son is 16 springfield", "FIND is 16 Springfield, MO"),
        ("Chicago or Milwaukee", "FIND Chicago, IL or FIND Milwaukee, WI"),
        ("Austin, TX and Dallas, TX", "FIND Austin, TX or FIND Dallas, TX"),
        ("10001 20002", "FIND 10001 or FIND 20002"),
        ("99999", "Which one? Reply FIND 99950"),
        ("new york", "New York City, NY or FIND New York (state)"),
        ("APO AE 09012", "military address"),
        ("Mexico City", "in the United States"),
        ("usa", "in the United States"),
        ("Xyzzyville", "on the map"),
        ("detox ünïcödé šžý", "on the map"),
    ],
)
def test_a_place_that_cannot_be_searched_gets_a_clear_answer(snapshot, text, said):
    answer = find_reply(text, "en", snapshot, NOW)
    assert said in answer.text and answer.following == ""
    assert count_segments(answer.text).encoding is Encoding.GSM_7
    spanish = find_reply(text, "es", snapshot, NOW).text
    assert "FIND" not in spanish and count_segments(spanish).segments <= 2


@pytest.mark.parametrize(
    ("text", "begins"),
    [("Chcago, IL", "Near Chicago, IL:\n1 "), ("Portland", "Near Portland, OR:\n1 "),
     ("El Paso", "Near El Paso, TX:\n1 "), ("Portland, OR", "1 "), ("60614-1234", "1 ")],
)  # fmt: skip
def test_a_place_that_may_be_another_one_is_named(snapshot, text, begins):
    assert find_reply(text, "en", snapshot, NOW).text.startswith(begins)


def test_in_a_whole_state_the_town_stands_where_the_distance_would(snapshot):
    first = find_reply("Wyoming detox", "en", snapshot, NOW).text.splitlines()[0]
    need = find_question("Wyoming detox").need()
    site = find_care(snapshot, need, NOW).options[0].site
    assert f" {site.city} " in first and not re.search(r"\dmi ", first)


@pytest.mark.parametrize(
    "text", ["\x00 60614", "60614 " * 80, "near " * 500, "🙂 60614", "' OR 1=1 --"]
)
def test_odd_questions_are_answered(snapshot, text):
    assert count_segments(find_reply(text, "en", snapshot, NOW, after="99999").text).segments <= 2
