"""Words: every sentence goes through gettext, and the search journey speaks Spanish."""

from __future__ import annotations

import html
import io
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.test import Client

import waypost
from waypost.publishing.reader import Snapshot

ROOT = Path(waypost.__file__).parent
TEMPLATES = sorted(p for p in ROOT.glob("**/*.html"))
NAMES = {
    "CSV",
    "UTC",
    "English",  # each language in its own words
    "Español",
    "Lucht 2021",  # a study by its first author
    "Waypost",
    "LOINC",
    "LOINC is copyright © Regenstrief Institute, Inc. and the LOINC Committee",  # as it asks
    "loinc.org/license",
    "FHIR Questionnaire",
    "29 CFR 825.119",
    "12VAC35-105-1740",
    "SAMHSA Advisory, Clinical Issues in Intensive Outpatient Treatment for Substance Use Disorders (2021",
}
"""Names of standards and of sources, which are the same in every language."""
SPOKEN = {"aria-label", "title", "alt", "placeholder"}


class Texts(HTMLParser):
    """Every text and spoken attribute of a template, what Jinja fills in left out."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.silent = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.silent = tag in ("style", "script")
        self.found += [value or "" for name, value in attrs if name in SPOKEN]

    def handle_endtag(self, tag: str) -> None:
        self.silent = False

    def handle_data(self, data: str) -> None:
        self.found += [] if self.silent else [data]


def bare_words(text: str) -> list[str]:
    """What a template says without gettext."""
    plain = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", " \x01 ", text, flags=re.S)
    parser = Texts()
    parser.feed(plain)
    parts = [
        " ".join(part.split()).strip(" ·,;:.()›")
        for found in parser.found
        for part in found.split("\x01")
    ]
    return [p for p in parts if re.search(r"[^\W\d_]{2,}", p) and p not in NAMES and '="' not in p]


def test_bare_words_are_found() -> None:
    assert bare_words("<p>{{ _('Fine') }} · Waypost</p>") == []
    assert bare_words("<p>Not {{ x }} fine</p>") == ["Not", "fine"]
    assert bare_words('<svg aria-label="A map">{% if x %}{% endif %}</svg>') == ["A map"]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_no_template_speaks_without_gettext(path: Path) -> None:
    assert bare_words(path.read_text("utf-8")) == []


def test_every_sentence_has_spanish_and_is_marked_for_review() -> None:
    file = ROOT / "web" / "locale" / "es" / "LC_MESSAGES" / "django.po"
    catalog = read_po(io.BytesIO(file.read_bytes()), locale="es")
    assert "every line needs review" in catalog.header_comment
    missing, broken, seen = [], [], 0
    for message in catalog:
        if not message.id:
            continue
        seen += 1
        ids = (message.id,) if isinstance(message.id, str) else message.id
        strings = (message.string,) if isinstance(message.string, str) else message.string
        if not all(strings):
            missing.append(ids[0])
        holes = set(re.findall(r"%\(\w+\)s", "".join(ids)))
        if any(set(re.findall(r"%\(\w+\)s", s)) - holes for s in strings) or (
            holes != set(re.findall(r"%\(\w+\)s", "".join(strings)))
        ):
            broken.append(ids[0])
    assert seen > 1000
    assert missing == []
    assert broken == []


ENGLISH = re.compile(r"\b(the|and|with|your|which|this|programs?|call|from|near|where)\b", re.I)
"""Words that no Spanish sentence holds; names of places, programs and laws may."""


def test_a_spanish_page_has_no_english_sentence(snapshot: Snapshot) -> None:
    site = snapshot.ids_in_county("48453")[0]
    titles = {source.title for source in snapshot.manifest.sources}  # names are not translated
    for path in ("/es/", "/es/find?near=78701&payment=medicaid", "/es/find?near=springfield", "/es/find",
                 "/es/find?near=78701&within=x", f"/es/site/{site}", f"/es/site/{site}/report", "/es/help-now", "/es/privacy",
                 "/es/about-the-data", "/es/browse", "/es/nowhere", f"/es/compare?site={site}", f"/es/shortlist?site={site}"):  # fmt: skip
        text = Client().get(path).content.decode()
        text = re.sub(r"<script.*?</script>|<title>.*?</title>|<[^>]+>", "\n", text, flags=re.S)
        lines = [html.unescape(line).strip() for line in text.split("\n")]
        english = [line for line in lines if len(ENGLISH.findall(line)) >= 2 and line not in titles]
        assert english == [], path
