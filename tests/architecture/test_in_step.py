"""Files that must stay in step: settings and their reference, size limits, words that do not belong."""

from __future__ import annotations

import ast
import re
import statistics
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "waypost"


def modules() -> list[Path]:
    """Our own Python files; migrations are written by Django."""
    return [p for p in SOURCE.rglob("*.py") if "migrations" not in p.parts]


def test_every_setting_is_in_the_reference() -> None:
    files = [SOURCE / "config" / name for name in ("environment.py", "private_environment.py")]
    named = {w for f in files for w in re.findall(r"WAYPOST_[A-Z_]*[A-Z]", f.read_text("utf-8"))}
    named -= {"WAYPOST_PRIVATE"}  # how they all begin
    told = set(
        re.findall(
            r"WAYPOST_[A-Z_]*[A-Z]",
            (ROOT / "docs" / "reference" / "settings.md").read_text("utf-8"),
        )
    )
    assert named == told


def test_the_references_are_in_step() -> None:
    from waypost.config.reference import api_reference, cli_reference

    for name, made in (("command-line.md", cli_reference()), ("api.md", api_reference())):
        held = (ROOT / "docs" / "reference" / name).read_text("utf-8")
        assert held == made, f"docs/reference/{name} is out of step: run `make docs`"


def test_files_and_functions_stay_small() -> None:
    sizes = [len(p.read_text("utf-8").splitlines()) for p in modules()]
    assert max(sizes) <= 400
    assert sum(size < 200 for size in sizes) >= 0.9 * len(sizes)
    lengths = []
    for path in modules():
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                assert node.end_lineno is not None
                lengths.append(node.end_lineno - node.lineno + 1)
                assert lengths[-1] <= 60, f"{path}: {node.name}"
    assert statistics.median(lengths) <= 10


def test_no_room_is_named_after_nothing() -> None:
    bad = {"utils", "common", "helpers", "core", "base", "manager"}
    assert not [p for p in modules() if p.stem in bad or bad & set(p.relative_to(SOURCE).parts)]


def test_every_dependency_says_what_it_is_for() -> None:
    text = (ROOT / "pyproject.toml").read_text("utf-8")
    lines = [
        line for line in text.splitlines() if re.match(r'\s+"[a-z0-9-]+(\[[a-z]+\])?[>=<]', line)
    ]
    assert len(lines) > 20
    assert [line for line in lines if "#" not in line] == []


def test_public_names_have_docstrings() -> None:
    bare = []
    for path in modules():
        tree = ast.parse(path.read_text("utf-8"))
        if path.name != "__init__.py" and not ast.get_docstring(tree):
            bare.append(str(path))
        for node in tree.body:
            public = isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith(
                "_"
            )
            if public and not ast.get_docstring(node):  # type: ignore[arg-type]
                bare.append(f"{path}: {node.name}")  # type: ignore[union-attr]
    assert bare == []


def test_make_help_names_every_target() -> None:
    targets = set(re.findall(r"^([a-z]+):.*## ", (ROOT / "Makefile").read_text("utf-8"), re.M))
    told = subprocess.run(
        ["make", "-s", "help"], cwd=ROOT, capture_output=True, text=True, check=True, timeout=60
    ).stdout
    assert targets and all(f"make {target}" in told for target in targets)


def test_a_class_name_is_used_once_in_the_house() -> None:
    places: dict[str, list[str]] = {}
    for path in modules():
        if "migrations" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            # Django's inner classes have names of Django's.
            if isinstance(node, ast.ClassDef) and node.name not in ("Meta", "Config"):
                places.setdefault(node.name, []).append(str(path.relative_to(SOURCE)))
    assert {name: paths for name, paths in places.items() if len(paths) > 1} == {}


def test_a_template_line_fits_a_screen() -> None:
    lines = [
        (str(path.relative_to(SOURCE)), number)
        for path in SOURCE.rglob("*.html")
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if len(line) > 200
    ]
    assert lines == []
