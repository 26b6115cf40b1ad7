"""`waypost articles`: are the reviewed texts in order?"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from django.utils import timezone

from waypost.cli.exits import NOT_DONE, stop

app = typer.Typer(
    pretty_exceptions_enable=False, no_args_is_help=True, help="The articles and answers."
)
Folder = Annotated[
    Path | None, typer.Argument(help="Folder of articles; the carried ones if left out.")
]


@app.callback()
def articles() -> None:
    """The articles and answers."""


@app.command()
def check(folder: Folder = None) -> None:
    """Check the sources, links, words, reading grade, length and review date of every article.

    Example: `waypost articles check`
    """
    from waypost.articles.check import check as check_articles
    from waypost.articles.findings import Severity
    from waypost.articles.reading import article_files
    from waypost.values.content import content_folder

    where = folder or content_folder() / "articles"
    if not where.is_dir():
        stop(f"There is no folder {where}.", NOT_DONE)
    findings = check_articles(where, timezone.now().date())
    for finding in sorted(findings):
        print(f"{finding.severity.value}: {finding.path.name}: {finding.rule}: {finding.sentence}")
    errors = sum(f.severity is Severity.ERROR for f in findings)
    print(f"{len(article_files(where))} articles, {errors} errors, "
          f"{len(findings) - errors} warnings")  # fmt: skip
    if errors:
        raise typer.Exit(NOT_DONE)


@app.command()
def levels(folder: Folder = None) -> None:
    """Print the reading grade and the length of every article (Flesch-Kincaid).

    Example: `waypost articles levels`
    """
    from waypost.articles.blocks import blocks
    from waypost.articles.reading import load_articles
    from waypost.articles.reading_level import grade, word_count
    from waypost.values.content import content_folder

    for language in ("en", "es"):
        for article in load_articles(folder or content_folder() / "articles", language):
            parts = blocks(article.body)
            level, count = grade(parts, language), word_count(parts)
            print(f"{level:5.1f}  {count:5d} words  {language}  {article.slug}")
