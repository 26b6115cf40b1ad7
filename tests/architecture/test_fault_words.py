"""A fault is a code; its sentence stands at the door, in two languages, and is looked up by nobody."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from enum import StrEnum
from functools import cache
from pathlib import Path

import pytest
from django.utils import translation

from waypost.accounts.faults import AccountFault
from waypost.accounts.when_may import NotNow
from waypost.accounts.who_may import Refusal
from waypost.design.account_faults import account_sentences
from waypost.design.directory_faults import directory_sentences
from waypost.design.program_faults import program_sentences, sentence_of
from waypost.design.program_words import closed_link_words
from waypost.design.timetable_faults import fault_sentences
from waypost.desk.texting.faults import texting_sentences
from waypost.directory.calls.outcomes import TryRefusal
from waypost.directory.faults import DirectoryFault
from waypost.texting.faults import TextingFault
from waypost.treatment.faults import TreatmentFault
from waypost.treatment.minors.minor import ContactRefusal
from waypost.treatment.own_page.link import Closed
from waypost.treatment.when_may import TooLate
from waypost.treatment.who_may import RecordRefusal
from waypost.values.coded_fault import CodedFault
from waypost.values.placed_fault import FaultCode

SOURCE = Path(__file__).resolve().parents[2] / "src" / "waypost"
ROOMS = ("accounts", "desk", "personal", "treatment")
"""Where people at a desk and people in care are spoken to."""
DOORS = ("web", "desk", "personal", "api", "cli")
ABOUT_OWN_FILES = frozenset({"directory/choice_words.py", "directory/facets.py"})
"""These refuse a carried file of ours that names codes which do not exist: no reader meets that."""
TRANSLATES = frozenset({"_", "gettext", "ngettext", "gettext_lazy"})
WORDS = {
    "program": (program_sentences, (TreatmentFault, RecordRefusal, TooLate, ContactRefusal)),
    "texting": (texting_sentences, (TextingFault,)),
    "link": (closed_link_words, (Closed,)),
    "accounts": (account_sentences, (AccountFault, Refusal, NotNow)),
    "placed": (fault_sentences, (FaultCode,)),
    "directory": (directory_sentences, (DirectoryFault, TryRefusal)),
}


@cache
def calls() -> list[tuple[Path, ast.Call]]:
    files = [path for room in ROOMS for path in (SOURCE / room).rglob("*.py")]
    return [
        (path, node)
        for path in files
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    ]


@cache
def coded_errors() -> frozenset[str]:
    """The names of the classes of the house that are a `CodedError`, by their definitions."""
    bases = {
        name: set(re.findall(r"\w+", above))
        for path in SOURCE.rglob("*.py")
        for name, above in re.findall(r"^class (\w+)\(([^)]*)\)", path.read_text("utf-8"), re.M)
    }
    coded = {"CodedError"}
    while more := {name for name, above in bases.items() if above & coded} - coded:
        coded |= more
    return frozenset(coded)


def caught(tree: ast.AST, kinds: frozenset[str] | None = None) -> Iterator[ast.ExceptHandler]:
    """Every handler that names its error; with ``kinds`` only those of one of these."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ExceptHandler) and node.name and node.type is not None:
            names = {n.id for n in ast.walk(node.type) if isinstance(n, ast.Name)}
            if kinds is None or names & kinds:
                yield node


def texts_shown(source: str, kinds: frozenset[str] | None = None) -> list[int]:
    """The lines on which the text of a caught error is taken: by ``str``, in a string, by ``args``."""
    return [
        node.lineno
        for handler in caught(ast.parse(source), kinds)
        for line in handler.body
        for node in ast.walk(line)
        if _takes_text(node, handler.name or "")
    ]


def _takes_text(node: ast.AST, name: str) -> bool:
    match node:
        case (
            ast.Call(func=ast.Name(id="str" | "repr" | "format"), args=[ast.Name(id=taken), *_])
            | ast.FormattedValue(value=ast.Name(id=taken))
            | ast.Attribute(value=ast.Name(id=taken), attr="args" | "__str__")
            | ast.BinOp(op=ast.Mod(), right=ast.Name(id=taken))
        ):
            return taken == name
    return False


def sentences_raised(source: str) -> list[int]:
    """The lines on which an error is raised with a text of its own."""
    return [
        node.lineno
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call)
        if any(isinstance(given, ast.JoinedStr) or (isinstance(given, ast.Constant)
               and isinstance(given.value, str)) for given in node.exc.args)
    ]  # fmt: skip


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
        f"{path.relative_to(SOURCE)}:{line}"
        for room in ("desk", "personal")
        for path in (SOURCE / room).rglob("*.py")
        for line in texts_shown(path.read_text("utf-8"))
    ]
    assert found == []


def test_no_door_shows_the_text_of_an_error_that_has_codes() -> None:
    kinds = coded_errors()
    assert {"BadReport", "NeedsValue", "BadCall", "CannotClose", "CannotOwn", "BadMove"} <= kinds
    found = [
        f"{path.relative_to(SOURCE)}:{line}"
        for room in DOORS
        for path in (SOURCE / room).rglob("*.py")
        for line in texts_shown(path.read_text("utf-8"), kinds)
    ]
    assert found == []


def test_accounts_and_the_directory_raise_codes_and_no_sentence() -> None:
    found = {
        str(path.relative_to(SOURCE))
        for room in ("accounts", "directory")
        for path in (SOURCE / room).rglob("*.py")
        if sentences_raised(path.read_text("utf-8"))
    }
    assert found == ABOUT_OWN_FILES


@pytest.mark.parametrize(
    "spelling",
    ["str(error)", 'f"{error}"', '"%s" % error', "error.args[0]", "repr(error)", "[str(error), 1]"],
)
def test_a_text_that_is_shown_is_seen_in_each_spelling(spelling: str) -> None:
    source = f"try:\n    act()\nexcept BadReport as error:\n    show({spelling})\n"
    assert texts_shown(source) == [4] == texts_shown(source, frozenset({"BadReport"}))
    assert texts_shown(source, frozenset({"BadCall"})) == []
    assert texts_shown(source.replace(spelling, "words_of(error)")) == []
    assert texts_shown(source.replace("BadReport", "(BadReport, OSError)"), coded_errors()) == [4]


def test_a_sentence_that_is_raised_is_seen() -> None:
    assert sentences_raised('raise BadReport("There is none.")\nraise BadReport(f"{n}")') == [1, 2]
    assert sentences_raised("raise BadReport(CODE)\nraise BadReport\nraise") == []


@pytest.mark.parametrize("which", sorted(WORDS))
def test_every_code_is_raised_somewhere(which: str) -> None:
    _sentences, kinds = WORDS[which]
    source = "\n".join(
        path.read_text("utf-8")
        for path in SOURCE.rglob("*.py")
        if path.parts[-2] != "design" and path.name != "faults.py"
    )
    used = set(re.findall(r"\b(\w+)\.([A-Z][A-Z0-9_]+)\b", source))
    assert [str(c) for kind in kinds for c in kind if (kind.__name__, c.name) not in used] == []


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
