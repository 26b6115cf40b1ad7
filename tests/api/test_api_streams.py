"""Long answers: a few at a time, the stalled give way, and each place comes back."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from waypost.api.locator.streams import Stalled, Streams, TooMany


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def pieces() -> Iterator[bytes]:
    yield from (b"a", b"b", b"c")


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def streams(clock: Clock) -> Streams:
    return Streams(most_read=2, most_open=3, stalled_seconds=5, clock=clock)


def test_all_pieces_come(streams: Streams) -> None:
    assert b"".join(streams.opened(pieces())) == b"abc"


def test_what_is_whole_stays_whole_however_often_it_is_asked_for_more(streams: Streams) -> None:
    nothing, all_of_it = streams.opened(iter(())), streams.opened(pieces())
    assert list(all_of_it) == [b"a", b"b", b"c"]
    assert (list(nothing), list(nothing), list(all_of_it)) == ([], [], [])


def test_a_third_waits_until_one_ends(streams: Streams) -> None:
    first, _second = streams.opened(pieces()), streams.opened(pieces())
    with pytest.raises(TooMany):
        streams.opened(pieces())
    first.close()  # type: ignore[attr-defined]
    assert streams.opened(pieces())


def test_who_does_not_read_gives_the_place_away_and_may_go_on(
    streams: Streams, clock: Clock
) -> None:
    first, second = streams.opened(pieces()), streams.opened(pieces())
    clock.now += 3
    assert next(second) == b"a"
    clock.now += 3
    third = streams.opened(pieces())
    assert next(third) == b"a" and next(first) == b"a"
    with pytest.raises(TooMany):
        streams.opened(pieces())


def test_of_too_many_the_longest_silent_is_given_up(streams: Streams, clock: Clock) -> None:
    opened = []
    for _ in range(4):
        opened.append(streams.opened(pieces()))
        clock.now += 6
    with pytest.raises(Stalled):
        next(opened[0])
    assert next(opened[1]) == b"a"


def test_closing_twice_is_no_fault(streams: Streams) -> None:
    first = streams.opened(pieces())
    first.close()  # type: ignore[attr-defined]
    first.close()  # type: ignore[attr-defined]
