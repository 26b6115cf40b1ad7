"""A private search: no address tells what is looked for, on any page that it leads to."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.test import Client

from waypost.directory.models import ListingReport
from waypost.web import sealing
from waypost.web.private_walk.links import PAGE, is_open_page, sealed_address
from waypost.web.private_walk.opened import opened
from waypost.web.sealing import HOURS

NEED = {
    "near": "78701",
    "within": "25",
    "payment": "medicaid",
    "age": "17",
    "gender": "",
    "need": "PREG",
}
OPEN = "/find?near=78701&within=25&payment=medicaid&age=17&need=PREG"
TELLING = re.compile(r"78701|medicaid|\bPREG\b|Austin|site_\w+|age=", re.IGNORECASE)
"""Four letters stand in a sealed address by chance, between others."""


@pytest.fixture
def client(snapshot) -> Client:
    return Client(headers={"host": "127.0.0.1"})


def begun(client: Client, prefix: str = "", **fields: str) -> str:
    """The address that a private search leads to."""
    answer = client.post(f"{prefix}/private", {PAGE: "/find"} | NEED | fields)
    assert answer.status_code == 303
    return answer["Location"]


def links(text: str) -> list[str]:
    """Where the page's links and forms lead on this site."""
    found = re.findall(r'<(?:a|form)\b[^>]*?\s(?:href|action)="([^"]*)"', text)
    return [unescape(link) for link in found if link.startswith(("/", "?"))]


def without_addresses(text: str) -> str:
    """A page's words: what differs between an open page and its private twin is left out."""
    text = re.sub(r'<span class="small soft">This search is private[^<]*</span>', "", text)
    text = re.sub(r'<button[^>]*formmethod="post".*?</button>', "", text, flags=re.DOTALL)
    text = re.sub(rf'<input type="hidden" name="{PAGE}"[^>]*>', "", text)
    text = re.sub(r' data-live(-form)?(?=[ >])| method="\w+"| action="[^"]*"', "", text)
    return re.sub(r'(<a\b[^>]*?\shref=)"[^"]*"', r'\1""', text)


def test_the_page_is_the_one_that_the_open_address_shows(client: Client) -> None:
    private = client.get(begun(client)).content.decode()
    open_page = client.get(OPEN).content.decode()
    assert "This search is private" in private
    assert without_addresses(private) == without_addresses(open_page)


def test_no_address_of_a_private_search_tells_anything(client: Client) -> None:
    """Everything that can be reached in two steps from it: filters, pages, programs, lists."""
    first, second, *_ = re.findall(r"keep=(site_\w+)", client.get(OPEN).content.decode())
    waiting = [begun(client), begun(client, keep=first), begun(client, keep=second)]
    seen, kinds = set(), set()
    for _ in range(2):
        following = []
        for address in waiting:
            answer = client.get(address)
            assert answer.status_code in (200, 302), address
            assert answer["Cache-Control"] == "private, no-store" and "ETag" not in answer
            for link in links(answer.content.decode()):
                assert not TELLING.search(link), link
                if "/private/" in link:
                    page, query = opened(link.partition("/private/")[2].partition("#")[0])
                    kind = (page.split("/")[1], *sorted({name for name, _ in parse_qsl(query)}))
                    if kind not in kinds and len(seen) < 25:  # one of each kind
                        kinds.add(kind)
                        following.append(link.partition("#")[0])
                        seen.add(link)
        waiting = following
    assert {"find", "site", "shortlist"} <= {kind[0] for kind in kinds}
    assert any("page" in kind for kind in kinds)


def test_a_filter_sent_from_a_private_page_is_private_too(client: Client) -> None:
    text = client.get(begun(client)).content.decode()
    (form,) = re.findall(r'<form class="ask[^>]*>', text)
    assert 'method="post"' in form and 'action="/private"' in form and "data-live" not in form
    fewer = client.post("/private", {PAGE: "/find", "near": "78701", "choose": "detox"})
    assert opened(fewer["Location"].rpartition("/")[2]) == ("/find", "near=78701&choose=detox")


def test_a_redirect_of_a_page_is_sealed_as_well(client: Client) -> None:
    answer = client.get(begun(client, near="1100 Congress Ave, Austin TX 78701"))
    assert answer.status_code == 302
    assert re.fullmatch(r"/private/[\w-]+", answer["Location"])
    assert client.get(answer["Location"]).status_code == 200


def of_kind(text: str, tag: str, ending: str) -> str:
    """The sealed address of a page with this ending to which a link or a form of a page leads."""
    found = re.findall(rf'<{tag}\b[^>]*?\s(?:href|action)="(/private/[\w-]+)"', text)
    return next(link for link in found if opened(link.rpartition("/")[2])[0].endswith(ending))


