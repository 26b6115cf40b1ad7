"""SAMHSA's locator over our data: every parameter of its guide, on the real directory."""

from __future__ import annotations

import json
from datetime import date

import pytest
from django.test import Client

from api.locator_asking import OLDER, V2, ask, every_site, miles, whole
from twins.locator import captured_rows
from waypost.api.locator.asking import ATTRIBUTES
from waypost.api.locator.rows import facility_type
from waypost.api.locator.schemas import ListingOut, LocatorOut
from waypost.api.locator.state_ids import STATE_BY_ID
from waypost.directory.site import Site, Source, Survey
from waypost.sources.locator_rows import read_json
from waypost.values.geo import Point

GUIDE_POINT = "39.141375,-77.203552"  # the starting point of the guide's samples


@pytest.fixture(scope="module")
def sites() -> list[Site]:
    return every_site()


@pytest.fixture(scope="module")
def maryland(sites: list[Site]) -> list[Site]:
    return [s for s in sites if s.state == "MD"]


def all_rows(**parameters: object) -> list[dict]:
    """The same question to the older address, on one page."""
    form = {name: str(value) for name, value in parameters.items()} | {"pageSize": "100000"}
    response = Client().post(OLDER, form)
    body = whole(response)
    data = json.loads(body)
    assert data["recordCount"] == len(data["rows"])
    rows: list[dict] = data["rows"]
    return rows


def ids(**parameters: object) -> set[str]:
    return {row["frid"] for row in all_rows(**parameters)}


def here(**parameters: object) -> set[str]:
    """The ids in Maryland that answer."""
    return ids(stateCode="MD", **parameters)


def refused(**parameters: object) -> dict[str, str]:
    response = Client().get(V2, parameters)
    assert response.status_code == 400, response.content
    assert response.headers["Content-Type"] == "application/problem+json"
    problem = response.json()
    for name in problem["problems"]:
        assert name in problem["detail"]
    return problem["problems"]


def test_the_shape_is_the_guides() -> None:
    data = ask(sAddr=f"'{GUIDE_POINT}'", limitType=2, limitValue=20000)
    assert LocatorOut.model_validate(data)
    assert list(data) == ["page", "totalPages", "recordCount", "rows"]
    first = data["rows"][0]
    assert tuple(first) == (*ATTRIBUTES, "services", "typeFacility")
    assert isinstance(first["latitude"], str) and isinstance(first["miles"], float)
    assert [row["_irow"] for row in data["rows"]] == list(range(1, len(data["rows"]) + 1))
    assert all(row["typeFacility"] == row["type_facility"] for row in data["rows"])
    for service in first["services"]:
        assert list(service) == ["f1", "f2", "f3"]
    assert {"f1": "Language Services", "f2": "SL"}.items() <= next(
        s for row in data["rows"] for s in row["services"] if s["f2"] == "SL"
    ).items()


def test_every_key_of_the_servers_own_answers_is_there() -> None:
    """The guide lacks ``typeFacility``; clients read it (an answer of July 2026 is kept)."""
    theirs = captured_rows()[0]
    ours = ask(sAddr=GUIDE_POINT, pageSize=1)["rows"][0]
    assert theirs.keys() <= ours.keys()
    for name in ("_irow", "name1", "city", "zip", "latitude", "longitude", "typeFacility"):
        assert type(ours[name]) is type(theirs[name]), name


def test_rows_are_counted_through_the_pages() -> None:
    second = ask(sAddr=GUIDE_POINT, pageSize=10, page=2)["rows"]
    assert [row["_irow"] for row in second] == list(range(11, 21))
    form = {"sAddr": GUIDE_POINT, "pageSize": "10", "page": "3"}
    answer = Client().post(OLDER, form)
    rows = json.loads(whole(answer))["rows"]
    assert [row["_irow"] for row in rows] == list(range(21, 31))


