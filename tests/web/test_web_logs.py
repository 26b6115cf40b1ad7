"""What a log may hold: no search, and not more than a disk does."""

from __future__ import annotations

import logging
import sys

import pytest

from waypost.web.logs import FewAMinute, OnlyFaults, WithoutQuery


def record(words: str = "a line", *values: object) -> logging.LogRecord:
    return logging.LogRecord("x", logging.ERROR, "", 1, words, values, None)


class Clock:
    now = 600.0

    def __call__(self) -> float:
        return self.now


def test_no_query_stays() -> None:
    line = record("GET %s and /find?near=x", "/a?near=78701&q=b")
    assert WithoutQuery().filter(line)
    assert line.getMessage() == "GET /a and /find"


def test_a_flood_of_lines_is_cut_and_counted() -> None:
    clock = Clock()
    few = FewAMinute(3, clock)
    assert [few.filter(record()) for _ in range(10)] == [True] * 3 + [False] * 7
    clock.now += 60
    line = record("%s again", "here")
    assert few.filter(line)
    assert line.getMessage() == "here again (7 lines before it were left out)"
    clock.now += 60
    line = record()
    assert few.filter(line) and line.getMessage() == "a line"


def test_only_faults_of_ours_are_news() -> None:
    assert not OnlyFaults().filter(record("Not Found: /x"))
    try:
        raise ValueError
    except ValueError:
        line = record()
        line.exc_info = sys.exc_info()
    assert OnlyFaults().filter(line)


def test_the_server_is_set_up_so(settings) -> None:
    filters = settings.LOGGING["handlers"]["stderr"]["filters"]
    assert {"no_query", "few_a_minute"} <= set(filters)


@pytest.mark.parametrize("path", ["/nowhere", "/api/v1/nothing", "/find?within=x"])
def test_a_request_that_cannot_be_answered_is_no_line(client, capfd, path: str) -> None:
    client.get(path, headers={"Host": "testserver"})
    assert capfd.readouterr().err == ""
