"""What a program says of itself, from its words to the page: published in seconds, beside the survey."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import permutations
from pathlib import Path

import pytest
from django.utils import translation

from waypost.design.word_words import closed_words, word_rows
from waypost.directory.program_word import (
    BY_FACET,
    CHANGED,
    CHANGES,
    FIELDS,
    SAID,
    TAKEN_BACK,
    Spoken,
    changes_of,
    clean_word,
)
from waypost.directory.site import Claim, PhoneKind, Site, SitePhone, Survey
from waypost.directory.timetables import with_claims
from waypost.editions.claims_only import publish_claims
from waypost.navigation.find_care import find_care
from waypost.navigation.need import Need
from waypost.publishing.build import put_in_place, write_snapshot
from waypost.publishing.manifest import Manifest
from waypost.publishing.reader import Snapshot
from waypost.values.geo import Point
from waypost.values.placed_fault import FaultCode, Faulty
from waypost.web.programs.history import history_lines

NOW = datetime(2026, 12, 3, 12, tzinfo=UTC)
TODAY = NOW.date()
METHOD = "said by a representative of the program"
SITE = Site(
    id="site_1", name="Center", name2="", street="1 Main Street", street2="", city="Dayton", state="OH",
    zip="45402", county="", county_fips="", timezone="", point=Point(39.75, -84.19), exact=True,
    phones=(SitePhone(PhoneKind.MAIN, "+15125550100", "(512) 555-0100"),), website="http://www.center.org/",
    codes=frozenset({"OIT", "MD", "SP"}), surveys=frozenset({Survey.SUBSTANCE_USE}),
    listed_since="2022", last_listed="2024",
)  # fmt: skip
WORDS = {
    "says:phones": ["(512) 555-0177"], "says:website": ["https://center.org"], "says:payment": ["medicaid", "private"],
    "says:plans": ["Blue Cross PPO"], "says:language": ["sign"], "says:telehealth": ["yes"], "says:states": ["OH", "KY"],
    "says:access": ["partly"], "says:practical": ["transportation", "child-care"], "says:medication": ["accepts-opioid"],
    "says:age": ["adults"], "says:gender": ["female"], "says:group": ["veterans"], "says:level": ["iop"],
}  # fmt: skip


def words(day: date = TODAY, **values: list[str]) -> list[Claim]:
    given = values or WORDS
    until = day + timedelta(days=180)
    return [Claim(f, v, "program", day, METHOD, until=until) for f, v in given.items()]


def published(folder: Path, *sites: Site) -> Snapshot:
    manifest = Manifest("", NOW, "2024", (), {"current_sites": len(sites)}, {}, {})
    return Snapshot(put_in_place(write_snapshot(folder, sites, {}, manifest)[0], folder))


def test_every_field_is_published_by_claims_alone_read_again_and_taken_back(tmp_path: Path) -> None:
    before = published(tmp_path, SITE, replace(SITE, id="site_2"))
    history = Claim(CHANGES, [["2026-12-03", "says:payment", SAID]], "program", TODAY, "counted")
    manifest, changed = publish_claims(tmp_path, NOW, {"site_1": [*words(), history]})
    after = Snapshot(tmp_path / "snapshot.sqlite3")
    assert (changed, after.version) == (1, manifest.version) and after.version != before.version
    site = after.site("site_1")
    assert site is not None and {f: list(v) for f, v in site.said.items()} == WORDS
    assert set(WORDS) == set(FIELDS) - {"says:closed"}
    assert all(site.facts[f].until == TODAY + timedelta(days=180) for f in WORDS)
    assert replace(site, said={}, facts={}, history=()) == SITE  # the survey's facts stand
    assert {c.field for c in after.claims("site_1") if c.chosen} == {*WORDS, CHANGES}
    assert after.site("site_2") == before.site("site_2")
    again, changed = publish_claims(tmp_path, NOW, {"site_1": [*words(), history]})
    assert (changed, again.version) == (0, manifest.version)
    last, changed = publish_claims(tmp_path, NOW, {})
    assert (changed, last.version) == (1, before.version)


def test_a_full_publish_and_one_of_claims_alone_make_the_same_site() -> None:
    said = words()
    there, _claims = with_claims(SITE, [], said)
    for order in list(permutations(said[:4]))[:6]:
        assert with_claims(there, said, [*order, *said[4:]])[0] == there


def test_both_sides_stand_where_they_differ_and_an_old_word_is_gone() -> None:
    site, _claims = with_claims(SITE, [], words())
    with translation.override("en"):
        rows = {row.field: row for row in word_rows(site, TODAY)}
        assert rows["says:payment"].values == ("Medicaid", "Private insurance")
        assert "does not list: Private insurance" in rows["says:payment"].differs[0]
        assert "does not name: Spanish" in rows["says:language"].differs[0]
        assert "another number" in rows["says:phones"].differs[0]
        assert rows["says:website"].differs == ()  # the same place, written otherwise
        assert rows["says:states"].values == ("Ohio", "Kentucky")
        assert rows["says:age"].said == f"{METHOD} on December 3, 2026"
        assert word_rows(site, TODAY + timedelta(days=179)) and not word_rows(
            site, TODAY + timedelta(days=180)
        )


def test_closed_for_good_is_said_on_top_and_hides_nothing() -> None:
    closed = Claim("says:closed", ["2026-12-01"], "program", TODAY, METHOD, until=date(2036, 12, 1))
    site, _claims = with_claims(SITE, [], [closed])
    with translation.override("en"):
        assert "closed for good on December 1, 2026" in closed_words(site, TODAY)
        assert closed_words(SITE, TODAY) == "" and not word_rows(site, TODAY)
    assert site.current and site.phones == SITE.phones


def test_the_order_of_programs_never_depends_on_what_they_say_or_who_owns_them(
    tmp_path: Path,
) -> None:
    places = [replace(SITE, id=f"site_{n}", name=f"Center {n}", point=Point(39.7 + n / 90, -84.2),
                      codes=SITE.codes if n % 2 else frozenset({"OIT", "TELE"})) for n in range(8)]  # fmt: skip
    snapshot = published(tmp_path, *places)
    needs = [
        Need(place="39.75,-84.19", radius_miles=None),
        Need(place="39.75,-84.19", choices=(("payment", ("medicaid",)),)),
        Need(place="39.75,-84.19", prefer=("language:sign",), radius_miles=None),
    ]

    def orders() -> list[list[str]]:
        now = Snapshot(tmp_path / "snapshot.sqlite3")
        return [[o.site.id for o in find_care(now, need, NOW).options] for need in needs]

    first = orders()
    assert any(first)
    facets = [{f: list(FIELDS[f].choices)} for f in BY_FACET]
    closed = {"says:closed": ["2026-12-01"]}
    for number, values in enumerate([WORDS, closed, {"says:access": ["no"]}, *facets]):
        old = date(2020, 1, 1) if number % 2 else TODAY
        said = {f"site_{number % 8}": words(old, **values), "site_7": words(**WORDS)}
        publish_claims(tmp_path, NOW, said)
        assert orders() == first, values
    assert snapshot.version != Snapshot(tmp_path / "snapshot.sqlite3").version


@pytest.mark.parametrize(
    ("field", "given", "kept"),
    [("says:phones", [" 512-555-0100 ", "5125550100", ""], ["(512) 555-0100"]), ("says:website", ["center.org"], ["https://center.org"]),
     ("says:payment", ["private", "medicaid", "private"], ["medicaid", "private"]), ("says:states", ["oh", "TX"], ["OH", "TX"]),
     ("says:plans", ["  Blue   Cross  "], ["Blue Cross"]),
     ("says:plans", ["PPO|Blue  Cross", "|Aetna", "HMO |"], ["PPO | Blue Cross", "| Aetna", "HMO"]), ("says:website", ["Bücher.example"], ["https://xn--bcher-kva.example"]),
     ("says:telehealth", ["yes"], ["yes"]), ("says:closed", ["2026-12-01"], ["2026-12-01"]),
     ("says:age", [], [])],
)  # fmt: skip
def test_a_word_is_kept_in_one_spelling(field: str, given: list[str], kept: list[str]) -> None:
    assert clean_word(field, given) == kept == clean_word(field, kept)


@pytest.mark.parametrize(
    ("field", "given", "code"),
    [("says:phones", "555", FaultCode.BAD_PHONE), ("says:phones", "999-555-0100 ext", FaultCode.BAD_PHONE),
     ("says:website", "javascript:alert(1)", FaultCode.BAD_WEBSITE), ("says:website", "https://a b.org", FaultCode.BAD_WEBSITE),
     ("says:website", "https://good.org@evil.example", FaultCode.BAD_WEBSITE), ("says:website", "https://", FaultCode.BAD_WEBSITE),
     ("says:payment", "payment:medicaid", FaultCode.BAD_CHOICE), ("says:telehealth", "perhaps", FaultCode.BAD_CHOICE),
     ("says:states", "ZZ", FaultCode.BAD_STATE), ("says:plans", "<b>x</b>", FaultCode.BAD_LINE), ("says:plans", "x" * 81, FaultCode.BAD_LINE),
     ("says:plans", "|", FaultCode.BAD_LINE), ("says:plans", "a|b|c", FaultCode.BAD_LINE), ("says:phones", "+44 20 7946 0958", FaultCode.BAD_PHONE),
     ("says:closed", "soon", FaultCode.BAD_DATE)],
)  # fmt: skip
def test_what_cannot_be_meant_is_refused_with_its_place(
    field: str, given: str, code: FaultCode
) -> None:
    with pytest.raises(Faulty) as caught:
        clean_word(field, ["", given])
    assert [(f.place, f.code, f.value) for f in caught.value.faults] == [(f"{field}[0]", code, given[:80])]  # fmt: skip


def test_more_than_a_field_takes_is_refused() -> None:
    with pytest.raises(Faulty, match="too many"):
        clean_word("says:telehealth", ["yes", "no"])
    with pytest.raises(Faulty, match="too many"):
        clean_word("says:plans", [f"Plan {n}" for n in range(31)])


def spoken(field: str, value: object, day: int, ended: int | None = None) -> Spoken:
    return Spoken(field, value, date(2026, 12, day), date(2026, 12, ended) if ended else None)


def test_changes_are_first_said_changed_and_taken_back_and_the_same_again_is_none() -> None:
    a, b = ["medicaid"], ["private"]
    history = [spoken("p", a, 1, 2), spoken("p", a, 2, 3), spoken("p", b, 3, 5), spoken("p", a, 9)]
    assert changes_of(history) == [
        ["2026-12-01", "p", SAID], ["2026-12-03", "p", CHANGED],
        ["2026-12-05", "p", TAKEN_BACK], ["2026-12-09", "p", SAID],
    ]  # fmt: skip
    assert changes_of([spoken("p", a, 1, 4)])[-1] == ["2026-12-04", "p", TAKEN_BACK]
    daily = [spoken("openings", [n], n, n + 1) for n in range(1, 9)] + [spoken("openings", [9], 9)]
    assert changes_of(daily) == [["2026-12-09", "openings", CHANGED]]
    many = [spoken("p", [n], n, n + 1) for n in range(1, 20)]
    assert len(changes_of(many)) == 12


def test_the_page_says_what_changed_on_which_day() -> None:
    entries = [["2026-12-01", "says:payment", SAID], ["2026-12-03", "tracks", CHANGED]]
    claim = Claim(CHANGES, entries, "program", TODAY, "counted")
    site, _claims = with_claims(SITE, [], [claim])
    with translation.override("en"):
        assert history_lines(site) == [
            "The program changed this on December 3, 2026: Days and hours",
            "The program said this first on December 1, 2026: Payment",
        ]
