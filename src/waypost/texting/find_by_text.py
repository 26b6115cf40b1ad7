"""Find care by text: a place and a need in, three programs out, in one or two segments.

The same place reader, synonyms and search as the web (`navigation.find_care`). An answer is
discreet unless its reader wants plain words: names, distances and telephone numbers, one reason
each, no word of ours for the care.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime

from waypost.navigation.answer import Answer, RankedSite, SearchedSnapshot
from waypost.navigation.find_care import find_care
from waypost.navigation.need import DEFAULT_PAGE_SIZE, BadNeed, Need
from waypost.navigation.need_url import query_string
from waypost.places.place import Ambiguous, Found, PlaceKind, Unknown, Why
from waypost.places.states import STATE_NAMES
from waypost.texting.find_question import PAGE, FindQuestion, find_question
from waypost.texting.find_reasons import reason_of
from waypost.texting.find_sentences import SENTENCES
from waypost.texting.segments import count_segments, in_gsm_letters, in_plain_letters
from waypost.texting.words.replies import ReplyCode, reply

MOST_SEGMENTS = 2
NAME_LENGTHS = (40, 34, 28, 24, 20, 16, 12)
"""Names are cut as far as two segments need."""
_BARE_ZIP = re.compile(r"\s*\d{5}(?:-\d{4})?\s*[.!?]?\s*")
_ASKS = re.compile(r"(?<!\d)\d{5}(?!\d)|\b(?:near|cerca de|in|around|en)\b", re.IGNORECASE)
_TOWN_AND_STATE = re.compile(r"[A-Za-zÀ-ÿ .'-]{2,40}, ?([A-Za-z]{2})")
_PRIVATE_LINK = re.compile(
    r"[?&](?:level=|group=[^&]*(?:pregnant|lgbtq|criminal-justice|co-occurring))"
)
"""Links whose address would say what discreet wording does not."""
_LAST_WORD = re.compile(r".*[ ,]([A-Za-z]{2})", re.DOTALL)


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
    discreet: bool = True,
) -> FindAnswer:
    """Three programs for ``text``; ``after`` is the `following` of the answer before.

    Without ``discreet`` the reasons may name the care ("detox").
    """
    question = find_question(text)
    page = int(after) if after.isascii() and after.isdigit() and len(after) < 5 else 1
    if not question.place:
        return FindAnswer(reply(ReplyCode.FIND_HOW, language))
    try:
        need = question.need(max(1, page))
    except BadNeed:
        return FindAnswer(reply(ReplyCode.FIND_HOW, language))
    answer = find_care(snapshot, need, now)
    words = SENTENCES["es" if language == "es" else "en"]
    if not isinstance(answer.resolution, Found) or answer.place is None:
        return FindAnswer(_which(answer, question, words))
    if not answer.options:
        said = words["none" if page == 1 else "last"]
        return FindAnswer(in_plain_letters(said.format(place=answer.place.label[:40])))
    more = page * PAGE < answer.total
    link = _link(replace(need, place=answer.place.key), language, base_url)
    if discreet and _PRIVATE_LINK.search(link):
        link = ""
    reasons = [
        reason_of(option, question.years, bool(question.columns), language, discreet)
        for option in answer.options
    ]
    text = _fitting(answer, reasons, words, link, more)
    return FindAnswer(text, str(page + 1) if more else "")


def _which(answer: Answer, question: FindQuestion, words: dict[str, str]) -> str:
    """What to text instead: the places that may be meant, with all that was asked for."""
    resolution, place = answer.resolution, in_gsm_letters(answer.need.place)[:40]
    choices = resolution.choices if isinstance(resolution, Ambiguous) else ()
    if isinstance(resolution, Unknown):
        if resolution.why in (Why.ABROAD, Why.COUNTRY):
            return in_plain_letters(words["country"])
        if resolution.why is Why.MILITARY:
            return in_plain_letters(words["military"].format(place=place))
        choices = resolution.guesses
    for many in range(min(3, len(choices)), 0, -1):
        keys = [f"{question.asked} {place.key[:40]}".strip() for place in choices[:many]]
        text = in_gsm_letters(words["which"].format(choices=words["or"].join(keys)))
        if count_segments(text).segments <= MOST_SEGMENTS:
            return text
    return in_plain_letters(words["unknown"].format(place=f'"{place}"'))


def _link(need: Need, language: str, base_url: str) -> str:
    """The same search on the web, '' where no address is configured."""
    if not base_url:
        return ""
    whole = replace(need, page=1, page_size=DEFAULT_PAGE_SIZE)
    spoken = "/es" if language == "es" else ""
    return f"{base_url.rstrip('/')}{spoken}/find?{query_string(whole)}"


def _fitting(
    answer: Answer, reasons: list[str], words: dict[str, str], link: str, more: bool
) -> str:
    """The answer with names as long as two segments allow; the link goes before a program does."""
    end = [words["more"]] if more else []
    near = _near(answer, words)
    for top, tail in ((near, [*end, link] if link else end), (near, end), ([], end)):
        for length in NAME_LENGTHS:
            pairs = zip(answer.options, reasons, strict=True)
            lines = [_line(answer, option, reason, length, words) for option, reason in pairs]
            text = in_gsm_letters("\n".join([*top, *lines, " ".join(tail)]).strip())
            if count_segments(text).segments <= MOST_SEGMENTS:
                return text
    return text


def _near(answer: Answer, words: dict[str, str]) -> list[str]:
    """A line with the place where another may have been meant: misspelled, or with namesakes."""
    read = answer.resolution
    if not isinstance(read, Found) or answer.need.page > 1:
        return []
    namesakes = [p for p in read.others if p.kind is read.place.kind]
    stated = read.place.state.lower() in answer.need.place.lower().split()
    doubtful = read.corrected or (namesakes and not stated)
    return [words["near"].format(place=read.place.key)] if doubtful else []


def _line(
    answer: Answer, option: RankedSite, reason: str, length: int, words: dict[str, str]
) -> str:
    site = option.site
    name = site.name if len(site.name) <= length else site.name[: length - 1].rstrip() + "."
    phone = site.phones[0].written.replace("(", "").replace(") ", "-") if site.phones else ""
    wide = answer.place is not None and answer.place.kind is PlaceKind.STATE
    where = site.city if wide else _miles(option, words)
    return " ".join(part for part in (f"{option.number} {name}", where, phone, reason) if part)


def _miles(option: RankedSite, words: dict[str, str]) -> str:
    if option.miles is None:
        return ""
    rough = option.miles >= 10 or not option.exact
    shown = f"{max(1, round(option.miles))}" if rough else f"{option.miles:.1f}"
    return f"{'' if option.exact else '~'}{shown}{words['miles']}"
