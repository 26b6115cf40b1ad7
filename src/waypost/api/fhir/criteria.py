"""What a search asks, read from its parameters into plain values.

R4, "Search" (https://hl7.org/fhir/R4/search.html): a comma is "or", a repetition "and"; a dot is a
chain, ``_has`` a chain turned round.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from waypost.api.fhir.columns import Addresses, Strings
from waypost.api.fhir.dates import Dates
from waypost.api.fhir.outcome import BadCriterion
from waypost.api.fhir.parameters import PARAMETERS, SearchParameter, Type
from waypost.api.fhir.tokens import Tokens

DEEPEST = 6
"""Links of one chain."""

MODIFIERS = {
    Type.STRING: Strings.modifiers,
    Type.TOKEN: Tokens.modifiers,
    Type.URI: Addresses.modifiers,
    Type.DATE: Dates.modifiers,
    Type.SPECIAL: frozenset[str](),
    Type.REFERENCE: frozenset[str](),
}


@dataclass(frozen=True, slots=True)
class Leaf:
    """A parameter with the values of which one must fit."""

    parameter: SearchParameter
    modifier: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Chain:
    """A reference to a resource that fits, of any of these types."""

    parameter: SearchParameter
    inner: tuple[tuple[str, Criterion], ...]


@dataclass(frozen=True, slots=True)
class Has:
    """A resource of another type that refers to this one and fits."""

    resource: str
    parameter: SearchParameter
    inner: Criterion


Criterion = Leaf | Chain | Has


def parse(resource: str, key: str, value: str, depth: int = 0) -> Criterion:
    """One criterion of a search for a type.

    Raises:
        BadCriterion: the type has no such parameter, or the parameter no such modifier or value.
    """
    if depth > DEEPEST:
        raise BadCriterion(f"A chain has at most {DEEPEST} links.")
    if key.startswith("_has:"):
        return _has(resource, key, value, depth)
    first, dot, rest = key.partition(".")
    name, _, modifier = first.partition(":")
    parameter = parameter_of(resource, name)
    if dot:
        return _chain(parameter, modifier, rest, value, depth)
    return _leaf(parameter, modifier, value)


def parameter_of(resource: str, name: str) -> SearchParameter:
    """A parameter of a type; `BadCriterion` with those that there are."""
    parameter = PARAMETERS.get(resource, {}).get(name)
    if parameter is None:
        known = ", ".join(sorted(PARAMETERS.get(resource, {})))
        raise BadCriterion(
            f"{resource} is not searched by “{name[:60]}”. It is searched by: {known}."
        )
    return parameter


def reference_of(resource: str, name: str) -> SearchParameter:
    """A parameter that refers to other resources."""
    parameter = parameter_of(resource, name)
    if parameter.type is not Type.REFERENCE:
        raise BadCriterion(f"“{name}” of {resource} is not a reference, so nothing follows it.")
    return parameter


def _has(resource: str, key: str, value: str, depth: int) -> Has:
    parts = key.split(":", 3)
    if len(parts) < 4:
        raise BadCriterion("_has is written _has:Type:reference:parameter=value.")
    _, other, name, rest = parts
    if other not in PARAMETERS:
        raise BadCriterion(f"There is no type “{other[:40]}” here.")
    parameter = reference_of(other, name)
    if resource not in parameter.targets:
        raise BadCriterion(f"“{name}” of {other} does not refer to {resource}.")
    return Has(other, parameter, parse(other, rest, value, depth + 1))


def _chain(parameter: SearchParameter, only: str, rest: str, value: str, depth: int) -> Chain:
    reference_of(parameter.resource, parameter.name)
    if only and only not in parameter.targets:
        raise BadCriterion(
            f"“{parameter.name}” of {parameter.resource} refers to "
            f"{' or '.join(parameter.targets)}, not to “{only[:40]}”."
        )
    inner, refusal = [], None
    for target in (only,) if only else parameter.targets:
        try:
            inner.append((target, parse(target, rest, value, depth + 1)))
        except BadCriterion as error:
            refusal = error
    if not inner:
        assert refusal is not None
        raise refusal
    return Chain(parameter, tuple(inner))


def _leaf(parameter: SearchParameter, modifier: str, value: str) -> Leaf:
    values = tuple(split(value, ","))
    name = f"“{parameter.name}” of {parameter.resource}"
    if modifier == "missing":
        if value not in ("true", "false"):
            raise BadCriterion(f"{name}:missing is true or false.")
    elif modifier and modifier not in (known := _modifiers(parameter)):
        named = ", ".join(sorted({"missing", *known}))
        raise BadCriterion(f"{name} has no modifier “{modifier[:40]}”; it has {named}.")
    if not any(values):
        raise BadCriterion(f"{name} is empty; leave it out, or say what is looked for.")
    return Leaf(parameter, modifier, tuple(unescaped(v) for v in values if v))


def _modifiers(parameter: SearchParameter) -> frozenset[str]:
    if parameter.name == "_id":  # no coding, and no words
        return frozenset({"not"})
    return MODIFIERS[parameter.type] | frozenset(parameter.targets)


_ESCAPED = re.compile(r"\\([\\,$|])")


def split(text: str, mark: str) -> Sequence[str]:
    """A text cut at each mark that no backslash precedes; other escapes are kept as they are."""
    pieces = re.split(rf"(?<!\\){re.escape(mark)}", text)
    return [piece.strip() for piece in pieces]


def unescaped(text: str) -> str:
    """A value without the backslashes that keep its marks from meaning something."""
    return _ESCAPED.sub(r"\1", text)