def test_a_report_from_a_private_page_is_sent_to_a_sealed_address(client: Client, db) -> None:
    (site,) = re.findall(r"keep=(site_\w+)", client.get(OPEN).content.decode())[:1]
    program = client.get(sealed_address("", f"/site/{site}", "")).content.decode()
    form = client.get(of_kind(program, "a", "/report")).content.decode()
    to = of_kind(form, "form", "/report")
    assert not TELLING.search(" ".join(links(form)))
    (token,) = re.findall(r'name="token" value="([^"]+)"', form)
    typed = {"token": token, "kind": "phone", "text": "It rings elsewhere"}
    foreign = client.post(to, typed, headers={"sec-fetch-site": "cross-site"})
    assert foreign.status_code == 403
    refused = client.post(to, typed | {"kind": ""}, headers={"sec-fetch-site": "same-origin"})
    assert refused.status_code == 303 and re.fullmatch(r"/private/[\w-]+", refused["Location"])
    with_a_mistake = client.get(refused["Location"])
    assert with_a_mistake.status_code == 400
    assert "It rings elsewhere" in with_a_mistake.content.decode()
    assert not TELLING.search(" ".join(links(with_a_mistake.content.decode())))
    sent = client.post(to, typed, headers={"sec-fetch-site": "same-origin"})
    assert sent.status_code == 303 and re.fullmatch(r"/private/[\w-]+", sent["Location"])
    assert sent["Cache-Control"] == "private, no-store"
    assert "your report is stored" in client.get(sent["Location"]).content.decode()
    assert ListingReport.objects.filter(site_id=site).count() == 1


def test_one_tap_after_a_call_stays_private(client: Client, db) -> None:
    (site,) = re.findall(r"keep=(site_\w+)", client.get(OPEN).content.decode())[:1]
    program = client.get(sealed_address("", f"/site/{site}", "")).content.decode()
    (token,) = re.findall(r'name="token" value="([^"]+)"', program)
    answer = {"token": token, "worked": "yes"}
    sent = client.post(
        of_kind(program, "form", "/number"), answer, headers={"sec-fetch-site": "same-origin"}
    )
    assert sent.status_code == 303 and re.fullmatch(r"/private/[\w-]+", sent["Location"])
    assert client.get(sent["Location"]).status_code == 200


def test_what_is_only_read_takes_no_form_under_a_sealed_address_either(client: Client) -> None:
    answer = client.post(
        begun(client), {"near": "78701"}, headers={"sec-fetch-site": "same-origin"}
    )
    assert answer.status_code == 405 and answer["Allow"] == "GET, HEAD, OPTIONS"


def test_in_spanish_it_stays_spanish_and_the_other_language_is_one_step_away(
    client: Client,
) -> None:
    address = begun(client, "/es")
    assert address.startswith("/es/private/")
    text = client.get(address).content.decode()
    assert '<html lang="es"' in text
    others = [link for link in links(text) if re.fullmatch(r"/private/[\w-]+", link)]
    other = others[0]  # the same link stands at the head and at the foot
    assert {opened(o.rpartition("/")[2])[0] for o in others} == {"/find"}
    assert '<html lang="en"' in client.get(other).content.decode()


def test_a_mistake_keeps_what_was_typed(client: Client) -> None:
    answer = client.get(begun(client, within="soon"))
    assert answer.status_code == 400
    assert "78701" in answer.content.decode()


@pytest.mark.parametrize("page", ["", "/nowhere", "//evil.example", "https://evil.example/", "/private",
                                  "/coverage/answer", "/api/v1/search", "/find?near=1", "/private/x"])  # fmt: skip
def test_only_a_page_that_is_read_stands_under_a_sealed_address(client: Client, page: str) -> None:
    assert not is_open_page(page)
    assert client.post("/private", {PAGE: page, "near": "78701"}).status_code == 400


def test_addresses_that_are_old_cut_or_made_up_open_nothing(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = begun(client)
    sealed = good.rpartition("/")[2]
    other = sealing.seal("coverage", ["/find", "near=78701"])
    for bad in (sealed[:-3], sealed[::-1], "x", "ä", other, "a" * 7_000):
        answer = client.get(f"/private/{bad}")
        assert answer.status_code == 410
        assert "988" in answer.content.decode()
    monkeypatch.setattr("cryptography.fernet.time.time", lambda: 10**10)
    assert client.get(good).status_code == 410
    assert HOURS == 12


def test_what_is_too_long_is_refused_and_get_leads_to_the_search(client: Client) -> None:
    long = "".join(chr(0x4E00 + n) for n in range(9_000))
    assert client.post("/private", {PAGE: "/find", "q": long}).status_code == 400
    assert client.get("/private")["Location"] == "/find"
    foreign = client.post("/private", {PAGE: "/find"}, headers={"sec-fetch-site": "cross-site"})
    assert foreign.status_code == 403


@pytest.mark.parametrize("page", ["/", "/find?near=78701", "/find?near=springfield", "/es/"])
def test_every_search_form_can_be_sent_privately(client: Client, page: str) -> None:
    text = client.get(page).content.decode()
    buttons = re.findall(r'<button[^>]*formmethod="post"[^>]*>', text)
    prefix = "/es" if page.startswith("/es") else ""
    assert buttons
    for button in buttons:  # the results have another below the choices, for a phone
        words = " ".join(button.split())
        assert f'formaction="{prefix}/private"' in words and f'name="{PAGE}" value="/find"' in words


def test_sealed_addresses_are_cut_from_the_log() -> None:
    import logging

    from waypost.web.logs import WithoutQuery

    address = sealed_address("/es", "/find", "near=78701")
    assert urlsplit(address).query == ""
    for line in (address, "/coverage/on/gAAAAB", "/coverage/live/on/gAAAAB", "/guide/on/gAAAAB",
                 "/check-ups/phq-9/on/gAAAAB", "/es/site/site_1/report/on/gAAAAB"):  # fmt: skip
        record = logging.LogRecord(
            "x", logging.ERROR, "", 1, "Internal Server Error: %s", (line,), None
        )
        WithoutQuery().filter(record)
        assert "gAAAAB" not in record.getMessage()
