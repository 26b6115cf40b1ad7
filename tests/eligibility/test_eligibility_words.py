"""The words for a public page: all of them in both languages, and none that tells too much."""

import pytest
from django.utils import translation

from waypost.design.live_words import no_answer_words, refusals_words, stage_words, why_words
from waypost.eligibility.ask import AskStage
from waypost.eligibility.outcome import Missing, OutcomeWhy, Unavailable
from waypost.x12.answer import Rejection
from waypost.x12.reject_codes import REASONS, Mender

WORDS = {why_words: [*OutcomeWhy, *Missing], stage_words: [*AskStage]}
PERSONAL = [code for code, one in REASONS.items() if one.mender in (Mender.PERSON, Mender.NOBODY)]


@pytest.mark.parametrize(
    ("words", "code"),
    [(words, code) for words, codes in WORDS.items() for code in codes],
    ids=lambda one: getattr(one, "value", one.__name__ if callable(one) else one),
)
def test_every_word_is_said_in_both_languages(words, code):
    english = words(code)
    with translation.override("es"):
        spanish = words(code)
    assert english != spanish
    assert english.endswith(".") and spanish.endswith(".")


def said(code: str) -> str:
    (words,) = refusals_words([Rejection("2100C", code, "C", "N")])
    return words


@pytest.mark.parametrize("code", REASONS)
def test_a_refusal_says_who_can_mend_it_and_not_what_the_payer_has(code):
    assert code not in said(code)
    assert (said(code) == said("75")) is (code in PERSONAL)


def test_codes_that_would_tell_who_is_insured_are_said_alike():
    assert {"58", "61", "71", "72", "73", "75", "76", "77", "78", "95"} <= set(PERSONAL)
    assert len({said(code) for code in PERSONAL}) == 1
    assert no_answer_words(Unavailable(OutcomeWhy.NOT_OURS)) == said("75")


def test_several_reasons_for_the_same_hand_are_one_sentence():
    reasons = [Rejection("2100C", code, "C", "N") for code in ("71", "72", "75")]
    assert refusals_words([*reasons, Rejection("2100A", "42", "R", "Y")]) == [
        said("75"),
        said("42"),
    ]
