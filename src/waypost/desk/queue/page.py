"""The queue of waiting reports, and the page that decides one."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from waypost.accounts.roles import Permission
from waypost.desk.frame import render
from waypost.desk.permission import asking, needs
from waypost.directory.actions import accept_report, check_number, reject_report
from waypost.directory.queries import Report, doubted_numbers, report_numbered, reports
from waypost.directory.reporting import CLAIM_FIELDS, BadReport, Status
from waypost.directory.site import Site
from waypost.publishing.reader import BadSnapshot
from waypost.serving.process import current_snapshot


@needs(Permission.SEE_DESK)
def queue(request: HttpRequest) -> HttpResponse:
    """Reports that wait for a decision, oldest first."""
    waiting = reports(Status.RECEIVED)
    rows = [(report, _site_name(report.site_id), age_days(report)) for report in waiting]
    doubted = [
        (site_id, _site(site_id), said)
        for site_id, said in doubted_numbers(timezone.now().date()).items()
    ]
    return render(request, "queue/queue.html", {"rows": rows, "doubted": doubted})


@needs(Permission.CHECK_LISTINGS)
def number_called(request: HttpRequest, site_id: str) -> HttpResponse:
    """What a call of ours to a doubted number found: it works, or a report waits for another."""
    outcome = request.POST.get("works", "")
    if request.method != "POST" or outcome not in ("yes", "no") or _site(site_id) is None:
        raise Http404
    actor = asking(request)
    check_number(
        site_id=site_id,
        works=outcome == "yes",
        by=actor.person if actor else "",
        now=timezone.now(),
    )
    if outcome == "yes":
        messages.success(request, _("Noted: the number works. The warning is gone."))
    else:
        messages.success(request, _("Noted. A report waits for the right number."))
    return redirect("desk_queue")


@needs(Permission.DECIDE_REPORTS)
def decide(request: HttpRequest, number: int) -> HttpResponse:
    """A report beside what the directory says; accept it with the correct value, or reject it."""
    report = report_numbered(number)
    if report is None:
        raise Http404
    value = request.POST.get("value", report.value).strip()
    problems: list[str] = []
    if request.method == "POST":
        try:
            _act(request, report, value)
        except BadReport as error:
            problems = [str(error)]
        else:
            messages.success(request, _("Decided. It goes out with the next publish."))
            return redirect("desk_queue")
    context = {
        "report": report,
        "site": _site(report.site_id),
        "value": value,
        "takes_value": report.kind in CLAIM_FIELDS,
        "problems": problems,
    }
    return render(request, "queue/report.html", context, status=400 if problems else 200)


def _act(request: HttpRequest, report: Report, value: str) -> None:
    actor = asking(request)
    by = actor.person if actor else ""
    if request.POST.get("decision") == "accept":
        accept_report(number=report.number, value=value, by=by, now=timezone.now())
    else:
        reject_report(number=report.number, by=by, now=timezone.now())


def age_days(report: Report) -> int:
    """Whole days since a report was made."""
    return (timezone.now() - report.made_at).days


def _site(site_id: str) -> Site | None:
    try:
        return current_snapshot().site(site_id)
    except BadSnapshot:
        return None


def _site_name(site_id: str) -> str:
    site = _site(site_id)
    return site.name if site else site_id
