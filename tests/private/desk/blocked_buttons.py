"""Which buttons of a page a browser does not let anybody press, because a field is empty."""

from __future__ import annotations

from html.parser import HTMLParser
from urllib.parse import parse_qs, urlsplit


class Blocked(HTMLParser):
    """Buttons that a browser keeps from being pressed while a field of another part is empty."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.names: list[str] = []
        self._part, self._needed, self._buttons = "", set[str](), list[str]()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note in which part a field must be filled, and the buttons that wait for it."""
        said = dict(attrs)
        if tag == "form":
            self._part, self._needed, self._buttons = "", set(), []
        self._part = said.get("data-part") or self._part
        if "required" in said:
            self._needed.add(self._part)
        if tag == "button" and "formaction" in said and "formnovalidate" not in said:
            self._buttons.append(said["formaction"] or "")

    def handle_endtag(self, tag: str) -> None:
        """At the end of a form it is known what it needs."""
        if tag == "form":
            for address in self._buttons:
                own = parse_qs(urlsplit(address).query).get("part", [])
                if self._needed - {*own}:
                    self.names.append(address)
