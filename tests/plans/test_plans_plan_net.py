"""The Plan-Net client against a directory on this machine that answers, lies and breaks as told."""

from __future__ import annotations

import json
import threading
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest

from parameter_ids import short_id
from waypost.plans.plan_net import DirectoryUnavailable, NotListed, PlanNet
from waypost.plans.plan_net_rows import NPI_SYSTEM, Networks, holds_on

NPI = "1234567893"
TODAY = date(2026, 11, 28)
ORGANIZATION = {
    "resourceType": "Organization",
    "id": "prog",
    "identifier": [{"system": NPI_SYSTEM, "value": NPI}],
}
NETWORK = {"resourceType": "Organization", "id": "net1", "name": "Vandelay Choice\u202e"}


def affiliation(network_id, **changes):
    return {
        "resourceType": "OrganizationAffiliation",
        "active": True,
        "meta": {"lastUpdated": "2026-03-02T00:00:00Z"},
        "network": [{"reference": f"Organization/{network_id}"}],
    } | changes


def bundle(*resources, following=""):
    link = [{"relation": "next", "url": following}] if following else []
    return {
        "resourceType": "Bundle",
        "link": link,
        "entry": [{"resource": resource} for resource in resources],
    }


@pytest.fixture
def directory():
    """A server of this machine; ``answers`` maps a path's end to (status, body)."""
    answers, asked = {}, []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            parts = urlsplit(self.path)
            asked.append((parts.path, parse_qs(parts.query)))
            status, body = answers.get(parts.path.rsplit("/", 1)[-1], (404, ""))
            data = body if isinstance(body, bytes) else json.dumps(body).encode()
            self.send_response(status)
            if 300 <= status < 400:
                self.send_header("Location", "http://127.0.0.2/elsewhere")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *args):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        server.answers, server.asked = answers, asked
        server.url = f"http://127.0.0.1:{server.server_address[1]}/fhir"
        yield server
        server.shutdown()


@pytest.fixture
def client(directory):
    plan_net = PlanNet(directory.url)
    yield plan_net
    plan_net._client.close()


def test_networks_are_named_with_their_date(directory, client):
    directory.answers["Organization"] = (200, bundle(ORGANIZATION))
    directory.answers["OrganizationAffiliation"] = (
        200,
        bundle(affiliation("net1"), affiliation("net2", active=False), NETWORK),
    )
    assert client.networks_of(NPI, TODAY) == Networks(("Vandelay Choice",), "2026-03-02")
    assert directory.asked[0][1]["identifier"] == [f"{NPI_SYSTEM}|{NPI}"]


OID = "urn:oid:2.16.840.1.113883.4.6"


@pytest.mark.parametrize(
    ("period", "counts"),
    [
        ({}, True),
        ({"start": "2024-01-01"}, True),
        ({"start": "2024-01-01", "end": "2026-11-28"}, True),
        ({"end": "2026-11-27"}, False),
        ({"end": "2025"}, False),
        ({"end": "2026"}, True),
        ({"end": "2026-10"}, False),
        ({"end": "2026-11"}, True),
        ({"end": "2025-12-31T23:59:59-05:00"}, False),
        ({"start": "2027-01-01"}, False),
        ({"start": "2027"}, False),
    ],
    ids=short_id,
)
def test_only_affiliations_in_force_count(directory, client, period, counts):
    assert holds_on(period, TODAY) is counts
    directory.answers["Organization"] = (200, bundle(ORGANIZATION))
    rows = bundle(affiliation("net1", period=period), NETWORK)
    directory.answers["OrganizationAffiliation"] = (200, rows)
    assert client.networks_of(NPI, TODAY).names == (("Vandelay Choice",) if counts else ())


