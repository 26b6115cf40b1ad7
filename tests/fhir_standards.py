"""Plan-Net 1.1.0 and what Inferno tests of it, read from the archives beside the FHIR tests."""

from __future__ import annotations

import json
import tarfile
from functools import cache
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent / "api" / "fhir" / "standards"
PLAN_NET = "http://hl7.org/fhir/us/davinci-pdex-plan-net"
Json = dict[str, Any]


@cache
def _files(archive: str) -> dict[str, bytes]:
    with tarfile.open(FOLDER / archive) as tar:
        return {m.name: tar.extractfile(m).read() for m in tar.getmembers()}  # type: ignore[union-attr]


@cache
def plan_net() -> dict[str, Json]:
    """Every definition of the guide by its canonical address."""
    files = _files("plan-net-1.1.0.tar.xz")
    read = [json.loads(data) for name, data in files.items() if "/" not in name]
    return {one["url"]: one for one in read if "url" in one}


@cache
def example_texts() -> tuple[str, ...]:
    """The guide's 49 examples as they were published."""
    files = _files("plan-net-1.1.0.tar.xz")
    return tuple(d.decode() for n, d in sorted(files.items()) if n.startswith("example/"))


def examples() -> list[Json]:
    """The examples, each a new copy."""
    return [json.loads(text) for text in example_texts()]


def profile(name: str) -> Json:
    """A profile of the guide, such as "plannet-Location"."""
    return plan_net()[f"{PLAN_NET}/StructureDefinition/{name}"]


@cache
def inferno() -> dict[str, Json]:
    """What Inferno tests of each profile, by the name of its file."""
    files = _files("inferno-plan-net-0.13.3.tar.xz")
    text = {n: d.decode() for n, d in files.items() if n.endswith(".metadata.yml")}
    # the file writes Ruby's symbols: a name that begins with a colon
    return {n.partition(".")[0]: _plain(yaml.safe_load(t)) for n, t in sorted(text.items())}


@cache
def inferno_json(name: str) -> Json:
    """A list of the test kit that is JSON: "reverse-chains", "combination-searches"."""
    data: Json = json.loads(_files("inferno-plan-net-0.13.3.tar.xz")[f"{name}.json"])
    return data


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(k).removeprefix(":"): _plain(v) for k, v in value.items()}
    return [_plain(v) for v in value] if isinstance(value, list) else value
