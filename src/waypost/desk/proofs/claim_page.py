"""A program's people ask to speak for a listing, and type the code that proves it."""

from __future__ import annotations

import time

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from waypost.accounts.listings import CannotOwn, Proof
from waypost.accounts.proofs.actions import (
    ask_proof,
    enter_code,
    make_proof_code,
    withdraw_proof,
)
from waypost.accounts.proofs.codes import MOST_TRIES, Entered
from waypost.accounts.proofs.domains import mail_domain, mailbox
from waypost.accounts.proofs.queries import WaitingProof, proof_numbered, proofs_of
from waypost.accounts.proofs.tasks import mail_code
from waypost.accounts.queries import OrganizationSeen, organizations
from waypost.accounts.roles import OrganizationKind, Permission
from waypost.accounts.who_may import Actor, who_may
from waypost.design.account_faults import account_words
from waypost.desk.frame import render
from waypost.desk.listings.known import site_named
from waypost.desk.permission import asking, ensure, needs
from waypost.desk.queue.words import proof_words
from waypost.directory.site import Site
from waypost.limits.limit import Limit

CODES_BY_PERSON = Limit("codes of ownership by person", most=20)


@needs(Permission.SPEAK_FOR_LISTING)
def claim(request: HttpRequest) -> HttpResponse:
    """Choose a listing and a proof; whatever is wrong comes back with everything that was typed."""
    typed = {k: request.POST.get(k, "").strip() for k in ("organization", "proof", "local", "note")}
    site_id = _site_id(request.POST.get("site_id") or request.GET.get("site") or "")
    site = site_named(request, site_id) if site_id else None
    problems: list[str] = []
    if site_id and site is None:
        problems = [_("There is no listing with this id or address in the directory.")]
    elif request.method == "POST" and site is not None:
        number, problems = _ask(request, site, typed)
        if number:
            return redirect("desk_claimed", number=number)
    ours = _ours(request)
    context = {
        "site": site,
        "site_id": site_id,
        "typed": typed,
        "problems": problems,
        "organizations": ours,
        "proofs": [] if site is None else possible(site),
        "domain": mail_domain(site.website) if site else "",
        "claims": [(p, site_named(request, p.site_id)) for p in proofs_of([o.id for o in ours])],
        "words": proof_words(),
    }
    return render(request, "proofs/claim.html", context, status=400 if problems else 200)


def _site_id(text: str) -> str:
    """A listing's id, also out of the address of its public page."""
    return text.strip().rstrip("/").rpartition("/site/")[2].partition("?")[0][:40]


def possible(site: Site) -> list[Proof]:
    """The proofs that this listing has what they need for; a decision always is."""
    has = {
        Proof.TELEPHONE: bool(site.phones),
        Proof.EMAIL: bool(mail_domain(site.website)),
        Proof.LETTER: bool(site.street),  # a withheld address gets no letter
        Proof.DECISION: True,
    }
    return [proof for proof, can in has.items() if can]


def target_of(site: Site, proof: Proof, local: str = "") -> str:
    """Where the code goes, from what is listed alone; '' where it cannot."""
    if proof is Proof.TELEPHONE:
        return site.phones[0].display if site.phones else ""
    if proof is Proof.EMAIL:
        return mailbox(local, mail_domain(site.website))
    if proof is Proof.LETTER and site.street:
        street = ", ".join(part for part in (site.street, site.street2) if part)
        return f"{street}, {site.city}, {site.state} {site.zip}"
    return ""


def _ask(request: HttpRequest, site: Site, typed: dict[str, str]) -> tuple[int, list[str]]:
    actor = ensure(request, Permission.SPEAK_FOR_LISTING, typed["organization"])
    if typed["proof"] not in set(possible(site)):
        return 0, [_("Choose how you prove that you may speak for this listing.")]
    proof = Proof(typed["proof"])
    target = target_of(site, proof, typed["local"])
    if proof is Proof.EMAIL and not target:
        return 0, [_("Write the part of the address before the @, such as “office”.")]
    try:
        number = ask_proof(
            site_id=site.id,
            organization=typed["organization"],
            proof=proof,
            target=target,
            note=typed["note"],
            by=actor.person,
            now=timezone.now(),
        )
        if proof is Proof.EMAIL:
            _mail(number, target, actor)
    except CannotOwn as error:
        return 0, account_words(error)
    return number, []


def _mail(number: int, address: str, actor: Actor) -> None:
    code = make_proof_code(number=number, by=actor.person, now=timezone.now(), by_system=True)
    mail_code(address=address, code=code, number=number, desk_url=settings.WAYPOST_DESK_URL)


def _ours(request: HttpRequest) -> list[OrganizationSeen]:
    actor = asking(request)
    return [
        o
        for o in organizations()
        if o.kind is OrganizationKind.PROGRAM
        and who_may(actor, Permission.SPEAK_FOR_LISTING, o.id) is None
    ]


def _own(request: HttpRequest, number: int) -> tuple[WaitingProof, Actor]:
    """The proof, if this person's organization asked for it; one of another's is refused."""
    proof = proof_numbered(number)
    actor = ensure(request, Permission.SPEAK_FOR_LISTING, proof.organization if proof else "")
    if proof is None:
        raise Http404
    return proof, actor


@needs(Permission.SPEAK_FOR_LISTING)
def claimed(request: HttpRequest, number: int) -> HttpResponse:
    """Where a claim stands, and the code to type."""
    proof, actor = _own(request, number)
    problems: list[str] = []
    if request.method == "POST":
        problems = _enter(request, proof, actor)
        if not problems:
            messages.success(request, _("Proved: you speak for this listing from now on."))
            return redirect("desk_listings")
        proof = proof_numbered(number) or proof
    context = {
        "proof": proof,
        "site": site_named(request, proof.site_id),
        "words": proof_words(),
        "problems": problems,
        "left": MOST_TRIES - proof.tries,
    }
    return render(request, "proofs/claimed.html", context, status=400 if problems else 200)


def _enter(request: HttpRequest, proof: WaitingProof, actor: Actor) -> list[str]:
    if CODES_BY_PERSON.wait(actor.person, time.monotonic()):
        return [_("Too many codes were tried. Wait an hour, then try again.")]
    try:
        entered = enter_code(
            number=proof.number,
            code=request.POST.get("code", "")[:40],
            by=actor.person,
            now=timezone.now(),
        )
    except CannotOwn as error:
        return account_words(error)
    words = {
        Entered.WRONG: _("This is not the code. Look at it again; it is tried five times at most."),
        Entered.NO_CODE: _(
            "No code has been sent yet. A person at the directory has to send it first."
        ),
        Entered.EXPIRED: _("This code is too old. Ask the directory for a new one."),
        Entered.TOO_MANY: _("This code was tried five times. Ask the directory for a new one."),
    }
    return [words[entered]] if entered in words else []


@require_POST
@needs(Permission.SPEAK_FOR_LISTING)
def withdraw(request: HttpRequest, number: int) -> HttpResponse:
    """Take back the claim."""
    _proof, actor = _own(request, number)
    try:
        withdraw_proof(number=number, by=actor.person, now=timezone.now())
    except CannotOwn as error:
        messages.error(request, " ".join(account_words(error)))
    else:
        messages.success(request, _("Withdrawn."))
    return redirect("desk_claim")
