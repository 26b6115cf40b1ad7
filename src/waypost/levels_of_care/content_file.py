"""Opens the reviewed YAML files of ``content`` and reads their lists of entries."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

import yaml

from waypost.levels_of_care.words import BadContent
from waypost.values.content import read_yaml

T = TypeVar("T")


def load_mapping(folder: Path, name: str) -> dict[str, Any]:
    """The mapping of ``<name>.yaml`` in ``folder``.

    Raises:
        BadContent: the file cannot be read, or is not a mapping.
    """
    path = folder / f"{name}.yaml"
    try:
        data = read_yaml(path.read_text("utf-8"))
    except (OSError, yaml.YAMLError) as error:
        raise BadContent(f"{path.name} cannot be read: {error}") from error
    if not isinstance(data, dict):
        raise BadContent(f"{path.name} is not a mapping.")
    return data


def read_each(data: Mapping[str, Any], key: str, read: Callable[[Any], T]) -> tuple[T, ...]:
    """Each entry of the list under ``key``, read; raise `BadContent` where it is no such list."""
    entries = data.get(key)
    if not isinstance(entries, list) or not all(isinstance(e, dict) for e in entries):
        raise BadContent(f"“{key}” is not a list of entries.")
    return tuple(read(entry) for entry in entries)
