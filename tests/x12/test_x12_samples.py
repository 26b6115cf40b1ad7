"""Every sample says what it means, and the page that shows it is in step."""

import pytest

from waypost.x12 import codes
from waypost.x12.explain import explain
from waypost.x12.levels import BEHAVIORAL_CARE
from waypost.x12.read_271 import parse_271
from waypost.x12.reject_codes import REASONS, Mender
from waypost.x12.situation import Situation, coverage
from x12_samples import FROM, MEANING, PAGE, made_samples, message, page, read, said, samples

QUESTIONS = [name for name in samples() if "270" in name]


@pytest.mark.parametrize("name", MEANING)
def test_what_a_sample_means_is_what_is_said(name):
    short, full = said(samples()[name])
    text = "\n".join(short)
    for phrase in MEANING[name]["says"]:
        assert phrase in text
    for phrase in MEANING[name].get("never", ()):
        assert phrase not in text
    for secret in MEANING[name].get("private", ()):
        assert secret not in text + "\n".join(full)


@pytest.mark.parametrize("name", MEANING)
def test_a_reviewed_sample_is_printable_and_names_nobody(name):
    answer = read(samples()[name])
    short, full = said(samples()[name])
    written = "\n".join([*short, *full])
    assert all(line.isprintable() for line in [*short, *full])
    for member in (answer.subscriber, answer.dependent):
        if member is not None and member.id:
            assert member.id not in written
            assert member.last_name not in written


def test_every_sample_but_the_codes_is_reviewed():
    rest = {name for name in samples() if name not in MEANING}
    not_read = {name for name in rest if isinstance(read(samples()[name]), str)}
    assert {name for name in rest if not name.startswith(("benefits/", "rejects/"))} == not_read
    assert set(QUESTIONS) <= not_read
    assert all(any(name.startswith(start) for start in FROM) for name in samples())


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_question_is_not_read_as_an_answer(name):
    assert read(samples()[name]) == "Not read: The file is X12, but not a 271."


def test_the_made_samples_are_as_the_script_makes_them():
    made = {name: text.encode() for name, text in made_samples().items()}
    folders = ("kinds/", "benefits/", "rejects/")
    assert {name: data for name, data in samples().items() if name.startswith(folders)} == made


def test_the_page_is_in_step():
    assert PAGE.read_text("utf-8") == page()


@pytest.mark.parametrize("code", codes.BENEFIT)
def test_each_benefit_code_is_explained_in_words(code):
    lines = explain(parse_271(made_samples()[f"benefits/EB01_{code}"]))
    assert lines[-1].startswith(codes.BENEFIT[code])
    assert lines[-1].endswith("for substance use treatment.")


@pytest.mark.parametrize("code", REASONS)
def test_each_reject_code_is_explained_in_words(code):
    answer = parse_271(made_samples()[f"rejects/AAA_{code}"])
    lines = explain(answer)
    assert f"AAA {code} in 2100C (the subscriber): {REASONS[code].words}" in lines[-1]
    assert REASONS[code].retry is (code in ("42", "80"))
    assert (REASONS[code].mender is Mender.PAYER) is (code in ("42", "80"))


@pytest.mark.parametrize(
    "name", ["EB02_levels", "EB03_services", "EB04_insurance", "EB06_periods", "EB09_quantities",
             "EB11_authorization", "EB12_network", "EB13_procedures", "DTP_dates",
             "REF_references", "III_places"],
)  # fmt: skip
def test_every_code_of_the_guide_has_words(name):
    lines = explain(parse_271(made_samples()[f"benefits/{name}"]))
    assert not [line for line in lines if " code " in line and "(revenue code)" not in line]


def test_unknown_codes_are_kept_and_shown_as_sent():
    answer = parse_271(made_samples()["benefits/unknown_codes"])
    (benefit,) = answer.benefits
    assert (benefit.code, benefit.coverage_level, benefit.service_types) == (
        "ZZ",
        "QQQ",
        ("Z9", "AI"),
    )
    line = explain(answer)[-2]
    for code in ("ZZ", "QQQ", "Z9", "Z8", "99", "Q9", "X", "Q"):
        assert f"code {code}" in line or f"type {code}" in line
    assert explain(answer)[-1] == "  Date, code 999: 2026-01-01"


def test_an_unknown_reject_code_is_said_to_be_unknown():
    line = explain(parse_271(made_samples()["rejects/AAA_unknown"]))[-1]
    assert "AAA ZZ in 2100C (the subscriber): The payer gives a reason that is not in our" in line
    assert line.endswith("The payer's follow-up code Q is not known.")


def test_one_service_stands_otherwise_than_the_plan():
    answer = parse_271(message(["EB*1**30", "EB*6**AI"]))
    assert coverage(answer, BEHAVIORAL_CARE, None).situation is Situation.CARE_NOT_ACTIVE
