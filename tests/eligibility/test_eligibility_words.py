"""The words for a public page: all of them in both languages, and none that tells too much."""

import pytest

from waypost.eligibility.ask import Stage
from waypost.eligibility.outcome import CHECK_THE_CARD, Missing, Why, refusal
from waypost.eligibility.words import refusal_sentence, sentence
from waypost.x12.answer import Rejection
from waypost.x12.reject_codes import REASONS, Mender


@pytest.mark.parametrize("word", [*Why, *Missing, *Stage])
def test_every_word_is_said_in_both_languages(word):
    said = sentence(word)
    assert said.text("en") == word.value
    assert said.text("es") != word.value
    assert said.text("es").endswith(".")


@pytest.mark.parametrize("code", REASONS)
def test_a_refusal_says_who_can_mend_it_and_not_what_the_payer_has(code):
    said = refusal_sentence(refusal(Rejection("2100C", code, "C", "N")))
    assert said.en != said.es
    assert code not in said.en
    assert (said.en == CHECK_THE_CARD) is (REASONS[code].mender is Mender.PERSON)


def test_codes_that_would_tell_who_is_insured_are_said_alike():
    said = {
        refusal_sentence(refusal(Rejection("2100C", code, "C", "N"))).en
        for code in ("58", "64", "65", "67", "71", "72", "73", "75", "76", "77", "78")
    }
    assert said == {CHECK_THE_CARD}
