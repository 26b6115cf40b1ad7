"""Public clients of FHIR against a running server, as an operator starts it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from fhirclient.client import FHIRClient
from fhirclient.models.healthcareservice import HealthcareService
from fhirclient.models.insuranceplan import InsurancePlan
from fhirclient.models.location import Location
from fhirpy import SyncFHIRClient

from browsing import serving
from required import need
from waypost.publishing.file_name import FILE_NAME
from waypost.publishing.reader import Snapshot

pytestmark = pytest.mark.xdist_group("fhir-clients")


@pytest.fixture(scope="module")
def server(fhir_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("served")
    with serving(fhir_folder, folder, folder / "log") as address:
        (folder / FILE_NAME).unlink()
        (folder / FILE_NAME).symlink_to(fhir_folder / FILE_NAME)
        yield f"{address}/fhir"


@pytest.fixture
def texas(fhir_folder: Path) -> set[str]:
    sites = (s for _, s in Snapshot(fhir_folder / FILE_NAME).walk())
    return {s.id.removeprefix("site_") for s in sites if s.state == "TX"}


def test_fhirpy_counts_pages_chains_and_reads(server: str, texas: set[str]) -> None:
    client = SyncFHIRClient(server)
    places = client.resources("Location").search(address_state="TX")
    assert places.count() == len(texas) > 0
    assert {one.id for one in places.limit(1).fetch_all()} == texas
    services = client.resources("HealthcareService").search(location__address_state="TX")
    found = services.include("HealthcareService", "location").fetch_raw()
    assert {e.resource.id for e in found.entry if e.search["mode"] == "include"} <= texas
    one = client.reference("Location", min(texas)).to_resource()
    assert one.serialize()["resourceType"] == "Location"
    assert client.resources("Location").search(
        address_state="TX", _id=min(texas)
    ).first().id == min(texas)


def test_fhirclient_reads_them_into_its_strict_models(server: str, texas: set[str]) -> None:
    client = FHIRClient(settings={"app_id": "test", "api_base": server})
    found = Location.where({"address-state": "TX"}).perform_resources_iter(client.server)
    assert {one.id for one in found} == texas
    services = list(
        HealthcareService.where({"_count": "100"}).perform_resources_iter(client.server)
    )
    assert len(services) >= 100
    assert all(one.category[0].coding[0].code for one in services)
    plans = InsurancePlan.where({}).perform_resources_iter(client.server)
    assert {one.id for one in plans} == {"AcmeQHPBronze", "AcmeQHPGold"}
    assert Location.read(min(texas), client.server).address.state == "TX"


KIT = """
const found = await import(process.argv[3]);
const Client = found.Client ?? found.default;
const client = new Client({ baseUrl: process.argv[2] });
const statement = await client.capabilityStatement();
let bundle = await client.search({ resourceType: 'Location',
  searchParams: { 'address-state': 'TX', _count: 1 } });
const ids = bundle.entry.map(e => e.resource.id);
while ((bundle = await client.nextPage({ bundle }))) ids.push(...bundle.entry.map(e => e.resource.id));
const posted = await client.search({ resourceType: 'Location',
  searchParams: { 'address-state': 'TX' }, options: { postSearch: true } });
const one = await client.read({ resourceType: 'Location', id: ids[0] });
console.log(JSON.stringify({ version: statement.fhirVersion, ids, total: posted.total, one: one.id }));
"""


def kit() -> Path | None:
    """The main file of node's fhir-kit-client, installed for all or in a folder of NODE_PATH."""
    if not (shutil.which("node") and shutil.which("npm")):
        return None
    root = subprocess.run(
        ["npm", "root", "-g"], capture_output=True, text=True, timeout=60, check=True
    )
    for folder in [*os.environ.get("NODE_PATH", "").split(os.pathsep), root.stdout.strip()]:
        package = Path(folder) / "fhir-kit-client" / "package.json"
        if folder and package.exists():
            return package.parent / json.loads(package.read_text())["main"]
    return None


def test_fhir_kit_client_pages_and_sends_forms(
    server: str, texas: set[str], tmp_path: Path
) -> None:
    """Where node and the package are there; a folder named by NODE_PATH may hold it."""
    main = kit()
    need(main is not None, "node's fhir-kit-client")
    script = tmp_path / "kit.mjs"
    script.write_text(KIT)
    command = ["node", str(script), server, str(main)]
    ran = subprocess.run(command, capture_output=True, timeout=60, check=False)
    assert ran.returncode == 0, ran.stderr.decode()
    said = json.loads(ran.stdout)
    assert said["version"] == "4.0.1"
    assert set(said["ids"]) == texas
    assert said["total"] == len(texas)
    assert said["one"] == said["ids"][0]
