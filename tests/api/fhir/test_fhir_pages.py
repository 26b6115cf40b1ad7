"""Pages, links, versions, errors, forms of JSON, and the whole directory in files."""

from __future__ import annotations

import gzip
import json
from urllib.parse import parse_qs, quote, urlencode, urlsplit

import pytest
from django.test import Client

FORM = "application/x-www-form-urlencoded"


def links(bundle) -> dict[str, str]:
    return {link["relation"]: link["url"] for link in bundle["link"]}


def refused(outcome, *words: str) -> None:
    assert outcome["resourceType"] == "OperationOutcome"
    (issue,) = outcome["issue"]
    assert issue["severity"] == "error"
    for word in words:
        assert word in issue["details"]["text"] + str(issue.get("expression"))


def test_totals_are_of_matches_and_a_page_carries_its_own_includes(get) -> None:
    search = "HealthcareService?_include=HealthcareService:location&_revinclude=Provenance:target&_count=7"
    following, seen = f"/fhir/{search}", []
    for _page in range(5):
        bundle = get(following.partition("/fhir/")[2])
        matches = [e for e in bundle["entry"] if e["search"]["mode"] == "match"]
        others = [e["resource"] for e in bundle["entry"] if e["search"]["mode"] == "include"]
        seen += [e["resource"]["id"] for e in matches]
        places = {e["resource"]["location"][0]["reference"].rpartition("/")[2] for e in matches
                  if "location" in e["resource"]}  # fmt: skip
        here = {f"HealthcareService/{e['resource']['id']}" for e in matches}
        assert {o["id"] for o in others if o["resourceType"] == "Location"} == places
        for one in others:
            if one["resourceType"] == "Provenance":
                assert here & {t["reference"] for t in one["target"]}
        following = links(bundle)["next"]
    assert len(seen) == len(set(seen)) == 35
    assert bundle["total"] == get("HealthcareService?_summary=count")["total"]


def test_links_after_a_form_are_read_by_get(get) -> None:
    sent = Client().post(
        "/fhir/Location/_search?_count=1", urlencode({"address-state": "TX"}), FORM
    )
    assert sent.status_code == 200
    assert sent.headers["Cache-Control"] == "private, no-store"
    bundle = sent.json()
    after = urlsplit(links(bundle)["next"])
    assert (after.scheme, after.netloc, after.path) == ("http", "testserver", "/fhir/Location")
    assert parse_qs(after.query) == {"_count": ["1"], "address-state": ["TX"], "_offset": ["1"]}
    following = get(f"Location?{after.query}")
    assert following["total"] == bundle["total"]
    assert {e["fullUrl"] for e in following["entry"]}.isdisjoint(
        e["fullUrl"] for e in bundle["entry"]
    )
    assert get("Location?address-state=TX&_count=1")["entry"] == bundle["entry"]


def test_the_last_page_and_past_the_end(get) -> None:
    first = get("Location?_count=40")
    last = get(links(first)["last"].partition("/fhir/")[2])
    assert "next" not in links(last)
    assert 0 < len(last["entry"]) <= 40
    past = get("Location?_count=40&_offset=99999")
    assert past["total"] == first["total"] and "entry" not in past and "next" not in links(past)
    assert len(get("Location?_count=9999")["entry"]) == min(200, first["total"])


@pytest.mark.parametrize("host", ["directory.example.org", "directory.example.org:8443"])
def test_links_stand_under_the_address_that_was_used(host: str, fhir_data, settings) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    bundle = Client().get("/fhir/Location?_count=1", HTTP_HOST=host).json()
    assert links(bundle)["next"].startswith(f"http://{host}/fhir/Location?")
    assert bundle["entry"][0]["fullUrl"].startswith(f"http://{host}/fhir/Location/")
    settings.WAYPOST_BASE_URL = f"https://{host}"
    bundle = Client().get("/fhir/Location?_count=1", HTTP_HOST=host).json()
    assert links(bundle)["next"].startswith(f"https://{host}/fhir/Location?")


def test_the_windows_of_types_match(get) -> None:
    """Inferno compares the first pages of two types: both are in the order of their sites."""
    places = [e["resource"]["id"] for e in get("Location?_count=20")["entry"]]
    services = [
        e["resource"]["id"].partition("-")[0] for e in get("HealthcareService?_count=40")["entry"]
    ]
    assert places == sorted(places)
    assert list(dict.fromkeys(services)) == places[: len(dict.fromkeys(services))]


