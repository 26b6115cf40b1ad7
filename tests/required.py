"""What some tests need and a machine may lack: a browser, PostgreSQL, a rival of the benchmarks.

Without it they are skipped, and the end of the run says so in capitals; under ``CI=true`` they fail,
so that nothing is believed tested that was not.
"""

from __future__ import annotations

import os

import pytest

NOT_TESTED = "NOT TESTED:"


def need(present: bool, what: str, remedy: str = "bash tests/set_up.sh installs it") -> None:
    """Skip the test where this is missing; fail it under ``CI=true``."""
    if present:
        return
    words = f"{NOT_TESTED} {what} is not installed ({remedy})"
    if os.environ.get("CI") == "true":
        pytest.fail(words)
    pytest.skip(words)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Name at the end, where it is seen, what was left out."""
    reasons = [str(report.longrepr) for report in terminalreporter.stats.get("skipped", [])]
    missing = {reason.partition(NOT_TESTED)[2] for reason in reasons if NOT_TESTED in reason}
    for words in sorted(missing):
        line = NOT_TESTED + words.removesuffix("')")
        terminalreporter.write_sep("!", line, red=True, bold=True)
