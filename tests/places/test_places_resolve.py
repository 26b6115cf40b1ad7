"""What a person types is read as the place they mean."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from waypost.places.gazetteer import load_gazetteer
from waypost.places.making import state_place
from waypost.places.names import rows_by_name, to_place
from waypost.places.place import Ambiguous, Found, Place, PlaceKind, Resolution, Unknown
from waypost.places.states import STATE_FIPS, STATE_NAMES
from waypost.places.tables import zips
from waypost.places.towns import cities

GAZETTEER = load_gazetteer()


def found(text: str) -> Place:
    resolution = GAZETTEER.resolve(text)
    assert isinstance(resolution, Found), resolution
    return resolution.place


def was_corrected(text: str) -> bool:
    resolution = GAZETTEER.resolve(text)
    return isinstance(resolution, Found) and resolution.corrected


@pytest.mark.parametrize(
    ("text", "label", "county", "zone"),
    [
        ("78701", "78701 (Austin, TX)", "Travis County", "America/Chicago"),
        (" 78701 ", "78701 (Austin, TX)", "Travis County", "America/Chicago"),
        ("78701-1234", "78701 (Austin, TX)", "Travis County", "America/Chicago"),
        ("Austin, TX 78701", "78701 (Austin, TX)", "Travis County", "America/Chicago"),
        ("78701 1234", "78701 (Austin, TX)", "Travis County", "America/Chicago"),
        ("787011234", "78701 (Austin, TX)", "Travis County", "America/Chicago"),
        ("78767", "78767 (Austin, TX)", "Travis County", "America/Chicago"),  # PO boxes
        ("10118", "10118 (New York, NY)", "New York County", "America/New_York"),  # one building
        ("20500", "20500 (Washington, DC)", "District of Columbia", "America/New_York"),
        ("00901", "00901 (San Juan, PR)", "San Juan Municipio", "America/Puerto_Rico"),
        ("00802", "00802 (Charlotte Amalie, VI)", "St. Thomas Island", "America/St_Thomas"),
        ("96910", None, "Guam", "Pacific/Guam"),
        ("96950", None, None, None),
        ("96799", None, None, None),
        ("99546", "99546 (Adak, AK)", None, "America/Adak"),
    ],
)
def test_a_zip_knows_its_state_county_and_time_zone(
    text: str, label: str | None, county: str | None, zone: str | None
) -> None:
    place = found(text)
    assert place.kind is PlaceKind.ZIP
    assert label is None or place.label == label
    assert county is None or place.county == county
    assert zone is None or place.timezone == zone
    ZoneInfo(place.timezone)
    assert place.state in STATE_NAMES
    assert place.county_fips is None or place.county_fips.startswith(STATE_FIPS[place.state])


def test_a_puerto_rico_po_box_zip_stands_for_its_post_office() -> None:
    place = found("00936")
    assert (place.key, place.state) == ("00936", "PR")
    assert was_corrected("00936")


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Austin, TX", "Austin, TX"),
        ("austin texas", "Austin, TX"),
        ("AUSTIN TX", "Austin, TX"),
        ("Ft. Worth tx", "Fort Worth, TX"),
        ("St Paul MN", "Saint Paul, MN"),
        ("st louis mo", "St. Louis, MO"),
        ("Winston Salem NC", "Winston-Salem, NC"),
        ("Coeur d'Alene, ID", "Coeur d'Alene, ID"),
        ("Coeur d’Alene ID", "Coeur d'Alene, ID"),
        ("nyc", "New York City, NY"),
        ("philly", "Philadelphia, PA"),
        ("san juan pr", "San Juan, PR"),
        ("washington dc", "Washington, DC"),
        ("Washington, D.C.", "Washington, DC"),
        ("Adak AK", "Adak, AK"),  # only its post office is in a table
        ("Shoshone, CA", "Shoshone, CA"),
    ],
)
def test_a_city_and_state(text: str, key: str) -> None:
    place = found(text)
    assert (place.kind, place.key) == (PlaceKind.CITY, key)
    assert place.county
    assert not was_corrected(text)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Pitsburg PA", "Pittsburgh, PA"),
        ("Pittsburg, PA", "Pittsburgh, PA"),
        ("Albequerque NM", "Albuquerque, NM"),
        ("Cincinatti ohio", "Cincinnati, OH"),
        ("Minnapolis MN", "Minneapolis, MN"),
        ("Filadelphia PA", "Philadelphia, PA"),
        ("Huston TX", "Houston, TX"),
        ("Sacremento ca", "Sacramento, CA"),
        ("Tuscon, AZ", "Tucson, AZ"),
        ("lost angeles", "Los Angeles, CA"),
    ],
)
def test_typing_errors_are_forgiven_and_told(text: str, key: str) -> None:
    assert found(text).key == key
    assert was_corrected(text)


@pytest.mark.parametrize(
    ("text", "kind", "key"),
    [
        ("Travis County", PlaceKind.COUNTY, "Travis County, TX"),
        ("travis county tx", PlaceKind.COUNTY, "Travis County, TX"),
        (
            "hartford county ct",
            PlaceKind.POINT,
            "Hartford County, CT",
        ),  # gone as an area since 2022
        ("Orleans Parish, LA", PlaceKind.COUNTY, "Orleans Parish, LA"),
        ("Texas", PlaceKind.STATE, "Texas"),
        ("tx", PlaceKind.STATE, "Texas"),
        ("PR", PlaceKind.STATE, "Puerto Rico"),
        ("Guam", PlaceKind.STATE, "Guam"),
        ("north dakota", PlaceKind.STATE, "North Dakota"),
        ("Palau", PlaceKind.STATE, "Palau"),
        ("FM", PlaceKind.STATE, "Federated States of Micronesia"),
        ("DC", PlaceKind.STATE, "District of Columbia"),
    ],
)
def test_counties_and_states(text: str, kind: PlaceKind, key: str) -> None:
    place = found(text)
    assert (place.kind, place.key) == (kind, key)
    ZoneInfo(place.timezone)


@pytest.mark.parametrize(
    "text",
    ["30.27,-97.74", "30.27 -97.74", "(30.27, -97.74)", "30.27N 97.74W", "30.27° N, 97.74° W"],
)
def test_coordinates(text: str) -> None:
    place = found(text)
    assert (place.kind, place.state, place.county) == (PlaceKind.POINT, "TX", "Travis County")
    assert (place.point.lat, place.point.lon) == (30.27, -97.74)


def test_coordinates_across_the_date_line_and_in_the_territories() -> None:
    assert found("13.44,144.79").state == "GU"
    assert found("51.88,-176.65").state == "AK"
    assert found("-14.28,-170.7").state == "AS"


@pytest.mark.parametrize("text", ["-91,0", "30,181", "48.85,2.35", "0,0", "999,999", "90,0"])
def test_coordinates_outside_the_country_are_unknown(text: str) -> None:
    resolution = GAZETTEER.resolve(text)
    assert isinstance(resolution, Unknown)
    assert resolution.guesses == ()


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("springfield", "Springfield, MO"),
        ("richmond", "Richmond, VA"),
        ("aurora", "Aurora, CO"),
        ("Kansas city", "Kansas City, MO"),
        ("columbus", "Columbus, OH"),
    ],
)
def test_a_name_of_many_places_offers_them_the_largest_first(text: str, first: str) -> None:
    resolution = GAZETTEER.resolve(text)
    assert isinstance(resolution, Ambiguous)
    assert resolution.choices[0].key == first
    people = [p.population or 0 for p in resolution.choices if p.kind is PlaceKind.CITY]
    assert people == sorted(people, reverse=True)
    assert 2 <= len(resolution.choices) <= 12


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("Bryn Mawr, PA", ["Bryn Mawr (Washington County), PA", "Bryn Mawr (Delaware County), PA"]),
        ("Chatham IL", ["Chatham (Cook County), IL", "Chatham (Sangamon County), IL"]),
        ("Shelby mi", ["Shelby (Macomb County), MI", "Shelby (Oceana County), MI"]),
        ("Brynn Mawr PA", ["Bryn Mawr (Washington County), PA", "Bryn Mawr (Delaware County), PA"]),
    ],
)
def test_namesakes_of_one_state_are_told_apart_by_their_county(text: str, keys: list[str]) -> None:
    resolution = GAZETTEER.resolve(text)
    assert isinstance(resolution, Ambiguous)
    assert [p.key for p in resolution.choices] == keys
    for place in resolution.choices:
        assert found(place.key) == place


def test_a_name_is_not_asked_about_where_one_town_is_meant() -> None:
    for text in ("Portland, OR", "Birmingham AL", "Springfield IL", "Austin TX", "Anchorage AK"):
        assert found(text).kind is PlaceKind.CITY


def test_a_state_and_a_big_city_of_one_name_are_both_offered() -> None:
    resolution = GAZETTEER.resolve("New York")
    assert isinstance(resolution, Ambiguous)
    assert [p.key for p in resolution.choices] == ["New York City, NY", "New York (state)"]


def test_an_unknown_zip_gives_its_neighbors_and_an_unknown_name_its_look_alikes() -> None:
    resolution = GAZETTEER.resolve("99999")
    assert isinstance(resolution, Unknown)
    assert [p.state for p in resolution.guesses] == ["AK"] * 5
    resolution = GAZETTEER.resolve("Scobie, MT")
    assert isinstance(resolution, Unknown)
    assert resolution.guesses[0].key == "Scobey, MT"
    assert GAZETTEER.resolve("zzzzqqq") == Unknown("zzzzqqq", ())
    assert GAZETTEER.resolve("") == Unknown("", ())


def check(resolution: Resolution) -> None:
    match resolution:
        case Found(place):
            assert place.label
        case Ambiguous(_, choices):
            assert len(choices) > 1
        case Unknown(_, guesses):
            assert len(guesses) <= 12


hostile = st.one_of(
    st.text(max_size=300),
    st.text("0123456789-+., °NSEWnsew()", max_size=40),
    st.text("abcdefghijklmnopqrstuvwxyz ,.'", max_size=40),
    st.sampled_from(["nan,nan", "inf,-inf", "1e9,1e9", "\x00", "'; DROP TABLE site; --", "٧٨٧٠١"]),
    st.tuples(st.sampled_from(cities()), st.text(max_size=3)).map(lambda t: t[0].name + t[1]),
)


@settings(max_examples=300, deadline=None)
@given(hostile)
def test_any_text_is_read_without_an_error(text: str) -> None:
    check(GAZETTEER.resolve(text))
    assert len(GAZETTEER.suggest(text)) <= 8


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from(sorted(zips()))
    | st.sampled_from(cities()[:20_000]).map(lambda c: f"{c.name}, {c.state}")
    | st.sampled_from(sorted(STATE_NAMES.values()))
)
def test_the_key_of_a_place_resolves_to_that_place(text: str) -> None:
    resolution = GAZETTEER.resolve(text)
    places = [resolution.place] if isinstance(resolution, Found) else list(resolution.choices)
    for place in places:
        again = GAZETTEER.resolve(place.key)
        match again:
            case Found(same):
                assert same == place
            case Ambiguous(_, choices):
                assert place in choices
            case Unknown():
                pytest.fail(f"{place.key} is not known again")


def test_suggestions_begin_like_the_text_the_largest_first() -> None:
    assert [p.key for p in GAZETTEER.suggest("787", 3)] == ["78701", "78702", "78703"]
    some = GAZETTEER.suggest("springf")
    assert some[0].key == "Springfield, MO"
    assert all(p.label.lower().startswith("springf") for p in some)
    assert [p.population or 0 for p in some] == sorted(p.population or 0 for p in some)[::-1]
    assert GAZETTEER.suggest("aust, tx")[0].key == "Austin, TX"
    assert GAZETTEER.suggest("new j")[0].key == "New Jersey"
    assert GAZETTEER.suggest("") == ()


def test_the_key_of_every_place_leads_to_that_place_alone() -> None:
    places = [
        *dict.fromkeys(to_place(row) for rows in rows_by_name().values() for row in rows),
        *map(state_place, STATE_NAMES),
    ]
    lost = [p.key for p in places if not leads_to(GAZETTEER.resolve(p.key), p)]
    assert lost == []


def leads_to(resolution: Resolution, place: Place) -> bool:
    return isinstance(resolution, Found) and resolution.place == place
