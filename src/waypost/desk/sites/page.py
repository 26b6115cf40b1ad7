"""A listing as the operator sees it: every claim, its history, and what can be decided."""

from __future__ import annotations

from collections.abc import Collection

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from waypost.accounts.queries import owner_of, owners
from waypost.accounts.roles import Permission
from waypost.audit.queries import events
from waypost.design.directory_faults import directory_words, status_words
from waypost.design.word_words import value_words, word_names
from waypost.desk.drafts.presence import others_on
from waypost.desk.frame import render
from waypost.desk.listings.known import site_named
from waypost.desk.listings.word_page import decided
from waypost.desk.permission import asking, needs
from waypost.desk.queue.words import field_words, kind_words
from waypost.desk.sign_in.again import asks_again
from waypost.desk.sites.claim_words import field_claims
from waypost.directory.actions import BadReport, decide_fact
from waypost.directory.program_word import FIELDS
from waypost.directory.queries import reports_of
from waypost.directory.said.actions import NotAWord, end_word
from waypost.directory.said.queries import closings, words_of
from waypost.serving.process import snapshot_of

ENTER = "none"
"""The row of a form that Enter sent: no button of it was pressed."""


@needs(Permission.SEE_DESK)
def find_listing(request: HttpRequest) -> HttpResponse:
    """Find a listing by its id, the address of its page, or a part of its name."""
    text = request.GET.get("q", "").strip()[:120]
    snapshot = snapshot_of(request)
    site_id = text.rstrip("/").rpartition("/site/")[2].partition("?")[0]
    if text and snapshot.site(site_id) is not None:
        return redirect("desk_site", site_id=site_id)
    rows = [row for row, _score in snapshot.names.find(text, 50)] if text else []
    return render(request, "sites/find.html", {"q": text, "sites": snapshot.sites(rows)})


@needs(Permission.SEE_DESK)
def listing_claims(request: HttpRequest, site_id: str) -> HttpResponse:
    """Everything that is known and was done about one listing."""
    return _page(request, site_id, {}, [])


def _page(
    request: HttpRequest,
    site_id: str,
    typed: dict[str, str],
    problems: list[str],
    wrong: Collection[str] = (),
) -> HttpResponse:
    """The page; ``wrong`` are the fields of the form that the problems are about."""
    snapshot = snapshot_of(request)
    site = snapshot.site(site_id)
    if site is None:
        raise Http404
    actor = asking(request)
    context = {
        "site": site,
        "fields": field_claims(snapshot.claims(site_id), snapshot.manifest),
        "kinds": kind_words(),
        "status_words": status_words(),
        "reports": reports_of(site_id),
        "words": words_of(site_id),
        "names": field_words() | word_names(),
        "value_words": value_words,
        "said_fields": set(FIELDS),
        "closings": closings(site_id),
        "owner": next((o for o in owners(owner_of(site_id)) if o.site_id == site_id), None),
        "events": events(record=f"site:{site_id}", most=20) if actor else [],
        "typed": typed,
        "problems": problems,
        "wrong": wrong,
        "others": others_on(request, f"site:{site_id}"),
    }
    return render(request, "sites/site.html", context, status=400 if problems else 200)


@require_POST
@needs(Permission.DECIDE_REPORTS)
def decide_value(request: HttpRequest, site_id: str) -> HttpResponse:
    """Show one value of a field, with a reason; it goes out with the next publish."""
    row = request.POST.get("row", "")
    if site_named(request, site_id) is None:
        raise Http404
    if row == ENTER:
        text = _("Press the button for the change that you want.")
        return _page(request, site_id, {}, [text])
    typed = {k: request.POST.get(k, "").strip() for k in ("kind", "value", "reason")}
    if row:  # a value that a source has; what is typed below the table is something else
        kind, _colon, value = row.partition(":")
        typed = {"kind": kind, "value": value, "reason": _reason(request, row)}
    try:
        decide_fact(site_id=site_id, **typed, by=_by(request), now=timezone.now())
    except BadReport as error:
        if row:
            return _page(request, site_id, {}, directory_words(error))
        return _page(request, site_id, typed, directory_words(error), error.places)
    messages.success(request, _("Decided. It goes out with the next publish."))
    return redirect("desk_site", site_id=site_id)


@require_POST
@needs(Permission.DECIDE_REPORTS)
def end_a_word(request: HttpRequest, site_id: str) -> HttpResponse:
    """Reject what a program says of a field, with a reason."""
    field = request.POST.get("field", "")
    reason = _reason(request, field)
    try:
        end_word(site_id=site_id, field=field, reason=reason, by=_by(request), now=timezone.now())
    except NotAWord as error:
        return _page(request, site_id, {}, directory_words(error))
    messages.success(request, _("Rejected. It goes out with the next publish."))
    return redirect("desk_site", site_id=site_id)


@require_POST
@needs(Permission.DECIDE_REPORTS)
@asks_again
def confirm_closing(request: HttpRequest, site_id: str, number: int) -> HttpResponse:
    """Be the second person who says that a program closed, or refuse it."""
    return decided(request, number, _by(request), f"/sites/{site_id}")


def _reason(request: HttpRequest, row: str) -> str:
    """What is typed beside a row; where two sources say the same, beside either of them."""
    said = (reason.strip() for reason in request.POST.getlist(f"reason-{row}"))
    return next(filter(None, said), "")


def _by(request: HttpRequest) -> str:
    actor = asking(request)
    return actor.person if actor else ""
