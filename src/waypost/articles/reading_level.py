"""The school grade that a text requires of its reader.

English: the Flesch-Kincaid grade (Kincaid, Fishburne, Rogers and Chissom 1975, Naval Technical
Training Command, Research Branch Report 8-75):
``0.39 * words / sentences + 11.8 * syllables / words - 15.59``.

Spanish: Crawford's grade (Crawford 1984, "A Spanish language Fry-type readability procedure"), with
sentences and syllables per hundred words: ``-0.205 * sentences + 0.049 * syllables - 3.407``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

import pyphen

from waypost.articles.blocks import Block

SENTENCE_END = re.compile(r"[.!?]+[\"'’”)]*(?=\s|$)|:(?=\s*$)")
WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
LONGEST_SPELLED = 5


def grade(all_blocks: Iterable[Block], language: str) -> float:
    """The school grade of the running text; headings and table cells are not sentences.

    A text without words has grade 0.
    """
    texts = [block.text for block in all_blocks if block.tag in ("p", "li")]
    words = [word for text in texts for word in words_of(text)]
    if not words:
        return 0.0
    sentences = sum(max(1, len(SENTENCE_END.findall(text))) for text in texts if words_of(text))
    syllables = sum(syllables_of(word, language) for word in words)
    if language == "es":
        per_hundred = 100 / len(words)
        return -0.205 * sentences * per_hundred + 0.049 * syllables * per_hundred - 3.407
    return 0.39 * len(words) / sentences + 11.8 * syllables / len(words) - 15.59


def words_of(text: str) -> list[str]:
    """The words of a text; a number is one word, and each part of a hyphenated word is one."""
    return WORD.findall(text)


def word_count(all_blocks: Iterable[Block]) -> int:
    """How many words the article has, headings and tables included."""
    return sum(len(words_of(block.text)) for block in all_blocks)


@cache
def syllables_of(word: str, language: str) -> int:
    """How many syllables a word has, at least 1.

    Hyphenation patterns leave out breaks that no printer makes ("are|a"), so the count of
    sounded vowel groups is used where it is higher. Letters spelled one by one count as one each.
    """
    if word.isupper() and word.isalpha() and 1 < len(word) <= LONGEST_SPELLED:
        return len(word)
    by_pattern = len(_patterns(language).positions(word.lower())) + 1
    return max(1, by_pattern, _vowel_groups(word.lower(), language))


@cache
def _patterns(language: str) -> pyphen.Pyphen:
    return pyphen.Pyphen(lang={"en": "en_US", "es": "es"}[language])


def _vowel_groups(word: str, language: str) -> int:
    if language == "es":  # two strong vowels, or a weak one with an accent, are two syllables
        nuclei = r"[aeoáéó]?[iuü]?[íú]|[iuü]?[aeoáéó](?:[iuü](?![aeoáéó])|y$)?|[iuü]+|(?<![aeou])y$"
        return len(re.findall(nuclei, word))
    sounded = re.sub(r"(?<=[^aeiouy])(?:e|(?<![td])ed|(?<![sxzcg])es)$", "", word)
    if re.search(r"[^aeiouy]le$", word):
        sounded = word
    return len(re.findall(r"[aeiouy]+", sounded))
