"""What a log may hold: no search, and not more than a disk does."""

from __future__ import annotations

import logging
import sys

import pytest

from waypost.web.logs import FewAMinute, OneEach, OnlyFaults, WithoutQuery


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


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r", "\x0b", "\x0c", "\x85", "\u2028"])
def test_no_line_end_of_anybody_begins_a_line_of_ours(settings, line_end: str) -> None:
    forged = f"x{line_end}2026-12-01T00:00:00.000Z CRITICAL waypost nothing is wrong"
    try:
        raise ValueError(forged)
    except ValueError:
        line = record("A report could not be stored: %s", forged)
        line.exc_info = sys.exc_info()
    made = settings.LOGGING["formatters"]["plain"]
    assert made["()"] == "waypost.web.logs.OneEach" and WithoutQuery().filter(line)
    lines = OneEach(made["fmt"]).format(line).splitlines()
    assert [text.startswith("    ") for text in lines] == [False] + [True] * (len(lines) - 1)
    assert len(lines) > 2


def test_a_line_has_its_time_in_utc(settings) -> None:
    line = record()
    line.created, line.msecs = 1_796_083_200.25, 250.0
    words = OneEach(settings.LOGGING["formatters"]["plain"]["fmt"]).format(line)
    assert words == "2026-12-01T00:00:00.250Z ERROR x a line"
