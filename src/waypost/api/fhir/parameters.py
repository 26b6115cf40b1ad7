"""The search parameters, read from their table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from importlib.resources import files

from waypost.api.fhir.systems import PLAN_NET, R4


class Type(StrEnum):
    """How a parameter's values are compared (R4, "Search", 3.1.1.4)."""

    TOKEN = "token"  # noqa: S105 - a code, no secret
    STRING = "string"
    REFERENCE = "reference"
    DATE = "date"
    URI = "uri"
    SPECIAL = "special"


@dataclass(frozen=True, slots=True)
class SearchParameter:
    """A search parameter: the elements at ``paths`` hold its values.

    ``targets`` are the types that a reference leads to; ``definition`` is its canonical address.
    """

    resource: str
    name: str
    type: Type
    paths: tuple[str, ...]
    targets: tuple[str, ...]
    definition: str

    @property
    def roots(self) -> frozenset[str]:
        """The elements of the resource that it looks at."""
        firsts = (path.partition(".")[0] for path in self.paths)
        return frozenset("extension" if f.startswith("~") else f for f in firsts)


EVERYWHERE = (
    ("_id", Type.TOKEN, "id"),
    ("_lastUpdated", Type.DATE, "meta.lastUpdated"),
    ("_profile", Type.URI, "meta.profile"),
    ("_tag", Type.TOKEN, "meta.tag"),
    ("_security", Type.TOKEN, "meta.security"),
    ("_source", Type.URI, "meta.source"),
)
"""What every resource is searched by."""

_PLAN_NET_NAMES = {"family": "family-name", "given": "given-name"}


def _read() -> Iterator[SearchParameter]:
    text = (files("waypost.api.fhir") / "parameters.txt").read_text("utf-8")
    standard = ""
    for line in text.splitlines():
        if line.startswith("#"):
            standard = line
            continue
        resource, name, kind, paths, *targets = (part.strip() for part in line.split("|"))
        definition = f"{R4}/SearchParameter/{resource}-{name}"
        if "Plan-Net 1.1.0" in standard:
            written = _PLAN_NET_NAMES.get(name, name)
            definition = f"{PLAN_NET}/SearchParameter/{resource.lower()}-{written}"
        yield SearchParameter(
            resource,
            name,
            Type(kind),
            tuple(p.strip() for p in paths.split(",")),
            tuple(" ".join(targets).split()),
            definition,
        )


def _by_resource() -> dict[str, dict[str, SearchParameter]]:
    by_resource: dict[str, dict[str, SearchParameter]] = {}
    for parameter in _read():
        by_resource.setdefault(parameter.resource, {})[parameter.name] = parameter
    for resource, named in by_resource.items():
        for name, kind, path in EVERYWHERE:
            definition = f"{R4}/SearchParameter/Resource-{name.removeprefix('_')}"
            named[name] = SearchParameter(resource, name, kind, (path,), (), definition)
    return by_resource


PARAMETERS: Mapping[str, Mapping[str, SearchParameter]] = _by_resource()
"""The parameters of each resource type by name; its keys are all the types that are served."""
