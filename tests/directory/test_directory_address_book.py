"""A listing's address is found among the known points, and only that address."""

from __future__ import annotations

import pytest

from builders import row
from waypost.directory.address_book import AddressBook, number_and_road, same_road
from waypost.directory.choosing import EXACT_METHODS, RANK
from waypost.directory.grouping import to_listing
from waypost.directory.matching import MatchedListing
from waypost.directory.rows import AddressPoint
from waypost.editions.point_errors import errors_by_rule, zip_errors


def point(street: str, lat: float = 39.75, **changes: str) -> AddressPoint:
    """A known point in Dayton."""
    told = {"name": "", "city": "dayton", "zip": "45402"} | changes
    return AddressPoint("list", 2021, told["name"], street, told["city"], "OH", told["zip"], lat, -84.19)  # fmt: skip


def asked(street: str, **changes: object) -> MatchedListing:
    """A listing at this street."""
    return to_listing("a", row(street=street, **changes))


@pytest.mark.parametrize(
    ("known", "street", "method"),
    [
        (point("12 n main st"), "12 North Main Street", "same street and ZIP"),
        (point("12 n main st"), "12 N. Main St., Suite 4", "same street and ZIP"),
        (point("12 n main st", zip="45410"), "12 North Main Street", "same street and town"),
        (point("12 n main st", zip=""), "12 North Main Street", "same street and town"),
        (point("2706 us 70"), "2706 U.S. Highway 70", "same street and ZIP"),
        (point("820 s martin luther king blvd"), "820 South MLK Jr Boulevard", "same street and ZIP"),
        (point("12 wilmington pike"), "12 Willmington Pike", "same number, street spelled otherwise"),
        (point("12 main st"), "12 North Main Street", "same number, street spelled otherwise"),
        (point("300 main st"), "12 Main Street", "same street, number nearby"),
        (point("9 elm st", name="harbor recovery"), "12 Main Street", "same name in the ZIP"),
    ],
)  # fmt: skip
def test_an_address_is_found(known: AddressPoint, street: str, method: str) -> None:
    found, how = AddressBook.of([known]).points(asked(street))
    assert how == method
    assert found == [known]


@pytest.mark.parametrize(
    ("known", "street"),
    [
        (point("12 s main st"), "12 North Main Street"),  # the other side of town
        (point("12 3rd st"), "12 2nd Street"),
        (point("12 n main st", city="xenia", zip="45385"), "12 North Main Street"),
        (point("900 main st"), "12 Main Street"),  # nine blocks on
        (point("12 main ave", zip="45410"), "12 Main Street"),
        (point("12 main st", name="harbor recovery"), "- - -"),  # withheld: never looked up
        (point("9 elm st", name="another program"), "12 Main Street"),
    ],
)
def test_another_address_is_not(known: AddressPoint, street: str) -> None:
    assert AddressBook.of([known]).points(asked(street)) == ([], "")


def test_a_number_between_two_known_ones_stands_between_them() -> None:
    book = AddressBook.of([point("100 main st", 39.70), point("300 main st", 39.80)])
    (found,), method = book.points(asked("150 Main Street"))
    assert method == "same street, between two numbers"
    assert found.lat == pytest.approx(39.725)
    far = AddressBook.of([point("100 main st", 39.70), point("9000 main st", 39.80)])
    assert far.points(asked("4000 Main Street")) == ([], "")


def test_saint_and_st_are_one_town() -> None:
    known = point("12 main st", city="st augustine", zip="")
    listing = asked("12 Main Street", city="Saint Augustine")
    assert AddressBook.of([known]).points(listing)[1] == "same street and town"


def test_a_name_in_two_places_says_nothing() -> None:
    two = [point("9 elm st", 39.70, name="harbor recovery"), point("8 oak st", 39.80, name="harbor recovery")]  # fmt: skip
    assert AddressBook.of(two).points(asked("12 Main Street")) == ([], "")


def test_roads() -> None:
    assert number_and_road("120 n main st") == (120, "n main st")
    assert number_and_road("s22w22660 broadway") == (None, "s22w22660 broadway")
    assert number_and_road("") == (None, "")
    assert same_road("main st", "n main st", one_zip=False)
    assert same_road("main st", "main ave", one_zip=True)
    assert not same_road("st", "ave", one_zip=True)  # no name at all
    assert not same_road("70", "64", one_zip=True)


def test_every_method_has_its_rank_and_a_name_alone_is_never_exact() -> None:
    from waypost.directory import address_book as book

    methods = {
        book.SAME_ZIP,
        book.SAME_TOWN,
        book.SPELLED,
        book.BETWEEN,
        book.NEARBY,
        book.SAME_NAME,
    }
    assert methods <= RANK.keys()
    assert not EXACT_METHODS & {book.BETWEEN, book.NEARBY, book.SAME_NAME}
    assert (
        RANK[book.BETWEEN]
        > RANK[book.NEARBY]
        > RANK[book.SAME_NAME]
        > RANK["where people of the ZIP live"]
    )


def test_each_address_left_out_tells_how_far_off_a_rule_is() -> None:
    line = [point(f"{n} main st", 39.70 + n / 10_000) for n in (100, 200, 300)]
    errors = errors_by_rule(line)
    assert errors["same street, between two numbers"] == [pytest.approx(0, abs=1e-6)]
    assert len(errors["same street, number nearby"]) == 3


def test_a_zips_point_before_and_after_is_measured_without_the_address_itself() -> None:
    spots = [("100 main st", 39.70), ("200 main st", 39.71), ("300 main st", 39.72)]
    errors = zip_errors([point(street, lat) for street, lat in spots])
    before, after = errors["published middle of the ZIP"], errors["where people of the ZIP live"]
    assert len(before) == len(after) == 3
    assert min(before) > 2 > min(after)  # 45402's middle lies at 39.76
    assert after != zip_errors([point(*spots[0])])["where people of the ZIP live"] * 3


def test_a_listing_in_a_po_box_is_not_looked_up() -> None:
    for street in ("P.O. Box 724", "PO Box 724"):
        assert AddressBook.of([point("p o box 724")]).points(asked(street)) == ([], "")
