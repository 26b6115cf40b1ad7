"""`make standards`: every record of the published directory against the official shapes.

python tests/standards/run.py          both faces
python tests/standards/run.py hsds     one of them

HSDS: each service and organization in every shape in which it is answered, against the JSON Schemas
of 3.2.3. FHIR: each resource of the directory against base R4 and the profile that it names. Minutes
long, and so no part of `make test`, which looks at every twentieth site and each kind.
"""

from __future__ import annotations

import os
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
SHOWN = 20
"""Faults of a face that are printed."""


def hsds() -> Iterator[tuple[str, list[str]]]:
    """Each record's shape, and what the shape has against it."""
    import orjson

    from hsds_shapes import faults, records
    from waypost.editions.hsds.sites import Sites
    from waypost.serving.process import current_snapshot

    for site in Sites(current_snapshot(), datetime.now(UTC)).current():
        for shape, record in records(site):
            found = faults(shape, orjson.loads(orjson.dumps(record)))
            yield shape, [f"{site.site.id}: {fault}" for fault in found]


def fhir() -> Iterator[tuple[str, list[str]]]:
    """Each resource's type, and what base R4 and its profile have against it."""
    import fhirkit
    import orjson

    from fhir_profiles import faults
    from waypost.api.fhir.bulk import lines
    from waypost.api.fhir.directory import directory_of
    from waypost.api.fhir.parameters import PARAMETERS
    from waypost.serving.process import current_snapshot

    directory = directory_of(current_snapshot(), datetime.now(UTC))
    for kind in PARAMETERS:
        for line in lines(directory, kind):
            resource = orjson.loads(line)
            found = [f"base R4: {fault}" for fault in fhirkit.validate(line.decode())]
            if "profile" in resource["meta"]:
                found += [f"profile: {fault}" for fault in faults(resource)]
            yield kind, [f"{resource['id']}: {fault}" for fault in found]


FACES: dict[str, Callable[[], Iterator[tuple[str, list[str]]]]] = {"hsds": hsds, "fhir": fhir}


def check(face: str) -> int:
    """Look at every record of a face, print the counts; how many faults there are."""
    begun, counted, wrong = time.monotonic(), Counter[str](), 0
    for kind, found in FACES[face]():
        counted[kind] += 1
        for fault in found[: max(0, SHOWN - wrong)]:
            sys.stdout.write(f"  {kind} {fault}\n")
        wrong += len(found)
    for kind, count in counted.items():
        sys.stdout.write(f"  {count:>8,}  {kind}\n")
    minutes = (time.monotonic() - begun) / 60
    sys.stdout.write(
        f"{face}: {counted.total():,} records, {wrong:,} faults, {minutes:.1f} minutes\n"
    )
    sys.stdout.flush()
    return wrong


def main() -> None:
    """Look at the faces that the command line names, or at both."""
    asked = sys.argv[1:] or list(FACES)
    if set(asked) - FACES.keys():
        sys.exit(f"Name none or some of: {', '.join(FACES)}.")
    sys.path.insert(0, str(TESTS))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "waypost.config.settings")
    import django

    django.setup()
    from waypost.publishing.reader import BadSnapshot
    from waypost.serving.process import current_snapshot

    try:
        current_snapshot()
    except BadSnapshot as error:
        sys.exit(str(error))
    if sum([check(face) for face in asked]):
        sys.exit(1)


if __name__ == "__main__":
    main()
