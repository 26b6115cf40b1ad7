"""Characters that steer: gone from pages, terminals, log lines and CSV cells."""

from __future__ import annotations

import csv
import io
import logging
from dataclasses import replace

import pytest
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from publishing.test_publishing_reader import made
from waypost.cli.terminal import PlainStream
from waypost.editions.downloads import csv_lines
from waypost.values.plain import plain, plain_bytes
from waypost.web.errors import _page
from waypost.web.logs import WithoutQuery

PLANTED = "\x1b]0;owned\x07\x1b[2J\x00\x9b31m\x7f\u202egnp.exe\u2066"
HARMLESS = set("]0;owned[2J31mgnp.exe")


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@given(st.text())
def test_nothing_else_is_lost(text: str) -> None:
    kept = plain(text)
    assert plain(kept) == kept
    assert plain_bytes(text) == kept.encode()
    steering = [c for c in kept if (c < " " and c not in "\t\n\r") or "\x7f" <= c <= "\x9f"]
    assert not steering
    if text.isprintable():
        assert kept == text or "\u200e" in text or "\u200f" in text or "\u061c" in text


def test_what_is_planted_is_only_letters_then() -> None:
    assert set(plain(PLANTED)) <= HARMLESS
    assert plain("Haven’s—niño\n\t漢字 😀") == "Haven’s—niño\n\t漢字 😀"


def test_a_terminal_gets_text_and_colors_alone() -> None:
    screen = Terminal()
    PlainStream(screen).write(f"\x1b[32mok\x1b[0m {PLANTED}\rno\n")
    assert screen.getvalue().startswith("\x1b[32mok\x1b[0m ")
    rest = screen.getvalue().removeprefix("\x1b[32mok\x1b[0m ")
    assert "\x1b" not in rest and "\r" not in rest and "\u202e" not in rest
    file = io.StringIO()
    assert PlainStream(file).write("\x1b[32mok\x1b[0m") == 11
    assert file.getvalue() == "[32mok[0m"


@pytest.mark.parametrize(
    "field", ["name", "name2", "street", "street2", "city", "county", "website"]
)
def test_no_cell_of_a_download_steers(field: str) -> None:
    site = replace(made(1), **{field: f"A{PLANTED}"})
    text = csv_lines.lines([site]).decode()
    assert plain(text) == text and len(next(csv.reader(io.StringIO(text)))) == len(
        csv_lines.COLUMNS
    )


def test_no_formula_of_a_download_hides_behind_a_character_that_is_taken_away() -> None:
    text = csv_lines.lines([replace(made(1), website="\x01=1+1")]).decode()
    assert "'=1+1" in next(csv.reader(io.StringIO(text)))


def test_no_log_line_steers() -> None:
    record = logging.LogRecord("x", logging.ERROR, "", 1, "%s", (PLANTED,), None)
    WithoutQuery().filter(record)
    assert plain(record.getMessage()) == record.getMessage()


def test_no_page_steers() -> None:
    page = _page(RequestFactory().get("/nowhere"), 404, f"A{PLANTED}", PLANTED).content.decode()
    assert "owned" in page and plain(page) == page
