"""The series that are carried, and what the lint refuses in one."""

from dataclasses import replace
from itertools import pairwise

import pytest

from waypost.texting.series.lint import lint
from waypost.texting.series.reading import BadSeries, all_series, read_series
from waypost.texting.series.series import Pace, Series, Step, StepKind, named
from waypost.values.bilingual import Bilingual
from waypost.values.content import content_folder

CHECK_IN = named(all_series(), "CHECKIN")
SKILLS = named(all_series(), "skills")
FILE = content_folder() / "texting" / "series" / "check_in.yaml"


def series_with(english, spanish="Hola.", **changes):
    step = replace(Step("d1", 1, (Bilingual(english, spanish),)), **changes)
    return Series("s", 1, "S", Bilingual("S", "S"), (step,), "digest")


def test_the_check_in_follows_the_trial():
    days = [step.day for step in CHECK_IN.steps]
    weekly = days[8:]
    assert days[:8] == [1, 4, 8, 11, 15, 18, 22, 25]
    assert {after - before for before, after in pairwise(weekly)} == {7}
    assert 358 <= CHECK_IN.days <= 365
    assert {step.kind for step in CHECK_IN.steps} == {StepKind.CHECK_IN}
    assert all(
        "YES or NO" in text.en and "988" in text.en for s in CHECK_IN.steps for text in s.texts
    )


def test_the_skills_have_a_text_a_day_and_an_extra_at_a_fuller_pace():
    usual = [step for step in SKILLS.steps if step.pace <= Pace.USUAL]
    assert [step.day for step in usual] == list(range(42))
    assert sum(step.pace is Pace.LESS for step in SKILLS.steps) < 21
    assert any(step.pace is Pace.MORE for step in SKILLS.steps)


@pytest.mark.parametrize("series", all_series(), ids=lambda series: series.id)
def test_a_series_about_crisis_takes_two_approvals_and_is_clean(series):
    assert series.about_crisis and lint(series) == []


@pytest.mark.parametrize(
    ("english", "finding"),
    [("Take the pills away.", "method"), ("No beer today.", "substance"), ("This is therapy.", "therapy"),
     ("It always works.", "promises"), ("For addicts.", "write people"), ("x" * 161, "2 segments"),
     ("Dark thoughts? Walk.", "without 988"), ("Hello {name}.", "blank"), ("😀 hello", "UCS-2")],
)  # fmt: skip
def test_the_lint_names_what_is_wrong_and_where(english, finding):
    findings = " ".join(lint(series_with(english)))
    assert finding in findings and "d1 (en)" in findings


def test_a_check_in_without_times_and_an_hour_at_night_are_refused():
    assert "how long it waits" in " ".join(lint(series_with("Hello.", kind=StepKind.CHECK_IN)))
    assert "9:00 to 20:00" in " ".join(lint(series_with("Hello.", minute=1380)))


@pytest.mark.parametrize(
    ("change", "complaint"),
    [(("source: lucht-2021", "source: nobody"), "names no source"), (("pace: usual", "pace: fast"), "KeyError"),
     (("version: 1", "version: one"), "ValueError"), (("days: [1,", "days: [1, 1,"), "stands twice")],
)  # fmt: skip
def test_a_bad_file_is_refused_with_a_sentence(tmp_path, change, complaint):
    file = tmp_path / "bad.yaml"
    file.write_text(FILE.read_text("utf-8").replace(*change), "utf-8")
    with pytest.raises(BadSeries, match=complaint):
        read_series(file)


def test_a_changed_word_is_another_digest_and_a_review_is_not(tmp_path):
    file, text = tmp_path / "check_in.yaml", FILE.read_text("utf-8")
    file.write_text(text.replace("Checking in:", "Checking in now:"), "utf-8")
    assert read_series(file).digest != CHECK_IN.digest
    file.write_text(text.replace("reviewed_by: Waypost", "reviewed_by: Dr. Somebody"), "utf-8")
    assert read_series(file).digest == CHECK_IN.digest
