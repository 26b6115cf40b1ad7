"""Calls that are safe only in one form are nowhere made in another."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "waypost"
PATTERNS = {
    "compile", "match", "fullmatch", "search", "sub", "subn", "split", "findall", "finditer",
}  # fmt: skip

OUR_OWN = {
    "articles/avoided_words.py": "content/articles, escaped a line before",
    "articles/reading_level.py": "one of two constants",
    "sources/adding.py": "one of two constants",
    "sources/nppes/reading.py": "the layout's own names",
    "texting/crisis/danger_words.py": "content/safety, which is signed",
    "texting/crisis/lexicon.py": "content/safety, which is signed",
    "texting/crisis/quick_pattern.py": "parts of patterns that are compiled already",
    "texting/words/opting.py": "keywords of the house",
    "x12/benefit_words.py": "a person's own words, escaped a line before",
}
"""Modules whose patterns are put together from other than constants, and from what."""


def modules(*words: str) -> Iterator[tuple[str, str]]:
    """The name and text of every module of the product in which one of these words stands."""
    for path in sorted(SOURCE.rglob("*.py")):
        text = path.read_text("utf-8")
        if any(word in text for word in words):
            yield path.relative_to(SOURCE).as_posix(), text


def calls(*words: str) -> Iterator[tuple[str, ast.Call]]:
    """Every call in those modules."""
    for name, text in modules(*words):
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Call):
                yield name, node


def is_fixed(pattern: ast.expr) -> bool:
    """Whether a pattern is made of constants and of what `re.escape` gives alone."""
    if isinstance(pattern, ast.JoinedStr):
        values = (v.value for v in pattern.values if isinstance(v, ast.FormattedValue))
        return all(is_fixed(value) for value in values)
    if isinstance(pattern, ast.Name):
        return pattern.id.isupper()
    inner = pattern.args[0] if isinstance(pattern, ast.Call) and pattern.args else None
    if inner is not None and ast.unparse(pattern.func) == "re.escape":
        return True
    if inner is not None:  # '|'.join(CONSTANTS), sorted(CONSTANTS), squeezed("...")
        return is_fixed(inner)
    return isinstance(pattern, ast.Constant)


def test_no_pattern_is_built_of_what_somebody_typed() -> None:
    odd = {
        name
        for name, call in calls("re.")
        if isinstance(call.func, ast.Attribute)
        and ast.unparse(call.func.value) == "re"
        and call.func.attr in PATTERNS
        and not is_fixed(call.args[0])
    }
    assert odd == set(OUR_OWN)


def test_a_pattern_of_a_value_is_seen() -> None:
    seen = {text: is_fixed(ast.parse(text, mode="eval").body) for text in (
        "'a'", "f'{_A}|{B}'", "f'{re.escape(x)}$'", "'|'.join(WORDS)", "x", "f'{x}'", "a + b", "'|'.join(words)",
    )}  # fmt: skip
    assert list(seen.values()) == [True] * 4 + [False] * 4


def test_no_client_follows_a_redirect_by_itself() -> None:
    values = [
        (name, ast.unparse(keyword.value))
        for name, call in calls("follow_redirects")
        for keyword in call.keywords
        if keyword.arg == "follow_redirects"
    ]
    assert values and {value for _, value in values} == {"False"}
    assert list(modules("import requests", "import urllib.request")) == []


def test_a_file_to_save_is_named_in_one_place() -> None:
    assert [name for name, _ in modules("attachment; filename")] == ["design/saved_as.py"]
