"""Small declarative conditions over answers: data, not code, so that a clinician can read them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from waypost.levels_of_care.words import BadContent

Facts = Mapping[str, frozenset[str]]
"""What is known: a question's or scale's name and the values it has."""


@dataclass(frozen=True, slots=True)
class Condition:
    """Holds when every need shares a value with the facts, and ``any`` and ``all`` hold too."""

    needs: tuple[tuple[str, frozenset[str]], ...] = ()
    any: tuple[Condition, ...] = ()
    all: tuple[Condition, ...] = ()

    def holds(self, facts: Facts) -> bool:
        """Whether the facts meet the condition; what is not known meets no need."""
        return (
            all(not values.isdisjoint(facts.get(name, ())) for name, values in self.needs)
            and (not self.any or any(part.holds(facts) for part in self.any))
            and all(part.holds(facts) for part in self.all)
        )

    def atoms(self) -> Iterator[tuple[str, str]]:
        """Every (name, value) that the condition speaks of."""
        for name, values in self.needs:
            yield from ((name, value) for value in sorted(values))
        for part in (*self.any, *self.all):
            yield from part.atoms()

    def text(self) -> str:
        """The condition as one line that reads one way: ``a is x or y AND (b is z OR c is w)``.

        A name's values are joined by "or" in lower case; parts by AND and OR in capitals, and
        every OR stands in brackets. Without any part it is "always".
        """
        parts = [f"{name} is {' or '.join(sorted(values))}" for name, values in self.needs]
        if self.any:
            parts.append(f"({' OR '.join(part.bracketed() for part in self.any)})")
        parts += [part.bracketed() for part in self.all]
        return " AND ".join(parts) or "always"

    def bracketed(self) -> str:
        """The condition as a part of another one: in brackets where it is more than one need."""
        one_need = len(self.needs) == 1 and not self.any and not self.all
        return self.text() if one_need else f"({self.text()})"


def read_condition(entry: object, where: str) -> Condition:
    """Read a ``when`` mapping; raise `BadContent` where it is not one."""
    if not isinstance(entry, Mapping):
        raise BadContent(f"{where}: “when” is not a mapping.")
    needs: list[tuple[str, frozenset[str]]] = []
    joined: dict[str, tuple[Condition, ...]] = {"any": (), "all": ()}
    for name, values in entry.items():
        if not isinstance(values, list) or not values:
            raise BadContent(f"{where}: “{name}” needs a list of values.")
        if name in joined:
            joined[name] = tuple(read_condition(part, where) for part in values)
        else:
            needs.append((str(name), frozenset(map(_text, values))))
    return Condition(tuple(needs), joined["any"], joined["all"])


def _text(value: object) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise BadContent(f"{value!r} is not a word or a number; put yes and no in quotes.")
    return str(value)
