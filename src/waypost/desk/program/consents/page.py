"""Consents of one person, counseling notes kept apart, and the log of reads and disclosures."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import wraps

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from waypost.accounts.queries import organization_name
from waypost.accounts.roles import Permission
from waypost.design.program_faults import sentence_of, sentences_of
from waypost.design.program_words import consent_kind_words
from waypost.desk.frame import render
from waypost.desk.permission import needs
from waypost.desk.program.door import (
    Opened,
    of_record,
    owner_here,
    staff_names,
)
from waypost.desk.program.people.guardian_page import signing
from waypost.treatment.consents.actions import (
    end_at_event,
    revoke_consent,
    sign_consent,
    write_counseling_note,
)
from waypost.treatment.consents.consent import (
    BadConsent,
    ConsentKind,
    ConsentTerms,
    ConsentWords,
    Expiry,
)
from waypost.treatment.consents.notices import TREATMENT_RECIPIENTS
from waypost.treatment.consents.queries import (
    consent,
    consents,
    counseling_notes,
)
from waypost.treatment.when_may import TooLate


@of_record(Permission.KEEP_CONSENTS, "consents")
def person_consents(request: HttpRequest, opened: Opened) -> HttpResponse:
    """The person's consents, and a form for a new one that keeps what was typed."""
    typed: Mapping[str, str] = _proposed(opened)
    faults: dict[str, str] = {}
    if request.method == "POST":
        typed = {name: request.POST.get(name, "").strip() for name in request.POST}
        try:
            sign_consent(
                opened.owner,
                person=opened.person.id,
                terms=_terms(typed),
                words=ConsentWords.read(dict.fromkeys(_FIELDS, "") | dict(typed)),
                today=opened.today,
                by=opened.by,
                now=opened.now,
            )
        except BadConsent as error:
            faults = {fault.place: sentence_of(fault) for fault in error.faults}
        else:
            messages.success(request, _("The consent is kept. It can be revoked at any time."))
            return redirect("program_consents", person=opened.person.id)
    context = {
        "person": opened.person,
        "consents": consents(opened.owner, opened.person.id, opened.today),
        "typed": typed,
        "problems": list(faults.values()),
        "kinds": consent_kind_words(),
        "signing": signing(opened),
        "refusals": {code: sentence_of(code) for code in (TooLate.REVOKED, TooLate.EXPIRED)},
    }
    return render(request, "program/consents/consents.html", context, status=400 if faults else 200)


_FIELDS = ("patient", "discloser", "what", "recipient", "purpose", "revocation", "signature")


def _proposed(opened: Opened) -> dict[str, str]:
    """What a new form says before anybody types: the common consent for care."""
    name = organization_name(opened.owner.organization)
    return {
        "kind": ConsentKind.CARE.value,
        "patient": opened.person.words.name,
        "discloser": name,
        "recipient": TREATMENT_RECIPIENTS,
        "purpose": _("treatment, payment and health care operations"),
        "revocation": _("by telling %(name)s, in writing or by word") % {"name": name},
        "redisclosure": _(
            "Whoever receives these records under this consent may disclose them again as HIPAA "
            "allows, but not for proceedings against me."
        ),
        "expiry": Expiry.NONE.value,
        "signed_on": opened.today.isoformat(),
    }


def _terms(typed: Mapping[str, str]) -> ConsentTerms:
    kind, expiry = typed.get("kind", ""), typed.get("expiry", "")
    return ConsentTerms(
        ConsentKind(kind) if kind in set(ConsentKind) else ConsentKind.SPECIFIC,
        _day(typed.get("signed_on", "")),
        Expiry(expiry) if expiry in set(Expiry) else Expiry.DATE,
        _day(typed.get("expires_on", "")) if expiry == Expiry.DATE else None,
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _of_consent(act: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """A button of one consent: through the door of the record of whoever signed it."""
    at_the_record = of_record(Permission.KEEP_CONSENTS, "consents")(act)

    @require_POST
    @needs(Permission.KEEP_CONSENTS)
    @wraps(act)
    def wrapped(request: HttpRequest, number: str) -> HttpResponseBase:
        owner, _actor = owner_here(request, Permission.KEEP_CONSENTS)
        seen = consent(owner, number, date.max)
        if seen is None:
            raise Http404
        return at_the_record(request, person=seen.person, number=number)

    return wrapped


@_of_consent
def revoke(request: HttpRequest, opened: Opened, number: str) -> HttpResponse:
    """Revoke a consent from now on."""
    revoke_consent(opened.owner, consent=number, by=opened.by, now=opened.now)
    messages.success(request, _("The consent is revoked. Nothing more goes out on it."))
    return redirect("program_consents", person=opened.person.id)


@_of_consent
def event_came(request: HttpRequest, opened: Opened, number: str) -> HttpResponse:
    """The event or condition at which a consent ends has come."""
    by, now = opened.by, opened.now
    try:
        end_at_event(opened.owner, consent=number, today=opened.today, by=by, now=now)
    except BadConsent as error:
        messages.error(request, " ".join(sentences_of(error)))
    else:
        messages.success(request, _("The consent has ended. Nothing more goes out on it."))
    return redirect("program_consents", person=opened.person.id)


@of_record(Permission.WRITE_PLANS, "counseling notes")
def notes(request: HttpRequest, opened: Opened) -> HttpResponse:
    """A counselor's own notes, apart from the record; nobody else's without a consent for them."""
    problems = []
    if request.method == "POST":
        text = request.POST.get("text", "").strip()
        if text:
            write_counseling_note(
                opened.owner,
                person=opened.person.id,
                text=text,
                by=opened.by,
                now=opened.now,
            )
            return redirect("program_notes", person=opened.person.id)
        problems = [_("Write the note first.")]
    context = {
        "person": opened.person,
        "notes": counseling_notes(
            opened.owner, person=opened.person.id, staff=opened.by, today=opened.today
        ),
        "problems": problems,
        "staff_name": staff_names(opened.owner),
    }
    return render(request, "program/consents/notes.html", context, status=400 if problems else 200)
