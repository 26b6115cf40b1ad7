"""Words to approve: series as they are carried, and canned replies; every approval has a name."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from waypost.accounts.roles import Permission
from waypost.desk.frame import render
from waypost.desk.numbers import whole_number
from waypost.desk.permission import asking, needs
from waypost.desk.sign_in.again import asks_again
from waypost.desk.texting import words
from waypost.desk.texting.faults import sentences_of
from waypost.texting.actions import staff
from waypost.texting.queries.series import series_shown, subject_of
from waypost.texting.queries.staff import canned_replies
from waypost.texting.segments import count_segments, in_plain_letters


@require_safe
@needs(Permission.READ_TEXT_WORDS)
def text_words(request: HttpRequest) -> HttpResponse:
    """Every series and canned reply with who approved it."""
    return _page(request, {}, [])


def _page(request: HttpRequest, typed: dict[str, str], problems: list[str]) -> HttpResponse:
    actor = asking(request)
    context = {
        "me_id": actor.person if actor else "",
        "series": series_shown(),
        "subject_of": subject_of,
        "canned": canned_replies(),
        "typed": typed,
        "counted": count_segments(in_plain_letters(typed["text"])) if typed.get("text") else None,
        "problems": problems,
        "words": words,
    }
    return render(request, "texting/words.html", context, status=400 if problems else 200)


@require_safe
@needs(Permission.READ_TEXT_WORDS)
def series_texts(request: HttpRequest, series: str, version: int) -> HttpResponse:
    """Every text of one version, as it is sent, with its segments."""
    for shown in series_shown():
        if shown.series.id == series and shown.series.version == version:
            context = {"shown": shown, "plain": in_plain_letters, "count": count_segments}
            return render(request, "texting/series.html", context)
    raise Http404


@require_POST
@needs(Permission.EDIT_SERIES)
@asks_again
def approve(request: HttpRequest) -> HttpResponse:
    """Sign a series or a canned reply, or withdraw every signature of one."""
    actor, now = asking(request), timezone.now()
    by, withdrawn = actor.person if actor else "", request.POST.get("withdraw", "")
    subject = (withdrawn or request.POST.get("approve", ""))[:80]
    kind, _sep, rest = subject.partition(":")
    try:
        if withdrawn:
            staff.withdraw_approval(subject=subject, by=by, now=now)
        elif kind == "canned":
            staff.approve_canned_reply(number=whole_number(rest, 9), by=by, now=now)
        else:
            _approve_series(subject, by)
    except staff.CannotSave as error:
        return _page(request, {}, sentences_of(error))
    return redirect("desk_text_words")


def _approve_series(subject: str, by: str) -> None:
    for shown in series_shown():
        if subject_of(shown.series) == subject:
            staff.approve_series(series=shown.series, by=by, now=timezone.now())
            return
    raise Http404


@require_POST
@needs(Permission.EDIT_SERIES)
def add_canned(request: HttpRequest) -> HttpResponse:
    """Write a canned reply; it may be sent once enough people have approved it."""
    actor = asking(request)
    typed = {name: request.POST.get(name, "") for name in ("name", "language", "text", "crisis")}
    try:
        staff.add_canned_reply(
            name=typed["name"],
            language=typed["language"],
            text=typed["text"],
            about_crisis=typed["crisis"] == "1",
            by=actor.person if actor else "",
            now=timezone.now(),
        )
    except staff.CannotSave as error:
        return _page(request, typed, sentences_of(error))
    return redirect("desk_text_words")
