"""Our own code systems, crosswalk and extensions, each at its own address."""

from __future__ import annotations

from typing import Any

from waypost.api.fhir.levels import GENERAL, LEVELS, SPECIALTY_NAMES
from waypost.api.fhir.systems import (
    FILE_DIGEST,
    LEVELS_OF_CARE,
    NUCC,
    OPENING,
    POINT_METHOD,
    R4,
    SERVICE_CODES,
    SPECIALTIES,
    TRACK_HOURS,
)
from waypost.directory.codes import CODES
from waypost.publishing.manifest import Manifest

Json = dict[str, Any]
PUBLISHER = "Waypost"
DATE = "2026-11-28"
VERSION = {"versionId": "20261128000000", "lastUpdated": f"{DATE}T00:00:00Z"}


def definitions(_manifest: Manifest) -> list[Json]:
    """All of them."""
    return _ALL


def _head(kind: str, url: str, name: str, title: str, words: str) -> Json:
    return {
        "resourceType": kind,
        "id": url.rpartition(":")[2],
        "meta": dict(VERSION),
        "url": url,
        "version": "1.0.0",
        "name": name,
        "title": title,
        "status": "active",
        "experimental": False,
        "date": DATE,
        "publisher": PUBLISHER,
        "description": words,
    }


def _code_system(head: Json, concepts: list[Json], **more: Any) -> Json:
    return {
        **head,
        **more,
        "caseSensitive": True,
        "content": "complete",
        "count": len(concepts),
        "concept": concepts,
    }


def _service_codes() -> Json:
    head = _head(
        "CodeSystem", SERVICE_CODES, "SamhsaServiceCodes", "SAMHSA service codes",
        "The service codes of SAMHSA's National Directories of 2022 to 2024, with the names and "
        "descriptions that the directories' code reference gives them.",
    )  # fmt: skip
    concepts = [_concept(c.code, c.name, c.description) for c in CODES.values()]
    return _code_system(head, concepts)


def _concept(code: str, display: str, words: str) -> Json:
    concept = {"code": code, "display": display}
    return concept | {"definition": words} if words else concept


def _levels_of_care() -> Json:
    head = _head(
        "CodeSystem", LEVELS_OF_CARE, "LevelOfCare", "Levels of care",
        "The levels of care that Waypost searches by. They are what facilities told a survey, not "
        "a certification by ASAM or anybody else.",
    )  # fmt: skip
    concepts = [_concept(level.key, level.label, "") for level in LEVELS.values()]
    return _code_system(head, [*concepts, _concept(GENERAL, "Treatment", "No level was stated.")])


def _specialties() -> Json:
    head = _head(
        "ConceptMap", SPECIALTIES, "LevelOfCareToSpecialty", "Level of care to specialty",
        "Which NUCC specialty Waypost gives a service by its level of care, at a site that treats "
        "substance use. It is a crosswalk of ours: no facility stated it.",
    )  # fmt: skip
    elements = [
        {
            "code": level.key,
            "display": level.label,
            "target": [
                {
                    "code": level.specialty,
                    "display": SPECIALTY_NAMES[level.specialty],
                    "equivalence": "relatedto",
                }
            ],
        }
        for level in LEVELS.values()
        if level.specialty
    ]
    group = {"source": LEVELS_OF_CARE, "target": NUCC, "element": elements}
    return {**head, "group": [group]}


def _extension(url: str, name: str, title: str, words: str, on: str, elements: list[Json]) -> Json:
    head = _head("StructureDefinition", url, name, title, words)
    first = {"id": "Extension", "path": "Extension", "min": 0, "max": "1"}
    fixed = {"id": "Extension.url", "path": "Extension.url", "min": 1, "max": "1", "fixedUri": url}
    return {
        **head,
        "fhirVersion": "4.0.1",
        "kind": "complex-type",
        "abstract": False,
        "context": [{"type": "element", "expression": on}],
        "type": "Extension",
        "baseDefinition": f"{R4}/StructureDefinition/Extension",
        "derivation": "constraint",
        "differential": {"element": [first, *elements, fixed]},
    }


def _value(type_: str) -> Json:
    return {
        "id": "Extension.value[x]",
        "path": "Extension.value[x]",
        "min": 1,
        "max": "1",
        "type": [{"code": type_}],
    }


def _inner(name: str, type_: str, least: int = 1) -> list[Json]:
    path = "Extension.extension"
    at = f"{path}:{name}"
    return [
        {"id": at, "path": path, "sliceName": name, "min": least, "max": "1"},
        {"id": f"{at}.url", "path": f"{path}.url", "min": 1, "max": "1", "fixedUri": name},
        {
            "id": f"{at}.value[x]",
            "path": f"{path}.value[x]",
            "min": 1,
            "max": "1",
            "type": [{"code": type_}],
        },
    ]


_ALL = [
    _service_codes(),
    _levels_of_care(),
    _specialties(),
    _extension(
        POINT_METHOD, "PointMethod", "How a position was found",
        "The method by which a position was found, and whether it is the building's own or the "
        "middle of the ZIP code.",
        "Location.position", [*_inner("method", "string"), *_inner("exact", "boolean")],
    ),
    _extension(
        FILE_DIGEST, "FileSha256", "SHA-256 of a source's file",
        "The digest of the very file that the facts were read from.",
        "Provenance.entity", [_value("string")],
    ),
    _extension(
        TRACK_HOURS, "TrackHours", "Which track meets then, and by which clock",
        "A program's own short name for the track that meets at these times, the IANA zone whose "
        "wall clock shows them, whether they end on the next day, on which days this holds, how "
        "one takes part (in-person, telehealth, either), and the language (BCP 47).",
        "HealthcareService.availableTime",
        [*_inner("track", "string"), *_inner("zone", "code"), *_inner("endsNextDay", "boolean"),
         *_inner("period", "Period"), *_inner("attendance", "code", least=0),
         *_inner("language", "code", least=0)],
    ),
    _extension(
        OPENING, "Opening", "Whether a program has a place",
        "What a program said of its places on the first day of the period; after the last day ask "
        "it again. Places are those free, 0 for none; days are those of a wait; the next "
        "start is of a group. Without a track it is about all of them.",
        "HealthcareService",
        [*_inner("period", "Period"), *_inner("track", "string", least=0),
         *_inner("places", "unsignedInt", least=0), *_inner("waitingDays", "unsignedInt", least=0),
         *_inner("nextStart", "date", least=0)],
    ),
]  # fmt: skip
