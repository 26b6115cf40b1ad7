"""The carried facts: each with a source, a review date and both languages; digests hold."""

from __future__ import annotations

import hashlib
import re
import string
from datetime import date, timedelta
from pathlib import Path

import pytest
import yaml

from waypost.coverage import rules
from waypost.coverage.medicaid import BadStates, load_states
from waypost.coverage.rules import RULES_FOLDER, BadRules, Subject, load_rules
from waypost.coverage.sentences import FILE, billing_codes
from waypost.places.states import STATE_NAMES
from waypost.plans.insurance import Insurance
from waypost.values.level_of_care import LevelOfCare
from waypost.values.saying import Sure

ROOM = Path(rules.__file__).parent
DATA = ROOM.parent / "plans" / "data"
RULES = load_rules()
STIGMA = re.compile(r"\b(addict|addicts|clean|dirty|abuser?s?|alcoholics?|junkie)\b", re.IGNORECASE)


def test_every_carried_file_is_the_one_that_is_described():
    described = yaml.safe_load((DATA / "provenance.yaml").read_text("utf-8"))["files"]
    for row in described:
        assert hashlib.sha256((DATA / row["file"]).read_bytes()).hexdigest() == row["sha256"]
        assert row["publisher"]
        assert row["edition"]
        assert row["as_of"]
    carried = {p.name for p in DATA.iterdir() if p.suffix in (".gz", ".json")}
    assert carried == {row["file"] for row in described}


def test_every_fact_names_its_sources_and_is_to_be_reviewed_within_a_year():
    for name, review_by in RULES.review_by.items():
        reviewed = yaml.safe_load((RULES_FOLDER / name).read_text("utf-8"))["reviewed"]
        assert reviewed < review_by <= reviewed + timedelta(days=366), name
    for fact in RULES.facts:
        assert fact.sentence.sources
        assert fact.sentence.en != fact.sentence.es
        for source in fact.sentence.sources:
            assert source.url.startswith("https://")
            assert re.match(r"20\d\d", source.as_of)


def test_every_source_is_used():
    numbers = {row["source"] for row in RULES.numbers.values()}
    numbers |= {rate.source.id for rate in RULES.medicare_days}
    used = {s.id for fact in RULES.facts for s in fact.sentence.sources} | numbers
    # these are named by the answer itself
    assert set(RULES.sources) - used <= {"kff-expansion", "kff-residential"}


def test_what_is_not_confirmed_says_so():
    for fact in RULES.facts:
        words = fact.sentence.en.lower()
        if "not yet confirmed" in words or "not confirmed" in words or "not known to" in words:
            assert fact.sentence.sure is Sure.LOW, fact.sentence.id


def test_every_insurance_has_a_ruling_or_is_answered_unknown():
    for insurance in Insurance:
        subject = Subject(insurance, LevelOfCare.IOP, "", date(2026, 11, 28))
        assert RULES.about("covered", subject), insurance


def test_medicaid_knows_every_state_and_guesses_none():
    assert set(RULES.medicaid) == set(STATE_NAMES)
    closed = {code for code, known in RULES.medicaid.items() if known.expanded is False}
    assert len(closed) == 10  # KFF, January 14, 2026: 41 have expanded, 10 have not
    assert sum(known.expanded is True for known in RULES.medicaid.values()) == 41
    assert RULES.medicaid["PR"].expanded is None
    assert RULES.medicaid["AR"].outpatient is None  # did not answer in 2022
    assert RULES.medicaid["NV"].residential is False
    assert RULES.medicaid["MA"].residential is True
    assert RULES.medicaid["NC"].residential is None  # its answer to one of three we could not read


def test_states_numbers_are_telephone_numbers_of_one_state_each():
    phones = [known.phone for known in RULES.medicaid.values() if known.phone]
    assert len(phones) == len(set(phones)) > 30
    assert all(re.fullmatch(r"1-8(00|55|66|77|88)-\d{3}-\d{4}", phone) for phone in phones)
    named = {code for code, known in RULES.medicaid.items() if known.name}
    assert len(named) == 52  # the states, the District of Columbia and Puerto Rico


@pytest.mark.parametrize(
    ("day", "ids"),
    [
        (date(2026, 10, 31), set()),
        (date(2026, 11, 1), {"marketplace-open"}),
        (date(2026, 11, 28), {"marketplace-open"}),
        (date(2026, 12, 15), {"marketplace-open"}),
        (date(2026, 12, 16), {"marketplace-closing"}),
        (date(2027, 1, 1), set()),
        (date(2028, 2, 29), set()),
    ],
)
def test_enrollment_is_told_on_its_days_and_with_its_year(day, ids):
    facts = RULES.about("help", Subject(Insurance.NONE, LevelOfCare.IOP, "TX", day))
    dated = [fact for fact in facts if fact.sentence.id.startswith("marketplace-")]
    assert {fact.sentence.id for fact in dated} == ids
    for fact in dated:
        assert str(day.year + 1) in fact.sentence.en
        assert "{" not in fact.sentence.en + fact.sentence.es


