"""Fills a page's form with what was posted, except the part of it that was saved.

A page whose form has several parts marks each with ``data-part="page.part"``; a button sends the
whole form, and its address names the part that it is of. Without a script nothing else comes back.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from html import escape, unescape
from html.parser import HTMLParser

PART = "data-part"
Posted = Callable[[str], list[str]]
"""The values that were sent under a name, in the order of the page (`QueryDict.getlist`)."""

_NOT_TYPED = frozenset({"hidden", "submit", "button", "image", "reset", "file", "password"})
_MADE_FROM = frozenset({"read", "seen"})
"""Hidden fields: the version that a part's text was made from. It stays with the text, so that what
a colleague saved meanwhile is noticed when the text is saved."""
_VALUE = re.compile(r'\svalue="[^"]*"')
_FLAG = re.compile(r"\s(checked|selected)(?=[\s/>])")
_Attributes = list[tuple[str, str | None]]


def filled(page: str, posted: Posted, saved: str) -> str:
    """The page with what was posted in its other parts; the same text where nothing differs.

    ``saved`` is the part whose button was pressed ("plan.sign", or "plan." for none); parts of
    other pages stay. A part that is folded away opens where something is filled in. Boxes that were
    not ticked are not sent, so that every box of a part is set; a field that was not sent at all,
    and what no option says, stays.
    """
    parser = _Filling(page, posted, saved)
    parser.feed(page)
    parser.close()
    text, at = [], 0
    for start, end, instead in sorted(parser.edits):
        text += [page[at:start], instead]
        at = end
    return "".join([*text, page[at:]])


class _Filling(HTMLParser):
    """Collects what is to be replaced: (from, to, by what) in the page's text."""

    def __init__(self, page: str, posted: Posted, saved: str) -> None:
        super().__init__(convert_charrefs=False)
        self.edits: list[tuple[int, int, str]] = []
        self._page, self._posted, self._saved = page, posted, saved
        self._unsaved = not saved.endswith(".")  # a refused page says itself what it was made from
        self._together = saved.partition(".")[0] + "."
        self._lines = [0, *(match.end() for match in re.finditer("\n", page))]
        self._parts: list[list[str | int]] = []  # the tag of each part, how deep in it, its name
        self._folded: tuple[int, str, int] | None = (
            None  # a closed part: where, its tag, edits before
        )
        self._seen: Counter[str] = Counter()
        self._options: list[tuple[int, str, str, bool]] | None = None
        self._select = ""

    def handle_starttag(self, tag: str, attrs: _Attributes) -> None:
        """Note the parts and their fields."""
        said = dict(attrs)
        if self._parts and tag == self._parts[-1][0]:
            self._parts[-1][1] = int(self._parts[-1][1]) + 1
        if PART in said:
            self._parts.append([tag, 1, said[PART] or ""])
            if tag == "details" and "open" not in said:
                self._folded = (self._start(), self._tag(), len(self.edits))
        part = str(self._parts[-1][2]) if self._parts else ""
        if part == self._saved or not part.startswith(self._together):
            return
        name, start = said.get("name") or "", self._start()
        if tag == "input" and name:
            self._input(said, name, start)
        elif tag == "textarea" and name:
            self._textarea(name, start)
        elif tag == "select" and name:
            self._select, self._options = name, []
        elif tag == "option" and self._options is not None:
            self._option(said, start)

    def handle_endtag(self, tag: str) -> None:
        """Leave a part, or choose in a list that is whole."""
        if tag == "select" and self._options is not None:
            self._choose(self._options)
            self._options = None
        if self._parts and tag == self._parts[-1][0]:
            self._parts[-1][1] = int(self._parts[-1][1]) - 1
            if not self._parts[-1][1]:
                self._parts.pop()
                self._unfold()

    def _unfold(self) -> None:
        """Open the part that ends here, where it was closed and something in it was filled in."""
        if self._folded is not None:
            start, tag, before = self._folded
            if len(self.edits) > before:
                self.edits.append((start, start + len(tag), f"{tag[:-1]} open>"))
            self._folded = None

    def _start(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column

    def _tag(self) -> str:
        return self.get_starttag_text() or ""

    def _sent(self, name: str) -> str | None:
        """What was sent for this field: of several with one name each has its own."""
        values, nth = self._posted(name), self._seen[name]
        self._seen[name] += 1
        return values[nth].replace("\r\n", "\n") if nth < len(values) else None

    def _input(self, said: dict[str, str | None], name: str, start: int) -> None:
        kind, tag = said.get("type") or "text", self._tag()
        if kind in _NOT_TYPED and not (name in _MADE_FROM and self._unsaved):
            return
        if kind in ("checkbox", "radio"):
            wanted = (said.get("value") or "on") in self._posted(name)
            self._flag(start, tag, "checked", has="checked" in said, wanted=wanted)
            return
        value = self._sent(name)
        if value is not None and value != (said.get("value") or ""):
            bare = _VALUE.sub("", tag)
            instead = f'{bare[:6]} value="{escape(value)}"{bare[6:]}'
            self.edits.append((start, start + len(tag), instead))

    def _textarea(self, name: str, start: int) -> None:
        begin = start + len(self._tag())
        end = self._page.index("</textarea>", begin)
        value = self._sent(name)
        if value is not None and value != unescape(self._page[begin:end]).removeprefix("\n"):
            self.edits.append((begin, end, f"\n{escape(value)}"))

    def _option(self, said: dict[str, str | None], start: int) -> None:
        tag = self._tag()
        begin = start + len(tag)
        words = unescape(self._page[begin : self._page.index("<", begin)]).strip()
        value = said.get("value", words)
        assert self._options is not None
        self._options.append((start, tag, value or "", "selected" in said))

    def _choose(self, options: list[tuple[int, str, str, bool]]) -> None:
        sent = self._sent(self._select)
        values = [value for _start, _tag, value, _has in options]
        chosen = next((value for _s, _t, value, has in options if has), next(iter(values), None))
        if sent is None or sent == chosen or sent not in values:
            return
        for start, tag, value, has in options:
            self._flag(start, tag, "selected", has=has, wanted=value == sent)

    def _flag(self, start: int, tag: str, flag: str, *, has: bool, wanted: bool) -> None:
        if has != wanted:
            instead = f"{tag[:-1]} {flag}>" if wanted else _FLAG.sub("", tag)
            self.edits.append((start, start + len(tag), instead))
