"""The plain, obvious search of FHIR resources: every resource looked at, one after another.

Written from R4's "Search" alone, with paths of its own, so that it shares nothing with the engine.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import Any

Json = dict[str, Any]
PLAN_NET = "http://hl7.org/fhir/us/davinci-pdex-plan-net/StructureDefinition/"


def values(resource: Any, path: str) -> list[Any]:
    """The values at a path such as Organization.extension.where(url='...') or name.family."""
    found = [resource]
    if ".extension.where(url='" in path:
        url = path.partition("url='")[2].partition("'")[0]
        return [e["valueReference"] for e in resource.get("extension", []) if e["url"] == url]
    for step in path.split("."):
        if step[0].isupper():
            continue
        following: list[Any] = []
        for one in found:
            value = one.get(step) if isinstance(one, dict) else None
            following += value if isinstance(value, list) else [value] if value is not None else []
        found = following
    return found


def fold(text: str) -> str:
    """Without case and accents."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).split())


def strings(value: Any) -> list[str]:
    """All texts of a string, an address or a name."""
    if isinstance(value, str):
        return [value]
    parts = [value.get(p) for p in ("text", "line", "city", "district", "state", "postalCode", "country",
                                    "family", "given", "prefix", "suffix")]  # fmt: skip
    return [t for p in parts if p for t in (p if isinstance(p, list) else [p])]


def codes(value: Any) -> set[str]:
    """Each code alone and with its system."""
    if isinstance(value, str):
        return {value}
    found = set()
    for one in value.get("coding", [value]):
        code = one.get("code", one.get("value"))
        if code is not None:
            found |= {code, f"{one.get('system', '')}|{code}"}
    return found


def fits(resource: Json, paths: Iterable[str], kind: str, wanted: str) -> bool:
    """Whether any value at the paths fits one of the values wanted."""
    held = [v for path in paths for v in values(resource, path)]
    for one in wanted.split(","):
        if kind == "Reference":
            if any(
                one in (v.get("reference"), str(v.get("reference")).rpartition("/")[2])
                for v in held
            ):
                return True
        elif kind in ("string", "Address", "HumanName"):
            if any(fold(t).startswith(fold(one)) for v in held for t in strings(v)):
                return True
        elif any(one in codes(v) for v in held):
            return True
    return False
