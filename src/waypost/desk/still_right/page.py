"""“Is it still right?”: one button, without signing in, by a link that does this one thing once."""

from __future__ import annotations

import msgspec
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from waypost.accounts.queries import owner_of
from waypost.design.directory_faults import directory_sentence
from waypost.design.timetable_words import words_of_openings, words_of_tracks
from waypost.design.word_words import value_words, word_names
from waypost.desk.frame import render
from waypost.desk.listings.known import site_named
from waypost.desk.permission import open_to_all
from waypost.desk.queue.words import field_words
from waypost.directory.faults import DirectoryFault
from waypost.directory.program_word import FIELDS
from waypost.directory.site import Site
from waypost.directory.still_right.actions import LinkUsed, confirm_word
from waypost.directory.still_right.queries import AskedWord, asked_word
from waypost.directory.timetables import TRACKS
from waypost.values.opening import Opening
from waypost.values.track import Track
from waypost.values.wall_time import day_in


@open_to_all
def still_right(request: HttpRequest, token: str) -> HttpResponse:
    """What was said, and a button; a mail program that only opens the link changes nothing."""
    now = timezone.now()
    asked = asked_word(token, now)
    if asked is None or owner_of(asked.site_id) != asked.organization:
        return _gone(request)  # who speaks for it no longer says nothing more
    if request.method == "POST":
        try:
            word = confirm_word(token=token, now=now)
        except LinkUsed:
            return _gone(request)
        return render(request, "still_right/page.html", _context(request, word) | {"done": True})
    return render(request, "still_right/page.html", _context(request, asked) | {"done": False})


def _gone(request: HttpRequest) -> HttpResponse:
    sentence = directory_sentence(DirectoryFault.LINK_USED)
    return render(request, "refused.html", {"sentence": sentence}, status=410)


def _context(request: HttpRequest, word: AskedWord) -> dict[str, object]:
    site = site_named(request, word.site_id)
    names = field_words() | word_names()
    return {
        "name": site.name if site else word.site_id,
        "field": names.get(word.field, word.field),
        "lines": _lines(word, site),
        "said_on": word.said_on,
        "site_id": word.site_id,
    }


def _lines(word: AskedWord, site: Site | None) -> list[str]:
    """What was said, in the words of the public page."""
    if word.field in FIELDS:
        return [value_words(word.field, str(value)) for value in word.value]
    if site is None:
        return []
    if word.field == TRACKS:
        return words_of_tracks(site, msgspec.convert(word.value, tuple[Track, ...]))
    openings = msgspec.convert(word.value, tuple[Opening, ...])
    return words_of_openings(site, openings, day_in(word.zone, timezone.now()))
