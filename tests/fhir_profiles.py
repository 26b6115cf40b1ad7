"""Does a resource keep to a profile's snapshot: min, max, fixed and pattern values, required
bindings, and slices of extensions and of patterns. What base R4 asks, another checker does.

One kind of rule is left out: a slice by type of a ``value[x]``. In the guide's ``qualification`` it
fixes the status of every license to "active", although the value set beside it lists six.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from fhir_standards import PLAN_NET, plan_net

Json = dict[str, Any]


class Node:
    """An element of a snapshot with its children and, by name, its slices."""

    def __init__(self, element: Json | None = None) -> None:
        self.element = element or {}
        self.children: dict[str, Node] = {}
        self.slices: dict[str, Node] = {}


@cache
def tree(url: str) -> Node | None:
    """The snapshot of a profile as a tree; None where the guide does not hold it."""
    definition = plan_net().get(url)
    if definition is None or "snapshot" not in definition:
        return None
    root = Node(definition["snapshot"]["element"][0])
    for element in definition["snapshot"]["element"][1:]:
        node = root
        for step in element["id"].split(".")[1:]:
            name, _, sliced = step.partition(":")
            node = node.children.setdefault(name, Node())
            if sliced:
                node = node.slices.setdefault(sliced, Node())
        node.element = element
    return root


def faults(resource: Json) -> list[str]:
    """What is wrong of a resource by the profiles of the guide that it names."""
    named = [p for p in resource.get("meta", {}).get("profile", []) if p.startswith(PLAN_NET)]
    found = [] if named else ["it names no profile"]
    for url in named:
        root = tree(url)
        found += (
            ["no such profile"]
            if root is None
            else _inside(resource, root, resource["resourceType"])
        )
    return found


def _inside(value: Any, node: Node, path: str) -> list[str]:
    return [
        fault for name, child in node.children.items() for fault in _child(value, name, child, path)
    ]


def _child(value: Any, name: str, node: Node, path: str) -> Iterator[str]:
    at = f"{path}.{name}"
    held = _held(value, name)
    yield from _counted(held, node, at)
    for one in held:
        yield from _valued(one, node, at)
        yield from _inside(one, node, at)
    for slice_name, sliced in node.slices.items():
        if name.endswith("[x]"):
            continue
        members = [one for one in held if _belongs(one, sliced)]
        yield from _counted(members, sliced, f"{at}:{slice_name}")
        for one in members:
            yield from _valued(one, sliced, at)
            yield from _inside(one, sliced, f"{at}:{slice_name}")
            for extension in (
                _profiles(sliced) if name in ("extension", "modifierExtension") else ()
            ):
                root = tree(extension)
                yield from _inside(one, root, f"{at}:{slice_name}") if root else ()


def _held(value: Any, name: str) -> list[Any]:
    if not isinstance(value, dict):
        return []
    if name.endswith("[x]"):
        prefix = name.removesuffix("[x]")
        return [
            v for k, v in value.items() if k.startswith(prefix) and k[len(prefix) :][:1].isupper()
        ]
    held = value.get(name)
    return held if isinstance(held, list) else [] if held is None else [held]


def _counted(held: list[Any], node: Node, at: str) -> Iterator[str]:
    least, most = node.element.get("min", 0), node.element.get("max", "*")
    if len(held) < least:
        yield f"{at}: {len(held)}, at least {least} are asked for"
    if most != "*" and len(held) > int(most):
        yield f"{at}: {len(held)}, at most {most} are allowed"


def _valued(value: Any, node: Node, at: str) -> Iterator[str]:
    for key, wanted in node.element.items():
        if key.startswith("fixed") and value != wanted:
            yield f"{at}: {value!r} is not {wanted!r}"
        if key.startswith("pattern") and not _has_pattern(value, wanted):
            yield f"{at}: {value!r} does not hold {wanted!r}"
    binding = node.element.get("binding", {})
    allowed = codes(binding.get("valueSet", "").partition("|")[0])
    if binding.get("strength") == "required" and allowed is not None:
        yield from (
            f"{at}: {code} is not allowed" for code in _codes_in(value) if code not in allowed
        )


def _belongs(value: Any, sliced: Node) -> bool:
    patterns = [v for k, v in sliced.element.items() if k.startswith("pattern")]
    if patterns:
        return all(_has_pattern(value, one) for one in patterns)
    url = value.get("url") if isinstance(value, dict) else None
    fixed = sliced.children["url"].element.get("fixedUri") if "url" in sliced.children else None
    return url is not None and url in {fixed, *_profiles(sliced)}


def _profiles(node: Node) -> list[str]:
    return [p for t in node.element.get("type", ()) for p in t.get("profile", ())]


def _has_pattern(value: Any, wanted: Any) -> bool:
    if isinstance(wanted, dict):
        return isinstance(value, dict) and all(
            _has_pattern(value.get(k), v) for k, v in wanted.items()
        )
    if isinstance(wanted, list):
        return isinstance(value, list) and all(
            any(_has_pattern(v, w) for v in value) for w in wanted
        )
    return bool(value == wanted)


def _codes_in(value: Any) -> list[tuple[str, str]]:
    if isinstance(value, str):
        return [("", value)]
    codings = value.get("coding", [value] if "code" in value else [])
    return [(c.get("system", ""), c.get("code", "")) for c in codings]


@cache
def codes(url: str) -> frozenset[tuple[str, str]] | None:
    """The codes of a value set, also without their systems; None where the guide does not say."""
    definition = plan_net().get(url)
    if definition is None:
        return None
    found: set[tuple[str, str]] = set()
    for include in definition["compose"]["include"]:
        for other in include.get("valueSet", ()):
            inner = codes(other)
            if inner is None:
                return None
            found |= inner
        if "system" in include:
            concepts = include.get("concept") or _whole(include["system"])
            if concepts is None:
                return None
            found |= {(s, c["code"]) for c in concepts for s in (include["system"], "")}
    return frozenset(found)


def _whole(system: str) -> list[Json] | None:
    definition = plan_net().get(system)
    return None if definition is None else list(_flat(definition["concept"]))


def _flat(concepts: list[Json]) -> Iterator[Json]:
    for one in concepts:
        yield one
        yield from _flat(one.get("concept", []))