def test_what_real_clients_send_is_read() -> None:
    """“none” is no limit, and its value says nothing; types are in any case."""
    everything = ask(sAddr=GUIDE_POINT, pageSize=1)["recordCount"]
    for limit in ("none", "None", "'none'"):
        data = ask(sAddr=GUIDE_POINT, limitType=limit, limitValue=80467.2, pageSize=1)
        assert data["recordCount"] == everything
    fifty = ask(sAddr=GUIDE_POINT, limitType=2, limitValue=80467.2, sType="SA", pageSize=1)
    assert 0 < fifty["recordCount"] < everything
    assert fifty["rows"][0]["typeFacility"] == "SA"


def test_an_approximate_place_is_never_nought_miles_away(sites: list[Site]) -> None:
    """A program whose ZIP's point is the very place that is asked from."""
    about = next(s for s in sites if not s.exact and s.facts["point"].source == "zip-people")
    near = f"{about.point.lat},{about.point.lon}"
    rows = all_rows(sAddr=near, limitType=2, limitValue=3000)
    (row,) = [row for row in rows if row["frid"] == about.id]
    assert row["miles"] == 1.0
    answer = Client().get("/api/v1/search", {"near": near, "level": "any", "page_size": 100}).json()
    told = [r for r in answer["results"] if r["approximate"]]
    assert told and all(r["miles"] >= 1 for r in told)


def test_no_number_says_its_extension_twice() -> None:
    rows = all_rows(stateCode="AL")
    numbers = [row[kind] for row in rows for kind in ("phone", "intake1", "hotline1") if row[kind]]
    assert "(256) 534-7644 x5196" in numbers
    assert not [number for number in numbers if "ext" in number]


def test_what_is_not_known_is_null() -> None:
    for row in ask(pageSize=500)["rows"]:
        assert "" not in row.values()


def test_our_own_reader_of_the_locator_reads_it_back(sites: list[Site]) -> None:
    data = ask(pageSize=2000)
    known = {(s.name, s.street, s.zip): s for s in sites}
    today = date(2025, 1, 1)
    read = read_json(Source("x", "x", "x", "2025", today, "x", "x.json", "0" * 64), data)
    assert not read.rejects and not read.unknown_codes
    again = 0
    for row in read.rows:
        site = known.get((row.name, row.street, row.zip))
        if site is not None and len([s for s in sites if s.name == site.name]) == 1:
            assert set(row.codes or ()) == site.codes
            assert row.website == site.website
            again += 1
    assert again > 500


@pytest.mark.parametrize(
    "text",
    [GUIDE_POINT, f"'{GUIDE_POINT}'", f'"{GUIDE_POINT}"', "-77.203552,39.141375",
     "'-77.203552,39.141375'", '"-77.203552, 39.141375"'],
)  # fmt: skip
def test_the_starting_point_in_both_orders_quoted_or_not(text: str) -> None:
    plain = ask(sAddr=GUIDE_POINT, pageSize=50)
    assert ask(sAddr=text, pageSize=50)["rows"] == plain["rows"]
    assert plain["rows"][0]["state"] == "MD"


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("13.47,144.75", "GU"),
        ("144.75,13.47", "GU"),
        ("61.2,-149.9", "AK"),
        ("-149.9,61.2", "AK"),
        ("18.4,-66.1", "PR"),
        ("-66.1,18.4", "PR"),
    ],
)
def test_far_places_are_read_in_both_orders(text: str, state: str) -> None:
    assert ask(sAddr=text, pageSize=1)["rows"][0]["state"] == state


def test_state_by_the_guides_own_number(sites: list[Site]) -> None:
    assert len(STATE_BY_ID) == 51 and STATE_BY_ID[18] == "MD"
    for number, state in ((18, "MD"), (11, "TX"), (52, "WY"), (27, "DC")):
        expected = {s.id for s in sites if s.state == state}
        assert ids(sAddr=GUIDE_POINT, limitType=0, limitValue=number) == expected != set()
        assert ids(limitType=0, limitValue=number) == expected


def test_a_state_or_county_left_out_is_that_of_the_starting_point(sites: list[Site]) -> None:
    assert ids(sAddr=GUIDE_POINT, limitType=0) == {s.id for s in sites if s.state == "MD"}
    county = {s.id for s in sites if s.county_fips == "24031"}
    assert ids(sAddr=GUIDE_POINT, limitType=1) == county
    assert ids(limitType=1, limitValue=24031) == county != set()


