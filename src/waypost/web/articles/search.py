"""Full-text search over articles and answers: SQLite FTS5 in memory, built once per process."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from threading import Lock

from waypost.articles.article import Article
from waypost.articles.search_words import Sought, sought
from waypost.values.letters import without_accents
from waypost.web.articles.library import answers_in, articles_in, blocks_of

WORD = re.compile(r"[^\W_]+")
COMMON = frozenset({
    "a", "an", "and", "are", "as", "at", "be", "by", "can", "do", "does", "for", "from", "how",
    "have", "i", "if", "in", "is", "it", "many", "me", "much", "my", "of", "on", "or", "should",
    "so", "that", "the", "there", "this", "to", "was", "what", "when", "where", "which", "who",
    "why", "will", "with", "you", "your", "al", "como", "con", "cuando", "de", "del", "donde",
    "el", "en", "es", "la", "las", "lo", "los", "mi", "o", "para", "por", "que", "se", "si", "su",
    "un", "una", "y", "yo", "mis", "sus", "le", "hay", "puedo", "puede", "quiero", "necesito",
})  # fmt: skip
"""Words in every passage, which are ignored unless nothing else was typed."""

SHORTEST_BEGINNING = 3
MOST_WORDS = 12
MOST_LETTERS = 40
MOST_ROWS = 60
START, END = "\x02", "\x03"

Parts = tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that matches: ``parts`` are its words, each part marked where it matched.

    ``is_answer`` tells a question with its short answer from a section of an article.
    """

    article: Article
    heading: str
    anchor: str
    is_answer: bool
    parts: Parts


@dataclass(frozen=True, slots=True)
class FoundArticles:
    """The best passage of each article that matches, and the questions that match."""

    articles: tuple[Hit, ...]
    answers: tuple[Hit, ...]


class ArticleIndex:
    """The index of one language. Its one connection serves every thread of the process."""

    def __init__(self, language: str) -> None:
        self._articles = articles_in(language)
        self._lock = Lock()
        self._db = sqlite3.connect(":memory:", check_same_thread=False)
        stem = "porter " if language == "en" else ""
        self._db.execute(
            "CREATE VIRTUAL TABLE passage USING fts5(slug UNINDEXED, anchor UNINDEXED, "
            f"is_answer UNINDEXED, title, heading, body, tokenize='{stem}unicode61')"
        )
        self._db.executemany("INSERT INTO passage VALUES (?, ?, ?, ?, ?, ?)", self._rows(language))

    def search(self, text: str, most: int = 10) -> FoundArticles:
        """Passages with all of the words, or else with any of them; never an error.

        Whole words are tried first; if nothing matches, words may be beginnings of words.
        """
        groups = sought(words_to_look_for(text))
        rows = next(filter(None, map(self._matching, _queries(groups))), [])
        hits = [self._hit(row) for row in rows]
        best = {hit.article.slug: hit for hit in reversed(hits) if not hit.is_answer}
        ranked = [hit for hit in hits if best.get(hit.article.slug) is hit]
        return FoundArticles(tuple(ranked[:most]), tuple(h for h in hits if h.is_answer)[:most])

    def _matching(self, query: str) -> list[tuple[str, ...]]:
        with self._lock:
            return self._db.execute(
                "SELECT slug, anchor, is_answer, heading, CASE is_answer "
                "WHEN '1' THEN highlight(passage, 5, ?1, ?2) "
                "ELSE snippet(passage, 5, ?1, ?2, '…', 28) END "
                "FROM passage WHERE passage MATCH ?3 "
                "ORDER BY bm25(passage, 0, 0, 0, 6, 4, 1), rowid LIMIT ?4",
                (START, END, query, MOST_ROWS),
            ).fetchall()

    def _hit(self, row: tuple[str, ...]) -> Hit:
        slug, anchor, is_answer, heading, snippet = row
        return Hit(self._articles[slug], heading, anchor, is_answer == "1", _parts(snippet))

    def _rows(self, language: str) -> list[tuple[str, ...]]:
        rows = [row for article in self._articles.values() for row in _sections(article)]
        rows += [
            (a.article.slug, a.anchor, "1", a.article.title, a.ask, a.answer)
            for a in answers_in(language)
        ]
        return rows


def words_to_look_for(text: str) -> list[str]:
    """The typed words that tell passages apart, at most ``MOST_WORDS``."""
    words = [word[:MOST_LETTERS].lower() for word in WORD.findall(text)]
    telling = [word for word in words if without_accents(word) not in COMMON]
    return (telling or words)[:MOST_WORDS]


def _queries(groups: Sequence[Sought]) -> Iterator[str]:
    """Queries of SQLite's FTS5, the strictest first."""
    if not groups:
        return
    last = groups[-1]
    may_go_on = not last.means and len(last.typed) >= SHORTEST_BEGINNING
    whole = [_query(group) for group in groups]
    begun = [*whole[:-1], f'"{last.typed}"*'] if may_go_on else whole
    for joined in (" AND ", " OR "):
        yield joined.join(whole)
        if may_go_on:
            yield joined.join(begun)


def _query(group: Sought) -> str:
    """What was typed or any of its meanings; words have no quotation marks to escape."""
    means = [f'"{m[:-1]}"*' if m.endswith("*") else f'"{m}"' for m in group.means]
    return "(" + " OR ".join([f'"{group.typed}"', *means]) + ")"


@cache
def article_index(language: str) -> ArticleIndex:
    """The index of this process for one language."""
    return ArticleIndex(language)


def _sections(article: Article) -> list[tuple[str, ...]]:
    headings = {"": ""}
    texts: dict[str, list[str]] = {"": [article.summary]}
    for block in blocks_of(article):
        if block.is_heading:
            anchor = block.anchor
            headings[anchor] = block.text
            texts[anchor] = []
        else:
            texts[block.section].append(block.text)
    return [
        (article.slug, anchor, "0", article.title, headings[anchor], " ".join(parts))
        for anchor, parts in texts.items()
    ]


def _parts(snippet: str) -> Parts:
    parts = []
    for piece in re.split(f"({START}[^{END}]*{END})", snippet):
        if piece:
            marked = piece.startswith(START)
            parts.append((piece.strip(START + END), marked))
    return tuple(parts)
