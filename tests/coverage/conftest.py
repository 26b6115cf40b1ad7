"""The made-up files of `coverage_files`, for every test of this folder.

The module is loaded by its path: this folder has the name of a well-known package, and an import
by name might find that one.
"""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def made_up():
    spec = importlib.util.spec_from_file_location(
        "coverage_files", Path(__file__).parent / "coverage_files.py"
    )
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