@pytest.mark.parametrize(
    ("reference", "full_url"),
    [
        ("Organization/net1", ""),
        ("Organization/net1/_history/3", ""),
        ("https://plan.example/fhir/Organization/net1", ""),
        ("https://plan.example/fhir/Organization/net1/_history/3", ""),
        ("urn:uuid:53fefa32-fcbb-4ff8-8a92-55ee120877b7",
         "urn:uuid:53fefa32-fcbb-4ff8-8a92-55ee120877b7"),
        ("https://elsewhere.example/n/9", "https://elsewhere.example/n/9"),
    ],
)  # fmt: skip
def test_references_resolve_however_they_are_written(directory, client, reference, full_url):
    directory.answers["Organization"] = (200, bundle(ORGANIZATION))
    rows = bundle(affiliation("x", network=[{"reference": reference}]), NETWORK)
    rows["entry"][1]["fullUrl"] = full_url
    directory.answers["OrganizationAffiliation"] = (200, rows)
    assert client.networks_of(NPI, TODAY).names == ("Vandelay Choice",)


def test_a_contained_network_and_a_displayed_one_are_named(directory, client):
    directory.answers["Organization"] = (200, bundle(ORGANIZATION))
    inside = affiliation(
        "x",
        network=[{"reference": "#n"}, {"reference": "Organization/far", "display": "Far"}],
        contained=[{"resourceType": "Organization", "id": "n", "name": "Near"}],
    )
    directory.answers["OrganizationAffiliation"] = (200, bundle(inside))
    assert client.networks_of(NPI, TODAY).names == ("Near", "Far")


def test_a_network_that_has_ended_is_not_named(directory, client):
    directory.answers["Organization"] = (200, bundle(ORGANIZATION))
    named = affiliation("x", network=[{"reference": "Organization/net1", "display": "Old"}])
    rows = bundle(named, NETWORK | {"active": False})
    directory.answers["OrganizationAffiliation"] = (200, rows)
    assert client.networks_of(NPI, TODAY).names == ()


def test_an_affiliation_of_another_organization_is_not_believed(directory, client):
    directory.answers["Organization"] = (200, bundle(ORGANIZATION))
    other = {"reference": "Organization/other"}
    own = {"reference": "https://plan.example/fhir/Organization/prog"}
    directory.answers["OrganizationAffiliation"] = (
        200, bundle(affiliation("net1", participatingOrganization=other), NETWORK),
    )  # fmt: skip
    assert client.networks_of(NPI, TODAY).names == ()
    directory.answers["OrganizationAffiliation"] = (
        200, bundle(affiliation("net1", participatingOrganization=own), NETWORK),
    )  # fmt: skip
    assert client.networks_of(NPI, TODAY).names == ("Vandelay Choice",)


@pytest.mark.parametrize(
    ("member", "counts"),
    [
        ({"identifier": {"system": NPI_SYSTEM, "value": NPI}}, True),
        ({"identifier": {"system": OID, "value": NPI}}, True),
        ({"identifier": {"system": NPI_SYSTEM, "value": "1999999999"}}, False),
        ({"identifier": {"system": NPI_SYSTEM, "value": NPI, "use": "old"}}, False),
        ({"display": "A Program"}, False),
    ],
    ids=short_id,
)
def test_a_member_may_be_named_by_its_npi_alone(directory, client, member, counts):
    directory.answers["Organization"] = (200, bundle(ORGANIZATION))
    rows = bundle(affiliation("net1", participatingOrganization=member), NETWORK)
    directory.answers["OrganizationAffiliation"] = (200, rows)
    assert client.networks_of(NPI, TODAY).names == (("Vandelay Choice",) if counts else ())


def test_an_npi_that_is_no_longer_used_is_nobodys(directory, client):
    old = {"system": NPI_SYSTEM, "value": NPI, "use": "old"}
    directory.answers["Organization"] = (200, bundle(ORGANIZATION | {"identifier": [old]}))
    assert client.networks_of(NPI, TODAY) == NotListed()


