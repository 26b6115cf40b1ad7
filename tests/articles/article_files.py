"""A sound article to plant faults in."""

from __future__ import annotations

from pathlib import Path

FRONT = """---
slug: a-sound-article
language: en
languages: [en]
title: A sound article
summary: What it says in one sentence.
related: []
questions:
  - ask: What is it?
    answer: what-it-is
sources:
  - key: first
    title: A public paper
    publisher: A public agency
    url: https://example.gov/paper
    published: 2021
    read: 2026-11-24
reviewed_by: null
reviewed_on: null
next_review_due: 2027-05-24
---
"""

QUESTIONS = """questions:
  - ask: What is it?
    answer: what-it-is
"""
SOURCES = FRONT[FRONT.index("sources:") : FRONT.index("reviewed_by:")]

SENTENCE = "You can ask for help at any time and you may bring a friend with you. "
BODY = f"""
## What it is

It is at least 9 hours a week.[^first] You go home at night.

## What you can do

{SENTENCE * 33}
"""

SOUND = FRONT + BODY


def write(folder: Path, text: str = SOUND, name: str = "a-sound-article.md") -> Path:
    """Put an article into a folder."""
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def planted(old: str, new: str) -> str:
    """The sound article with one thing changed; the thing must be there."""
    assert old in SOUND
    return SOUND.replace(old, new)
