"""The words that people type find what the articles call otherwise; danger shows help first."""

from __future__ import annotations

import re

import pytest
import yaml
from django.test import Client

from waypost.articles.search_words import dangers, lines_in_danger, plain_words, sought
from waypost.levels_of_care.safety.safety import the_safety
from waypost.web.articles.pages import _help_first
from waypost.web.articles.search import article_index, words_to_look_for

COMMON_ENGLISH = [
    "narcan", "suboxone", "vivitrol", "weed", "meth", "rehab", "PHP", "DUI", "teenager",
    "telehealth", "crystal meth", "fent", "xanax", "coke", "booze", "detox", "drug test", "AA",
    "my daughter", "court ordered", "insurance", "FMLA", "pregnant", "relapsed", "pot",
]  # fmt: skip
COMMON_SPANISH = [
    "naloxona", "buprenorfina", "naltrexona", "marihuana", "metanfetamina", "rehabilitación",
    "hospitalización parcial", "corte", "adolescente", "telesalud", "metadona", "cocaína", "seguro",
    "fentanilo", "embarazada", "trabajo", "recaída", "desintoxicación", "alcoholismo", "mi hijo",
]  # fmt: skip
OVERDOSE = [
    "overdose", "Overdosed", "overdoze", "my friend OD", "ODing", "he won't wake up",
    "can’t wake him", "cannot wake", "not breathing", "blue lips", "sobredosis", "sobredocis",
    "no despierta", "no respira", "está inconsciente",
]  # fmt: skip
SUICIDE = [
    "suicide", "suicidal", "suicde", "i want to die", "kill myself", "don't want to live",
    "end my life", "self-harm", "suicidio", "quiero morir", "me quiero matar", "no quiero vivir",
    "ganas de morir", "hacerme daño",
]  # fmt: skip
SEIZURES = [
    "withdrawal seizures", "seizure", "DTs", "delirium tremens", "convulsiones", "alucinaciones",
]  # fmt: skip
POISON = ["took too many pills", "poisoning", "demasiadas pastillas", "intoxicación"]
KINDS = [(OVERDOSE, "911"), (SUICIDE, "988"), (SEIZURES, "911"), (POISON, "poison-help")]
HARMLESS = [
    "methadone", "how long does it last", "cost", "withdrawal", "narcan", "die Kosten", "food",
    "what happens in an IOP", "cuánto cuesta", "Odessa", "modern", "wake up early", "morir de risa",
]  # fmt: skip


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("typed", [*COMMON_ENGLISH, *COMMON_SPANISH])
def test_a_word_that_people_use_finds_an_article_in_either_language(
    typed: str, language: str
) -> None:
    assert article_index(language).search(typed).articles


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ("narcan", "naloxone"),
        ("suboxone", "buprenorphine"),
        ("vivitrol", "naltrexone"),
        ("weed", "cannabis|drug test"),
        ("meth", "stimulant|contingency"),
        ("PHP", "partial hospital|inpatient"),
        ("DUI", "court|judge|probation"),
        ("teenager", "teen|young|adolescent"),
        ("telehealth", "video|online"),
        ("naloxona", "naloxone"),
        ("adolescente", "teen|young|adolescent"),
    ],
)
def test_what_is_found_holds_the_articles_own_word(typed: str, word: str) -> None:
    hits = article_index("en").search(typed).articles
    marked = [words for hit in hits for words, is_marked in hit.parts if is_marked]
    headings = [f"{hit.heading} {hit.article.title}" for hit in hits]
    assert any(re.search(word, text, re.IGNORECASE) for text in [*marked, *headings])


def test_meth_is_not_methadone() -> None:
    found = article_index("en").search("meth")
    marked = {
        words.lower()
        for hit in (*found.articles, *found.answers)
        for words, is_marked in hit.parts
        if is_marked
    }
    assert marked
    assert not any(words.startswith("methado") for words in marked)


def test_a_whole_word_comes_before_its_beginning() -> None:
    assert article_index("en").search("methad").articles  # the beginning of a word, half typed
    [one] = sought(["quince"])
    assert one.means == ()


def test_a_phrase_of_the_list_is_one_group() -> None:
    assert [g.typed for g in sought(words_to_look_for("drug test for weed"))] == [
        "drug test",
        "weed",
    ]


@pytest.mark.parametrize(
    ("typed", "first"),
    [(text, first) for words, first in KINDS for text in words],
)
def test_a_word_of_danger_names_its_line_first(typed: str, first: str) -> None:
    assert lines_in_danger(typed)[0] == first


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        *((words[0], first) for words, first in KINDS),
        *((words[-1], first) for words, first in KINDS),
    ],
)
def test_a_page_of_danger_shows_help_first(client: Client, typed: str, first: str) -> None:
    """The page knows of a danger by its lines alone: two phrases of each kind are enough."""
    for prefix in ("", "/es"):
        text = client.get(f"{prefix}/articles", {"q": typed}).content.decode()
        help_at = text.index('id="help-first"')
        call = the_safety().lines[first].call_address.replace("+", "&#43;")
        calls = {call, the_safety().lines[first].call_address}
        assert any(f'href="{address}"' in text[help_at:] for address in calls)
        others = [text.find(f'id="{name}"') for name in ("found-answers", "found-articles")]
        assert all(at == -1 or at > help_at for at in others)
        assert f'href="{prefix}/help-now"' in text[help_at:]


def test_an_overdose_shows_poison_help_too() -> None:
    assert lines_in_danger("overdose") == ("911", "poison-help")


def test_two_dangers_show_each_line_once() -> None:
    assert lines_in_danger("suicide by overdose") == ("911", "poison-help", "988")


def test_what_is_no_danger_shows_no_alarm(client: Client) -> None:
    assert [typed for typed in HARMLESS if lines_in_danger(typed)] == []
    for typed in HARMLESS[:3]:
        assert b"help-first" not in client.get("/articles", {"q": typed}).content


def test_every_word_of_danger_is_known_as_it_stands_and_names_a_line() -> None:
    for danger in dangers():
        assert set(danger.lines) <= set(the_safety().lines)
        for word in danger.words:
            assert " ".join(plain_words(word)) == word
            assert danger.lines[0] in lines_in_danger(f"please {word} now")


def test_every_entry_is_plain_once_and_has_its_reason() -> None:
    from importlib.resources import files

    text = (files("waypost.articles") / "data" / "search_words.yaml").read_text("utf-8")
    data = yaml.safe_load(text)
    words = [word for entry in data["words"] for word in entry["words"]]
    assert len(set(words)) == len(words)
    assert all(" ".join(plain_words(word)) == word for word in words)
    assert all(entry["why"] for entry in (*data["words"], *data["dangers"]))


@pytest.mark.parametrize("typed", ["took all my pills", "gun in my mouth", "i wanna unalive"])
def test_danger_in_other_words_shows_help_first(client: Client, typed: str) -> None:
    page = client.get("/articles", {"q": typed}).content.decode()
    assert "988" in page.split("<main", 1)[-1]
    assert _help_first(typed) == ("911", "988")
    assert _help_first("evening groups") == ()
