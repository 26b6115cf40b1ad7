"""The files of dangers, steps and numbers: complete in both languages, and faults are named."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from waypost.levels_of_care.cited import read_sources
from waypost.levels_of_care.safety.help_line import read_line
from waypost.levels_of_care.safety.hospitals import (
    CRITICAL_ACCESS,
    FARTHEST_MILES,
    named_hospital,
    the_hospitals,
)
from waypost.levels_of_care.safety.safety import read_safety, the_safety
from waypost.levels_of_care.safety.voice import Voice, VoiceAge, Voiced, VoicePerson, read_voiced
from waypost.levels_of_care.words import BadContent
from waypost.values.bilingual import Bilingual
from waypost.values.content import content_folder
from waypost.values.geo import Point, miles_between

FOLDER = content_folder() / "safety"
SAFETY = the_safety()


def test_every_source_is_known_and_what_a_box_cites_says_where_it_is_from() -> None:
    sources = read_sources(content_folder() / "levels_of_care")
    assert set(SAFETY.sources()) <= set(sources)


def test_the_numbers_are_the_published_ones() -> None:
    numbers = {line.id: (line.call, line.text) for line in SAFETY.lines.values()}
    assert numbers == {
        "911": ("911", ""),
        "988": ("988", "988"),
        "poison-help": ("18002221222", ""),
        "domestic-violence": ("18007997233", "88788"),
        "childhelp": ("18004224453", "18004224453"),
        "veterans": ("988", "838255"),
        "helpline": ("18006624357", "435748"),
        "safespot": ("18009720590", ""),
    }


def test_a_step_and_its_number_agree() -> None:
    """A step that speaks a long number dials that very number."""
    for step in SAFETY.steps:
        for voice, words in step.words.variants():
            for text in (words.en, words.es):
                digits = "".join(c for c in text if c.isdigit())
                if len(digits) > 9:
                    assert SAFETY.lines[step.line].call in digits, (step.id, voice)


def test_nobody_is_told_how() -> None:
    """Safe messaging: no method is described, nobody "commits", no attempt "fails"."""
    text = " ".join(
        text for s in SAFETY.steps for _v, w in s.words.variants() for text in (w.en, w.es)
    ).lower()
    for word in ("commit", "successful", "failed attempt", "hang", "jump", "epidemic", "cometer"):
        assert word not in text.split(), word


PLANTED = [
    ("dangers", "near: hospital", "near: nowhere", "near"),
    ("dangers", "[call-911, naloxone", "[call-912, naloxone", "call-912"),
    ("dangers", "young: child-hurt", "young: nobody", "nobody"),
    ("dangers", "id: seizure", "id: overdose", "twice"),
    ("steps", "part: box", "part: bx", "part"),
    ("steps", 'line: "911"', 'line: "912"', "912"),
    ("steps", "alert: medetomidine", "alert: nothing", "nothing"),
    ("lines", 'call: "988"', "call: 988", "digits"),
    ("lines", "checked: 2026-11-28", "checked: lately", "checked"),
    ("lines", "help_page: [", "help_page: [nowhere, ", "nowhere"),
    ("supply", "until: 2027-05-01", "until: later", "until"),
    ("supply", "alerts:", "alert:", "list"),
]


@pytest.mark.parametrize(("name", "old", "new", "says"), PLANTED)
def test_a_fault_is_found(tmp_path: Path, name: str, old: str, new: str, says: str) -> None:
    folder = tmp_path / "safety"
    shutil.copytree(FOLDER, folder)
    path = folder / f"{name}.yaml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(BadContent, match=says):
        read_safety(folder)


def test_a_file_that_is_missing_or_no_mapping_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "safety"
    shutil.copytree(FOLDER, folder)
    (folder / "supply.yaml").write_text("- a", "utf-8")
    with pytest.raises(BadContent, match="not a mapping"):
        read_safety(folder)
    (folder / "supply.yaml").unlink()
    with pytest.raises(BadContent, match="cannot be read"):
        read_safety(folder)


def test_a_line_needs_its_words() -> None:
    with pytest.raises(BadContent, match="each language"):
        read_line({"id": "x", "call": "1", "checked": SAFETY.lines["911"].checked, "en": {}})


def test_a_voice_falls_back_to_the_nearest_that_has_words() -> None:
    words = Voiced(Bilingual("you", "usted"), {Voice.THEY: Bilingual("they", "esa persona")})
    assert words.said(VoicePerson()) == "you"
    assert words.said(VoicePerson(VoiceAge.YOUNG)) == "you"
    assert words.said(VoicePerson(VoiceAge.OLDER, True)) == "they"
    assert words.said(VoicePerson(VoiceAge.YOUNG, True, "es")) == "esa persona"
    with pytest.raises(BadContent, match="its own en and es"):
        read_voiced({"en": "a", "es": "b", "they": "c"}, "here")


def test_the_list_of_hospitals_is_whole() -> None:
    hospitals = the_hospitals()
    assert len(hospitals) == 5354
    assert sum(h.kind == CRITICAL_ACCESS for h in hospitals) == 1008
    assert all(h.name and h.city and len(h.state) == 2 for h in hospitals)


@pytest.mark.parametrize(
    ("where", "point", "name"),
    [
        ("Barrow, Alaska", Point(71.29, -156.78), "Samuel Simmonds Memorial Hospital"),
        ("Highland, Illinois", Point(38.74, -89.68), "St. Joseph's Hospital"),
        ("downtown Indianapolis: a general hospital is nearer", Point(39.77, -86.16), None),
        ("the middle of the Atlantic", Point(35.0, -45.0), None),
    ],
)
def test_a_hospital_is_named_only_where_it_must_give_emergency_care(
    where: str, point: Point, name: str | None
) -> None:
    named = named_hospital(point)
    assert (named.hospital.name if named else None) == name, where


def test_none_nearer_is_passed_over() -> None:
    """The slow twin over a grid: what is named is the nearest of all, and is near."""
    for lat in range(30, 48, 3):
        for lon in range(-120, -74, 5):
            point = Point(float(lat), float(lon))
            nearest = min(the_hospitals(), key=lambda h: miles_between(point, h.point))
            near = miles_between(point, nearest.point) <= FARTHEST_MILES
            expected = nearest if near and nearest.kind == CRITICAL_ACCESS else None
            named = named_hospital(point)
            assert (named.hospital if named else None) == expected, point
