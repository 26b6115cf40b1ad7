"""Filling a page with what was posted: every kind of field, and never the part that was saved."""

from __future__ import annotations

from html import escape

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from waypost.desk.typed.parts import filled

PAGE = """<h1>Plan</h1><form>
<input name="outside" value="kept">
<div data-part="plan.words" class="stack"><div>
<input type="hidden" name="read" value="3"><input id="own" name="own" value="a &amp; b" autocomplete="off">
<input name="empty"><textarea name="why" rows="3">
one</textarea></div>
<select name="state"><option value="">not set</option><option value="CO" selected>Colorado</option><option>Utah</option></select>
<label><input type="checkbox" name="wish" value="women" checked> a</label><input type="checkbox" name="wish" value="veterans">
<input type="radio" name="how" value="y"><input type="radio" name="how" value="n" checked>
<input name="many" value="1"><input name="many" value="2"></div>
<fieldset data-part="plan.sign"><input name="name" value="Cam"></fieldset>
<fieldset data-part="other.sign"><input name="name" value="Cam"></fieldset></form>"""
AS_SHOWN = "outside=kept&read=3&own=a+%26+b&empty=&why=one&state=CO&wish=women&how=n&many=1&many=2&name=Cam"


def sent(said: str, saved: str = "plan.sign") -> str:
    return filled(PAGE, QueryDict(said).getlist, saved)


def test_what_is_sent_as_it_was_shown_changes_nothing() -> None:
    assert sent(AS_SHOWN) == PAGE


@pytest.mark.parametrize(
    ("was", "said", "before", "after"),
    [
        ("own=a+%26+b", 'own=%22%3E%3Cscript%3E', 'value="a &amp; b"', 'value="&quot;&gt;&lt;script&gt;"'),
        ("empty=", "empty=x", '<input name="empty">', '<input value="x" name="empty">'),
        ("why=one", "why=one%0D%0Atwo", "\none</textarea>", "\none\ntwo</textarea>"),
        ("why=one", "why=", "\none</textarea>", "\n</textarea>"),
        ("state=CO", "state=Utah", "<option>Utah", "<option selected>Utah"),
        ("wish=women", "wish=veterans", 'value="veterans">', 'value="veterans" checked>'),
        ("how=n", "how=y", 'name="how" value="y">', 'name="how" value="y" checked>'),
        ("many=1&many=2", "many=1&many=5", 'name="many" value="2"', 'value="5" name="many"'),
    ],
)  # fmt: skip
def test_each_kind_of_field_keeps_what_was_typed(
    was: str, said: str, before: str, after: str
) -> None:
    page = sent(AS_SHOWN.replace(was, said))
    assert before in PAGE and after in page and page != PAGE


def test_what_is_no_longer_ticked_or_chosen_is_not() -> None:
    page = sent(AS_SHOWN.replace("wish=women&", "").replace("state=CO", "state="))
    assert " checked> a" not in page and 'value="" selected>not set' in page
    assert 'value="CO">Colorado' in page


@pytest.mark.parametrize(
    "said",
    ["read=3", "outside=x", "name=Alex", "state=Mars", ""],
    ids=["the same version", "outside every part", "saved", "no option", "not sent"],
)
def test_nothing_else_is_touched(said: str) -> None:
    boxes = "wish=women&how=n"
    assert sent(f"{said}&{boxes}") == PAGE


def test_another_page_is_left_alone() -> None:
    assert sent("own=x&why=y&name=z", "other.words").count('value="z"') == 1
    assert sent("own=x&why=y&name=z", "third.words") == PAGE


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=30))
def test_whatever_is_typed_is_shown_as_text(words: str) -> None:
    data = QueryDict(mutable=True)
    data.setlist("wish", ["women"])
    data["how"], data["own"], data["why"] = "n", words, words
    page = filled(PAGE, data.getlist, "plan.sign")
    assert f'value="{escape(words)}"' in page or words == "a & b"
    assert f"{escape(words)}</textarea>" in page
    assert filled(page, data.getlist, "plan.sign") == page, "and once more it is the same"


def test_a_folded_part_opens_where_something_in_it_is_filled_in() -> None:
    page = """<form><details data-part="week.swap"><summary>a</summary><input name="a"></details>
<details data-part="week.move" open><input name="b"></details>
<details data-part="week.add"><select name="c"><option>1</option><option>2</option></select></details></form>"""

    def opened(said: str) -> list[bool]:
        shown = filled(page, QueryDict(said).getlist, "week.none")
        return [f'"week.{act}" open>' in shown for act in ("swap", "move", "add")]

    assert opened("a=&b=&c=1") == [False, True, False]
    assert opened("a=x&b=y&c=1") == [True, True, False]
    assert opened("a=&b=&c=2") == [False, True, True]


@pytest.mark.parametrize("name", ["read", "seen"])
def test_a_text_keeps_the_version_that_it_was_made_from(name: str) -> None:
    page = f'<p data-part="plan.words"><input type="hidden" name="{name}" value="4"><input name="own" value="b"><input type="hidden" name="plan" value="7"></p>'
    said = QueryDict(f"{name}=3&own=a&plan=6").getlist
    kept = filled(page, said, "plan.clocks")
    assert 'value="3"' in kept and 'value="a"' in kept
    assert 'value="7"' in kept, "no other hidden field is what somebody wrote"
    assert 'value="4"' in filled(page, said, "plan.words")
    assert 'value="4"' in filled(page, said, "plan."), "a refused page says itself what it shows"
