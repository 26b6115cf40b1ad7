"""The guide's files: complete in both languages, sourced, careful in their words."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from waypost.directory.facets import COLUMNS
from waypost.levels_of_care.guide.condition import Condition, read_condition
from waypost.levels_of_care.guide.rule import Review
from waypost.levels_of_care.guide.rules_file import read_guide, the_guide
from waypost.levels_of_care.level import read_levels, the_levels
from waypost.levels_of_care.near_or_away import read_topics
from waypost.levels_of_care.safety.voice import FALLBACK, Voice, Voiced
from waypost.levels_of_care.words import BadContent, read_words
from waypost.values.bilingual import Bilingual
from waypost.values.content import content_folder

CONTENT = content_folder() / "levels_of_care"
GUIDE = the_guide()
FILES = ("questions", "rules", "notes", "levels", "near_or_away")
STIGMA = r"\b(addicts?|abusers?|abuse|junkies?|alcoholics?|clean|dirty|relapse|habit|recaída)\b"


def test_every_rule_has_a_source_and_a_status() -> None:
    for rule in GUIDE.rules():
        assert rule.source in GUIDE.sources and rule.status in ("unreviewed", "reviewed")


def test_what_a_note_ticks_is_a_choice_of_the_search() -> None:
    known = {column for columns in COLUMNS.values() for column in columns}
    ticks = {column for note in GUIDE.notes for column in note.tick}
    assert ticks and ticks <= known
    assert GUIDE.plain_ticks <= ticks
    assert not {c for c in GUIDE.plain_ticks if c.startswith(("group:", "medication:"))}


def test_what_rules_suggest_and_notes_add_are_levels() -> None:
    named = {s.level for row in (*GUIDE.levels, *GUIDE.young) for s in row.suggest}
    named |= {note.also for note in GUIDE.notes if note.also}
    assert named <= set(the_levels())


def test_two_suggested_levels_are_adjacent() -> None:
    for row in GUIDE.levels:
        steps = [the_levels()[s.level].step + s.housing for s in row.suggest]
        assert max(steps) - min(steps) <= 1, row.id
    for row in GUIDE.young:
        steps = [the_levels()[s.level].step for s in row.suggest]
        assert max(steps) - min(steps) <= 2, row.id


@pytest.mark.parametrize("name", FILES)
def test_our_own_words_are_person_first(name: str) -> None:
    text = (CONTENT / f"{name}.yaml").read_text("utf-8")
    assert not re.findall(STIGMA, text.replace("Clean and cover", ""), re.IGNORECASE)


def test_asam_is_named_as_a_reference_and_its_mark_is_acknowledged() -> None:
    limits = " ".join(words.en for words in GUIDE.limits)
    assert "registered mark of the American Society of Addiction Medicine" in limits
    assert "not clinically validated" in limits and "not a diagnosis" in limits
    everything = "".join((CONTENT / f"{name}.yaml").read_text("utf-8") for name in FILES)
    assert not re.search(r"ASAM[- ](assessment|based result|result|recommended)", everything)


def test_nobody_has_signed_until_a_name_a_license_and_a_date_are_given() -> None:
    assert not GUIDE.review.signed
    assert not Review("signed", "A. Clinician", "", "2026-12-01", "d1").signed
    assert not Review("signed", "A. Clinician", "LPC 1", "2026-12-01", "").signed
    assert Review("signed", "A. Clinician", "LPC 1", "2026-12-01", "d1").signed


PLANTED = [
    ("rules", "source: asam-alcohol", "source: nowhere", "nowhere"),
    ("rules", "id: E2,", "id: E1,", "appears twice"),
    ("rules", "status: unreviewed", "status: fine", "status"),
    ("rules", "danger: suicide,", "danger: loud,", "loud"),
    ("rules", "when: {home: [unsafe]}", "when: {home: [unsfe]}", "unsfe"),
    ("rules", "    when: {}", "    when: {U: [0]}", "for everyone"),
    ("rules", 'es: "Dejarlo causó', 'sp: "Dejarlo causó', "sp"),
    (
        "rules",
        'en: "Stopping brought withdrawal before, and it',
        "en: Stopping brought withdrawal before, and it",
        "quote the sentence",
    ),
    ("questions", 'id: "yes"', "id: yes", "quotes"),
    ("questions", "kind: many", "kind: some", "kind"),
    ("questions", "id: body\n", "id: who\n", "appears twice"),
    ("questions", "only: {used: [alcohol]}, en", "only: {used: [beer]}, en", "beer"),
    ("questions", "{page: 3,", "{page: three,", "heading"),
    ("questions", 'en: "Cannabis"', "en: Cannabis, or the like", "not a field"),
    ("notes", "effect: tone", "effect: loud", "effect"),
    ("sources", "confirmed: true}", "confirmed: maybe}", "kind"),
    ("sources", "id: tip47", "id: samhsa-iot", "twice"),
    ("hours", "from: 9", "from: nine", "whole numbers"),
    ("near_or_away", "source: cfr-431-52", "source: nowhere", "nowhere"),
]


def _read_all(folder: Path) -> None:
    read_guide(folder / "levels_of_care")
    read_levels(folder / "levels_of_care")
    read_topics(folder / "levels_of_care")


@pytest.mark.parametrize(("name", "old", "new", "says"), PLANTED)
def test_a_planted_fault_is_found(tmp_path: Path, name: str, old: str, new: str, says: str) -> None:
    folder = tmp_path / "content"
    shutil.copytree(CONTENT, folder / "levels_of_care")
    shutil.copytree(CONTENT.parent / "safety", folder / "safety")
    path = folder / "levels_of_care" / f"{name}.yaml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(BadContent, match=says):
        _read_all(folder)


def _voiced() -> list[tuple[str, Voiced]]:
    said = [(f"page {heading.page}", heading.words) for heading in GUIDE.headings]
    said += [(question.id, question.words) for question in GUIDE.questions]
    said += [(f"{q.id}/{c.id}", c.words) for q in GUIDE.questions for c in q.choices]
    said += [(rule.id, rule.words) for rule in GUIDE.rules()]
    said += [(step.id, step.words) for step in GUIDE.safety.steps]
    said += [("cited", cited.words) for cited in (*GUIDE.phone, *GUIDE.ask)]
    return said


def test_who_asks_for_another_hears_other_words_in_both_languages() -> None:
    """A mother is never asked about herself."""
    for name, voiced in _voiced():
        for voice, words in voiced.others.items():
            mine = voiced.in_voice(FALLBACK[voice])
            assert words.en != mine.en or words.es != mine.es, (name, voice)
            assert words.es != voiced.words.es, (name, voice)
    for question in GUIDE.questions:
        spoken = f" {question.words.words.en} ".lower()
        if " you " in spoken or " your " in spoken:
            if question.id in ("seen", "often"):  # often is asked of the young and parents alone
                continue
            for voice in (Voice.THEY, Voice.CHILD):
                other = f" {question.words.in_voice(voice).en} ".lower()
                mine = (" you " in other and "as you know" not in other) or " your " in other
                assert not mine or "your child" in other, question.id


def test_a_question_ends_in_a_question_mark_in_both_languages() -> None:
    for question in GUIDE.questions:
        for _voice, words in question.words.variants():
            assert "?" in words.en and "¿" in words.es and "?" in words.es, question.id


def test_spanish_speaks_to_everyone() -> None:
    """No masculine for the reader alone, and the words of the field."""
    text = "".join((CONTENT / f"{name}.yaml").read_text("utf-8") for name in FILES)
    text += "".join(p.read_text("utf-8") for p in (CONTENT.parent / "safety").glob("*.yaml"))
    assert not re.search(r"\b(solo y seguro|se siente seguro|esté seguro|está solo)\b", text)
    assert "síndrome" not in text or "síndrome de abstinencia" in text


def test_a_reason_for_a_danger_names_nothing_that_was_not_answered() -> None:
    """No list with "or", and no "many days" where how often was left open."""
    for rule in GUIDE.dangers:
        for _voice, words in rule.words.variants():
            assert not re.search(r"\bor\b", words.en), rule.id
            assert " o " not in words.es, rule.id
            open_answer = {name for name, value in rule.when.atoms() if value == "unknown"}
            if "daily" in open_answer:
                assert "many days" not in words.en and "muchos días" not in words.es, rule.id
            if "drinks" in open_answer:
                assert "eavy" not in words.en and "mucho" not in words.es, rule.id


def test_no_sentence_of_ours_speaks_of_others_with_answers_like_these() -> None:
    text = "".join((CONTENT / f"{name}.yaml").read_text("utf-8") for name in FILES)
    for gone in (
        "answers like these",
        "respuestas como estas",
        "too unwell to be safe",
        "sober living",
    ):
        assert gone not in text


def test_a_condition_reads_and_holds() -> None:
    when = read_condition({"a": ["x", 1], "any": [{"b": ["y"]}, {"c": ["z"]}]}, "here")
    assert when.holds({"a": frozenset({"1"}), "c": frozenset({"z"})})
    assert not when.holds({"a": frozenset({"x"})})
    assert when.text() == "a is 1 or x AND (b is y OR c is z)"
    assert Condition().text() == "always"
    with pytest.raises(BadContent, match="list"):
        read_condition({"a": "x"}, "here")


def test_words_need_both_languages() -> None:
    assert Bilingual("yes", "sí").spoken("es") == "sí"
    with pytest.raises(BadContent, match="es"):
        read_words({"en": "yes", "es": " "}, "here")


def test_there_are_eight_levels_with_the_searchs_own_names() -> None:
    levels = the_levels()
    assert list(levels) == [
        "outpatient", "iop", "php", "residential", "inpatient", "withdrawal", "otp",
        "recovery-housing",
    ]  # fmt: skip
    for level in levels.values():
        assert level.search and {f"level:{name}" for name in level.search} <= set(COLUMNS["level"])
        assert level.sources
        assert len(level.en.good) == len(level.es.good)
        assert len(level.en.limits) == len(level.es.limits)
        assert level.spoken("es").name != level.spoken("en").name


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("step: 5", "step: 9", "step"),
        ("edition: 4", "edition: fourth", "edition"),
        ("[samhsa-housing]", "[nowhere]", "sources"),
        ("      cost: Usually rent", "      price: Usually rent", "words"),
        ("number_name: {en: none, es: ninguno}", "number_name: {en: none}", "es"),
        ("id: otp", "id: iop", "twice"),
    ],
)
def test_a_fault_in_the_levels_is_found(tmp_path: Path, old: str, new: str, says: str) -> None:
    folder = tmp_path / "content"
    shutil.copytree(CONTENT, folder)
    path = folder / "levels.yaml"
    path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")
    with pytest.raises(BadContent, match=says):
        read_levels(folder)
