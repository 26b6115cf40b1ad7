"""A small directory for the FHIR tests: some hundred real sites, and the guide's examples."""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from fhir_standards import examples
from waypost.publishing.build import put_in_place, write_snapshot
from waypost.publishing.file_name import FILE_NAME
from waypost.publishing.reader import Snapshot

Json = dict[str, Any]
SITES, EVERY = 150, 90


@pytest.fixture(scope="session")
def fhir_folder(data_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with every 90th site, ten that are gone, and the 49 examples."""
    folder = tmp_path_factory.mktemp("fhir")
    whole = Snapshot(data_dir / FILE_NAME)
    sites = [site for _, site in islice(whole.walk(), 0, SITES * EVERY, EVERY)]
    gone = whole._rows("SELECT id FROM site WHERE NOT current ORDER BY id LIMIT 10")
    sites += [site for (i,) in gone if (site := whole.site(i)) is not None]
    claims = {site.id: whole.claims(site.id) for site in sites if site.current}
    counts = dict(whole.manifest.counts) | {"current_sites": SITES}
    manifest = whole.manifest.__class__.from_json(whole.manifest.to_json() | {"counts": counts})
    path, _ = write_snapshot(folder, sites, claims, manifest, resources=examples())
    put_in_place(path, folder)
    return folder


@pytest.fixture
def fhir_data(fhir_folder: Path, settings) -> Snapshot:
    """The small directory in place of the whole; its snapshot."""
    settings.WAYPOST_DATA_DIR = fhir_folder
    from waypost.serving.process import current_snapshot

    return current_snapshot()


@pytest.fixture
def get(fhir_data: Snapshot) -> Callable[..., Json]:
    """Read an address below /fhir, with the status that it should have."""

    def asked(address: str, status: int = 200, **headers: str) -> Json:
        response = Client().get(f"/fhir/{address}", headers=headers or None)
        assert response.status_code == status, response.content[:500]
        assert response.headers["Content-Type"].startswith("application/fhir+json")
        return dict(response.json())

    return asked


@pytest.fixture
def ids(get: Callable[..., Json]) -> Callable[[str], list[str]]:
    """The ids of the matches of a search, over all its pages."""

    def found(search: str) -> list[str]:
        following, result, total = [f"/fhir/{search}"], [], 0
        while following:
            bundle = get(following[0].partition("/fhir/")[2])
            entries = (e for e in bundle.get("entry", []) if e["search"]["mode"] == "match")
            result += [e["resource"]["id"] for e in entries]
            total = bundle["total"]
            following = [link["url"] for link in bundle["link"] if link["relation"] == "next"]
        assert len(result) == len(set(result)) == total
        return result

    return found
