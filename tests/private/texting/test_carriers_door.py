"""Webhooks: what the carrier signed is stored and answered at once, everything else is refused."""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.test import Client, override_settings

from waypost.texting.carriers.gateway import gateway_signature
from waypost.texting.carriers.twilio import signature
from waypost.texting.models import DeliveryEvent, HeardText, Tally, TextContact
from waypost.texting.operator import CarrierAccount, Texting

pytestmark = pytest.mark.django_db
BASE, KEY = "https://help.example.org", Ed25519PrivateKey.generate()
PUBLIC = base64.b64encode(KEY.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)).decode()
TEXTING = Texting(
    accounts=(
        CarrierAccount("tw", "twilio", "+15005550006", "AC1", ("new token", "old token")),
        CarrierAccount("tx", "telnyx", "+15005550007", "", ("key",), PUBLIC),
        CarrierAccount(
            "gw", "gateway", "+15005550008", "", ("secret",), base_url="http://127.0.0.1:1"
        ),
    )
)
TEXT = {
    "MessageSid": "SM1",
    "From": "+15125550100",
    "To": "+15005550006",
    "Body": "hello",
    "NumMedia": "0",
}


@pytest.fixture(autouse=True)
def installed():
    with override_settings(WAYPOST_TEXTING=TEXTING, WAYPOST_DESK_URL=BASE):
        yield


def post(
    form: dict[str, str],
    *,
    token: str = "new token",
    path: str = "/texts/carrier/tw/heard",
    **given: str,
):
    made = signature(token, BASE + path, {name: (value,) for name, value in form.items()})
    headers = {"HTTP_X_TWILIO_SIGNATURE": made} | given
    return Client().post(path, form, **headers)


@pytest.mark.parametrize("token", ["new token", "old token"])
def test_what_either_token_signed_is_stored(token: str):
    answer = post(TEXT, token=token)
    assert (answer.status_code, answer.content) == (200, b"<Response/>")
    assert HeardText.objects.get().carrier_id == "SM1"
    assert HeardText.objects.get().handled_at is None


def test_a_text_of_a_known_number_costs_three_statements(django_assert_num_queries):
    post(TEXT)
    with django_assert_num_queries(5):  # two of them are the savepoint within this test
        assert post(TEXT | {"MessageSid": "SM2"}).status_code == 200


def test_a_webhook_is_answered_before_sessions_and_forms(settings):
    first = settings.MIDDLEWARE.index("waypost.personal.texts.carriers.carriers_first")
    settings.MIDDLEWARE = settings.MIDDLEWARE[: first + 1]
    assert post(TEXT).status_code == 200
    assert post(TEXT, path="/texts/carrier/no/such/door").status_code == 404
    assert Client().get("/texts/carrier/tw/heard").status_code == 405


