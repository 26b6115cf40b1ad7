"""How long each article is and what it asks of its reader: numbers for the command line."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from waypost.articles.blocks import blocks
from waypost.articles.reading import article_files, read_article
from waypost.articles.reading_level import grade, word_count


@dataclass(frozen=True, slots=True)
class Measure:
    """One article: its school grade, its words, its sources, and whether it was reviewed."""

    path: Path
    grade: float
    words: int
    sources: int
    reviewed: bool


def measures(folder: Path) -> list[Measure]:
    """Every article of the folder, by file.

    Raises:
        BadArticle: a file cannot be read as an article.
    """
    return [_measure(path) for path in article_files(folder)]


def _measure(path: Path) -> Measure:
    article = read_article(path)
    found = blocks(article.body)
    return Measure(
        path=path,
        grade=round(grade(found, article.language), 1),
        words=word_count(found),
        sources=len(article.sources),
        reviewed=bool(article.reviewed_by),
    )
