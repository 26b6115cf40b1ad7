"""The Plan-Net client against a directory on this machine that answers, lies and breaks as told."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest

from waypost.plans.plan_net import NPI_SYSTEM, Networks, NotListed, PlanNet, Unavailable

NPI = "1234567893"
ORGANIZATION = {
    "resourceType": "Organization",
    "id": "prog",
    "identifier": [{"system": NPI_SYSTEM, "value": NPI}],
}
NETWORK = {"resourceType": "Organization", "id": "net1", "name": "Vandelay Choice\u202e"}


def affiliation(network, **changes):
    return {
        "resourceType": "OrganizationAffiliation",
        "active": True,
        "meta": {"lastUpdated": "2026-03-02T00:00:00Z"},
        "network": [{"reference": f"Organization/{network}"}],
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
    assert client.networks_of(NPI) == Networks(("Vandelay Choice",), "2026-03-02")
    assert directory.asked[0][1]["identifier"] == [f"{NPI_SYSTEM}|{NPI}"]


def test_a_second_page_is_read_at_the_same_host_only(directory, client):
    directory.answers["Organization"] = (200, bundle(ORGANIZATION))
    directory.answers["page2"] = (200, bundle(affiliation("net1"), NETWORK))
    first = bundle(following=f"{directory.url}/page2")
    directory.answers["OrganizationAffiliation"] = (200, first)
    assert client.networks_of(NPI) == Networks(("Vandelay Choice",), "2026-03-02")
    away = bundle(following="http://169.254.169.254/page2")
    directory.answers["OrganizationAffiliation"] = (200, away)
    assert isinstance(client.networks_of(NPI), Unavailable)


def test_an_organization_that_was_not_asked_for_is_not_believed(directory, client):
    other = ORGANIZATION | {"identifier": [{"system": NPI_SYSTEM, "value": "1999999999"}]}
    directory.answers["Organization"] = (200, bundle(other))
    assert client.networks_of(NPI) == NotListed()


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
    found = client.networks_of(NPI)
    assert isinstance(found, Unavailable)
    assert NPI not in found.reason


@pytest.mark.parametrize("odd", [{"entry": 5}, {"entry": [7, {"resource": 3}]}, {"link": "x"}])
def test_odd_shapes_are_passed_over(directory, client, odd):
    directory.answers["Organization"] = (200, bundle(ORGANIZATION) | odd)
    directory.answers["OrganizationAffiliation"] = (200, bundle() | odd)
    assert client.networks_of(NPI) in (NotListed(), Networks((), ""))


@pytest.mark.parametrize("npi", ["", "123", "12345678９3", "123456789a"])
def test_what_is_no_npi_is_not_sent(directory, client, npi):
    assert isinstance(client.networks_of(npi), Unavailable)
    assert directory.asked == []


@pytest.mark.parametrize(
    "url", ["http://example.org/fhir", "ftp://x", "https://user:pw@example.org", "https://"]
)
def test_an_unsafe_address_is_refused(url):
    with pytest.raises(ValueError, match="https"):
        PlanNet(url)
