"""What no Spanish article of ours does: leave a question unopened, say "tú" to its reader."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from waypost.articles.article import Article
from waypost.articles.blocks import Block

QUOTED = re.compile(r'^>.*$|"[^"]*"|“[^”]*”', re.MULTILINE)
FAMILIAR = re.compile(
    r"\b(?:tú|tus?|te|ti|contigo|tuy[oa]s?|eres|estás|tienes|puedes|quieres|debes|necesitas|"
    r"sabes|vas|haces|hablas|llamas)\b",
    re.IGNORECASE,
)


def spanish_faults(article: Article, all_blocks: Iterable[Block]) -> Iterator[str]:
    """What to change in a Spanish article, a sentence each; nothing for one in English."""
    if article.language != "es":
        return
    asked = [question.ask for question in article.questions]
    for text in (article.title, article.summary, *asked, *(b.text for b in all_blocks)):
        for marks in ("¿?", "¡!"):
            if text.count(marks[0]) != text.count(marks[1]):
                yield f"One of the two marks {marks} is missing in: {text}"
    for word in familiar_words(article.body):
        yield f"{word!r}: the reader is 'usted', save in what people say to each other."


def familiar_words(text: str) -> list[str]:
    """Words that say "tú", outside quotations and quoted paragraphs: there a family may speak."""
    return FAMILIAR.findall(QUOTED.sub(" ", text))
