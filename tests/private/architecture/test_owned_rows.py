"""No row of a person in care is reached but through the organization that owns it."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps

import waypost.treatment
from waypost.treatment.records.models import Owned

ROOM = Path(waypost.treatment.__file__).parent
MANAGERS = {"objects", "_default_manager", "_base_manager"}
DOORS_OF_DJANGO = {"get_object_or_404", "get_list_or_404", "raw", "cursor"}


def unowned(source: str) -> Iterator[int]:
    """The lines on which a manager is used otherwise than as ``.objects.owned_by(owner)``.

    ``.objects.owner_by(digest=...)`` gives the owner of a secret, and no row.
    """
    tree = ast.parse(source)
    owned = {
        id(node.func.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and ((node.func.attr == "owned_by" and node.args) or node.func.attr == "owner_by")
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in MANAGERS and id(node) not in owned:
            yield node.lineno
        name = getattr(node, "attr", getattr(node, "id", ""))
        if isinstance(node, ast.Attribute | ast.Name) and name in DOORS_OF_DJANGO:
            yield node.lineno


def modules() -> list[str]:
    files = [p for p in ROOM.rglob("*.py") if "migrations" not in p.parts]
    return sorted(str(p.relative_to(ROOM)) for p in files)


@pytest.mark.parametrize("module", modules())
def test_every_use_of_a_manager_names_the_owner(module: str) -> None:
    assert list(unowned((ROOM / module).read_text("utf-8"))) == []


@pytest.mark.parametrize(
    "line",
    ["Person.objects.all()", "rows = Person.objects", "Person._default_manager.get(pk=1)",
     "Person.objects.owned_by()", "get_object_or_404(Person, pk=1)", "connection.cursor()"],
)  # fmt: skip
def test_the_lint_sees_each_way_around_the_owner(line: str) -> None:
    assert list(unowned(line)) != []
    assert list(unowned("Person.objects.owned_by(owner).filter(pk=1)")) == []


def test_every_table_of_treatment_has_the_owners_manager_and_column() -> None:
    tables = [m for m in apps.get_models() if m.__module__.startswith("waypost.treatment.")]
    assert len(tables) >= 4
    for table in tables:
        assert isinstance(table.objects, Owned), table
        assert table._meta.get_field("organization").db_index, table
        assert "organization" in table.whose


def test_every_query_and_action_takes_the_owner_first() -> None:
    import importlib

    for path in modules():
        parts = path.removesuffix(".py").split("/")
        if parts[-1] not in {"queries", "actions"}:
            continue
        module = importlib.import_module(".".join(["waypost.treatment", *parts]))
        for name, function in inspect.getmembers(module, inspect.isfunction):
            if function.__module__ == module.__name__ and not name.startswith("_"):
                first = next(iter(inspect.signature(function).parameters), "")
                # a secret says whose it is before an owner is known
                assert first in ("owner", "token"), f"{path}: {name}"
