"""The service's own texts: complete, short, discreet, and safe in danger."""

import re

import pytest

from waypost.texting.segments import Encoding, count_segments, in_plain_letters
from waypost.texting.words.replies import (
    IN_DANGER,
    LONGEST_FACTS,
    MOST_SEGMENTS,
    BadReplies,
    ReplyCode,
    read_replies,
    reply,
    the_replies,
)
from waypost.values.content import content_folder

NAMED = re.compile(
    r"\b(opioid|heroin|fentanyl|alcohol|drug|detox|rehab|iop|addict|recovery|relapse|sober|treatment|"
    r"therapy|suicid|heroína|droga|recaída|adicci|tratamiento|terapia)",
    re.IGNORECASE,
)


def sent(code, language):
    return in_plain_letters(reply(code, language, **{**LONGEST_FACTS, "service": "Harbor Lane"}))


@pytest.mark.parametrize("language", ["en", "es"])
def test_each_reply_fits_and_is_sent_in_plain_letters(language):
    for code in ReplyCode:
        count = count_segments(sent(code, language))
        assert (count.encoding, count.segments <= MOST_SEGMENTS[language]) == (
            Encoding.GSM_7,
            True,
        ), code


@pytest.mark.parametrize("language", ["en", "es"])
def test_no_reply_names_a_substance_or_a_kind_of_care(language):
    assert [code for code in ReplyCode if NAMED.search(sent(code, language))] == []


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_reply_to_a_danger_names_988_and_911_and_asks_nothing(language):
    for code in IN_DANGER:
        text = sent(code, language)
        assert "988" in text and "911" in text, code
    for code in (
        ReplyCode.DANGER_NOW,
        ReplyCode.DANGER_HIGH,
        ReplyCode.OVERDOSE,
        ReplyCode.STILL_HERE,
    ):
        assert not sent(code, language).rstrip().endswith("?"), code


def test_the_first_text_is_neutral_and_asks_for_yes():
    text = sent(ReplyCode.OPT_IN, "en")
    assert "Reply YES" in text and "STOP" in text and "988" not in text


def test_nobody_is_promised_where_nobody_is():
    assert "nobody is" in sent(ReplyCode.PERSON_LATER, "en").lower()
    assert "Nobody" in sent(ReplyCode.DANGER_NOW_ALONE, "en")
    assert not any("24/7" in words.words.en for words in the_replies().values())


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (lambda text: text.replace("  help:", "  helpp:"), "missing or unknown"),
        (lambda text: text.replace("{days} days", "{nights} nights"), "no such fact"),
        (
            lambda text: text.replace("welcome back. ", "welcome back. " + "and again " * 20),
            "segments",
        ),
        (
            lambda text: text.replace("In danger: 911. 988", "In danger: 911"),
            "988 and 911 are missing",
        ),
    ],
)
def test_a_bad_file_is_refused_with_a_sentence(tmp_path, change, complaint):
    file = tmp_path / "replies.yaml"
    file.write_text(
        change((content_folder() / "texting" / "replies.yaml").read_text("utf-8")), "utf-8"
    )
    with pytest.raises(BadReplies, match=complaint):
        read_replies(file)