@pytest.mark.parametrize(
    ("insurance", "day", "fact"),
    [
        ("medicare", date(2026, 10, 15), "medicare-choose-fall"),
        ("medicare-advantage", date(2026, 12, 7), "medicare-choose-fall"),
        ("medicare-advantage", date(2027, 3, 31), "medicare-choose-winter"),
        ("federal-employee", date(2026, 11, 28), "open-season-now"),
        ("marketplace", date(2026, 11, 28), "marketplace-change"),
        ("marketplace", date(2026, 9, 15), "new-year-soon"),
        ("marketplace", date(2026, 9, 14), "new-year"),
    ],
)
def test_what_changes_with_the_season_is_said_in_its_season(insurance, day, fact):
    def ids(on):
        subject = Subject(Insurance(insurance), LevelOfCare.IOP, "TX", on)
        return {one.sentence.id for one in RULES.about("change", subject)}

    assert fact in ids(day)
    assert fact not in ids(date(2026, 6, 1)) or fact == "new-year"


def test_no_day_of_the_year_is_without_a_word_on_the_new_year():
    for number in range(366):
        subject = Subject(
            Insurance.MARKETPLACE, LevelOfCare.IOP, "", date(2028, 1, 1) + timedelta(number)
        )
        ids = [fact.sentence.id for fact in RULES.about("change", subject)]
        assert sum(one in ("new-year", "new-year-soon") for one in ids) == 1


def blanks(text):
    return {name for _text, name, _spec, _conversion in string.Formatter().parse(text) if name}


def test_sentences_have_the_same_blanks_in_both_languages_and_each_is_used():
    content = yaml.safe_load(FILE.read_text("utf-8"))
    code = "".join(path.read_text("utf-8") for path in ROOM.glob("*.py"))
    for key, row in content["sentences"].items():
        assert blanks(row["en"]) == blanks(row["es"]), key
        named = key.removeprefix("script-").removesuffix("-any").removesuffix("-plain")
        assert f'"{key}"' in code or f'"{named}"' in code, key


def test_words_are_careful():
    content = yaml.safe_load(FILE.read_text("utf-8"))["sentences"]
    texts = [fact.sentence.en for fact in RULES.facts] + [row["en"] for row in content.values()]
    for text in texts:
        assert not STIGMA.search(text), text
        assert "guarantee" not in text.lower()
        assert "cure" not in text.lower().split()


def test_every_care_has_codes_to_name():
    for care in LevelOfCare:
        assert all(re.fullmatch(r"[A-Z]\d{4}|\d{4}", code) for code in billing_codes(care))


GOOD = {
    "reviewed": date(2026, 1, 1),
    "review_by": date(2026, 12, 1),
    "sources": {
        "s": {"title": "t", "publisher": "p", "url": "https://example.org", "as_of": "2026"}
    },
    "facts": [
        {"id": "a", "insurance": "any", "topic": "change", "sure": "high", "sources": ["s"],
         "en": "e", "es": "s"},
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    "change",
    [
        {"topic": "weather"},
        {"sources": []},
        {"sources": ["unknown"]},
        {"sure": "quite"},
        {"insurance": ["gold"]},
        {"care": ["spa"]},
        {"verdict": "maybe"},
        {"states": ["XX"]},
    ],
)
def test_a_fact_that_breaks_the_form_is_refused(tmp_path: Path, change):
    content = GOOD | {"facts": [GOOD["facts"][0] | change]}
    (tmp_path / "x.yaml").write_text(yaml.safe_dump(content))
    with pytest.raises(BadRules):
        load_rules(tmp_path)


@pytest.mark.parametrize("row", [{"XX": {}}, {"TX": {"nmae": "Texas"}}], ids=["state", "field"])
def test_a_file_of_states_that_breaks_the_form_is_refused(tmp_path: Path, row):
    path = tmp_path / "states.yaml"
    path.write_text(yaml.safe_dump({"states": row}))
    with pytest.raises(BadStates):
        load_states(path)


def test_doubled_facts_and_missing_dates_are_refused(tmp_path: Path):
    (tmp_path / "x.yaml").write_text(yaml.safe_dump(GOOD | {"facts": GOOD["facts"] * 2}))
    with pytest.raises(BadRules, match="twice"):
        load_rules(tmp_path)
    other = tmp_path / "other"
    other.mkdir()
    (other / "y.yaml").write_text(yaml.safe_dump({"facts": []}))
    with pytest.raises(BadRules, match="reviewed"):
        load_rules(other)
