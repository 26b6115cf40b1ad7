"""An operator's own Plan-Net files: from a folder, a Bundle or lines to a source in use."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from archives import gzipped
from fhir_standards import example_texts, examples
from waypost.sources.adding import About, add_resources
from waypost.sources.catalog import added, resources
from waypost.sources.plan_net_files import is_plan_net, read_resources
from waypost.sources.reading import BadSource

ABOUT = About("", publisher="Acme Health Plan")


def folder(path: Path) -> Path:
    path.mkdir()
    for number, text in enumerate(example_texts()):
        (path / f"{number}.json").write_text(text, "utf-8")
    (path / "README.md").write_text("not a resource")
    return path


def forms(path: Path) -> dict[str, Path]:
    """The examples in each form that is read."""
    bundle = {"resourceType": "Bundle", "type": "collection",
              "entry": [{"resource": r} for r in examples()]}  # fmt: skip
    (path / "bundle.json").write_text(json.dumps(bundle))
    lines = "\n".join(json.dumps(r) for r in reversed(examples())) + "\n"
    (path / "lines.ndjson").write_text(lines)
    (path / "lines.ndjson.gz").write_bytes(gzipped(lines.encode()))
    return {"folder": folder(path / "folder"), "bundle": path / "bundle.json",
            "lines": path / "lines.ndjson", "packed": path / "lines.ndjson.gz"}  # fmt: skip


def test_every_form_holds_the_same(tmp_path: Path) -> None:
    read = {name: read_resources(path) for name, path in forms(tmp_path).items()}
    assert all(is_plan_net(path) for path in (tmp_path / "folder", tmp_path / "bundle.json"))
    assert {len(held) for held in read.values()} == {49}
    assert all(held == read["folder"] for held in read.values())


def test_it_is_a_source_as_of_its_newest_change(tmp_path: Path) -> None:
    data_dir = tmp_path / "data"
    entry, what = add_resources(folder(tmp_path / "acme"), data_dir, ABOUT)
    assert "12 Organization" in what or "Organization" in what
    assert (entry.kind, entry.source.publisher, entry.given) == (
        "plan-net",
        "Acme Health Plan",
        "acme",
    )
    assert entry.source.as_of == date(2020, 7, 7) and entry.source.edition == "2020"
    assert len(resources(added(data_dir))) == 49
    assert [p.name for p in (data_dir / "sources").iterdir() if p.name.startswith("adding")] == []
    with pytest.raises(BadSource, match="in use already"):
        add_resources(tmp_path / "acme", data_dir, ABOUT)
    entry.path.write_bytes(entry.path.read_bytes() + b" ")
    with pytest.raises(BadSource, match="has changed"):
        resources(added(data_dir))


def test_of_two_files_the_later_one_holds(tmp_path: Path) -> None:
    data_dir, one = tmp_path / "data", tmp_path / "one.ndjson"
    add_resources(folder(tmp_path / "acme"), data_dir, ABOUT)
    plan = next(r for r in examples() if r["id"] == "AcmeQHPGold") | {"name": "Renamed"}
    one.write_text(json.dumps(plan))
    add_resources(one, data_dir, ABOUT)
    held = {r["id"]: r for r in resources(added(data_dir))}
    assert len(held) == 49 and held["AcmeQHPGold"]["name"] == "Renamed"


GOOD = {"resourceType": "Location", "id": "a", "status": "active", "name": "A"}


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("{}", "not a type of Plan-Net"), ("[]", "no resource"), ("no json", "not JSON"), ("", "empty"),
        (json.dumps(GOOD | {"resourceType": "Patient"}), "Patient is not a type"),
        (json.dumps(GOOD | {"id": "a_b"}), "no id"), (json.dumps(GOOD | {"id": "x" * 65}), "no id"),
        (json.dumps({k: v for k, v in GOOD.items() if k != "name"}), "has no name"),
        (json.dumps(GOOD | {"meta": []}), "meta"), ('{"resourceType":"Bundle"}', "0 resources"),
        (json.dumps({"resourceType": "Bundle", "entry": [{"resource": 5}]}), "no resource"),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_said(text: str, word: str, tmp_path: Path) -> None:
    path = tmp_path / "file.json"
    path.write_text(text)
    with pytest.raises(BadSource, match=word):
        read_resources(path)


def test_what_says_no_day_asks_for_one(tmp_path: Path) -> None:
    path = tmp_path / "a.ndjson"
    path.write_text(json.dumps(GOOD))
    with pytest.raises(BadSource, match="--as-of"):
        add_resources(path, tmp_path / "data", ABOUT)
    entry, _ = add_resources(path, tmp_path / "data", About("", date(2026, 3, 1)))
    assert entry.source.edition == "2026"
    with pytest.raises(BadSource, match="no file and no folder"):
        add_resources(tmp_path / "none", tmp_path / "data", ABOUT)
    (tmp_path / "bare").mkdir()
    with pytest.raises(BadSource, match="no JSON"):
        read_resources(tmp_path / "bare")


def test_other_files_are_not_taken_for_it(tmp_path: Path) -> None:
    for name, text in (("a.csv", "x"), ("b.json", '{"rows": []}'), ("c.json", "")):
        (tmp_path / name).write_text(text)
        assert not is_plan_net(tmp_path / name)
    assert not is_plan_net(tmp_path / "none.json")
