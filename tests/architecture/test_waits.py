"""How tests wait: never without an end, never by a fixed pause, and for what a click leads to."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parents[1]
OURS = {"running.py"}
"""The module that knows how to wait, so that nobody else need."""

ENDLESS = {
    "run": "subprocess.run without a timeout",
    "check_output": "subprocess.check_output without a timeout",
    "check_call": "subprocess.check_call without a timeout",
    "communicate": "communicate() without a timeout",
    "urlopen": "urlopen without a timeout",
}
ASKS = {"get", "post", "put", "head", "request", "stream", "Client", "AsyncClient"}
BARE = {"wait", "join", "result", "acquire"}
"""Calls that wait for ever where they are given nothing."""


LETTERS = 4
"""Fewer than this and a text stands inside other words: "mi " in "coming"."""

APART = {"bench"}
"""The benchmarks are started by hand and watched."""


def modules() -> list[Path]:
    """Every module of the tests that this binds."""
    return sorted(p for p in TESTS.rglob("*.py") if p.relative_to(TESTS).parts[0] not in APART)


def called(node: ast.Call) -> str:
    """The last word of what is called."""
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def owner(node: ast.Call) -> str:
    """What a method is called on, as it is written."""
    return ast.unparse(node.func.value) if isinstance(node.func, ast.Attribute) else ""


def faults(text: str) -> Iterator[tuple[int, str]]:
    """Every wait in a module that may have no end, or that proves nothing."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call):
            yield from ((node.lineno, fault) for fault in _faults_of(node))
        elif isinstance(node, ast.While) and _is_true(node.test):
            yield node.lineno, "while True"
        elif isinstance(node, ast.While) and ".press(" in ast.unparse(node):
            yield node.lineno, "keys pressed in a loop without an end"
        elif isinstance(node, ast.For) and ast.unparse(node.iter).endswith(".stdout"):
            yield node.lineno, "a program's lines read without a limit"


def _faults_of(node: ast.Call) -> Iterator[str]:
    name, words = called(node), {keyword.arg for keyword in node.keywords}
    if (
        name in ENDLESS
        and (name != "run" or owner(node) == "subprocess")
        and "timeout" not in words
    ):
        yield ENDLESS[name]
    if name in BARE and not node.args and "timeout" not in words:
        yield f"{name}() without a limit"
    if name in {"readline", "readlines"} or (name == "read" and "stdout" in owner(node)):
        yield "a program's output read without a limit"
    if owner(node) == "httpx" and name in ASKS and not words & {"timeout", "transport"}:
        yield "httpx gives up after five seconds where it is told nothing else"
    turn = ast.unparse(node) == "asyncio.sleep(0)"  # no pause: the loop's next turn
    sleeps = name == "sleep" and owner(node) in {"time", "asyncio"} and not turn
    new_event = name == "wait" and owner(node).endswith("Event()")  # which nobody can set
    if name == "wait_for_timeout" or sleeps or new_event:
        yield "a fixed pause"
    texts = [value.value for value in ast.walk(node) if isinstance(value, ast.Constant)]
    if name != "parametrize" and "networkidle" in texts:
        yield "networkidle"
    if name == "get_by_text" and "exact" not in words and _is_short(node):
        yield "a few letters that other words hold too: wait for an element"
    if name == "bind" and "0)" not in ast.unparse(node):
        yield "a port that is not bound to 0"


def _is_short(node: ast.Call) -> bool:
    """Whether a text to wait for has fewer than four letters or digits."""
    text = node.args[0].value if node.args and isinstance(node.args[0], ast.Constant) else None
    return isinstance(text, str) and sum(map(str.isalnum, text)) < LETTERS


