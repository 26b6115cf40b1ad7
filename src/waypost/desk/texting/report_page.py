"""Reports: response times by tier, opt-outs, completion, and the blind re-reading of a sample."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from waypost.accounts.roles import Permission
from waypost.desk.frame import render
from waypost.desk.numbers import whole_number
from waypost.desk.permission import asking, needs
from waypost.desk.texting import words
from waypost.texting.actions.blind_reading import draw_sample, judge
from waypost.texting.crisis.tiers import Tier
from waypost.texting.queries.reports import next_to_read, report, retention_reports

SPANS = (7, 30, 90, 365)


@require_safe
@needs(Permission.SUPERVISE_TEXTS)
def text_reports(request: HttpRequest) -> HttpResponse:
    """The figures of a span of days, each with how many it rests on."""
    asked = request.GET.get("days", "30")
    days = int(asked) if asked in {str(span) for span in SPANS} else 30
    actor, now = asking(request), timezone.now()
    context = {
        "report": report(now - timedelta(days=days), now),
        "days": days,
        "spans": SPANS,
        "to_read": next_to_read(actor.person if actor else ""),
        "tiers": list(Tier),
        "retention": retention_reports(),
        "words": words,
    }
    return render(request, "texting/reports.html", context)


@require_POST
@needs(Permission.SUPERVISE_TEXTS)
def sample(request: HttpRequest) -> HttpResponse:
    """Draw this week's sample, or keep what a reader found in one text of it."""
    actor, now = asking(request), timezone.now()
    by, number, tier = (
        actor.person if actor else "",
        request.POST.get("number", ""),
        request.POST.get("tier", ""),
    )
    if whole_number(number, 9) and tier in {str(int(t)) for t in Tier}:
        judge(number=whole_number(number, 9), tier=Tier(int(tier)), by=by, now=now)
    elif not number and not draw_sample(by=by, now=now):
        messages.info(request, _("Nothing was drawn: no text of this week waits to be read."))
    return redirect("desk_text_reports")
