"""Many reports decided with one reason: those that were ticked, or all that fit what was asked."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from waypost.accounts.roles import Permission
from waypost.design.directory_faults import directory_sentence
from waypost.desk.permission import asking, needs
from waypost.desk.queue.page import show_queue
from waypost.directory.waiting.actions import MOST_AT_ONCE, Decided, decide_reports
from waypost.directory.waiting.choice import WaitingChoice, read_choice
from waypost.directory.waiting.queries import numbers_waiting, waiting_count

MOST_REFUSALS = 10


@require_POST
@needs(Permission.DECIDE_REPORTS)
def decide_many(request: HttpRequest) -> HttpResponse:
    """Decide every report that is meant; what cannot be decided is named, and what is left counted.

    "All that fit" are those that the page showed or counted: ``newest`` is the highest number then,
    and what came since is decided by nobody who has not seen it.
    """
    choice, whole = read_choice(request.POST), request.POST.get("scope") == "all"
    reason, accept = request.POST.get("reason", "").strip(), _decision(request)
    newest = _number(request.POST.get("newest", ""))
    ticked = [_number(text) for text in request.POST.getlist("number")]
    numbers = numbers_waiting(choice, newest=newest, most=MOST_AT_ONCE) if whole else ticked
    if accept is None or not reason or not numbers:
        return show_queue(
            request, request.POST, [_("Tick the reports, and say in a few words why.")]
        )
    actor = asking(request)
    by = actor.person if actor else ""
    decided = decide_reports(
        numbers=numbers, accept=accept, by=by, now=timezone.now(), reason=reason
    )
    _say(request, decided, accept=accept)
    if whole:
        _say_left(request, choice, newest)
    return redirect(f"/?tab=reports{choice.address}")


def _decision(request: HttpRequest) -> bool | None:
    return {"accept": True, "reject": False}.get(request.POST.get("decision", ""))


def _number(text: str) -> int:
    """A report's number; 0, which no report has, for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else 0


def _say(request: HttpRequest, decided: Decided, *, accept: bool) -> None:
    done = decided.done
    if accept:
        words = ngettext("%(n)s report accepted.", "%(n)s reports accepted.", done)
    else:
        words = ngettext("%(n)s report rejected.", "%(n)s reports rejected.", done)
    (messages.success if done else messages.error)(request, words % {"n": f"{done:,}"})
    for fault in decided.refused[:MOST_REFUSALS]:
        messages.error(request, directory_sentence(fault))
    more = len(decided.refused) - MOST_REFUSALS
    if more > 0:
        words = ngettext("%(n)s more was not decided.", "%(n)s more were not decided.", more)
        messages.error(request, words % {"n": more})


def _say_left(request: HttpRequest, choice: WaitingChoice, newest: int) -> None:
    left = waiting_count(choice, newest=newest)
    if left:
        words = ngettext("%(n)s of them is left.", "%(n)s of them are left.", left)
        messages.info(request, words % {"n": f"{left:,}"})
