"""The queue in its tabs, many decisions at once, and the page that decides one report."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from waypost.accounts.roles import Permission
from waypost.desk.drafts.presence import others_on
from waypost.desk.frame import render
from waypost.desk.listings.known import site_named
from waypost.desk.permission import asking, needs
from waypost.desk.queue.tabs import Tab, counts, tab_names, tab_page
from waypost.desk.queue.words import kind_words
from waypost.directory.actions import accept_report, check_number, reject_report, reject_reports
from waypost.directory.queries import Report, late_reports, report_numbered
from waypost.directory.reporting import (
    CLAIM_FIELDS,
    DECIDE_WITHIN,
    BadReport,
    DecidedMeanwhile,
    Status,
    is_late,
)
from waypost.serving.process import snapshot_of

MOST_PAGES = 10_000


@needs(Permission.SEE_DESK)
def queue(request: HttpRequest) -> HttpResponse:
    """One tab of the queue; the address names the tab, the order and the page."""
    now = timezone.now()
    tab = Tab(request.GET.get("tab", "")) if request.GET.get("tab") in set(Tab) else Tab.REPORTS
    sort, page = request.GET.get("sort", "age"), _page_number(request.GET.get("page", ""))
    found = tab_page(tab, snapshot_of(request), now, sort, page)
    context = {
        "tab": tab,
        "tabs": tab_names(),
        "counts": counts(now),
        "found": found,
        "sort": sort,
        "page": page,
        "late": late_reports(now.date()),
        "within": DECIDE_WITHIN,
    }
    return render(request, "queue/queue.html", context)


def _page_number(text: str) -> int:
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 1
    return min(max(number, 1), MOST_PAGES)


@require_POST
@needs(Permission.CHECK_LISTINGS)
def number_called(request: HttpRequest, site_id: str) -> HttpResponse:
    """What a call of ours to a doubted number found: it works, or a report waits for another."""
    outcome = request.POST.get("works", "")
    if outcome not in ("yes", "no") or site_named(site_id) is None:
        raise Http404
    check_number(site_id=site_id, works=outcome == "yes", by=_person(request), now=timezone.now())
    if outcome == "yes":
        messages.success(request, _("Noted: the number works. The warning is gone."))
    else:
        messages.success(request, _("Noted. A report waits for the right number."))
    return redirect("/?tab=numbers")


@require_POST
@needs(Permission.DECIDE_REPORTS)
def reject_many(request: HttpRequest) -> HttpResponse:
    """Reject every report that was ticked, with one reason; what cannot be is named."""
    numbers = [int(n) for n in request.POST.getlist("number") if n.isascii() and n.isdigit()]
    reason = request.POST.get("reason", "").strip()
    if not numbers or not reason:
        messages.error(request, _("Tick the reports, and say in a few words why."))
        return redirect("/?tab=reports")
    done, refused = reject_reports(
        numbers=numbers, by=_person(request), now=timezone.now(), reason=reason
    )
    words = ngettext("%(n)s report rejected.", "%(n)s reports rejected.", done)
    messages.success(request, words % {"n": done})
    for sentence in refused[:10]:
        messages.error(request, sentence)
    return redirect("/?tab=reports")


@needs(Permission.DECIDE_REPORTS)
def decide(request: HttpRequest, number: int) -> HttpResponse:
    """A report beside what the directory says; accept it with the correct value, or reject it."""
    report = report_numbered(number)
    if report is None:
        raise Http404
    value = request.POST.get("value", report.value).strip()
    problems: list[str] = []
    meanwhile, status = None, 200
    if request.method == "POST":
        try:
            _act(request, report, value)
        except DecidedMeanwhile as error:
            problems, meanwhile, status = [str(error)], report, 409
        except BadReport as error:
            problems, status = [str(error)], 400
        else:
            messages.success(request, _("Decided. It goes out with the next publish."))
            return redirect("desk_queue")
    context = {
        "report": report,
        "what": kind_words()[report.kind],
        "late": _is_late(report),
        "site": site_named(report.site_id),
        "value": value,
        "reason": request.POST.get("reason", ""),
        "takes_value": report.kind in CLAIM_FIELDS,
        "problems": problems,
        "meanwhile": meanwhile,
        "others": others_on(request, f"report:{number}"),
    }
    return render(request, "queue/report.html", context, status=status)


def _is_late(report: Report) -> bool:
    today = timezone.now().date()
    return report.status is Status.RECEIVED and is_late(report.made_at.date(), today)


def _act(request: HttpRequest, report: Report, value: str) -> None:
    seen = request.POST.get("seen", "")
    common = {
        "number": report.number,
        "by": _person(request),
        "now": timezone.now(),
        "reason": request.POST.get("reason", ""),
        "seen": int(seen) if seen.isascii() and seen.isdigit() else None,
    }
    if request.POST.get("decision") == "accept":
        accept_report(value=value, **common)  # type: ignore[arg-type]
    else:
        reject_report(**common)  # type: ignore[arg-type]


def _person(request: HttpRequest) -> str:
    actor = asking(request)
    return actor.person if actor else ""
