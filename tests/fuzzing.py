"""How property tests choose their examples; `make fuzz` tries many times as many, all new."""

from __future__ import annotations

import os

import hypothesis
import pytest

FUZZ = "fuzz"
TIMES = 20

# No test asserts how long anything takes: a busy machine is no fault. Whoever works on a room tries
# new examples each time; `make test` and CI try the same ones every time; `make fuzz` many new ones.
for _profile, _steady in (("searching", False), ("steady", True), (FUZZ, False)):
    hypothesis.settings.register_profile(_profile, deadline=None, derandomize=_steady)
hypothesis.settings.load_profile("steady" if os.environ.get("CI") == "true" else "searching")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let a run say how many times as many."""
    parser.addoption(
        "--fuzz-times", type=int, default=TIMES, help="examples of `make fuzz`, as a multiple"
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Give the property tests more examples under the profile `fuzz`.

    Most tests say how many they want, which no profile overrides. Hypothesis keeps a test's
    settings in an attribute without a public name; `test_property_tests` sees that it is still there.
    """
    if config.getoption("--hypothesis-profile") != FUZZ:
        return
    times = config.getoption("--fuzz-times")
    widened = set()
    for item in items:
        test = getattr(item, "obj", None)
        test = getattr(test, "__func__", test)
        wanted = getattr(test, "_hypothesis_internal_use_settings", None)
        if wanted is not None and test not in widened:
            widened.add(test)
            test._hypothesis_internal_use_settings = hypothesis.settings(  # type: ignore[union-attr]
                wanted, max_examples=wanted.max_examples * times, derandomize=False
            )
