"""Tokens for a program's own software: made and shown once, listed, revoked."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from waypost.accounts.actions import make_token, revoke_token
from waypost.accounts.listings import BadToken, TokenScope
from waypost.accounts.queries import OrganizationSeen, organizations, token_organization
from waypost.accounts.queries import tokens as tokens_of
from waypost.accounts.roles import OrganizationKind, Permission
from waypost.accounts.who_may import who_may
from waypost.design.account_faults import account_sentence, account_words
from waypost.desk.frame import render
from waypost.desk.permission import asking, ensure, needs
from waypost.desk.sign_in.again import asks_again


@needs(Permission.MANAGE_TOKENS)
@asks_again
def tokens(request: HttpRequest) -> HttpResponse:
    """The tokens of the organizations that this person manages, and a form for a new one."""
    token, problems = "", list[str]()
    if request.method == "POST":
        token, problems = _make(request)
    ours, now = _ours(request), timezone.now()
    context = {
        "organizations": ours,
        "tokens": [token for o in ours for token in tokens_of(o.id, now)],
        "scopes": list(TokenScope),
        "sentence": account_sentence,
        "token": token,
        "typed": request.POST,
        "chosen": request.POST.getlist("scope"),
        "problems": problems,
    }
    return render(request, "tokens/tokens.html", context, status=400 if problems else 200)


def _ours(request: HttpRequest) -> list[OrganizationSeen]:
    actor = asking(request)
    return [
        o
        for o in organizations()
        if o.kind is OrganizationKind.PROGRAM
        and who_may(actor, Permission.MANAGE_TOKENS, o.id) is None
    ]


def _make(request: HttpRequest) -> tuple[str, list[str]]:
    organization = request.POST.get("organization", "")
    actor = ensure(request, Permission.MANAGE_TOKENS, organization)
    days = request.POST.get("days", "")
    try:
        token = make_token(
            organization=organization,
            name=request.POST.get("name", ""),
            scopes=request.POST.getlist("scope"),
            days=int(days) if days.isascii() and days.isdigit() and len(days) < 5 else 0,
            by=actor.person,
            now=timezone.now(),
        )
    except BadToken as error:
        return "", account_words(error)
    return token, []


@require_POST
@needs(Permission.MANAGE_TOKENS)
def revoke(request: HttpRequest, number: int) -> HttpResponse:
    """Make a token useless at once."""
    actor = ensure(request, Permission.MANAGE_TOKENS, token_organization(number))
    revoke_token(number=number, by=actor.person, now=timezone.now())
    messages.success(request, _("The token was revoked."))
    return redirect("desk_tokens")
