"""Walks through the guide's pages for its tests."""

from __future__ import annotations

import html
import re
from html.parser import HTMLParser
from typing import Any

from django.http import HttpResponse
from django.test import Client

BASE: dict[str, Any] = {
    "who": "self-adult", "now": "none", "suicide": "no-thoughts", "today": "none", "harm": "none",
    "used": "cannabis", "daily": "cannabis", "last": "recent", "withdrawal": "nothing",
    "pregnant": "no", "body": "stable", "past": "none", "problems": "some", "mind": "steady",
    "home": "safe", "between": "returning", "prior": "no-treatment", "life": "none",
}  # fmt: skip
CANARY = "Canary Falls 98765"
LAST_PAGE = 11


class Page(HTMLParser):
    """The addresses, fields and headings of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.forms: list[dict[str, Any]] = []
        self.headings = 0
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.addresses += [found[name] or "" for name in ("href", "src", "action") if name in found]
        if tag == "h1":
            self.headings += 1
        if tag == "form":
            self.forms.append({"method": found.get("method"), "to": found["action"], "fields": {}})
        if tag in ("input", "button") and found.get("name") and self.forms:
            name, value = str(found["name"]), found.get("value") or ""
            self.forms[-1]["fields"].setdefault(name, []).append(value)


def send(
    client: Client, page: int = LAST_PAGE, go: str = "next", to: str = "/guide", **answers: Any
) -> Any:
    """The page that a form with these answers leads to; a redirect is followed."""
    kept = {name: value for name, value in (BASE | answers).items() if value is not None}
    response = client.post(to, kept | {"page": page, "go": go})
    if response.status_code == 303:
        return client.get(response.headers["Location"])
    return response


def press(client: Client, response: HttpResponse, **fields: Any) -> Any:
    """Press a button on the page shown, as a browser does: its form's hidden fields come along."""
    go = fields.get("go", "next")
    page = Page(text_of(response))
    form = next(f for f in page.forms if go in f["fields"].get("go", ()))
    hidden = {name: form["fields"][name][0] for name in ("kept", "page")}
    sent = client.post(form["to"], hidden | {"go": go} | fields)
    assert sent.status_code == 303, text_of(sent)
    return client.get(sent.headers["Location"])


def text_of(response: HttpResponse) -> str:
    return " ".join(response.content.decode().split())  # however the template breaks its lines


def words_of(text: str) -> str:
    """What a person reads of a page's main part, with what is folded away left out."""
    main = text[text.index("<main") : text.index("</main>")]
    main = re.sub(r"<details.*?</details>", " ", main, flags=re.S)
    return html.unescape(" ".join(re.sub(r"<[^>]+>", " ", main).split()))


def walk(client: Client, answers: dict[str, Any], prefix: str = "") -> tuple[list[str], Any]:
    """Answer page after page, as a person does; the headings seen and the last page."""
    response, seen = client.get(f"{prefix}/guide"), []
    for _ in range(13):
        text = text_of(response)
        seen.append(html.unescape(re.findall(r"<h1[^>]*>(.*?)</h1>", text)[0]))
        form = next((f for f in Page(text).forms if "next" in f["fields"].get("go", ())), None)
        if form is None:
            break
        own = {n: v for n, v in answers.items() if n in form["fields"]}
        response = press(client, response, **own)
    return seen, response