def test_a_thousand_replays_store_one_row():
    assert {post(TEXT).status_code for _ in range(1_000 // 50)} == {200}
    assert HeardText.objects.count() == 1


FORGED = {
    "no signature": {"HTTP_X_TWILIO_SIGNATURE": ""},
    "another": {"HTTP_X_TWILIO_SIGNATURE": "AAAA"},
    "not ASCII": {"HTTP_X_TWILIO_SIGNATURE": "ñ"},
}


@pytest.mark.parametrize("how", FORGED)
def test_a_forged_webhook_is_refused_without_a_row(how: str):
    answer = post(TEXT, **FORGED[how])
    assert (answer.status_code, answer.content) == (403, b"")
    assert not HeardText.objects.exists() and not TextContact.objects.exists()
    assert Tally.objects.get(kind="forged webhook").count == 1


def test_a_missing_header_an_extra_parameter_and_another_path_are_refused():
    made = signature(
        "new token", BASE + "/texts/carrier/tw/heard", {k: (v,) for k, v in TEXT.items()}
    )
    path = "/texts/carrier/tw/heard"
    assert Client().post(path, TEXT).status_code == 403
    for extra in ({"More": "x"}, {"Blank": ""}):
        form = TEXT | extra
        assert Client().post(path, form, HTTP_X_TWILIO_SIGNATURE=made).status_code == 403
    for other in (f"{path}?a=1", "/texts/carrier/tw/status", "/texts/carrier/nobody/heard"):
        assert Client().post(other, TEXT, HTTP_X_TWILIO_SIGNATURE=made).status_code == 403
    assert not HeardText.objects.exists()
    assert Client().get(path).status_code == 405


def test_a_proxy_cannot_say_another_address():
    given = {"HTTP_X_FORWARDED_HOST": "evil.example", "HTTP_X_FORWARDED_PROTO": "http"}
    assert post(TEXT, **given).status_code == 200


def test_twilios_own_validator_signs_as_we_check():
    validator = pytest.importorskip("twilio.request_validator").RequestValidator("new token")
    path = "/texts/carrier/tw/heard"
    made = validator.compute_signature(BASE + path, TEXT)
    assert Client().post(path, TEXT, HTTP_X_TWILIO_SIGNATURE=made).status_code == 200
    ours = signature("new token", BASE + path, {k: (v,) for k, v in TEXT.items()})
    assert validator.validate(BASE + path, TEXT, ours)


def test_statuses_are_kept_whatever_their_order():
    for status in ("delivered", "sent", "queued", "something new"):
        form = {"MessageSid": "SM9", "MessageStatus": status}
        assert post(form, path="/texts/carrier/tw/status?m=abc").status_code == 200
    assert DeliveryEvent.objects.count() == 4
    assert set(DeliveryEvent.objects.values_list("ref", flat=True)) == {"abc"}


def telnyx(body: bytes, stamp: str, **given: str):
    signed = base64.b64encode(KEY.sign(f"{stamp}|".encode() + body)).decode()
    headers = {"HTTP_TELNYX_TIMESTAMP": stamp, "HTTP_TELNYX_SIGNATURE_ED25519": signed} | given
    return Client().post(
        "/texts/carrier/tx/heard", body, content_type="application/json", **headers
    )


def test_telnyx_signs_time_and_body():
    said = {
        "data": {
            "event_type": "message.received",
            "payload": {
                "id": "t1",
                "text": "hola",
                "from": {"phone_number": "+15125550100"},
                "media": [],
            },
        }
    }
    body, now = json.dumps(said).encode(), int(datetime.now(UTC).timestamp())
    assert telnyx(body, str(now)).status_code == 200
    assert telnyx(body, str(now - 301)).status_code == 403
    assert telnyx(body, "").status_code == 403
    assert telnyx(body, str(now), HTTP_TELNYX_SIGNATURE_ED25519="%%%").status_code == 403
    assert HeardText.objects.get().carrier_id == "t1"


@pytest.mark.parametrize(
    "payload",
    [
        {"id": "t1", "from": {"phone_number": None}, "text": None, "media": None},
        {"id": "t1", "from": {"phone_number": "+15125550100"}, "text": ["a"], "media": []},
        {"id": None, "from": None},
        None,
        [],
    ],
)
@pytest.mark.parametrize("kind", ["message.received", "message.finalized", None])
def test_a_signed_call_with_nothing_where_words_should_be_is_answered(
    payload: object, kind: object
):
    body = json.dumps({"data": {"event_type": kind, "payload": payload}}).encode()
    assert telnyx(body, str(int(datetime.now(UTC).timestamp()))).status_code == 200


def test_null_and_numbers_of_a_gateway_are_no_words():
    events = [{"id": 5, "from": "+15125550100", "text": None}, {"id": "s", "status": None}]
    body, stamp = json.dumps(events).encode(), str(int(datetime.now(UTC).timestamp()))
    signed = {
        "HTTP_X_WAYPOST_TIME": stamp,
        "HTTP_X_WAYPOST_SIGNATURE": gateway_signature("secret", stamp, body),
    }
    path = "/texts/carrier/gw/heard"
    assert Client().post(path, body, content_type="application/json", **signed).status_code == 200
    heard = HeardText.objects.get()
    assert (heard.carrier_id, heard.text) == ("5", "")
    assert DeliveryEvent.objects.get().status == ""


def test_digits_of_another_kind_count_no_pictures():
    assert post(TEXT | {"NumMedia": "²"}).status_code == 200
    assert HeardText.objects.get().media == 0


def test_accounts_that_do_not_exist_make_one_count():
    for name in ("a", "b", "c"):
        assert post(TEXT, path=f"/texts/carrier/{name}/heard").status_code == 403
    assert Tally.objects.get(kind="forged webhook").count == 3


def test_a_gateway_may_send_several_at_once():
    events = [
        {"id": "g1", "from": "+15125550100", "text": "a"},
        {"id": "g2", "from": "+15125550101", "text": "b"},
        7,
        {"id": ""},
    ]
    body, stamp = json.dumps(events).encode(), str(int(datetime.now(UTC).timestamp()))
    path = "/texts/carrier/gw/heard"
    signed = {
        "HTTP_X_WAYPOST_TIME": stamp,
        "HTTP_X_WAYPOST_SIGNATURE": gateway_signature("secret", stamp, body),
    }
    assert Client().post(path, body, content_type="application/json", **signed).status_code == 200
    assert HeardText.objects.count() == 2
    signed["HTTP_X_WAYPOST_SIGNATURE"] = gateway_signature("other", stamp, body)
    assert Client().post(path, body, content_type="application/json", **signed).status_code == 403


@pytest.mark.parametrize(
    "text", ["", "\x00a\x00", "\u202eabc", "ѕtор", "🛑" * 400, "x" * 10_000, "a\u200db"]
)
def test_odd_texts_are_stored_and_nothing_crashes(text: str):
    assert post(TEXT | {"Body": text}).status_code == 200
    assert HeardText.objects.count() == 1
