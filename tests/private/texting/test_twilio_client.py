"""Twilio's own Python client, and ours, against the simulator that speaks Twilio's API."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from private.texting.twilio_server import SimulatorServer, simulator_running
from waypost.texting.carriers.port import (
    Accepted,
    Capabilities,
    Outgoing,
    SendRejected,
    SendUnknown,
)
from waypost.texting.carriers.simulator import Faults, SimulatedNetwork
from waypost.texting.carriers.twilio import Twilio, TwilioAccount
from waypost.texting.lanes import OutboxLane

NUMBER, NOW = "+15125550100", datetime(2026, 12, 1, 18, tzinfo=UTC)


@pytest.fixture
def server() -> Iterator[SimulatorServer]:
    with simulator_running(SimulatedNetwork()) as running:
        yield running


@pytest.fixture
def carrier(server: SimulatorServer) -> Iterator[Twilio]:
    account = TwilioAccount(
        server.sid,
        (server.token,),
        server.number,
        "https://us.example/s",
        server.base_url,
        5,
        Capabilities(),
    )
    twilio = Twilio(account)
    yield twilio
    twilio.close()


def outgoing(text: str = "hello", ref: str = "ref1") -> Outgoing:
    return Outgoing(ref, NUMBER, text, OutboxLane.LIVE, datetime.now(UTC) - timedelta(seconds=1))


def test_twilios_client_sends_and_lists_through_the_simulator(server: SimulatorServer):
    rest = pytest.importorskip("twilio.rest")
    http = pytest.importorskip("twilio.http.http_client").TwilioHttpClient()
    client = rest.Client(server.sid, server.token, http_client=_Redirected(http, server.base_url))
    made = client.messages.create(to=NUMBER, from_=server.number, body="¿Qué tal?")
    assert made.sid.startswith("SM") and made.status == "queued"
    assert server.network.to(NUMBER) == ["¿Qué tal?"]
    assert [text.body for text in client.messages.list(to=NUMBER)] == ["¿Qué tal?"]
    http.session.close()


class _Redirected:
    """Twilio's client knows only its own host; this sends what it asks to ours."""

    def __init__(self, http, base_url: str) -> None:
        self.http, self.base_url = http, base_url

    def request(self, method: str, uri: str, *args, **options):
        return self.http.request(
            method, uri.replace("https://api.twilio.com", self.base_url), *args, **options
        )


def test_our_client_sends_finds_and_says_healthy(server: SimulatorServer, carrier: Twilio):
    sent = carrier.send(outgoing())
    assert isinstance(sent, Accepted)
    assert carrier.find(outgoing()) == sent.carrier_id
    assert carrier.find(outgoing("another")) is None
    assert carrier.health()
    assert server.network.texts[0].status_url == "https://us.example/s?m=ref1"


def test_a_broken_connection_is_unknown_and_a_refusal_is_not(
    server: SimulatorServer, carrier: Twilio
):
    server.network.faults = Faults(silent=1.0)
    assert isinstance(carrier.send(outgoing("silent")), SendUnknown)
    assert carrier.find(outgoing("silent")) is not None  # it was taken all the same
    server.network.faults = Faults(lost=1.0)
    assert isinstance(carrier.send(outgoing("lost")), SendUnknown)
    assert carrier.find(outgoing("lost")) is None
    server.network.faults = Faults(refused=1.0, code="21610")
    assert carrier.send(outgoing()) == SendRejected("21610", final=True)
    server.network.faults = Faults(refused=1.0, code="20429")
    assert carrier.send(outgoing()) == SendRejected("20429", final=False)


def test_nobody_listening_means_that_nothing_was_sent():
    account = TwilioAccount("AC1", ("t",), "+1", "https://us.example/s", "http://127.0.0.1:9", 1)
    result = Twilio(account).send(outgoing())
    assert isinstance(result, SendRejected) and not result.final
    assert not Twilio(account).health()