def test_distance_in_meters_nearest_first(sites: list[Site]) -> None:
    here = Point(39.141375, -77.203552)
    rows = all_rows(sAddr=GUIDE_POINT, limitType=2, limitValue=20000)
    by_id = {s.id: s for s in sites}
    expected = {s.id for s in sites if miles(here, s.point) <= 20000 / 1609.344}
    assert {row["frid"] for row in rows} == expected
    far = [row["miles"] for row in rows if row["miles"] > 1]  # nearer, what is approximate says 1
    assert far == sorted(far)
    for row in rows:
        site = by_id[row["frid"]]
        least = 0.0 if site.exact else 1.0
        assert row["miles"] == pytest.approx(max(least, miles(here, site.point)), abs=0.02)


def test_types_in_any_case_quoted_or_not(maryland: list[Site]) -> None:
    sa = {s.id for s in maryland if Survey.SUBSTANCE_USE in s.surveys}
    mh = {s.id for s in maryland if Survey.MENTAL_HEALTH in s.surveys}
    assert here(sType="sa") == here(sType="'SA'") == here(sType='"Sa"') == sa
    assert here(sType="mh") == mh
    assert here(sType="both") == here() == sa | mh
    assert sa - mh and mh - sa


def test_all_service_codes_must_be_offered(maryland: list[Site]) -> None:
    for codes in ("OTP,BU,NU,DM", "sa, oit", "SA,OP,HIT"):
        wanted = {code.strip().upper() for code in codes.split(",")}
        assert here(sCodes=codes) == {s.id for s in maryland if wanted <= s.codes}
    assert here(sCodes="SA,OIT")


def test_the_state_code_narrows_a_distance(sites: list[Site]) -> None:
    here = Point(39.0839994, -77.15278130000002)
    found = ids(
        sAddr="39.0839994,-77.15278130000002", limitType=2, limitValue=80467.2, stateCode="va"
    )
    assert found == {s.id for s in sites if s.state == "VA" and miles(here, s.point) <= 50} != set()


def test_the_cut_overrides_the_type_and_leaves_out_dui_programs(maryland: list[Site]) -> None:
    expected = {
        s.id for s in maryland if Survey.SUBSTANCE_USE in s.surveys and not s.codes & {"DU", "DUO"}
    }
    assert here(cut="NIAAA", sType="mh") == here(cut="'niaaa'") == expected


def test_part_of_a_name_an_address_and_a_phone(maryland: list[Site]) -> None:
    assert here(filterFName="GENESIS") == {
        s.id for s in maryland if "genesis" in s.name.lower() or "genesis" in s.name2.lower()
    }
    assert here(filterFAddress="00 east") == {
        s.id for s in maryland if "00 east" in s.street.lower()
    }
    found = here(filterFPhone="(240) 277")
    assert found == {
        s.id for s in maryland if any("240277" in p.e164.removeprefix("+1") for p in s.phones)
    }
    assert found == here(filterFPhone="240277") != set()
    assert here(filterFPhone="no digits") == set()


def test_sort_by_distance_reversed_and_by_any_attribute() -> None:
    near = [row["frid"] for row in all_rows(sAddr=GUIDE_POINT, limitType=0, limitValue=18)]
    far = [row["frid"] for row in all_rows(sAddr=GUIDE_POINT, limitType=0, limitValue=18, sort=1)]
    assert far == near[::-1]
    for number, name in enumerate(ATTRIBUTES, start=1):
        if number == 1:
            continue  # 1 is the reverse of the default
        rows = all_rows(sAddr=GUIDE_POINT, limitType=0, limitValue=18, sort=number)
        assert {row["frid"] for row in rows} == set(near)
        values = [row[name] for row in rows]
        if name in ("latitude", "longitude", "miles"):
            numbers = [float(v) for v in values]
            assert numbers == sorted(numbers)
        else:
            folded = [(v or "").split(" x")[0].casefold() for v in values]
            assert folded == sorted(folded)


