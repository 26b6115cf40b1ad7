"""The pages of the articles answer, stay inside our own words, and survive any text typed."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET

import pytest
from django.test import Client
from django.urls import Resolver404, resolve
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from waypost.articles.avoided_words import uses
from waypost.articles.check import site_pages
from waypost.design.words import date_text
from waypost.web.articles import pages
from waypost.web.articles.library import answers_in, articles_in
from waypost.web.articles.pages import faq_json_ld
from waypost.web.articles.search import article_index

ATOM = "{http://www.w3.org/2005/Atom}"
NOT_OURS = r'<script.*?</script>|<ol class="sources">.*?</ol>|<[^>]*>'
HOSTILE = [
    '"', "'", "*", "NEAR(", "a AND", "OR OR", "-x", "^a", "title:x", "{a b}: c", "a*b*", "\x00",
    "\ud7ff\U0010ffff", "%", "';DROP TABLE passage;--", '" OR 1', "(" * 50, "é" * 300, "   ", "🙂",
]  # fmt: skip


def text_of(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status, address
    return " ".join(response.content.decode().split())  # however the template breaks its lines


@pytest.mark.parametrize("slug", articles_in("en"))
def test_every_article_has_one_heading_its_sources_and_its_review(
    client: Client, slug: str
) -> None:
    text = text_of(client, f"/articles/{slug}")
    article = articles_in("en")[slug]
    assert text.count("<h1") == 1
    due = date_text(article.next_review_due)
    assert f"A review by a clinician is still to come (due {due})." in text
    assert "Next review due" not in text
    assert all(f'<li id="source-{n}">' in text for n in range(1, len(article.sources) + 1))
    assert len(text.encode()) < 60_000


@pytest.mark.parametrize("slug", articles_in("en"))
def test_every_link_inside_an_article_page_to_its_own_parts_has_a_target(
    client: Client, slug: str
) -> None:
    text = text_of(client, f"/articles/{slug}")
    ids = re.findall(r'\bid="([^"]+)"', text)
    assert len(set(ids)) == len(ids)
    assert set(re.findall(r'href="#([^"]+)"', text)) <= set(ids)


def test_no_page_of_ours_has_a_word_to_avoid(client: Client) -> None:
    for address in ["/articles", "/answers", *(f"/articles/{slug}" for slug in articles_in("en"))]:
        text = text_of(client, address)
        words = re.sub(
            r"<script.*?</script>|<ol class=\"sources\">.*?</ol>|<[^>]*>", " ", text, flags=re.S
        )
        assert [use.found for use in uses(words)] == [], address


def test_the_list_names_every_article(client: Client) -> None:
    text = text_of(client, "/articles")
    assert all(f'href="/articles/{slug}"' in text for slug in articles_in("en"))


def test_an_article_that_is_not_in_spanish_yet_is_given_in_english_and_says_so(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    slug = "therapies"
    without = {**articles_in("es"), slug: articles_in("en")[slug]}
    monkeypatch.setattr(pages, "articles_in", lambda language: without)
    text = text_of(client, f"/es/articles/{slug}")
    assert "Por ahora, este artículo está solo en inglés." in text
    assert text_of(client, "/es/articles").count("Por ahora solo en inglés") == 1
    assert '<html lang="es">' in text
    assert '<article class="prose" lang="en">' in text
    assert 'href="/es/articles"' in text


def test_an_unknown_article_is_not_found(client: Client) -> None:
    text_of(client, "/articles/no-such-article", 404)


def test_programs_near_the_place_in_hand_are_counted(client: Client) -> None:
    slug = next(iter(articles_in("en")))
    text = text_of(client, f"/articles/{slug}?near=Austin, TX")
    assert re.search(r"[1-9]\d* intensive outpatient programs within 25 miles of Austin", text)
    first = re.search(r'<ul class="first">.*?</ul>', text, re.S)
    assert first
    assert len(re.findall(r'<li><a href="/site/site_[0-9a-z]+">', first.group())) == 3
    assert re.search(r"Austin, TX · [0-9.]+ miles", first.group())
    assert 'href="/find?near=Austin%2C+TX"' in text
    assert re.search(r'<ul class="next"><li><a href="/articles/[a-z-]+\?near=Austin%2C\+TX"', text)


def test_the_place_in_hand_is_carried_from_page_to_page(client: Client) -> None:
    here = "?near=Austin%2C+TX"
    for address in ("/articles", "/answers", "/articles?q=medicine"):
        text = text_of(client, address + ("&" if "?" in address else "?") + here[1:])
        assert re.search(rf'href="/articles/[a-z-]+{re.escape(here)}', text), address
        assert '<input type="hidden" name="near" value="Austin, TX">' in text
    assert f'href="/articles{here}"' in text_of(client, f"/articles/therapies{here}")


@pytest.mark.parametrize("typed", ['"><script>', "\x00", "é" * 300, "&near=x#y"])
def test_a_hostile_place_is_carried_harmlessly(client: Client, typed: str) -> None:
    for address in ("/articles", "/answers"):
        response = client.get(address, {"near": typed})
        assert response.status_code == 200
        assert b"<script>" not in response.content.replace(b'<script type="application/ld', b"")


@pytest.mark.parametrize("typed", ["nowhere at all", "Springfield", "\x00", "<b>", "9" * 300])
def test_a_place_that_is_not_understood_is_asked_about(client: Client, typed: str) -> None:
    slug = next(iter(articles_in("en")))
    response = client.get(f"/articles/{slug}", {"near": typed})
    assert response.status_code == 200
    assert b"within 25 miles" not in response.content
    assert b'class="first"' not in response.content
    assert b"<b>" not in response.content


def test_search_finds_articles_answers_and_programs(client: Client) -> None:
    text = text_of(client, "/articles?q=hours a week")
    assert "Short answers" in text
    assert "<mark>hours</mark>" in text
    assert 'href="/articles/the-weekly-schedule' in text
    for place in ("Austin, TX", "78701", "St. Louis, MO", "Truth or Consequences, NM"):
        text = text_of(client, f"/articles?q={place}")
        assert re.search(r"intensive outpatient programs? within 25 miles of", text)
    named = text_of(client, "/articles?q=recovery center")
    assert re.search(r'href="/site/site_[0-9a-z]+"', named)


def test_a_word_is_found_in_its_other_forms() -> None:
    assert article_index("en").search("medicines").answers
    assert article_index("en").search("testing").articles


def test_the_index_is_full_text_search_by_sqlite() -> None:
    [(made,)] = article_index("en")._db.execute("SELECT sql FROM sqlite_master WHERE rootpage = 0")
    assert "USING fts5(" in made


def test_a_found_answer_is_shown_whole() -> None:
    hit = article_index("en").search("how much does an IOP cost").answers[0]
    assert hit.heading == "How much does an IOP cost?"
    whole = next(a.answer for a in answers_in("en") if a.ask == hit.heading)
    assert "".join(words for words, _ in hit.parts) == whole


@pytest.mark.parametrize("typed", HOSTILE)
def test_hostile_searches_are_answered(client: Client, typed: str) -> None:
    response = client.get("/articles", {"q": typed})
    assert response.status_code == 200


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(typed=st.text(max_size=60))
def test_no_text_makes_the_index_fail(typed: str) -> None:
    found = article_index("en").search(typed)
    for hit in (*found.articles, *found.answers):
        assert "\x02" not in "".join(words for words, _ in hit.parts)


def test_what_is_typed_is_escaped_on_the_page(client: Client) -> None:
    text = text_of(client, "/articles?q=%3Cscript%3Ealert(1)%3C/script%3E")
    assert "<script>alert" not in text


def test_every_answer_stands_on_a_page_with_markup_that_machines_read(client: Client) -> None:
    first = text_of(client, "/answers")
    found = []
    for address in dict.fromkeys(re.findall(r'href="(/answers/[a-z-]+)"', first)):
        text = text_of(client, address)
        assert len(text.encode()) < 60_000
        [block] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text, re.S)
        data = json.loads(block)
        assert data["@type"] == "FAQPage"
        assert all(entity["acceptedAnswer"]["text"] for entity in data["mainEntity"])
        assert text.count("<h3>") == len(data["mainEntity"])
        found += [entity["name"] for entity in data["mainEntity"]]
    assert sorted(found) == sorted(a.ask for a in answers_in("en"))


def test_a_topic_that_is_not_there_is_not_found(client: Client) -> None:
    text_of(client, "/answers/no-such-topic", 404)


def test_markup_for_machines_cannot_leave_its_element() -> None:
    one = answers_in("en")[0]
    hostile = type(one)("</script><script>x", "<!-- </SCRIPT>", one.article, one.anchor)
    text = str(faq_json_ld((hostile,)))
    assert "<" not in text
    assert json.loads(text)["mainEntity"][0]["name"] == "</script><script>x"


@pytest.mark.parametrize(("prefix", "language"), [("", "en"), ("/es", "es")])
def test_the_feed_is_atom_with_every_article_of_its_language(
    client: Client, prefix: str, language: str
) -> None:
    response = client.get(f"{prefix}/articles/feed.atom")
    assert response.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    feed = ET.fromstring(response.content)
    ours = [a for a in articles_in(language).values() if a.language == language]
    assert len(feed.findall(f"{ATOM}entry")) == len(ours)
    for element in (feed, *feed.findall(f"{ATOM}entry")):  # what RFC 4287 requires of each
        assert all(element.find(f"{ATOM}{name}") is not None for name in ("id", "title", "updated"))


def test_pages_may_be_kept_and_are_asked_for_again(client: Client, settings) -> None:
    settings.DEBUG = False
    for address in ("/articles", "/answers", "/articles/feed.atom"):
        first = client.get(address)
        assert first.headers["Cache-Control"] == "public, max-age=0, must-revalidate"
        again = client.get(address, headers={"if-none-match": first.headers["ETag"]})
        assert again.status_code == 304


@pytest.mark.parametrize("page", sorted(site_pages()))
def test_every_page_that_articles_may_link_to_is_there(page: str) -> None:
    for address in (page, f"/es{page}"):
        try:
            resolve(address)
        except Resolver404:
            pytest.fail(f"The site has no page {address}.")
