"""The operator's side of a proof: the call with its script and code, the letter, the decision."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from waypost.accounts.faults import AccountFault
from waypost.accounts.listings import CannotOwn, Proof
from waypost.accounts.proofs.actions import decide_proof, make_proof_code
from waypost.accounts.proofs.calls import CallRefused, FolderCarrier
from waypost.accounts.proofs.codes import spoken
from waypost.accounts.proofs.queries import WaitingProof, proof_numbered
from waypost.accounts.proofs.tasks import call_with_code, call_words
from waypost.accounts.roles import Permission
from waypost.design.account_faults import account_words
from waypost.desk.drafts.presence import others_on
from waypost.desk.frame import render
from waypost.desk.listings.known import site_named
from waypost.desk.permission import asking, needs
from waypost.desk.queue.words import proof_words
from waypost.desk.sign_in.again import asks_again


@needs(Permission.CHECK_LISTINGS)
def proof(request: HttpRequest, number: int) -> HttpResponse:
    """One proof that waits: who asks, for which listing, and what can be done."""
    return _page(request, _found(number))


def _found(number: int) -> WaitingProof:
    waiting = proof_numbered(number)
    if waiting is None:
        raise Http404
    return waiting


def _page(
    request: HttpRequest, proof: WaitingProof, code: str = "", problems: Sequence[str] = ()
) -> HttpResponse:
    site = site_named(request, proof.site_id)
    context = {
        "proof": proof,
        "site": site,
        "phone": site.phones[0] if site and site.phones else None,
        "words": proof_words(),
        "carrier": settings.WAYPOST_CALLS,
        "code": code,
        "spoken": spoken(code),
        "script": call_words(code) if code else "",
        "reason": request.POST.get("reason", ""),
        "problems": problems,
        "others": others_on(request, f"proof:{proof.number}"),
    }
    return render(request, "proofs/proof.html", context, status=400 if problems else 200)


@require_POST
@needs(Permission.CHECK_LISTINGS)
def code(request: HttpRequest, number: int) -> HttpResponse:
    """Make a code and show it once, with the script to read out or as a letter to print.

    Where a carrier calls, the code is not shown to anybody here.
    """
    proof = _found(number)
    by = _person(request)
    try:
        new_code = make_proof_code(number=number, by=by, now=timezone.now())
        if request.POST.get("by") == "carrier" and settings.WAYPOST_CALLS:
            return _called(request, proof, new_code)
    except (CannotOwn, CallRefused) as error:
        return _page(request, _found(number), problems=account_words(error))
    if proof.proof is Proof.LETTER:
        context = {"proof": proof, "site": site_named(request, proof.site_id), "code": new_code}
        context["page"] = f"{settings.WAYPOST_DESK_URL}/listings/claims/{number}"
        return render(request, "proofs/letter.html", context)
    return _page(request, _found(number), new_code)


def _called(request: HttpRequest, proof: WaitingProof, new_code: str) -> HttpResponse:
    site = site_named(request, proof.site_id)
    if proof.proof is not Proof.TELEPHONE or site is None or not site.phones:
        raise CannotOwn(AccountFault.NO_NUMBER)
    carrier = FolderCarrier(settings.PRIVATE.folder / "calls")
    call_with_code(carrier=carrier, e164=site.phones[0].e164, code=new_code)
    messages.success(request, _("The carrier calls the listed number and reads out the code."))
    return redirect("desk_proof", number=proof.number)


@require_POST
@needs(Permission.CONFIRM_OWNERSHIP)
@asks_again
def decide(request: HttpRequest, number: int) -> HttpResponse:
    """Let the organization speak by a decision with a reason, or refuse it."""
    proof = _found(number)
    accept = request.POST.get("decision") == "accept"
    try:
        decide_proof(
            number=number,
            accept=accept,
            reason=request.POST.get("reason", ""),
            by=_person(request),
            now=timezone.now(),
        )
    except CannotOwn as error:
        return _page(request, proof, problems=account_words(error))
    messages.success(
        request,
        _("Confirmed: they speak for this listing from now on.") if accept else _("Refused."),
    )
    return redirect("/?tab=proofs")


def _person(request: HttpRequest) -> str:
    actor = asking(request)
    return actor.person if actor else ""
