"""Snapshots of an older Waypost, brought to what is read now."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from waypost.directory.facets import COLUMNS, OWN_CODES, option


def brought_up(arrays: Mapping[str, np.ndarray]) -> Mapping[str, np.ndarray]:
    """The arrays with a column for every choice that only programs themselves can say.

    An older snapshot may lack some of them: nobody had said anything then. One that lacks any
    other choice, or has one that is gone, is left as it is, and refused by its reader.
    """
    stored = arrays["columns"].tolist()
    wanted = [column for columns in COLUMNS.values() for column in columns]
    known = set(stored)
    missing = [column for column in wanted if column not in known]
    own = all(option(column).codes <= OWN_CODES for column in missing)
    if not missing or not own or known - set(wanted):
        return arrays
    position = {column: i for i, column in enumerate(stored)}
    old = arrays["blocks"]
    blocks = np.zeros((len(old), len(wanted)), dtype=old.dtype)
    for i, column in enumerate(wanted):
        if column in position:
            blocks[:, i] = old[:, position[column]]
    groups = [group for group, columns in COLUMNS.items() for _ in columns]
    return {
        **arrays,
        "blocks": blocks,
        "columns": np.array(wanted, dtype=np.str_),
        "groups": np.array(groups, dtype=np.str_),
    }
