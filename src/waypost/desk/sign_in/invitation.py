"""Accepts an invitation: a name and a password, then a second factor."""

from __future__ import annotations

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from waypost.accounts.actions import accept_invitation
from waypost.accounts.invitations import BadInvitation
from waypost.accounts.queries import invitation_of, person_for_sign_in
from waypost.design.account_faults import account_words
from waypost.desk.frame import render
from waypost.desk.permission import open_to_all


@open_to_all
@sensitive_post_parameters()
def invitation(request: HttpRequest, token: str) -> HttpResponseBase:
    """The form; once it is sent, a new person is signed in and sent to set up a second factor."""
    try:
        offered = invitation_of(token, timezone.now())
    except BadInvitation as error:
        return render(
            request, "refused.html", {"sentence": " ".join(account_words(error))}, status=410
        )
    context = {"offered": offered, "name": request.POST.get("name", ""), "problems": []}
    if request.method != "POST":
        return render(request, "sign_in/invitation.html", context)
    password = request.POST.get("password", "")
    if not offered.known and not password:
        context["problems"] = [_("Please choose a password of at least 12 characters.")]
        return render(request, "sign_in/invitation.html", context, status=400)
    try:
        person = accept_invitation(
            token=token, name=request.POST.get("name", ""), password=password, now=timezone.now()
        )
    except (BadInvitation, ValidationError) as error:
        context["problems"] = (
            account_words(error) if isinstance(error, BadInvitation) else error.messages
        )
        return render(request, "sign_in/invitation.html", context, status=400)
    if offered.known:  # an existing account is proved by signing in, not by having a link
        from django.shortcuts import redirect

        return redirect("account_login")
    # The password was just chosen, so setting up a second factor need not ask for it again.
    someone = person_for_sign_in(person)
    record_authentication(request, someone, method="password", reauthenticated=True)
    answer: HttpResponseBase = perform_login(
        request, Login(user=someone, redirect_url="/account/2fa/")
    )
    return answer
