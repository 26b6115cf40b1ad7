"""Web chat: a plain form and a refresh; one cookie, and it is the conversation's own."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from waypost.personal.texts.frame import language, prefix, render, spoken
from waypost.personal.texts.visitor import address_of, is_from_here
from waypost.texting.actions.chat import TooManyChats, end_chat, say_in_chat, start_chat
from waypost.texting.queries.contacts import contact_by_number
from waypost.texting.queries.conversation import Line, lines_of

_TOKEN = re.compile(r"[A-Za-z0-9_-]{20,64}")


@dataclass(frozen=True, slots=True)
class SpokenLine:
    """One line as its reader sees it: who wrote it, in words, never a colleague's account."""

    mine: bool
    who: str
    text: str


def cookie_name() -> str:
    """The cookie's name; over TLS it is bound to this exact host."""
    return "__Host-waypost-chat" if settings.SECURE else "waypost-chat"


def token_of(request: HttpRequest) -> str:
    """The conversation's token from the cookie, '' where there is none or it is no token."""
    token = request.COOKIES.get(cookie_name(), "")
    return token if _TOKEN.fullmatch(token) else ""


@require_safe
@spoken
def chat(request: HttpRequest) -> HttpResponse:
    """The conversation, or how it begins."""
    return _page(request, [], "")


def _page(request: HttpRequest, problems: list[str], typed: str) -> HttpResponse:
    token = token_of(request)
    contact = contact_by_number(f"web:{token}") if token else None
    lines = () if contact is None else lines_of(contact.id)
    context = {
        "open": contact is not None and not contact.erased,
        "said": [chat_line(line) for line in lines if line.state != "dropped" and not line.blanked],
        "waits": bool(lines) and not lines[-1].by and lines[-1].tier is None,
        "once": secrets.token_hex(12),
        "problems": problems,
        "typed": typed,
    }
    return render(request, "texts/chat.html", context, status=400 if problems else 200)


def chat_line(line: Line) -> SpokenLine:
    """A line for the visitor: theirs, the service's, or a person's."""
    if not line.by:
        return SpokenLine(True, _("You"), line.text)
    person = line.by.startswith("person:")
    return SpokenLine(
        False, _("A person here") if person else settings.WAYPOST_TEXTING.service, line.text
    )


@csrf_exempt  # the cookie is SameSite=Strict, and `is_from_here` refuses other origins
@require_POST
@spoken
def start(request: HttpRequest) -> HttpResponse:
    """Begin a chat; its token lives in a cookie of this browser session."""
    if not is_from_here(request):
        return _page(
            request, [_("This form did not come from this page. Please send it again.")], ""
        )
    try:
        token = start_chat(language=language(), address=address_of(request), now=timezone.now())
    except TooManyChats:
        words = _(
            "Too many chats were begun today. Call or text 988 at any hour; in danger call 911."
        )
        return _page(request, [words], "")
    response = _back()
    response.set_cookie(
        cookie_name(), token, secure=settings.SECURE, httponly=True, samesite="Strict"
    )
    return response


@csrf_exempt
@require_POST
@spoken
def say(request: HttpRequest) -> HttpResponse:
    """Store what was written; the loop answers as it answers a text."""
    token, typed = token_of(request), request.POST.get("text", "")[:1600]
    if not token or contact_by_number(f"web:{token}") is None:
        words = _("This chat has ended. Start a new one below; what you typed: %(typed)s")
        return _page(request, [words % {"typed": typed}], typed)
    if not is_from_here(request) or not typed.strip():
        return _page(request, [_("Write something first.")], typed)
    once = request.POST.get("once", "")[:24]
    say_in_chat(token=token, text=typed, now=timezone.now(), once=once if once.isalnum() else "")
    return _back()


@csrf_exempt
@require_POST
@spoken
def end(request: HttpRequest) -> HttpResponse:
    """End a chat, erase it, and forget the cookie."""
    token = token_of(request)
    if token and is_from_here(request):
        end_chat(token=token, now=timezone.now())
    response = _back()
    response.delete_cookie(cookie_name(), samesite="Strict")
    return response


def _back() -> HttpResponseRedirect:
    return HttpResponseRedirect(f"{prefix()}/texts/chat")
