"""The locator's values: any starting point in the country is read in both orders."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waypost.api.locator import values
from waypost.api.locator.values import LocatorLimit
from waypost.directory.site import Survey

MAINLAND = st.tuples(st.floats(24.4, 49.4), st.floats(-124.8, -66.9))
ALASKA = st.tuples(st.floats(51.2, 71.4), st.one_of(st.floats(-179.9, -130), st.floats(172, 180)))
PACIFIC = st.tuples(st.floats(13.2, 20.6), st.floats(144.6, 146.1))
HAWAII_AND_SAMOA = st.tuples(st.floats(-14.6, 22.3), st.floats(-171, -154.8))
CARIBBEAN = st.tuples(st.floats(17.6, 18.6), st.floats(-67.3, -64.5))


@given(
    st.one_of(MAINLAND, ALASKA, PACIFIC, HAWAII_AND_SAMOA, CARIBBEAN),
    st.sampled_from(["", "'", '"']),
    st.sampled_from([",", ", ", " , "]),
)
def test_a_point_is_read_in_both_orders(spot: tuple[float, float], quote: str, comma: str) -> None:
    lat, lon = (round(number, 6) for number in spot)
    for first, second in ((lat, lon), (lon, lat)):
        point = values.point(f"{quote}{first}{comma}{second}{quote}")
        assert (point.lat, point.lon) == (lat, lon)


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused_with_a_sentence(text: str) -> None:
    readers = (
        values.point, values.limit, values.surveys, values.codes, values.languages,
        values.state_code, values.cut, lambda t: values.whole(t, 1, 9),
        *(lambda t, kind=kind: values.limit_value(kind, t) for kind in LocatorLimit),
    )  # fmt: skip
    for reader in readers:
        try:
            reader(text)
        except ValueError as error:
            assert str(error).endswith((".", ")."))


def test_the_guides_own_examples() -> None:
    point = values.point("'-77.2190821,38.9224746'")
    assert (point.lat, point.lon) == (38.9224746, -77.2190821)
    assert values.limit_value(LocatorLimit.STATE, "10") == "TN"
    assert values.limit_value(LocatorLimit.COUNTY, "1119") == values.limit_value(
        LocatorLimit.COUNTY, "24031"
    )
    assert values.limit_value(LocatorLimit.DISTANCE, "160934.4") == pytest.approx(100)
    assert values.limit_value(LocatorLimit.DISTANCE, "20000") == pytest.approx(12.43, abs=0.01)
    assert values.codes("SA,OP,HIT") == {"SA", "OP", "HIT"}
    assert values.languages("SP-Spanish") == {"SP"}
    assert values.surveys("'sa'") == {Survey.SUBSTANCE_USE}
