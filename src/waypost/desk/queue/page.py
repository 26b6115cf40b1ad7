"""The queue in its tabs, many decisions at once, and the page that decides one report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from waypost.accounts.roles import Permission
from waypost.design.directory_faults import directory_words, status_words
from waypost.desk.drafts.presence import others_on
from waypost.desk.frame import first_place, render
from waypost.desk.listings.known import site_named
from waypost.desk.permission import asking, needs
from waypost.desk.queue.tabs import QueueView, Tab, counts, tab_names, tab_page
from waypost.desk.queue.words import kind_words
from waypost.directory.actions import accept_report, check_number, reject_report
from waypost.directory.queries import Report, report_numbered
from waypost.directory.reporting import (
    CLAIM_FIELDS,
    DECIDE_WITHIN,
    BadReport,
    DecidedMeanwhile,
    Status,
    is_late,
)
from waypost.directory.waiting.choice import WaitingChoice, read_choice
from waypost.directory.waiting.queries import late_reports, newest_waiting, waiting_count
from waypost.serving.process import snapshot_of

MOST_PAGES = 10_000


@needs(Permission.SEE_DESK)
def queue(request: HttpRequest) -> HttpResponse:
    """One tab of the queue; the address names the tab, the order, the page and the choice."""
    return show_queue(request, request.GET)


def show_queue(
    request: HttpRequest, asked: QueryDict, problems: Sequence[str] = ()
) -> HttpResponse:
    """The queue as ``asked``; with problems, what was typed and ticked is still there."""
    now, choice = timezone.now(), read_choice(asked)
    waits = counts(now)
    tab = Tab(asked.get("tab", "")) if asked.get("tab") in set(Tab) else Tab.REPORTS
    sort, page = asked.get("sort", "age"), _page_number(asked.get("page", ""))
    context = {
        "tab": tab,
        "tabs": tab_names(),
        "counts": waits,
        "found": tab_page(QueueView(tab, sort, page, choice), snapshot_of(request), now),
        "sort": sort,
        "page": page,
        "late": late_reports(now.date()),
        "within": DECIDE_WITHIN,
        "choice": choice,
        "kinds": kind_words(),
        "problems": problems,
        "typed": {"reason": asked.get("reason", ""), "numbers": asked.getlist("number")},
    }
    if tab is Tab.REPORTS:
        context |= {"newest": newest_waiting(choice), "fitting": _fitting(choice, waits)}
    return render(request, "queue/queue.html", context, status=400 if problems else 200)


def front(request: HttpRequest) -> HttpResponseBase:
    """The queue, for those who have one; others come to the first place that they may open."""
    first = first_place(request)
    return queue(request) if first in ("", "/") else redirect(first)


front.permission = None  # type: ignore[attr-defined]  # the queue asks for its own


def _fitting(choice: WaitingChoice, waits: Mapping[Tab, int]) -> int:
    return waiting_count(choice) if choice.address else waits[Tab.REPORTS]


def _page_number(text: str) -> int:
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 1
    return min(max(number, 1), MOST_PAGES)


@require_POST
@needs(Permission.CHECK_LISTINGS)
def number_called(request: HttpRequest, site_id: str) -> HttpResponse:
    """What a call of ours to a doubted number found: it works, or a report waits for another."""
    outcome = request.POST.get("works", "")
    if outcome not in ("yes", "no") or site_named(request, site_id) is None:
        raise Http404
    check_number(site_id=site_id, works=outcome == "yes", by=_person(request), now=timezone.now())
    if outcome == "yes":
        messages.success(request, _("Noted: the number works. The warning is gone."))
    else:
        messages.success(request, _("Noted. A report waits for the right number."))
    return redirect("/?tab=numbers")


@needs(Permission.DECIDE_REPORTS)
def decide(request: HttpRequest, number: int) -> HttpResponse:
    """A report beside what the directory says; accept it with the correct value, or reject it."""
    report = report_numbered(number)
    if report is None:
        raise Http404
    value = request.POST.get("value", report.value).strip()
    problems: list[str] = []
    wrong: frozenset[str] = frozenset()
    meanwhile, status = None, 200
    if request.method == "POST":
        try:
            _act(request, report, value)
        except DecidedMeanwhile as error:
            problems, meanwhile, status = directory_words(error), report, 409
        except BadReport as error:
            problems, wrong, status = directory_words(error), error.places, 400
        else:
            messages.success(request, _("Decided. It goes out with the next publish."))
            return redirect("desk_queue")
    context = {
        "report": report,
        "what": kind_words()[report.kind],
        "status_words": status_words(),
        "late": _is_late(report),
        "site": site_named(request, report.site_id),
        "value": value,
        "reason": request.POST.get("reason", ""),
        "takes_value": report.kind in CLAIM_FIELDS,
        "problems": problems,
        "wrong": wrong,
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
