"""The data files: licenses, codes, sources, wording, and that faulty ones are refused."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from waypost.levels_of_care.instruments.load import (
    BadInstrument,
    load_instruments,
    read_instrument,
)
from waypost.values.content import content_folder

FOLDER = content_folder() / "levels_of_care" / "instruments"
FREE = load_instruments()
PANELS = {
    "taps-1": ("96841-2", ""),
    "audit-c": ("72109-2", "75626-2"),
    "phq-2": ("55757-9", "55758-7"),
    "phq-9": ("44249-1", "44261-6"),
    "gad-7": ("69737-5", "70274-6"),
}


LETTERS = {4: 5, 5: 8}
"""What the letters of an answer code add, by its length: as in LA6568-5 and LA18926-8."""


def loinc_digit(code: str) -> int:
    """LOINC's check digit: Luhn modulus 10 (LOINC Users' Guide, appendix on check digits)."""
    digits = code.removeprefix("LA").partition("-")[0]
    total = LETTERS[len(digits)] if code.startswith("LA") else 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 == 0 else 1)
        total += value // 10 + value % 10
    return (10 - total % 10) % 10


def test_the_free_set_is_what_may_be_used_freely() -> None:
    assert list(FREE) == ["taps-1", "audit-c", "phq-2", "phq-9", "gad-7"]
    assert all(one.license.commercial_use and one.license.notice for one in FREE.values())


def test_the_pack_loads_only_when_it_is_turned_on() -> None:
    both = load_instruments(noncommercial=True)
    assert set(both) - set(FREE) == {"audit", "dast-10"}
    assert not any(both[name].license.commercial_use for name in ("audit", "dast-10"))
    assert "commercial" in both["audit"].license.notice
    assert "non-commercial" in both["dast-10"].license.notice


@pytest.mark.parametrize("name", sorted(PANELS))
def test_loinc_panels_and_totals(name: str) -> None:
    assert (FREE[name].panel_loinc, FREE[name].total_loinc) == PANELS[name]


def test_the_packs_totals_have_their_codes() -> None:
    """Panels and items of the pack stay without a code until one is confirmed."""
    pack = load_instruments(noncommercial=True)
    assert (pack["audit"].total_loinc, pack["dast-10"].total_loinc) == ("75624-7", "82667-7")


def test_every_loinc_code_has_a_right_check_digit() -> None:
    for one in load_instruments(noncommercial=True).values():
        codes = [one.panel_loinc, one.total_loinc]
        codes += [item.loinc for item in one.items]
        codes += [choice.loinc for item in one.items for choice in item.choices]
        for code in filter(None, codes):
            assert re.fullmatch(r"(LA)?\d{4,5}-\d", code)
            assert loinc_digit(code) == int(code[-1]), code


def test_items_of_an_instrument_have_different_codes() -> None:
    for one in FREE.values():
        codes = [item.loinc for item in one.items if item.loinc]
        assert len(set(codes)) == len(codes)


def test_the_free_set_is_whole_in_both_languages() -> None:
    for one in FREE.values():
        words = [one.title, one.purpose, one.instruction]
        words += [item.words for item in one.items]
        words += [choice.words for item in one.items for choice in item.choices]
        words += [band.label for band in one.bands] + [band.meaning for band in one.bands]
        assert all(text.en and text.es and text.en != text.es for text in words), one.id
        assert "person" in one.translation["es"], "the reader is told that it awaits review"


def test_every_cut_off_names_its_source() -> None:
    for one in load_instruments(noncommercial=True).values():
        for band in one.bands:
            assert band.source.url.startswith("https://")
            assert re.search(r"\d{4}", band.source.title)


def test_wording_is_the_published_one() -> None:
    """Spot checks, among them one that is often got wrong (Lancet Psychiatry 2021;8:180)."""
    gad = FREE["gad-7"]
    assert gad.items[0].choices[0].words.en == "Not at all"
    assert gad.items[6].words.en == "Feeling afraid as if something awful might happen"
    phq = FREE["phq-9"].item("phq-9-9")
    assert phq is not None
    assert phq.words.en == (
        "Thoughts that you would be better off dead or of hurting yourself in some way"
    )
    phq2 = [item.words for item in FREE["phq-2"].items]
    assert phq2 == [item.words for item in FREE["phq-9"].items[:2]]


def broken(tmp_path: Path, change: str, value: object) -> Path:
    data = yaml.safe_load((FOLDER / "phq-2.yaml").read_text(encoding="utf-8"))
    keys = change.split(".")
    target = data
    for key in keys[:-1]:
        target = target[int(key) if key.isdigit() else key]
    last = keys[-1]
    target[int(last) if last.isdigit() else last] = value
    path = tmp_path / "broken.yaml"
    path.write_text(yaml.safe_dump(data), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("change", "value"),
    [
        ("bands.1.low", 3),
        ("bands.2.high", 7),
        ("bands.2.high", 5),
        ("items.1.id", "phq-2-1"),
        ("scoring", "average"),
        ("items.0.scale", "nowhere"),
        ("bands.0.source", "nobody"),
        ("scales.frequency", []),
        ("license", None),
        ("items", "none"),
        ("only_item", {"item": "elsewhere", "text": {"en": "x"}}),
    ],
)
def test_a_faulty_file_is_refused_by_name(tmp_path: Path, change: str, value: object) -> None:
    with pytest.raises(BadInstrument, match=r"broken\.yaml"):
        read_instrument(broken(tmp_path, change, value))


def test_a_file_that_is_not_yaml_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "torn.yaml"
    path.write_text("id: [", encoding="utf-8")
    with pytest.raises(BadInstrument, match=r"torn\.yaml"):
        read_instrument(path)


def test_a_license_in_the_wrong_folder_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "levels_of_care" / "instruments"
    folder.mkdir(parents=True)
    text = (FOLDER / "phq-2.yaml").read_text(encoding="utf-8")
    text = text.replace("commercial_use: true", "commercial_use: false")
    (folder / "phq-2.yaml").write_text(text, encoding="utf-8")
    monkeypatch.setattr("waypost.levels_of_care.instruments.load.content_folder", lambda: tmp_path)
    with pytest.raises(BadInstrument, match="does not belong"):
        load_instruments()
