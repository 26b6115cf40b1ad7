"""Names of files that a browser saves."""

from __future__ import annotations

import pytest

from waypost.design.saved_as import saved_as


@pytest.mark.parametrize("name", ["week.ics", "waypost-1a2b.sqlite3", "exp_9.pdf", "gad-7.json"])
def test_a_name_of_ours_is_sent(name: str) -> None:
    assert saved_as(name) == f'attachment; filename="{name}"'


@pytest.mark.parametrize(
    "name",
    ["", ".htaccess", "a/b.csv", "..\\b", 'a"; x="b', "a\r\nSet-Cookie: b", "año.csv", "a b", "-", "a" * 101],
)  # fmt: skip
def test_any_other_letter_is_a_bug(name: str) -> None:
    with pytest.raises(ValueError, match="letters"):
        saved_as(name)