def _is_true(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and bool(node.value)


@pytest.mark.parametrize("path", modules(), ids=lambda path: path.relative_to(TESTS).as_posix())
def test_no_wait_is_without_an_end_and_no_pause_is_a_proof(path: Path) -> None:
    if path.name not in OURS and path.name != Path(__file__).name:
        assert list(faults(path.read_text("utf-8"))) == []


@pytest.mark.parametrize(
    "fault",
    [
        "subprocess.run(['x'], check=True)",
        "server.communicate()",
        "urllib.request.urlopen(address)",
        "thread.join()",
        "child.wait()",
        "pool.submit(f).result()",
        "server.stdout.readline()",
        "server.stdout.read()",
        "time.sleep(1)",
        "await asyncio.sleep(0.01)",
        "httpx.get(address)",
        "page.wait_for_timeout(500)",
        "threading.Event().wait(0.1)",
        "page.wait_for_load_state('networkidle')",
        "page.goto(x, wait_until='networkidle')",
        "page.get_by_text('mi ')",
        "probe.bind(('127.0.0.1', 8123))",
        "while True: pass",
        "while not there(): page.keyboard.press('Tab')",
        "for line in child.stdout: pass",
    ],
)
def test_each_kind_is_seen(fault: str) -> None:
    assert list(faults(fault))


def test_what_has_an_end_is_let_be() -> None:
    whole = (
        "subprocess.run(['x'], timeout=5)\n', '.join(words)\nthread.join(5)\nchild.wait(timeout=2)\n"
        "run('--help')\npath.read()\nprobe.bind(('127.0.0.1', 0))\n"
        "for _ in range(9): page.keyboard.press('Tab')\npage.get_by_text('Yes', exact=True)\n"
    )
    assert list(faults(whole)) == []


# What a visitor does that may lead to another page or change this one, what waits for it, and what
# looks at once. A look after an act, with no wait between, may see the page before.
ACTS = {"click", "tap", "dblclick", "press", "check", "uncheck", "select_option", "go_back",
        "go_forward", "press_sequentially"}  # fmt: skip
WAITS = {"expect", "wait_for", "wait_for_url", "wait_for_selector", "wait_for_function", "goto",
         "given_the_page", "reload", "expect_response", "expect_download", "expect_page",
         "expect_navigation", "expect_request", "set_content"}  # fmt: skip
LOOKS = {"count", "inner_text", "inner_html", "text_content", "all_inner_texts", "all", "is_visible",
         "all_text_contents", "is_hidden", "is_checked", "input_value", "get_attribute", "evaluate",
         "evaluate_all", "bounding_box", "content", "title", "then_the_page_is_accessible"}  # fmt: skip
MOVES_FOCUS = {"Tab", "Shift+Tab"}
"""Keys that lead nowhere: the focus has moved by the time that the call returns."""


def glances(text: str) -> Iterator[tuple[int, str]]:
    """Every look that comes after an act with no wait between, in the order of the lines.

    A function of the same module counts as its last act or wait.
    """
    functions = [n for n in ast.walk(ast.parse(text)) if isinstance(n, ast.FunctionDef)]
    ends = {function.name: _ends_in(function) for function in functions}
    for function in functions:
        acted = 0
        for node in _in_order(function):
            if isinstance(node, ast.Attribute):
                if acted and node.attr == "url" and isinstance(node.ctx, ast.Load):
                    yield node.lineno, f"url, after an act in line {acted}"
            elif isinstance(node, ast.With):
                acted = 0
            elif (kind := _kind(node, ends)) == "look" and acted:
                yield node.lineno, f"{called(node)}(), after an act in line {acted}"
            elif kind != "look" and kind:
                acted = node.lineno if kind == "act" else 0


def _in_order(function: ast.FunctionDef) -> list[ast.Call | ast.Attribute | ast.With]:
    """What is called and read in a function, and each block that waits at its end, by its end."""
    nodes = [
        n
        for n in ast.walk(function)
        if isinstance(n, ast.Call | ast.Attribute) or (isinstance(n, ast.With) and _waits(n))
    ]
    return sorted(
        nodes, key=lambda n: (n.end_lineno or 0, n.end_col_offset or 0, isinstance(n, ast.With))
    )


def _waits(block: ast.With) -> bool:
    """Whether a ``with`` waits for what happens inside, as ``with page.expect_download()`` does."""
    calls = [item.context_expr for item in block.items]
    return any(isinstance(c, ast.Call) and called(c).startswith("expect_") for c in calls)


def _ends_in(function: ast.FunctionDef) -> str:
    """The last thing that a function does: an act, a wait, or neither."""
    nodes = _in_order(function)
    kinds = [
        "wait" if isinstance(n, ast.With) else _kind(n, {})
        for n in nodes
        if not isinstance(n, ast.Attribute)
    ]
    return next((kind for kind in reversed(kinds) if kind in {"act", "wait"}), "")


def _kind(node: ast.Call, functions: Mapping[str, str]) -> str:
    """Whether a call is an act, a wait, a look or neither."""
    name = called(node)
    if isinstance(node.func, ast.Name) and name in functions:
        return functions[name]
    if name in WAITS:
        return "wait"
    if not isinstance(node.func, ast.Attribute) or _moves_focus(node):
        return ""
    return "act" if name in ACTS else "look" if name in LOOKS else ""


def _moves_focus(node: ast.Call) -> bool:
    key = node.args[0] if node.args else None
    return called(node) == "press" and isinstance(key, ast.Constant) and key.value in MOVES_FOCUS


def in_a_browser() -> list[Path]:
    """The modules that drive one."""
    return [
        p
        for p in modules()
        if "pytest.mark.browser" in p.read_text("utf-8") and p.name != Path(__file__).name
    ]


@pytest.mark.parametrize("path", in_a_browser(), ids=lambda p: p.relative_to(TESTS).as_posix())
def test_what_an_act_leads_to_is_waited_for(path: Path) -> None:
    assert list(glances(path.read_text("utf-8"))) == []


@pytest.mark.parametrize(
    ("lines", "seen"),
    [
        ("page.click('a')\n assert page.locator('h1').inner_text() == 'x'", True),
        ("page.click('a')\n assert page.locator('h1').count() == 1", True),
        ("box.check()\n page.evaluate('1')", True),
        ("page.keyboard.press('Enter')\n assert page.url == 'x'", True),
        ("page.click('a')\n visit.then_the_page_is_accessible()", True),
        ("page.click('a')\n expect(page.locator('h1')).to_have_text('x')\n page.evaluate('1')", False),
        ("page.click('a')\n page.wait_for_url('x')\n page.locator('h1').inner_text()", False),
        ("page.keyboard.press('Tab')\n page.evaluate('document.activeElement')", False),
        ("page.locator('h1').inner_text()\n page.click('a')", False),
        ("with page.expect_navigation():\n  page.click('a')\n page.locator('h1').count()", False),
    ],
)  # fmt: skip
def test_a_glance_is_seen(lines: str, seen: bool) -> None:
    assert bool(list(glances(f"def test():\n {lines}"))) is seen


ARCHIVES = {"archives.py", Path(__file__).name}


def stamped(text: str) -> Iterator[tuple[int, str]]:
    """Every archive that is written with the present time in it."""
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, ast.Call):
            continue
        name, words = ast.unparse(node.func), {keyword.arg for keyword in node.keywords}
        modes = {
            str(a.value)
            for a in [*node.args, *(k.value for k in node.keywords)]
            if isinstance(a, ast.Constant)
        }
        writes = any(mode[:1] in {"w", "a", "x"} and len(mode) <= 5 for mode in modes)
        if name == "gzip.compress" and "mtime" not in words:
            yield node.lineno, "gzip.compress without mtime"
        if (
            name in {"gzip.open", "gzip.GzipFile", "zipfile.ZipFile", "ZipFile", "tarfile.open"}
            and writes
            and "mtime" not in words
        ):
            yield node.lineno, f"{name} for writing"


@pytest.mark.parametrize("path", modules(), ids=lambda path: path.relative_to(TESTS).as_posix())
def test_no_archive_holds_the_present_time(path: Path) -> None:
    if path.name not in ARCHIVES:
        assert list(stamped(path.read_text("utf-8"))) == [], "write it with tests/archives.py"


def test_stamps_are_seen() -> None:
    for fault in (
        "gzip.compress(b'')",
        "zipfile.ZipFile(p, 'w')",
        "gzip.open(p, mode='wb')",
        "tarfile.open(p, 'w:gz')",
    ):
        assert list(stamped(fault)), fault
    for whole in (
        "gzip.compress(b'', mtime=0)",
        "zipfile.ZipFile(p)",
        "gzip.open(p)",
        "Archive(p, 'w')",
    ):
        assert not list(stamped(whole)), whole
