"""The made-up files of plans, for every test of this folder."""

from __future__ import annotations

from types import ModuleType

import pytest

import made_up_plans
from forms import Following


@pytest.fixture(scope="session")
def made_up() -> ModuleType:
    return made_up_plans


@pytest.fixture
def client():
    """A visitor without a browser."""
    return Following()
