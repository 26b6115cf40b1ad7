"""What differs on a terminal: colors and a moving bar there, plain lines in a pipe."""

from __future__ import annotations

import os
import pty
import re
import select
import subprocess
import sys
from pathlib import Path

import pytest

from cli.country import run
from running import PATIENCE, stop, until
from waypost.cli.main import app

WAYPOST = str(Path(sys.executable).with_name("waypost"))
SMALL = (
    "import sys\n"
    "from waypost.cli.progress import progress_shown\n"
    "with progress_shown('starting', 3) as step:\n"
    "    [step(f'step {i}') for i in range(3)]\n"
)


def on_a_terminal(*command: str) -> str:
    """Everything that a command writes on a terminal of its own."""
    ours, theirs = pty.openpty()
    environment = os.environ | {"TERM": "xterm", "COLUMNS": "100", "NO_COLOR": ""}
    child = subprocess.Popen(command, stdout=theirs, stderr=theirs, stdin=theirs, env=environment)
    os.close(theirs)
    words = b""
    try:
        while (part := until(lambda: _read(ours), "more from the terminal")) != END:
            words += part
        child.wait(PATIENCE)
    finally:
        os.close(ours)
        stop(child)
    return words.decode()


END = b"\x04"


def _read(terminal: int) -> bytes:
    """What was written on the terminal since; `END` where nobody will write more."""
    readable, _, _ = select.select([terminal], [], [], 1)
    try:
        return (os.read(terminal, 65_536) or END) if readable else b""
    except OSError:  # Linux ends a terminal so
        return END


def in_a_pipe(*command: str) -> tuple[str, str]:
    """What a command writes to its two outputs where nobody watches."""
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=PATIENCE)
    return done.stdout, done.stderr


def test_colors_only_on_a_terminal(own_data: Path) -> None:
    assert "\x1b[" in on_a_terminal(WAYPOST, "find", "78701", "--limit", "2")
    assert "\x1b[31m" in on_a_terminal(WAYPOST, "find", "qqqqzzzz")
    words, errors = in_a_pipe(WAYPOST, "find", "78701", "--limit", "2")
    assert "programs for 78701" in words and "\x1b" not in words + errors
    words, errors = in_a_pipe(WAYPOST, "find", "qqqqzzzz")
    assert words == "" and "We know no place called" in errors and "\x1b" not in errors


def test_a_bar_moves_on_a_terminal_and_lines_are_written_elsewhere() -> None:
    shown = on_a_terminal(sys.executable, "-c", SMALL)
    assert "step 2" in shown and "━" in shown
    words, errors = in_a_pipe(sys.executable, "-c", SMALL)
    assert words == ""
    assert re.findall(r"^ *\d+\.\d s  step \d$", errors, re.M) == errors.splitlines()
    assert len(errors.splitlines()) == 3


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_for_shells(shell: str, monkeypatch: pytest.MonkeyPatch) -> None:
    done = subprocess.run(
        [WAYPOST],
        env=os.environ | {"_WAYPOST_COMPLETE": f"source_{shell}"},
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )
    assert "waypost" in done.stdout and "_WAYPOST_COMPLETE" in done.stdout


def test_completion_offers_commands_and_options() -> None:
    def offered(words: str, at: int) -> set[str]:
        asked = {"_WAYPOST_COMPLETE": "complete_bash", "COMP_WORDS": words, "COMP_CWORD": str(at)}
        done = subprocess.run(
            [WAYPOST],
            env=os.environ | asked,
            capture_output=True,
            text=True,
            check=False,
            timeout=PATIENCE,
        )
        return set(done.stdout.split())

    assert {"sources", "show"} <= offered("waypost s", 1)
    assert {"labels", "list"} <= offered("waypost sources l", 2)
    assert "--within" in offered("waypost find --w", 2)


def commands() -> list[tuple[str, ...]]:
    """Every command there is, by the words that call it."""
    found = [(c.name or str(getattr(c.callback, "__name__", "")),) for c in app.registered_commands]
    for group in app.registered_groups:
        for command in group.typer_instance.registered_commands:
            name = command.name or str(getattr(command.callback, "__name__", ""))
            found.append((str(group.name), name.replace("_", "-")))
    return found


@pytest.mark.parametrize("command", commands(), ids=" ".join)
def test_every_command_has_help_with_an_example(command: tuple[str, ...]) -> None:
    result = run(*command, "--help")
    assert result.exit_code == 0
    assert re.search(
        rf"Examples?:\s+(WAYPOST_\w+=\S+ )?waypost {' '.join(command)}", result.output
    ), result.output


def test_exit_codes_are_told_in_the_help() -> None:
    words = " ".join(run("--help").output.split())
    for code in ("0 done", "1 nothing found", "2 an invalid question", "3 no data", "4 not done"):
        assert code in words


def test_a_reader_who_stops_listening_is_no_fault(own_data: Path) -> None:
    command = f"{WAYPOST} find 78701 --within 500 --limit 200 --json | head -1"
    done = subprocess.run(
        command, shell=True, capture_output=True, text=True, check=False, timeout=PATIENCE
    )
    assert done.stdout == "{\n" and "Traceback" not in done.stderr
