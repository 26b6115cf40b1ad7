"""The loopback payer itself: what is no question it refuses, and it goes away when told."""

import httpx
import pytest

from running import PATIENCE
from waypost.eligibility.loopback import LoopbackPayer
from waypost.eligibility.loopback_acts import Act


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/core/soap", b"<a/>"),
        ("/core/soap", b"no xml"),
        ("/core/mime", b"no parts"),
        ("/stedi", b"{}"),
        ("/stedi", b"[]"),
        ("/stedi", b"no json"),
    ],
)
def test_what_is_no_question_is_refused(path, body, capsys):
    with LoopbackPayer() as payer:
        answer = httpx.post(payer.url(path), content=body, timeout=PATIENCE)
        assert payer.questions == 0
    assert answer.status_code == 400
    assert capsys.readouterr().err == ""


def test_an_unknown_path_is_not_found():
    with LoopbackPayer() as payer:
        assert httpx.post(payer.url("/elsewhere"), content=b"", timeout=PATIENCE).status_code == 404


def test_it_listens_on_loopback_alone_and_stops():
    with LoopbackPayer([Act.BUSY]) as payer:
        url = payer.url("/stedi")
    assert url.startswith("http://127.0.0.1:")
    with pytest.raises(httpx.ConnectError):
        httpx.post(url, content=b"{}", timeout=PATIENCE)
