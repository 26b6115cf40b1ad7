"""What a visitor reads of an insurer's answer, in both languages: never surer than the answer."""

from datetime import date

import pytest
from django.utils import translation

from waypost.values.level_of_care import LevelOfCare
from waypost.web.coverage.live_benefit_words import said_lines
from waypost.web.coverage.live_situation_words import css_class, situation_words
from waypost.web.coverage.live_words import authorization_lines, referral_lines
from waypost.x12.levels import care_for
from waypost.x12.read_271 import parse_271
from waypost.x12.situation import Situation
from waypost.x12.summary import summarize
from x12_kinds import KINDS
from x12_samples import message

DAY = date(2026, 3, 1)


def summary(name: str):
    return summarize(parse_271(message(KINDS[name])), care_for(LevelOfCare.IOP), DAY)


def lines(name: str) -> list[str]:
    found = summary(name)
    authorization = [f"{w} {' '.join(q)}" for w, q in authorization_lines(found.authorization, ())]
    said = [f"{one.words} {' '.join(one.quotes)}" for one in said_lines(found, ())]
    return [
        *situation_words(found.coverage),
        *referral_lines(found.referrals),
        *said,
        *authorization,
    ]


@pytest.mark.parametrize("name", KINDS)
def test_every_kind_is_said_in_both_languages(name):
    english = lines(name)
    with translation.override("es"):
        spanish = lines(name)
    assert len(english) == len(spanish)
    assert english[0] != spanish[0]
    assert all(line.strip() for line in [*english, *spanish])


@pytest.mark.parametrize("name", KINDS)
def test_green_is_for_coverage_alone(name):
    situation = summary(name).coverage.situation
    assert (css_class(situation) == "covered") is (situation is Situation.ACTIVE)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("three_copays_by_setting", "Copay: $75 for each visit, for one person, in network"),
        ("three_copays_by_setting", "in an office"),
        ("limits_in_full", "12 visits, 3 a week, for 1 month"),
        ("placeholders", "no limit stated"),
        ("own_deductible_beside_the_plans", "Deductible for this care alone: $250"),
        ("text_beats_code", "must be authorized before it begins: PRECERTIFICATION REQUIRED"),
        ("behavioral_carve_out_and_pharmacy", "says to ask BEHAVIORAL COMPANY, 5555550188."),
        ("managed_care_organization", "is run for the insurer by BEHAVIORAL MCO"),
        ("secondary_payer", "Another insurer pays after this one: MEDICARE."),
        ("part_a_inactive_part_b_active", "calls this active: Medicare Part B."),
        ("not_yet_begun", "begins on April 1, 2026"),
        ("text_says_ended", "Active, but in doubt"),
        ("care_not_covered_by_code", "Not for all of this care"),
        ("advantage_in_place_of_medicare", "pays instead of Original Medicare: ADVANTAGE INSURER"),
        ("lines_that_are_over", "only from January 1, 2025 to December 31, 2025"),
        (
            "coinsurance_sent_as_money",
            "Coinsurance: 20 (sent as money where a percentage belongs; ask which it is) for each",
        ),
        ("frequency_without_a_number", "12 visits, how often is not said"),
    ],
)
def test_what_decides_is_said(name, words):
    assert any(words in line for line in lines(name))


def test_nobody_is_sent_to_a_pharmacy_or_a_former_insurer():
    assert referral_lines(summary("pharmacy_vendor").referrals) == []
    assert referral_lines(summary("other_payer_ended").referrals) == []
    assert "RX VENDOR" not in "".join(lines("behavioral_carve_out_and_pharmacy"))


@pytest.mark.parametrize(
    ("code", "text", "words"),
    [
        ("Y", "NO AUTH NEEDED FOR FIRST 12 VISITS", "A code of the insurer’s system says"),
        ("Y", "PRECERT REQUIRED", "The insurer’s system says that this must be authorized"),
        ("Y", "OFFICE VISIT", "The insurer’s system says that this must be authorized"),
        (
            "N",
            "NO AUTH NEEDED EXCEPT IOP",
            "The insurer’s system says that this must be authorized",
        ),
        ("N", "NO AUTH NEEDED FOR FIRST 12 VISITS", "The insurer’s own words on authorization:"),
    ],
)
def test_a_text_stands_under_required_only_where_it_says_so_itself(code, text, words):
    body = ["EB*1**30", f"EB*B*IND*AI***27*40****{code}*Y", f"MSG*{text}"]
    found = summarize(parse_271(message(body)), care_for(LevelOfCare.IOP), DAY)
    ((said, quotes),) = authorization_lines(found.authorization, ())
    assert said.startswith(words)
    assert quotes == [text]