def test_includes_iterate(get) -> None:
    """From a role to its network and location, and from the location to what manages it."""
    flat = get("PractitionerRole?_include=PractitionerRole:location&_include=Location:organization")
    deep = get(
        "PractitionerRole?_include=PractitionerRole:location&_include:iterate=Location:organization"
    )
    kinds = lambda bundle: {e["resource"]["resourceType"] for e in bundle["entry"]}  # noqa: E731
    assert kinds(flat) == {"PractitionerRole", "Location"}
    assert kinds(deep) == {"PractitionerRole", "Location", "Organization"}
    back = get(
        "Organization?_id=Hospital&_revinclude=Location:organization&_revinclude:iterate=HealthcareService:location"
    )
    assert {"Organization", "Location", "HealthcareService"} <= kinds(back)


# reading, versions, errors, forms of JSON


def test_a_resource_its_version_and_no_other(get, fhir_data) -> None:
    one = next(s for _, s in fhir_data.walk()).id.removeprefix("site_")
    whole = get(f"Organization/{one}")
    version = whole["meta"]["versionId"]
    assert get(f"Organization/{one}/_history/{version}") == whole
    refused(get(f"Organization/{one}/_history/1", 404), version)
    response = Client().get(f"/fhir/Organization/{one}")
    assert response.headers["ETag"] == f'W/"{version}"'
    assert response.headers["Last-Modified"].endswith("GMT")
    again = Client().get(f"/fhir/Organization/{one}", headers={"If-None-Match": f'W/"{version}"'})
    assert (again.status_code, again.content) == (304, b"")


def test_a_site_that_is_gone_is_gone(get, fhir_data) -> None:
    gone = fhir_data._rows("SELECT id FROM site WHERE NOT current LIMIT 1")[0][0]
    one = gone.removeprefix("site_")
    for address in (f"Organization/{one}", f"Location/{one}"):
        refused(get(address, 410), "no longer listed")
    assert get(f"Organization?_id={one}")["total"] == 0
    refused(get("Organization/neverwas", 404), "neverwas")
    refused(get(f"HealthcareService/{one}-nosuchlevel", 404))
    refused(get("Patient/1", 404), "Patient")
    refused(get("Patient", 404), "Patient")
    refused(get("", 404))
    refused(get("Location/a/b/c", 404))


@pytest.mark.parametrize("method", ["put", "delete", "patch", "post"])
@pytest.mark.parametrize("address", ["Location/x", "Location", "metadata", "$bulk-publish"])
def test_nothing_is_written(method: str, address: str, fhir_data) -> None:
    response = getattr(Client(), method)(f"/fhir/{address}")
    assert response.status_code == 405
    assert "GET" in response.headers["Allow"]
    refused(response.json(), method.upper())


@pytest.mark.parametrize(
    "accept",
    ["application/fhir+json", "application/fhir+json; charset=UTF-8", "application/json", "application/json+fhir",
     "text/json", "*/*", "application/fhir+json;q=0.9, text/html", "application/*", ""],
)  # fmt: skip
def test_every_form_of_json_is_taken(accept: str, get) -> None:
    assert get("metadata", Accept=accept)["resourceType"] == "CapabilityStatement"
    assert get("Location?foo=1", 400, Accept=accept)["resourceType"] == "OperationOutcome"


def test_xml_is_not_spoken(get) -> None:
    refused(get("metadata", 406, Accept="application/fhir+xml"), "JSON")
    refused(get("Location?_format=xml", 406))
    assert get("Location?_format=application/fhir%2Bjson", Accept="text/html")["total"]
    assert get("Location?_format=json", Accept="application/fhir+xml")["total"]


