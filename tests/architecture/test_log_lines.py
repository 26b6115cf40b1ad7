"""Every line that may be logged stands in SECURITY.md, with its reason."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LEVELS = {"debug", "info", "warning", "error", "exception", "critical"}


def lines_of(text: str) -> Iterator[str]:
    """The words of every call of a module's logger."""
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        owner = ast.unparse(node.func.value)
        if node.func.attr in LEVELS and owner.rpartition(".")[2] in {"log", "logger", "logging"}:
            words = node.args[0]
            assert isinstance(words, ast.Constant), "a line is a constant with its values apart"
            yield str(words.value)


def logged() -> set[str]:
    """All lines of the product."""
    files = (ROOT / "src" / "waypost").rglob("*.py")
    return {line for path in files for line in lines_of(path.read_text("utf-8"))}


def test_the_inventory_has_every_line_and_no_other() -> None:
    section = (ROOT / "SECURITY.md").read_text("utf-8").split("## What is written down")[1]
    told = re.findall(r"^\| `([^`]+)` \| .+ \|$", section.split("\n## ")[0], re.M)
    assert {line.replace("\n", "\\n") for line in logged()} == set(told)


def test_a_line_is_found_wherever_it_is_logged() -> None:
    text = 'log.error("a %s", b)\nself.logger.warning("c")\nmath.log(2)\nother.error("d")'
    assert list(lines_of(text)) == ["a %s", "c"]