def test_pages_join_to_the_whole_and_count_rows_anew() -> None:
    whole = ask(sAddr=GUIDE_POINT, limitType=0, limitValue=18, pageSize=2000)
    joined: list[dict] = []
    for page in range(1, 7):
        data = ask(sAddr=GUIDE_POINT, limitType=0, limitValue=18, pageSize=100, page=page)
        assert (data["page"], data["totalPages"]) == (page, -(-whole["recordCount"] // 100))
        joined += data["rows"]
    for rows in (joined, whole["rows"]):
        for row in rows:
            del row["_irow"]
    assert joined == whole["rows"]
    assert ask(page=10**9)["rows"] == []
    assert len(ask()["rows"]) == 30


def test_the_older_address_has_no_ceiling_and_an_id(sites: list[Site]) -> None:
    rows = all_rows()
    assert {row["frid"] for row in rows} == {s.id for s in sites}
    assert len(rows) == len(sites) > 2000
    endless = Client().post(OLDER, {"pageSize": "9" * 40, "stateCode": "WY"})
    assert json.loads(whole(endless))["totalPages"] == 1
    assert ListingOut.model_validate(
        {"page": 1, "totalPages": 1, "recordCount": 1, "rows": rows[:500]}
    )
    assert "frid" not in ask(pageSize=1)["rows"][0]


def test_the_older_address_reads_languages(maryland: list[Site]) -> None:
    spanish = {s.id for s in maryland if "SP" in s.codes}
    assert here(sLanguages="SP-Spanish") == here(sLanguages="sp") == spanish != set()
    either = {s.id for s in maryland if s.codes & {"SP", "AH"}}
    assert here(sLanguages="SP-Spanish,AH-Sign language") == either


def test_a_facility_is_sa_or_mh(sites: list[Site]) -> None:
    for site in sites[:200]:
        assert (facility_type(site) == "SA") is (Survey.SUBSTANCE_USE in site.surveys)


@pytest.mark.parametrize(
    ("parameter", "value", "more"),
    [
        ("sAddr", "here", {}),
        ("sAddr", "1,2,3", {}),
        ("sAddr", "NaN,inf", {}),
        ("sAddr", "200,300", {}),
        ("sAddr", "'39.1", {}),
        ("limitType", "3", {}),
        ("limitType", "x", {}),
        ("limitType", "", {"limitValue": "18"}),
        ("limitValue", "", {"limitType": "0"}),
        ("limitValue", "17", {"limitType": "0"}),
        ("limitValue", "MD", {"limitType": "0"}),
        ("limitValue", "1120", {"limitType": "1"}),
        ("limitValue", "99999", {"limitType": "1"}),
        ("limitValue", "18", {"limitType": "1"}),
        ("limitValue", "far", {"limitType": "2", "sAddr": GUIDE_POINT}),
        ("limitValue", "-5", {"limitType": "2", "sAddr": GUIDE_POINT}),
        ("limitValue", "", {"limitType": "2", "sAddr": GUIDE_POINT}),
        ("sAddr", "", {"limitType": "2", "limitValue": "1000"}),
        ("sType", "all", {}),
        ("sCodes", "SA,NOPE", {}),
        ("stateCode", "ZZ", {}),
        ("sort", "17", {}),
        ("sort", "-1", {}),
        ("page", "0", {}),
        ("page", "two", {}),
        ("pageSize", "0", {}),
        ("pageSize", "2001", {}),
        ("cut", "OTHER", {}),
        ("filterFName", "a" * 501, {}),
    ],
)
def test_a_malformed_value_is_refused_by_its_name(
    parameter: str, value: str, more: dict[str, str]
) -> None:
    assert parameter in refused(**{parameter: value}, **more)


def test_every_malformed_value_is_named_at_once() -> None:
    assert refused(page="x", sort="y", sType="z").keys() == {"page", "sort", "sType"}
    assert refused(page="x", limitType=2, limitValue=5).keys() == {"page", "sAddr"}
    assert refused(limitType=3, limitValue="MD").keys() == {"limitType"}  # no value to judge
