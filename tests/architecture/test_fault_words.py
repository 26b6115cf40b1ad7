"""A fault is a code; its sentence stands at the door, in two languages, and is looked up by nobody."""

from __future__ import annotations

import ast
from enum import StrEnum
from pathlib import Path

import pytest
from django.utils import translation

from waypost.accounts.faults import AccountFault
from waypost.accounts.when_may import NotNow
from waypost.accounts.who_may import Refusal
from waypost.design.account_faults import account_sentences
from waypost.design.program_faults import program_sentences, sentence_of
from waypost.design.program_words import closed_link_words
from waypost.desk.texting.faults import texting_sentences
from waypost.texting.faults import TextingFault
from waypost.treatment.faults import TreatmentFault
from waypost.treatment.minors.minor import ContactRefusal
from waypost.treatment.own_page.link import Closed
from waypost.treatment.when_may import TooLate
from waypost.treatment.who_may import RecordRefusal
from waypost.values.coded_fault import CodedFault

SOURCE = Path(__file__).resolve().parents[2] / "src" / "waypost"
ROOMS = ("accounts", "desk", "personal", "treatment")
"""Where people at a desk and people in care are spoken to."""
OF_THE_DIRECTORY = frozenset({
    "desk/calls/page.py",
    "desk/listings/word_page.py",
    "desk/queue/page.py",
    "desk/sites/page.py",
})  # fmt: skip
"""These show what an action of the directory refuses, which says so in English alone."""
TRANSLATES = frozenset({"_", "gettext", "ngettext", "gettext_lazy"})
WORDS = {
    "program": (program_sentences, (TreatmentFault, RecordRefusal, TooLate, ContactRefusal)),
    "texting": (texting_sentences, (TextingFault,)),
    "link": (closed_link_words, (Closed,)),
    "accounts": (account_sentences, (AccountFault, Refusal, NotNow)),
}


def calls() -> list[tuple[Path, ast.Call]]:
    files = [path for room in ROOMS for path in (SOURCE / room).rglob("*.py")]
    return [
        (path, node)
        for path in files
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    ]


def caught(path: Path) -> set[str]:
    tree = ast.parse(path.read_text("utf-8"))
    return {h.name for h in ast.walk(tree) if isinstance(h, ast.ExceptHandler) and h.name}


def test_only_a_sentence_that_stands_there_is_translated() -> None:
    found = [
        f"{path.relative_to(SOURCE)}:{node.lineno}"
        for path, node in calls()
        if isinstance(node.func, ast.Name) and node.func.id in TRANSLATES and node.args
        if not isinstance(node.args[0], ast.Constant)
    ]
    assert found == []


def test_the_text_of_an_error_is_shown_to_nobody() -> None:
    found = [
        f"{path.relative_to(SOURCE)}:{node.lineno}"
        for path, node in calls()
        if isinstance(node.func, ast.Name) and node.func.id == "str" and node.args
        if isinstance(node.args[0], ast.Name) and node.args[0].id in caught(path)
        if path.relative_to(SOURCE).parts[0] in ("desk", "personal")
        if str(path.relative_to(SOURCE)) not in OF_THE_DIRECTORY
    ]
    assert found == []


@pytest.mark.parametrize("which", sorted(WORDS))
def test_every_code_has_its_sentence_in_both_languages(which: str) -> None:
    sentences, kinds = WORDS[which]
    codes: list[StrEnum] = [code for kind in kinds for code in kind]
    assert len(codes) == len({code.value for code in codes}), "one dictionary keeps them all"
    english = sentences()
    with translation.override("es"):
        spanish = sentences()
    assert {str(code) for code in english} == {code.value for code in codes}
    for code, text in english.items():
        assert text[0].isupper() or text[0] in "“%", text
        assert text.endswith(".") and spanish[code].endswith("."), text
        assert spanish[code] != text, text


@pytest.mark.parametrize(
    ("fault", "english", "spanish"),
    [
        (CodedFault(TreatmentFault.GROUP_FULL, facts={"most": 10}), "10", "10"),
        (CodedFault(TreatmentFault.TEST_STEP, facts={"was": "drawn", "to": "confirmed"}),
         "“drawn” cannot be “confirmed”", "confirmada"),
        (CodedFault(TreatmentFault.EPISODE_MOVE, facts={"was": "ended", "to": "active"}),
         "“ended” cannot become “in care”", "“en atención”"),
        (CodedFault(TreatmentFault.PLAN_LINE, facts={"line": 2, "lacks": ("who", "by_when")}),
         "Line 2 lacks: Who, By when.", "2"),
    ],
)  # fmt: skip
def test_a_sentence_names_its_facts_in_the_readers_words(
    fault: CodedFault, english: str, spanish: str
) -> None:
    assert english in sentence_of(fault)
    with translation.override("es"):
        said = sentence_of(fault)
    assert spanish in said and "by_when" not in said and "cannot" not in said
