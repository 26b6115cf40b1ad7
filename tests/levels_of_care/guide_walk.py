"""Walks through the guide's pages for its tests."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

from django.http import HttpResponse
from django.test import Client

BASE: dict[str, Any] = {
    "who": "self-adult", "now": "none", "suicide": "no-thoughts", "substances": "cannabis",
    "withdrawal": "nothing", "pregnant": "no", "body": "stable", "overdose": "none", "use": "most",
    "mind": "steady", "home": "safe", "between": "returning", "prior": "no-treatment",
    "life": "none",
}  # fmt: skip
CANARY = "Canary Falls 98765"


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
    client: Client, page: int = 99, go: str = "next", to: str = "/guide", **answers: Any
) -> Any:
    kept = {name: value for name, value in (BASE | answers).items() if value is not None}
    return client.post(to, kept | {"page": page, "go": go})


def text_of(response: HttpResponse) -> str:
    return response.content.decode()


def walk(client: Client, answers: dict[str, Any]) -> tuple[list[str], HttpResponse]:
    """Answer page after page, as a person does; the headings seen and the last page."""
    response, seen = client.get("/guide"), []
    for _ in range(12):
        page = Page(text_of(response))
        seen.append(re.findall(r"<h1[^>]*>(.*?)</h1>", text_of(response))[0])
        form = next((f for f in page.forms if "next" in f["fields"].get("go", ())), None)
        if form is None:
            break
        sent = {n: v for n, v in form["fields"].items() if n != "go"}
        sent |= {n: v for n, v in answers.items() if n in form["fields"]}
        response = client.post("/guide", sent | {"go": "next"})
    return seen, response
