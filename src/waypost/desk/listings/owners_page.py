"""Who speaks for which listing: the operator confirms it with a reason, and ends it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from waypost.accounts.actions import confirm_owner, end_owner
from waypost.accounts.listings import CannotOwn, Proof
from waypost.accounts.queries import organizations
from waypost.accounts.queries import owners as all_owners
from waypost.accounts.roles import OrganizationKind, Permission
from waypost.design.account_faults import account_words
from waypost.desk.frame import render
from waypost.desk.listings.known import site_named
from waypost.desk.permission import asking, needs
from waypost.desk.sign_in.again import asks_again


@needs(Permission.CONFIRM_OWNERSHIP)
@asks_again
def owners(request: HttpRequest) -> HttpResponse:
    """Everyone who speaks for a listing, and a form that confirms another."""
    typed = {k: request.POST.get(k, "").strip() for k in ("site_id", "organization", "reason")}
    problems: list[str] = []
    if request.method == "POST":
        problems = _confirm(request, typed)
        if not problems:
            messages.success(request, _("Confirmed: they speak for this listing from now on."))
            return redirect("desk_owners")
    context = {
        "owners": [(o, site_named(request, o.site_id)) for o in all_owners()],
        "programs": [o for o in organizations() if o.kind is OrganizationKind.PROGRAM],
        "typed": typed,
        "problems": problems,
    }
    return render(request, "listings/owners.html", context, status=400 if problems else 200)


def _confirm(request: HttpRequest, typed: dict[str, str]) -> list[str]:
    actor = asking(request)
    if site_named(request, typed["site_id"]) is None:
        return [_("There is no listing with this id in the directory.")]
    by = actor.person if actor else ""
    try:
        confirm_owner(**typed, proof=Proof.DECISION, by=by, now=timezone.now())
    except CannotOwn as error:
        return account_words(error)
    return []


@require_POST
@needs(Permission.CONFIRM_OWNERSHIP)
@asks_again
def end_ownership(request: HttpRequest, number: int) -> HttpResponse:
    """End that an organization speaks for a listing."""
    actor = asking(request)
    try:
        end_owner(number=number, by=actor.person if actor else "", now=timezone.now())
    except CannotOwn as error:
        messages.error(request, " ".join(account_words(error)))
    else:
        messages.success(request, _("Ended."))
    return redirect("desk_owners")
