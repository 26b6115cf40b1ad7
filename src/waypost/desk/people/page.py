"""People and their roles: who is here, who is invited, and who may change that."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from waypost.accounts.actions import (
    CannotEnd,
    end_membership,
    end_sessions,
    invite,
    withdraw_invitation,
)
from waypost.accounts.invitations import BadInvitation
from waypost.accounts.queries import (
    colleagues,
    invitation_organization,
    membership_organization,
    organizations,
    pending_invitations,
)
from waypost.accounts.roles import ROLES_OF, Permission
from waypost.accounts.tasks import send_invitation
from waypost.accounts.who_may import Actor, who_may
from waypost.design.account_faults import account_words
from waypost.desk.frame import render
from waypost.desk.permission import asking, ensure, needs
from waypost.desk.sign_in.again import asks_again


@needs(Permission.MANAGE_PEOPLE)
def people(request: HttpRequest) -> HttpResponse:
    """Everyone whom this person may see, and a form to invite someone."""
    return _page(request, {}, [])


def _page(request: HttpRequest, typed: dict[str, str], problems: list[str]) -> HttpResponse:
    actor = asking(request)
    ours = [o for o in organizations() if who_may(actor, Permission.MANAGE_PEOPLE, o.id) is None]
    ids = {o.id for o in ours}
    context = {
        "people": [c for c in colleagues() if c.organization in ids],
        "invitations": [i for i in pending_invitations() if i.organization in ids],
        "organizations": ours,
        "roles": sorted({role for o in ours for role in ROLES_OF[o.kind]}),
        "typed": typed,
        "problems": problems,
    }
    return render(request, "people/people.html", context, status=400 if problems else 200)


@require_POST
@needs(Permission.MANAGE_PEOPLE)
@asks_again
def invite_someone(request: HttpRequest) -> HttpResponse:
    """Create an invitation and send its link; on a mistake, the form keeps what was typed."""
    typed = {k: request.POST.get(k, "").strip() for k in ("email", "role", "organization")}
    actor = ensure(request, Permission.MANAGE_PEOPLE, typed["organization"])
    try:
        token = invite(**typed, by=actor.person, now=timezone.now())
    except BadInvitation as error:
        return _page(request, typed, account_words(error))
    send_invitation(email=typed["email"], token=token, desk_url=settings.WAYPOST_DESK_URL)
    messages.success(request, _("The invitation was sent. It can be used once, within 72 hours."))
    return redirect("desk_people")


@require_POST
@needs(Permission.MANAGE_PEOPLE)
def withdraw(request: HttpRequest, number: int) -> HttpResponse:
    """Withdraw an invitation."""
    actor = _of(request, invitation_organization(number))
    try:
        withdraw_invitation(number=number, by=actor.person, now=timezone.now())
    except BadInvitation as error:
        return _page(request, {}, account_words(error))
    messages.success(request, _("The invitation was withdrawn."))
    return redirect("desk_people")


@require_POST
@needs(Permission.MANAGE_PEOPLE)
@asks_again
def end_role(request: HttpRequest, number: int) -> HttpResponse:
    """End someone's role; they lose its permissions at once."""
    actor = _of(request, membership_organization(number))
    try:
        end_membership(number=number, by=actor.person, now=timezone.now())
    except CannotEnd as error:
        return _page(request, {}, account_words(error))
    messages.success(request, _("The role was ended."))
    return redirect("desk_people")


@require_POST
@needs(Permission.MANAGE_PEOPLE)
def sign_out(request: HttpRequest, number: int) -> HttpResponse:
    """Sign someone out everywhere: a lost telephone, a left desk."""
    actor = _of(request, membership_organization(number))
    try:
        end_sessions(number=number, by=actor.person, now=timezone.now())
    except CannotEnd as error:
        return _page(request, {}, account_words(error))
    messages.success(request, _("They are signed out on every device."))
    return redirect("desk_people")


def _of(request: HttpRequest, organization: str) -> Actor:
    """The actor, if they manage the record's organization; a missing record belongs to nobody."""
    return ensure(request, Permission.MANAGE_PEOPLE, organization)
