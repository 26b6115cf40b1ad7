"""One program played, and as many copies of it as are asked for, fast.

Rows go out and in by COPY, as text. Ids (``pic_3f9c…``) are the same but for their first four
digits, which number the copy (and are no hexadecimal number, so that none is there already); so every reference follows, in columns and in JSON alike. What is
sealed is opened once and sealed anew for each copy's row, as the product would.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connection, models

from waypost.accounts.models import Organization
from waypost.cli.demo.story import evening_of, play
from waypost.treatment.records.models import OwnedRow
from waypost.treatment.records.owner import Owner
from waypost.treatment.records.sealing import place_of

ID = re.compile(r"\b([a-z]+)_[0-9a-f]{4}([0-9a-f]{4,12})\b")


def played(people: int, weeks: int, today: date) -> Owner:
    """The program that the others are copied from."""
    owner = Owner("org_0000000000000001")
    Organization.objects.create(
        pk=owner.organization, kind="program", name="Program 0", made_at=evening_of(today)
    )
    play(owner, people=people, weeks=weeks, seed=7, today=today)
    return owner


def copied(owner: Owner, copies: int) -> tuple[list[Owner], int]:
    """The copies' owners, and how many rows they have together."""
    template = Organization.objects.get(pk=owner.organization)
    owners = []
    for number in range(1, copies + 1):
        name, pk = f"Program {number}", renumbered(owner.organization, number)
        Organization.objects.create(pk=pk, kind=template.kind, name=name, made_at=template.made_at)
        owners.append(Owner(pk))
    return owners, sum(_copy(table, owner, copies) for table in _tables())


def renumbered(text: str, number: int) -> str:
    """A text with every id in it that of a copy."""
    return ID.sub(rf"\1_z{number:03d}\2", text)


def _tables() -> Iterator[type[OwnedRow]]:
    """Every table of treatment, those that others refer to first."""
    left = [table for table in apps.get_models() if issubclass(table, OwnedRow)]
    while left:
        for table in left:
            refers = {f.related_model for f in table._meta.get_fields() if f.many_to_one}
            if not refers & (set(left) - {table}):
                left.remove(table)
                yield table
                break


def _copy(table: type[OwnedRow], owner: Owner, copies: int) -> int:
    name = connection.ops.quote_name(table._meta.db_table)
    columns = [field.column for field in table._meta.concrete_fields]
    names = ", ".join(map(connection.ops.quote_name, columns))
    with connection.cursor() as cursor:
        out = f"COPY (SELECT {names} FROM {name} WHERE organization = %s) TO STDOUT"
        with cursor.copy(out, [owner.organization]) as copy:
            rows = list(copy.rows())
        rows = [_opened(table, columns, row) for row in rows]
        with cursor.copy(f"COPY {name} ({names}) FROM STDIN") as copy:
            for number in range(1, copies + 1):
                for row, sealed in rows:
                    copy.write_row(_sealed(table, columns, row, sealed, number))
    return len(rows) * copies


Row = tuple[str | None, ...]


def _opened(table: type[models.Model], columns: list[str], row: Row) -> tuple[Row, dict[int, str]]:
    """A row, and what its sealed columns say, by their place."""
    ring, sealed = settings.WAYPOST_KEYRING, {}
    for name in getattr(table, "sealed_columns", ()):
        at = columns.index(name)
        text = row[at]
        if text:
            place = place_of(table._meta.label_lower, str(row[0]), name)
            sealed[at] = ring.open(text, place)
    return row, sealed


def _sealed(
    table: type[models.Model], columns: list[str], row: Row, sealed: dict[int, str], number: int
) -> list[Any]:
    ring = settings.WAYPOST_KEYRING
    new = [
        renumbered(cell, number) if cell and at not in sealed else cell
        for at, cell in enumerate(row)
    ]
    for at, text in sealed.items():
        place = place_of(table._meta.label_lower, str(new[0]), columns[at])
        new[at] = ring.seal(renumbered(text, number), place)
    return new
