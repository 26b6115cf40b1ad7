"""Find care by text: a place and a need in, three programs out, in one or two segments.

The same place reader, synonyms and search as the web (`navigation.find_care`). An answer is
discreet: names, distances and telephone numbers, one reason each, no word of ours for the care.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime

from waypost.navigation.answer import Answer, RankedSite, SearchedSnapshot, Standing
from waypost.navigation.find_care import find_care
from waypost.navigation.need import DEFAULT_PAGE_SIZE, BadNeed, Need
from waypost.navigation.need_url import query_string
from waypost.places.place import Ambiguous, Found
from waypost.places.states import STATE_NAMES
from waypost.texting.find_question import PAGE, find_question, the_find_words
from waypost.texting.segments import count_segments, in_plain_letters
from waypost.texting.words.replies import ReplyCode, reply

MOST_SEGMENTS = 2
NAME_LENGTHS = (40, 34, 28, 24, 20, 16, 12)
"""Names are cut as far as two segments need."""
_BARE_ZIP = re.compile(r"\s*\d{5}(?:-\d{4})?\s*[.!?]?\s*")
_ASKS = re.compile(r"(?<!\d)\d{5}(?!\d)|\b(?:near|cerca de|in|around|en)\b", re.IGNORECASE)
_TOWN_AND_STATE = re.compile(r"[A-Za-zÀ-ÿ .'-]{2,40}, ?([A-Za-z]{2})")
_LAST_WORD = re.compile(r".*[ ,]([A-Za-z]{2})", re.DOTALL)
_WORDS = {
    "en": {
        "none": (
            "No place in the list fits within 25 miles of {place}. Try fewer "
            "words, or call 1-800-662-4357, any time."
        ),
        "last": (
            "That is all within 25 miles of {place}. FIND + another town or ZIP. "
            "Any time: 1-800-662-4357."
        ),
        "which": "Which one? Reply FIND {choices}",
        "or": " or FIND ",
        "more": "MORE for next.",
        "unknown": (
            "We can't find {place} on the map. Text FIND and a ZIP, or a town "
            "with its state, like FIND Austin, TX."
        ),
        "miles": "mi",
    },
    "es": {
        "none": (
            "Nada en la lista a menos de 25 millas de {place}. Pruebe con menos "
            "palabras, o llame al 1-800-662-4357, a toda hora."
        ),
        "last": (
            "Es todo a menos de 25 millas de {place}. BUSCAR y otra ciudad o "
            "código. A toda hora: 1-800-662-4357."
        ),
        "which": "¿Cuál? Responda BUSCAR {choices}",
        "or": " o BUSCAR ",
        "more": "MAS para otros.",
        "unknown": (
            "No encontramos {place} en el mapa. Envíe BUSCAR y un código "
            "postal, o la ciudad con su estado: BUSCAR Austin, TX."
        ),
        "miles": "mi",
    },
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class FindAnswer:
    """``text`` to send; ``following`` to give back as ``after`` for MORE, '' at the end."""

    text: str
    following: str = ""


def asks_to_find(text: str) -> bool:
    """Whether a text without a keyword is a question for programs: a bare ZIP, "detox 60614".

    A kind of care or a way to pay must be named beside a place, so that "I live in Chicago" is a
    sentence for a person; "Chicago, IL" by itself is a place.
    """
    if _BARE_ZIP.fullmatch(text) or _ends_in_state(text, _TOWN_AND_STATE):
        return True
    question = find_question(text)
    levels = [column for column in question.columns if column.startswith(("level:", "payment:"))]
    asks = _ASKS.search(text) or _ends_in_state(text, _LAST_WORD)
    return bool(levels and question.place and asks and len(text.split()) <= 12)


def _ends_in_state(text: str, pattern: re.Pattern[str]) -> bool:
    ended = pattern.fullmatch(text.strip(" .!?"))
    return ended is not None and ended[1].upper() in STATE_NAMES


def find_reply(
    text: str,
    language: str,
    snapshot: SearchedSnapshot,
    now: datetime,
    after: str = "",
    base_url: str = "",
) -> FindAnswer:
    """Three programs for ``text``; ``after`` is the `following` of the answer before."""
    question = find_question(text)
    page = int(after) if after.isascii() and after.isdigit() and len(after) < 5 else 1
    if not question.place:
        return FindAnswer(reply(ReplyCode.FIND_HOW, language))
    try:
        need = question.need(max(1, page))
    except BadNeed:
        return FindAnswer(reply(ReplyCode.FIND_HOW, language))
    answer = find_care(snapshot, need, now)
    words = _WORDS["es" if language == "es" else "en"]
    if not isinstance(answer.resolution, Found) or answer.place is None:
        return FindAnswer(_which(answer, words))
    if not answer.options:
        said = words["none" if page == 1 else "last"]
        return FindAnswer(in_plain_letters(said.format(place=answer.place.label[:40])))
    more = page * PAGE < answer.total
    link = _link(need, language, base_url)
    return FindAnswer(_fitting(answer, language, link, more), str(page + 1) if more else "")


def _which(answer: Answer, words: dict[str, str]) -> str:
    if isinstance(answer.resolution, Ambiguous) and answer.resolution.choices:
        keys = [place.key[:40] for place in answer.resolution.choices[:3]]
        return in_plain_letters(words["which"].format(choices=words["or"].join(keys)))
    return in_plain_letters(words["unknown"].format(place=f"“{answer.need.place[:40]}”"))


def _link(need: Need, language: str, base_url: str) -> str:
    """The same search on the web, '' where no address is configured."""
    if not base_url:
        return ""
    whole = replace(need, page=1, page_size=DEFAULT_PAGE_SIZE)
    spoken = "/es" if language == "es" else ""
    return f"{base_url.rstrip('/')}{spoken}/find?{query_string(whole)}"


def _fitting(answer: Answer, language: str, link: str, more: bool) -> str:
    """The answer with names as long as two segments allow; the link goes before a program does."""
    words = _WORDS["es" if language == "es" else "en"]
    end = [words["more"]] if more else []
    for tail in ([*end, link] if link else end, end):
        for length in NAME_LENGTHS:
            lines = [_line(option, language, length, words) for option in answer.options]
            text = in_plain_letters("\n".join([*lines, " ".join(tail)]).strip())
            if count_segments(text).segments <= MOST_SEGMENTS:
                return text
    return text


def _line(option: RankedSite, language: str, length: int, words: dict[str, str]) -> str:
    site = option.site
    name = site.name if len(site.name) <= length else site.name[: length - 1].rstrip() + "."
    phone = site.phones[0].written.replace("(", "").replace(") ", "-") if site.phones else ""
    parts = [f"{option.number} {name}", _miles(option, words), phone, _reason(option, language)]
    return " ".join(part for part in parts if part)


def _miles(option: RankedSite, words: dict[str, str]) -> str:
    if option.miles is None:
        return ""
    rough = option.miles >= 10 or not option.exact
    shown = f"{max(1, round(option.miles))}" if rough else f"{option.miles:.1f}"
    return f"{'' if option.exact else '~'}{shown}{words['miles']}"


def _reason(option: RankedSite, language: str) -> str:
    """One thing that was asked for and is offered here, in a discreet word."""
    reasons = the_find_words().reasons
    for reason in option.reasons:
        if reason.standing is Standing.OFFERED and reason.column in reasons:
            return reasons[reason.column].spoken(language)
    return ""
