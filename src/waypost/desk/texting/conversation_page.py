"""One conversation: its history, notes, the reply, the claim; with a case, the crisis view."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from waypost.accounts.queries import colleagues
from waypost.accounts.roles import PERMISSIONS, OrganizationKind, Permission
from waypost.desk.frame import render
from waypost.desk.numbers import whole_number
from waypost.desk.permission import asking, needs
from waypost.desk.texting import words
from waypost.desk.texting.faults import sentences_of
from waypost.texting.actions import casework, conversations
from waypost.texting.actions.reading import record_read
from waypost.texting.actions.staff import CannotSave
from waypost.texting.actions.stopping import stop_by_staff
from waypost.texting.actions.timers import see_alert
from waypost.texting.crisis.ladder import LADDER, CaseEnd
from waypost.texting.crisis.tiers import Tier
from waypost.texting.faults import TextingFault
from waypost.texting.queries.conversation import ConversationShown, conversation_shown
from waypost.texting.queries.queue import alerts_for
from waypost.texting.queries.readers import READ_AGAIN_AFTER, other_readers
from waypost.texting.queries.staff import canned_replies

_OPENED = "texts_opened"
_REFUSALS = (
    CannotSave,
    casework.CannotDecide,
    conversations.CannotReply,
    conversations.NotYours,
)
Deed = Callable[[HttpRequest, ConversationShown, str, datetime], None]


@require_safe
@needs(Permission.ANSWER_TEXTS)
def conversation(request: HttpRequest, number: int) -> HttpResponse:
    """A conversation; that it was read is recorded (`_read`)."""
    return _page(request, _shown(number), [], {})


def _read(request: HttpRequest, shown: ConversationShown, me: str, now: datetime) -> None:
    """Record a read: each visit, each refresh that brings new words, and a page that stays open."""
    number, lines = shown.id, len(shown.lines)
    opened = request.session.get(_OPENED)
    if request.headers.get("X-Part") == "1" and isinstance(opened, list):
        which, many, at = opened
        again = now.timestamp() - at >= READ_AGAIN_AFTER.total_seconds()
        if which == number and many == lines and not again:
            return
    other = shown.claimed_by and shown.claimed_by != me
    reason = "a colleague answers it" if other else ""
    record_read(conversation=number, by=me, now=now, reason=reason)
    request.session[_OPENED] = [number, lines, now.timestamp()]
    for alert in alerts_for(me):
        if alert.conversation == number:
            see_alert(number=alert.id, by=me, now=now)


def _shown(number: int) -> ConversationShown:
    shown = conversation_shown(number)
    if shown is None:
        raise Http404
    return shown


def _page(
    request: HttpRequest, shown: ConversationShown, problems: list[str], typed: Mapping[str, str]
) -> HttpResponse:
    actor, now = asking(request), timezone.now()
    me = actor.person if actor else ""
    if not getattr(request, "unseen", False):  # a page that is only compared is read by nobody
        _read(request, shown, me, now)
    context = {
        "c": shown,
        "now": now,
        "me_id": me,
        "once": secrets.token_hex(8),
        "readers": other_readers(shown.id, me, now),
        "mine": _mine(shown, me, now),
        "held": _held(shown, now),
        "words": words,
        "problems": problems,
        "typed": typed,
        "canned": [c for c in canned_replies(shown.contact.language) if not c.lacking],
        "answerers": answerers(),
        "dispositions": conversations.DISPOSITIONS,
        "ladder": LADDER,
        "ends": list(CaseEnd),
        "tiers": list(Tier),
    }
    status = 400 if problems else 200
    return render(request, "texting/conversation.html", context, status=status)


def _mine(shown: ConversationShown, me: str, now: datetime) -> bool:
    return bool(me) and shown.claimed_by == me and _held(shown, now)


def _held(shown: ConversationShown, now: datetime) -> bool:
    return bool(shown.claimed_by and shown.claimed_until and shown.claimed_until > now)


def answerers() -> list[tuple[str, str]]:
    """Colleagues who may answer, as (person, name)."""
    may = {
        role
        for (kind, role), allowed in PERMISSIONS.items()
        if kind is OrganizationKind.OPERATOR and Permission.ANSWER_TEXTS in allowed
    }
    return [(f"person:{c.person}", c.name) for c in colleagues() if c.role in may]


def answerer(person: str) -> str:
    """This person, where they may answer.

    Raises:
        CannotSave: nobody who answers was chosen.
    """
    if person not in dict(answerers()):
        raise CannotSave(TextingFault.ANSWERER)
    return person


@require_POST
@needs(Permission.ANSWER_TEXTS)
def act(request: HttpRequest, number: int) -> HttpResponse:
    """Do one thing with a conversation; what was typed is kept where it cannot be done."""
    shown = _shown(number)
    actor, now = asking(request), timezone.now()
    do = request.POST.get("do", "").partition(":")[0]
    deed = _DEEDS.get(do)
    if deed is None or actor is None:
        raise Http404
    try:
        deed(request, shown, actor.person, now)
    except _REFUSALS as error:
        return _page(request, _shown(number), sentences_of(error), request.POST)
    if do == "beat":
        return HttpResponse(status=204)
    if do in ("release", "hand over", "close"):
        return redirect("desk_texting")
    after = _shown(number)
    text = "" if do == "reply" else request.POST.get("text", "")
    if text and (do == "claim" or not _mine(after, actor.person, now)):
        return _page(request, after, [], {"text": text})  # typed before or after it was theirs
    return redirect("desk_conversation", number)


def _case(shown: ConversationShown) -> int:
    if shown.case is None:
        raise casework.CannotDecide(TextingFault.NO_CASE)
    return shown.case.id


def _tier(request: HttpRequest) -> Tier:
    chosen = request.POST.get("tier", "")
    if chosen not in {str(int(tier)) for tier in Tier}:
        raise casework.CannotDecide(TextingFault.TIER)
    return Tier(int(chosen))


def _change_tier(request: HttpRequest, shown: ConversationShown, by: str, now: datetime) -> None:
    number, tier, reason = _case(shown), _tier(request), request.POST.get("reason", "")
    if shown.case is not None and tier < shown.case.tier:
        casework.raise_tier(number=number, tier=tier, reason=reason, by=by, now=now)
    else:
        casework.lower_tier(number=number, tier=tier, reason=reason, by=by, now=now)


def _which(request: HttpRequest) -> int:
    """The number in what a button does, such as "sign:7"; 0 where there is none."""
    return whole_number(request.POST["do"].partition(":")[2], 9)


def _once(request: HttpRequest) -> str:
    """The secret of the form that was sent; '' where it has none."""
    return request.POST.get("once", "")[:40]


def _reply_canned(request: HttpRequest, shown: ConversationShown, by: str, now: datetime) -> None:
    """Send words that enough people approved, as they stand approved now."""
    which = _which(request)
    able = (c for c in canned_replies(shown.contact.language) if not c.lacking)
    text = next((c.text for c in able if c.id == which), None)
    if text is None:
        raise CannotSave(TextingFault.NO_CANNED)
    conversations.reply_as_person(number=shown.id, text=text, by=by, now=now, once=_once(request))


_DEEDS: Mapping[str, Deed] = {
    "nothing": lambda r, c, by, now: None,
    "claim": lambda r, c, by, now: conversations.claim(number=c.id, by=by, now=now),
    "beat": lambda r, c, by, now: (conversations.keep_claim(number=c.id, by=by, now=now), None)[1],
    "release": lambda r, c, by, now: conversations.release(number=c.id, by=by, now=now),
    "hand over": lambda r, c, by, now: conversations.hand_over(
        number=c.id, to=answerer(r.POST.get("to", "")), by=by, now=now
    ),
    "reply": lambda r, c, by, now: (
        conversations.reply_as_person(
            number=c.id, text=r.POST.get("text", ""), by=by, now=now, once=_once(r)
        ),
        None,
    )[1],
    "canned": _reply_canned,
    "note": lambda r, c, by, now: conversations.add_note(
        number=c.id, text=r.POST.get("note", ""), by=by, now=now
    ),
    "close": lambda r, c, by, now: conversations.close(
        number=c.id, disposition=r.POST.get("disposition", ""), by=by, now=now
    ),
    "stop": lambda r, c, by, now: stop_by_staff(contact=c.contact.id, by=by, now=now),
    "ladder": lambda r, c, by, now: casework.tick(
        number=_case(c), steps=r.POST.getlist("step"), by=by, now=now
    ),
    "tier": _change_tier,
    "close case": lambda r, c, by, now: (
        casework.close_case(
            number=_case(c),
            end=r.POST.get("end", ""),
            reason=r.POST.get("reason", ""),
            by=by,
            now=now,
        ),
        None,
    )[1],
    "sign": lambda r, c, by, now: casework.countersign(number=_which(r), by=by, now=now),
}
