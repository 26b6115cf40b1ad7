"""Every article in Spanish says what its English says: block by block, with the same numbers."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from waypost.articles.article import Article
from waypost.articles.blocks import Block, blocks
from waypost.articles.spanish import familiar_words
from waypost.web.articles.library import articles_in

SLUGS = sorted(articles_in("en"))
ONLY_IN_SPANISH = ("¿Me pueden atender en español?", "¿Hay consejeros y grupos en español?",
                   "Pida que le atiendan en español")  # fmt: skip
LINE_988 = re.compile(
    r"\b988 y oprima el 2 para español(?:, o envíe AYUDA al 988)?|\b(?:call or )?text 988\b", re.I
)
NAMES = re.compile(r"42 CFR Part 2|12-step|24/7|\b988\b", re.I)
NUMBER = re.compile(r"\d[\d,.:-]*\d|\d")
NOT_EVERYBODYS = ["plática", "platicar", "platique", "aventón", "renta", "chamba", "guagua", "camión",
                  "ahorita", "coger", "coja", "ordenador", "móvil", "lonche", "aplicar para"]  # fmt: skip


def spanish(slug: str) -> Article:
    """The article in Spanish; `articles_in` gives the English one where there is none."""
    article = articles_in("es")[slug]
    assert article.language == "es", f"{slug} is not in Spanish"
    return article


def paired(slug: str) -> list[tuple[Block, Block]]:
    """English and Spanish blocks side by side, without what is said of care in Spanish alone."""
    ours = [b for b in blocks(spanish(slug).body) if not b.text.startswith(ONLY_IN_SPANISH)]
    return list(zip(blocks(articles_in("en")[slug].body), ours, strict=True))


def pages(block: Block) -> list[str]:
    """The pages that a block leads to, without the part of the page."""
    return [link.partition("#")[0] for link in block.links]


def numbers(text: str) -> list[str]:
    """The numbers of a text, but for those of help lines and names that differ by language."""
    return sorted(NUMBER.findall(NAMES.sub(" ", LINE_988.sub(" ", text))))


@pytest.mark.parametrize("slug", SLUGS)
def test_each_block_is_the_same_block_with_the_same_sources_links_and_numbers(slug: str) -> None:
    for english, ours in paired(slug):
        assert english.tag == ours.tag, ours.text
        assert english.cited == ours.cited, ours.text
        assert pages(english) == pages(ours), ours.text
        assert numbers(english.text) == numbers(ours.text), ours.text


@pytest.mark.parametrize("slug", SLUGS)
def test_the_front_matter_is_the_same_but_for_the_words(slug: str) -> None:
    english, ours = articles_in("en")[slug], spanish(slug)
    assert ours.sources == english.sources
    assert ours.related == english.related
    assert (ours.topic, ours.place) == (english.topic, english.place)
    assert ours.next_review_due == english.next_review_due
    assert len(ours.questions) == len(english.questions)


@pytest.mark.parametrize("slug", SLUGS)
def test_the_short_answers_point_to_the_same_places(slug: str) -> None:
    english, ours = articles_in("en")[slug], spanish(slug)
    same_place = {en.anchor: es.anchor for en, es in paired(slug) if en.is_heading}
    assert [same_place[q.answer] for q in english.questions] == [q.answer for q in ours.questions]


@pytest.mark.parametrize("slug", SLUGS)
def test_each_help_line_stands_in_the_same_block(slug: str) -> None:
    for english, ours in paired(slug):
        for line in ("911", "1-800-662-4357", "1-800-222-1222", "838255"):
            assert english.text.count(line) == ours.text.count(line), ours.text
        assert ("988" in english.text) == ("988" in ours.text), ours.text
        if "text 988" in english.text:
            assert "988 y oprima el 2 para español, o envíe AYUDA al 988" in ours.text
        if "aloxone" in english.text:
            assert "aloxona" in ours.text


@pytest.mark.parametrize("slug", SLUGS)
def test_its_page_says_that_nobody_has_signed_it_and_leads_to_spanish_pages(
    slug: str, client: Client
) -> None:
    article = spanish(slug)
    assert article.review_note == "Traducción aún no revisada por una persona."
    assert not article.reviewed_by
    text = client.get(f"/es/articles/{slug}").content.decode()
    assert article.review_note in text
    assert "solo en inglés" not in text
    body = text.partition('<article class="prose">')[2].partition("</article>")[0]
    inside = re.findall(r'href="(/[^"]*)"', body)
    assert inside
    assert [address for address in inside if not address.startswith("/es/")] == []


@pytest.mark.parametrize("slug", SLUGS)
def test_the_words_are_known_to_every_reader(slug: str) -> None:
    said = {word.lower() for b in blocks(spanish(slug).body) for word in re.findall(r"\w+", b.text)}
    assert said.isdisjoint(NOT_EVERYBODYS)


def test_the_list_and_the_answers_have_nothing_in_english(client: Client) -> None:
    for address in ("/es/articles", "/es/answers", "/es/articles/feed.atom"):
        text = client.get(address).content.decode()
        assert "solo en inglés" not in text, address
        assert '<li lang="en">' not in text, address
    listed = client.get("/es/articles").content.decode()
    assert all(f'href="/es/articles/{slug}"' in listed for slug in SLUGS)


@pytest.mark.parametrize("slug", ["for-families", "therapies"])
def test_each_language_names_the_other_page(slug: str, client: Client) -> None:
    for prefix in ("", "/es"):
        text = client.get(f"{prefix}/articles/{slug}").content.decode()
        assert re.search(rf'hreflang="es" href="[^"]*/es/articles/{slug}"', text)
        assert re.search(rf'hreflang="en" href="[^"]*[^s]/articles/{slug}"', text)


def test_usted_is_said_to_the_reader_and_tu_only_among_people() -> None:
    assert familiar_words("Puede llamar. Si tú quieres, te ayudan.") == ["tú", "quieres", "te"]
    assert familiar_words('Diga: "Te quiero." Después escuche.\n\n> ¿Quieres hablar?\n') == []