@pytest.mark.parametrize("system", [NPI_SYSTEM, OID])
def test_both_names_of_the_npis_system_are_known(directory, client, system):
    organization = ORGANIZATION | {"identifier": [{"system": system, "value": f" {NPI} "}]}
    directory.answers["Organization"] = (200, bundle(organization))
    rows = bundle(affiliation("net1"), NETWORK)
    directory.answers["OrganizationAffiliation"] = (200, rows)
    assert client.networks_of(NPI, TODAY).names == ("Vandelay Choice",)
    asked = [query["identifier"] for path, query in directory.asked if "identifier" in query]
    assert asked == [[f"{NPI_SYSTEM}|{NPI}"], [f"{OID}|{NPI}"]]


def test_all_organizations_of_an_npi_are_read(directory, client):
    second = ORGANIZATION | {"id": "prog2"}
    ended = ORGANIZATION | {"id": "gone", "active": False}
    directory.answers["Organization"] = (200, bundle(ORGANIZATION, second, ended))
    rows = bundle(affiliation("net1"), NETWORK)
    directory.answers["OrganizationAffiliation"] = (200, rows)
    assert client.networks_of(NPI, TODAY).names == ("Vandelay Choice",)
    members = [q["participating-organization"] for _p, q in directory.asked if len(q) == 2]
    assert members == [["Organization/prog"], ["Organization/prog2"]]


def test_a_second_page_is_read_at_the_same_host_only(directory, client):
    directory.answers["Organization"] = (200, bundle(ORGANIZATION))
    directory.answers["page2"] = (200, bundle(affiliation("net1"), NETWORK))
    first = bundle(following=f"{directory.url}/page2")
    directory.answers["OrganizationAffiliation"] = (200, first)
    assert client.networks_of(NPI, TODAY) == Networks(("Vandelay Choice",), "2026-03-02")
    away = bundle(following="http://169.254.169.254/page2")
    directory.answers["OrganizationAffiliation"] = (200, away)
    assert isinstance(client.networks_of(NPI, TODAY), DirectoryUnavailable)


def test_an_organization_that_was_not_asked_for_is_not_believed(directory, client):
    other = ORGANIZATION | {"identifier": [{"system": NPI_SYSTEM, "value": "1999999999"}]}
    directory.answers["Organization"] = (200, bundle(other))
    assert client.networks_of(NPI, TODAY) == NotListed()


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (500, {}),
        (302, {}),
        (200, b"<html>busy</html>"),
        (200, b"x" * (1024**2 + 1)),
        (200, []),
        (200, {"resourceType": "OperationOutcome"}),
        (200, b"[" * 100_000),
    ],
)
def test_a_broken_answer_is_unavailable_and_says_nothing_of_what_was_sent(
    directory, client, status, body
):
    directory.answers["Organization"] = (status, body)
    found = client.networks_of(NPI, TODAY)
    assert isinstance(found, DirectoryUnavailable)
    assert NPI not in found.reason


@pytest.mark.parametrize("odd", [{"entry": 5}, {"entry": [7, {"resource": 3}]}, {"link": "x"}])
def test_odd_shapes_are_passed_over(directory, client, odd):
    directory.answers["Organization"] = (200, bundle(ORGANIZATION) | odd)
    directory.answers["OrganizationAffiliation"] = (200, bundle() | odd)
    assert client.networks_of(NPI, TODAY) in (NotListed(), Networks((), ""))


@pytest.mark.parametrize("npi", ["", "123", "12345678９3", "123456789a"])
def test_what_is_no_npi_is_not_sent(directory, client, npi):
    assert isinstance(client.networks_of(npi, TODAY), DirectoryUnavailable)
    assert directory.asked == []


@pytest.mark.parametrize(
    "url", ["http://example.org/fhir", "ftp://x", "https://user:pw@example.org", "https://"]
)
def test_an_unsafe_address_is_refused(url):
    with pytest.raises(ValueError, match="https"):
        PlanNet(url)
