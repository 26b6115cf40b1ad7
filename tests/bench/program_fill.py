"""One program played, and as many copies of it as are asked for, fast.

The program is played in SQLite, where nothing waits for a server; its copies go into PostgreSQL by
COPY, as text. Ids (``pic_3f9c…``) are the same but for their first four digits, which number the
copy (and are no hexadecimal number, so that none is there already); so every reference follows, in
columns and in JSON alike: looked for once a row, and filled in for each copy. What is sealed is
opened once and sealed anew for each copy's row, as the product would.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.apps import apps
from django.conf import settings
from django.db import connection, models

from waypost.accounts.models import Organization
from waypost.cli.demo.story import evening_of, play
from waypost.treatment.records.models import OwnedRow
from waypost.treatment.records.owner import Owner
from waypost.treatment.records.sealing import place_of

NUMBER, SEALED = "\x01", "\x02"
ID = re.compile(r"\b([a-z]+)_[0-9a-f]{4}([0-9a-f]{4,12})\b")


@dataclass(frozen=True, slots=True)
class Template:
    """The program that the others are copied from: its organization, and its rows by table."""

    organization: Organization
    rows: Mapping[type[OwnedRow], list[CopiedRow]]


def played(people: int, weeks: int, today: date) -> Template:
    """A program played in the database that is connected."""
    owner = Owner("org_0000000000000001")
    organization = Organization.objects.create(
        pk=owner.organization, kind="program", name="Program 0", made_at=evening_of(today)
    )
    play(owner, people=people, weeks=weeks, seed=7, today=today)
    return Template(organization, {table: list(_rows(table, owner)) for table in _tables()})


def copied(template: Template, copies: int) -> tuple[list[Owner], int]:
    """The copies' owners, and how many rows they have together, in a PostgreSQL."""
    kind, made_at, owners = template.organization.kind, template.organization.made_at, []
    for number in range(1, copies + 1):
        name, pk = f"Program {number}", renumbered(template.organization.pk, number)
        Organization.objects.create(pk=pk, kind=kind, name=name, made_at=made_at)
        owners.append(Owner(pk))
    return owners, sum(_copy(table, rows, copies) for table, rows in template.rows.items())


def renumbered(text: str, number: int) -> str:
    """A text with every id in it that of a copy."""
    return _open_ids(text).replace(NUMBER, f"{number:03d}")


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


@dataclass(frozen=True, slots=True)
class CopiedRow:
    """A line of COPY's text in which `NUMBER` and `SEALED` stand for what each copy has anew.

    ``sealed`` are the opened texts, each with its place, in the order in which they stand.
    """

    line: str
    sealed: tuple[tuple[str, str], ...]

    def of_copy(self, number: int) -> str:
        """The line of the copy with this number."""
        of, ring = f"{number:03d}", settings.WAYPOST_KEYRING
        line = self.line.replace(NUMBER, of)
        for place, text in self.sealed:
            again = ring.seal(text.replace(NUMBER, of), place.replace(NUMBER, of))
            line = line.replace(SEALED, again, 1)
        return line


def _copy(table: type[OwnedRow], rows: list[CopiedRow], copies: int) -> int:
    columns = [field.column for field in table._meta.concrete_fields]
    names = ", ".join(map(connection.ops.quote_name, columns))
    name = connection.ops.quote_name(table._meta.db_table)
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY {name} ({names}) FROM STDIN") as copy,
    ):
        for number in range(1, copies + 1):
            copy.write("".join(row.of_copy(number) for row in rows))
    return len(rows) * copies


def _rows(table: type[OwnedRow], owner: Owner) -> Iterator[CopiedRow]:
    """The rows of a table, ready to be copied; what is sealed is letters that COPY leaves alone."""
    fields, ring, label = (
        table._meta.concrete_fields,
        settings.WAYPOST_KEYRING,
        table._meta.label_lower,
    )
    for row in table.objects.owned_by(owner).order_by("pk"):
        cells, sealed = [], []
        for field in fields:
            value = getattr(row, field.attname)
            if value and field.column in table.sealed_columns:
                text = ring.open(value, place_of(label, row.pk, field.column))
                place = place_of(label, _open_ids(row.pk), field.column)
                sealed.append((place, _open_ids(text)))
                cells.append(SEALED)
            else:
                cells.append(_open_ids(_cell(field, value)))
        yield CopiedRow("\t".join(cells) + "\n", tuple(sealed))


def _cell(field: models.Field, value: object) -> str:
    """A value as COPY's text has it."""
    if value is None:
        return "\\N"
    text = json.dumps(value) if isinstance(field, models.JSONField) else str(value)
    return text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")


def _open_ids(text: str) -> str:
    """A text in which every id is that of a copy whose number is still open."""
    return ID.sub(rf"\1_z{NUMBER}\2", text)
