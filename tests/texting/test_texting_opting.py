"""Opting out: the FCC's words, the natural ones, and none of the cries for help."""

import pytest

from texting.scenarios import crisis_scenarios, opting_replies, rounds
from waypost.texting.words.opting import OptOut, opting

REPLIES = opting_replies()


def test_the_set_is_large_and_in_two_languages():
    assert len(REPLIES) >= 200
    assert len({reply for _, reply in REPLIES}) == len(REPLIES)


def test_every_labelled_reply_is_understood():
    wrong = [
        (asks, reply, opting(reply)) for asks, reply in REPLIES if (opting(reply) or "none") != asks
    ]
    assert wrong == []


@pytest.mark.parametrize(
    "word", ["stop", "quit", "end", "revoke", "opt out", "cancel", "unsubscribe"]
)
def test_the_words_that_the_rule_names_are_enough_in_any_writing(word):
    for written in (
        word,
        word.upper(),
        word.title(),
        f" {word}. ",
        f"{word}!!!",
        f"please {word}",
        f"{word} please",
    ):
        assert opting(written) is OptOut.ALL, written


def test_no_cry_for_help_is_an_opt_out_unless_it_says_so():
    dangers = [s.text for s in (*crisis_scenarios(), *rounds()) if s.tier < 2 and not s.exactly]
    said = ("STOP", "CANCEL", "no more texts")
    taken = [text for text in dangers if opting(text) and not text.startswith(said)]
    assert [text for text in taken if "unsubscribe me" not in text] == []


def test_stop_before_a_cry_for_help_still_stops_the_automation():
    assert opting("STOP i cant do this anymore") is OptOut.ALL
    assert opting("STOP the pain please make it stop") is None


@pytest.mark.parametrize(
    "text", ["", " ", "\x00", "🙂" * 400, "a" * 10_000, "stop" * 900, "\ud83d"]
)
def test_odd_texts_are_read_without_a_fall(text):
    assert opting(text) in (None, OptOut.ALL, OptOut.UNSURE)
