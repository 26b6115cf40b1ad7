"""What `make sbom` writes: every locked library that runs, with its digests."""

from __future__ import annotations

import json
import re
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
UV = ROOT / ".venv" / "bin" / "uv"


def exported(*words: str) -> str:
    """What uv makes of the lock file, without asking anyone."""
    command = [str(UV), "export", "--offline", "--quiet", "--frozen", "--no-dev", *words]
    return subprocess.run(
        command, cwd=ROOT, check=True, capture_output=True, text=True, timeout=240
    ).stdout


def needed() -> set[str]:
    """The libraries that pyproject.toml names for running, without their extras."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    names = {re.match(r"[\w.-]+", words) for words in project["dependencies"]}
    return {name[0].lower() for name in names if name}


@pytest.fixture(autouse=True)
def with_uv() -> None:
    if not UV.exists():
        pytest.skip("the environment was not made by `make`")


def test_the_list_is_cyclonedx_and_names_each_library_with_version_and_digest() -> None:
    bill = json.loads(exported("--preview", "--format", "cyclonedx1.5"))
    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.5")
    assert needed() <= {part["name"] for part in bill["components"]}
    assert "pytest" not in {part["name"] for part in bill["components"]}
    for part in bill["components"]:
        digests = [d for file in part["externalReferences"] for d in file.get("hashes", [])]
        assert part["purl"].startswith("pkg:pypi/") and part["version"] and digests, part["name"]


def test_every_library_that_pip_installs_is_bound_to_a_digest() -> None:
    lines = exported("--no-emit-project", "--no-header", "--format", "requirements.txt")
    entries = re.split(r"\n(?=[a-z])", lines)
    assert needed() <= {entry.partition("==")[0] for entry in entries}
    assert all("--hash=sha256:" in entry for entry in entries)


def test_the_how_to_installs_by_the_digests() -> None:
    how_to = (ROOT / "docs" / "how-to" / "deploy.md").read_text("utf-8")
    assert "pip install --require-hashes -r dist/requirements.txt" in how_to
    assert "pip install --no-deps dist/waypost-" in how_to