def test_any_page_may_read_and_nobody_may_keep_a_search(fhir_data) -> None:
    response = Client().get("/fhir/Location?address-city=Austin")
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert response.headers["Cache-Control"] == "private, no-store"
    assert "Set-Cookie" not in response.headers
    head = Client().head("/fhir/Location")
    assert (head.status_code, head.content) == (200, b"")
    asked = Client().options("/fhir/Location/_search")
    assert (asked.status_code, asked.headers["Allow"]) == (204, "GET, HEAD, OPTIONS, POST")
    etag = response.headers["ETag"]
    assert (
        Client()
        .get("/fhir/Location?address-city=Austin", headers={"If-None-Match": etag})
        .status_code
        == 304
    )
    sent = Client().post("/fhir/Location/_search", "{}", "application/json")
    assert sent.status_code == 415
    refused(sent.json(), FORM)


def test_the_operation_that_was_here_before_is_here(fhir_data) -> None:
    assert Client().post("/fhir/CoverageEligibilityRequest/$submit").status_code == 404  # off here


def test_without_a_snapshot_it_says_so(settings, tmp_path) -> None:
    settings.WAYPOST_DATA_DIR = tmp_path
    response = Client().get("/fhir/Location")
    assert response.status_code == 503
    refused(response.json(), "not ready")


# the whole of it


def test_the_whole_directory_in_files_equals_the_searches(get, fhir_data) -> None:
    response = Client().get("/fhir/$bulk-publish")
    manifest = response.json()
    assert manifest["requiresAccessToken"] is False
    assert manifest["request"] == "http://testserver/fhir/$bulk-publish"
    outputs = {o["type"]: o for o in manifest["output"]}
    assert {
        "Organization",
        "Location",
        "HealthcareService",
        "Provenance",
        "InsurancePlan",
    } <= outputs.keys()
    for kind, output in outputs.items():
        plain = Client().get(urlsplit(output["url"]).path)
        lines = b"".join(plain.streaming_content).splitlines()
        assert plain.headers["Content-Type"] == "application/fhir+ndjson"
        total = get(f"{kind}?_summary=count")["total"]
        assert len(lines) == total == output["count"]
        assert {json.loads(line)["resourceType"] for line in lines} == {kind}
        packed = Client().get(urlsplit(output["url"]).path, headers={"Accept-Encoding": "gzip"})
        assert packed.headers["Content-Encoding"] == "gzip"
        assert gzip.decompress(b"".join(packed.streaming_content)).splitlines() == lines
    one = json.loads(lines[0])
    assert get(f"{one['resourceType']}/{one['id']}") == one
    refused(get("bulk/Patient.ndjson", 404), "Patient")


def test_each_fact_has_its_source(get, fhir_data) -> None:
    site = next(s for _, s in fhir_data.walk())
    one = site.id.removeprefix("site_")
    bundle = get(f"Organization?_id={one}&_revinclude=Provenance:target")
    found = [
        e["resource"] for e in bundle["entry"] if e["resource"]["resourceType"] == "Provenance"
    ]
    assert {p["entity"][0]["what"]["identifier"]["value"] for p in found} == {
        fhir_data.manifest.source(f.source).id for n, f in site.facts.items() if n != "point"
    }  # fmt: skip
    every = get(f"Provenance?target=Location/{one},Organization/{one}")
    paths = {
        e["valueString"]
        for p in every["entry"]
        for t in p["resource"]["target"]
        for e in t["extension"]
    }
    assert {
        "Organization.name",
        "Location.address",
        "Location.position",
        "HealthcareService.type",
    } <= paths
    for entry in every["entry"]:
        assert entry["resource"]["occurredDateTime"] in {
            f.as_of.isoformat() for f in site.facts.values()
        }


def test_our_own_definitions_are_at_their_address(get, ids) -> None:
    systems = {
        "urn:waypost:code-system:level-of-care",
        "urn:waypost:code-system:samhsa-service-codes",
    }
    for url in systems:
        (one,) = ids(f"CodeSystem?url={quote(url)}")
        assert get(f"CodeSystem/{one}")["url"] == url
    known = {c["code"] for c in get("CodeSystem/samhsa-service-codes")["concept"]}
    service = get("HealthcareService?characteristic:missing=false&_count=1")["entry"][0]["resource"]
    assert {c["coding"][0]["code"] for c in service["characteristic"]} <= known
    assert (
        get("ConceptMap/level-of-care-to-specialty")["group"][0]["target"]
        == "http://nucc.org/provider-taxonomy"
    )
    assert get("StructureDefinition/point-method")["type"] == "Extension"
