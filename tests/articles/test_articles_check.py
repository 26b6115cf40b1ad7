"""Every rule of the check is seen to fail on a planted fault, and our own articles pass."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from articles.article_files import QUESTIONS, SENTENCE, SOUND, SOURCES, planted, write
from waypost.articles.check import check
from waypost.articles.findings import Severity
from waypost.values.content import content_folder

TODAY = date(2026, 12, 1)


def found(folder: Path, text: str) -> list[tuple[str, str, str]]:
    """Rule, severity and sentence of every finding for one article."""
    write(folder, text)
    return [(f.rule, str(f.severity), f.sentence) for f in check(folder, TODAY)]


def test_a_sound_article_has_no_finding(tmp_path: Path) -> None:
    assert found(tmp_path, SOUND) == []


HARD = (
    "Comprehensive multidimensional considerations characterize individualized administrative "
    "determinations regarding institutional rehabilitation alternatives. "
)

FAULTS = [
    ("missing source", "names no source", planted(SOURCES, "sources: []\n")),
    ("missing source", "'other'", planted("[^first] You", "[^other] You")),
    ("missing source", "never cites it", planted("a week.[^first]", "a week.")),
    ("missing source", "figure has no source", planted("You go home", "\n\nIt costs 40% less. Go")),
    ("missing source", "figure has no source", planted("You go home", "\n\n- about six weeks")),
    ("missing source", "misspelled", planted("You go home", "[^First] You go home")),
    ("structure", "two headings", planted("## What you can do", "## What it is")),
    ("structure", "one '#'", planted("## What you can do", "# What you can do")),
    ("structure", "without a heading", planted("You go home", "\n\n| | b |\n|-|-|\n| c | d |\n")),
    ("structure", "raw HTML", planted("You go home", "<b>You</b> go home")),
    ("languages", "there is en", planted("languages: [en]", "languages: [en, es]")),
    ("questions", "no question", planted(QUESTIONS, "questions: []\n")),
    ("questions", "no paragraph", planted("answer: what-it-is", "answer: what-it-was")),
    ("questions", "question mark", planted("What is it?", "What it is.")),
    ("questions", "breaks off", planted("You go home at night.", "It is one of these:")),
    ("dead link", "leads nowhere", planted("You go home", "[Go](/articles/nowhere) home")),
    ("dead link", "leads nowhere", planted("You go home", "[Go](/no-such-page) home")),
    ("dead link", "leads nowhere", planted("You go home", "[Go](#no-such-heading) home")),
    ("dead link", "leads nowhere", planted("You go home", "[Go](http://example.org) home")),
    ("dead link", "not another", planted("related: []", "related: [nowhere]")),
    ("dead link", "not another", planted("related: []", "related: [a-sound-article]")),
    ("word to avoid", "'addict'", planted("You go home", "An addict goes home")),
    ("word to avoid", "'Abuse'", planted("A sound article", "Abuse of drink")),
    ("word to avoid", "'clean'", planted("What is it?", "Are you clean?")),
    ("reading age", "reads at grade", planted(SENTENCE, HARD)),
    ("length", "500 to 1200", planted(SENTENCE * 33, SENTENCE)),
    ("length", "500 to 1200", planted(SENTENCE * 33, SENTENCE * 90)),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "says", "text"), FAULTS)
def test_a_planted_fault_is_an_error(rule: str, says: str, text: str, tmp_path: Path) -> None:
    assert any(
        r == rule and severity == "error" and says.lower() in sentence.lower()
        for r, severity, sentence in found(tmp_path, text)
    )


SPANISH_FAULTS = [
    ("marks ¿?", "¿Qué es?", "Qué es?"),
    ("marks ¿?", "Usted vuelve a casa.", "Y después?"),
    ("marks ¡!", "Usted vuelve a casa.", "Ánimo!"),
    ("'tienes'", "Usted vuelve a casa.", "Así tienes tiempo."),
    ("'tu'", "Usted vuelve a casa.", "Así vas a tu casa."),
]


@pytest.mark.parametrize(("says", "old", "new"), SPANISH_FAULTS)
def test_a_planted_fault_of_spanish_is_an_error(
    says: str, old: str, new: str, tmp_path: Path
) -> None:
    text = SOUND.replace("language: en", "language: es").replace("[en]", "[es]")
    text = text.replace("What is it?", "¿Qué es?").replace("You go home", "Usted vuelve a casa. Va")
    for body, is_fault in ((text, False), (text.replace(old, new), True)):
        write(tmp_path, body, "a-sound-article.es.md")
        sentences = [f.sentence for f in check(tmp_path, TODAY) if f.rule == "Spanish"]
        assert any(says in sentence for sentence in sentences) == is_fault


UNREADABLE = [
    ("begin with front matter", SOUND.removeprefix("---\n")),
    ("not YAML near line", planted("title: A", "title: [A")),
    ("a day that does not exist", planted("2027-05-24", "2027-02-31")),
    ("an unknown field 'sumary'", planted("summary:", "sumary: x\nsummary:")),
    ("needs 'title'", planted("title: A sound article", "title: ''")),
    ("needs 'slug'", planted("slug: a-sound-article", "slug: A Sound")),
    ("should be named", planted("slug: a-sound-article", "slug: another")),
    ("needs 'language'", planted("language: en", "language: fr")),
    ("'languages' should list", planted("languages: [en]", "languages: [es]")),
    ("'related' should list", planted("related: []", "related: [Not A Slug]")),
    ("names something twice", planted("related: []", "related: [a, a]")),
    ("'questions' should be a list", planted(QUESTIONS, "questions: yes\n")),
    ("needs 'url'", planted("https://example.gov/paper", "http://example.gov/paper")),
    ("needs 'publisher'", planted("    publisher: A public agency\n", "")),
    ("not a year, month or day", planted("published: 2021", "published: lately")),
    ("needs 'next_review_due'", planted("next_review_due: 2027-05-24", "next_review_due: soon")),
    ("'topic' should be one of", planted("related: []", "related: []\ntopic: other")),
    ("'place' should be", planted("related: []", "related: []\nplace: first")),
    ("must both be given", planted("reviewed_by: null", "reviewed_by: A. Clinician, MD")),
    ("the same key", planted(SOURCES, SOURCES + SOURCES.removeprefix("sources:\n"))),
]


@pytest.mark.parametrize(("says", "text"), UNREADABLE)
def test_a_file_that_is_no_article_is_refused_in_a_sentence(
    says: str, text: str, tmp_path: Path
) -> None:
    [(rule, severity, sentence)] = found(tmp_path, text)
    assert (rule, severity) == ("front matter", "error")
    assert says in sentence
    assert sentence.endswith(".")


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    (tmp_path / "broken.md").write_bytes(b"---\n\xff\xfe")
    assert [f.sentence for f in check(tmp_path, TODAY)] == ["The file is not UTF-8 text."]


def test_a_stale_review_is_a_warning_the_day_after_it_was_due(tmp_path: Path) -> None:
    write(tmp_path)
    assert check(tmp_path, date(2027, 5, 24)) == []
    [finding] = check(tmp_path, date(2027, 5, 25))
    assert (finding.severity, finding.rule) == (Severity.WARNING, "stale review")


def test_a_spanish_article_may_link_to_one_that_is_only_in_english(tmp_path: Path) -> None:
    write(tmp_path)
    spanish = planted("slug: a-sound-article", "slug: another").replace(
        "language: en", "language: es"
    )
    spanish = spanish.replace("[en]", "[es]").replace("related: []", "related: [a-sound-article]")
    write(tmp_path, spanish, "another.es.md")
    assert not [f for f in check(tmp_path, TODAY) if f.rule in ("dead link", "front matter")]


def test_clock_times_and_help_lines_are_not_figures(tmp_path: Path) -> None:
    harmless = "Call 911 or 988 or 1-800-662-4357. Come at 6 pm or 9:30 a.m. to a 12-step group."
    assert found(tmp_path, planted("You go home", f"\n\n{harmless}")) == []


def test_our_own_articles_have_no_error() -> None:
    findings = check(content_folder() / "articles", TODAY)
    assert [str(f) for f in findings if f.severity is Severity.ERROR] == []
