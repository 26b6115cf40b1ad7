"""The whole record as a file, logged before it leaves; and the erasure of a record."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import replace

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from waypost.accounts.roles import Permission
from waypost.design.check_up_words import instruments
from waypost.design.program_faults import sentences_of
from waypost.design.program_words import consent_kind_words, exception_words
from waypost.design.saved_as import saved_as
from waypost.desk.frame import render
from waypost.desk.program.door import Opened, of_record
from waypost.desk.program.long_texts import too_long
from waypost.desk.sign_in.again import asks_again
from waypost.treatment.consents.actions import NoConsent, log_disclosure
from waypost.treatment.consents.consent import OF_THE_RECORD
from waypost.treatment.consents.notices import NOTICE, SHORT
from waypost.treatment.consents.queries import consent, consents
from waypost.treatment.export.fhir import as_fhir
from waypost.treatment.export.pdf import as_pdf
from waypost.treatment.export.queries import whole_record
from waypost.treatment.export.whole_record import WholeRecord, as_json
from waypost.treatment.keeping.actions import MustBeKept, erase_person

FORMS: dict[str, tuple[Callable[[WholeRecord], bytes], str]] = {
    "pdf": (as_pdf, "application/pdf"),
    "json": (as_json, "application/json"),
    "fhir": (lambda record: as_fhir(record, instruments()), "application/fhir+json"),
}
"""What a record can be written as, with its type."""

MOST = 500
NOTICE_HEADER = "X-42-CFR-Part-2"


@of_record(Permission.DISCLOSE, "export")
@asks_again
def export(request: HttpRequest, opened: Opened) -> HttpResponse:
    """Choose a basis and a form; the file comes back once the disclosure is logged."""
    if request.method != "POST":
        return _page(request, opened, {}, [])
    typed = {name: request.POST.get(name, "").strip() for name in request.POST}
    if problems := too_long(typed.values(), MOST):
        return _page(request, opened, typed, problems)
    record = whole_record(opened.owner, opened.person.id, opened.now)
    if record is None or typed.get("form") not in FORMS:
        return _page(request, opened, typed, [_("Choose PDF, JSON or FHIR.")])
    write, kind = FORMS[typed["form"]]
    basis = typed.get("basis", "")
    body = write(replace(record, disclosed=_scope(opened, typed)))
    try:
        number = log_disclosure(
            opened.owner,
            person=opened.person.id,
            form=typed["form"],
            digest=hashlib.sha256(body).hexdigest(),
            recipient=typed.get("recipient", ""),
            what=typed.get("what", ""),
            purpose=typed.get("purpose", ""),
            today=opened.today,
            by=opened.by,
            now=opened.now,
            consent=basis if basis.startswith("con_") else "",
            exception=basis,
        )
    except NoConsent as error:
        return _page(request, opened, typed, sentences_of(error))
    response = HttpResponse(body, content_type=kind)
    suffix = "pdf" if typed["form"] == "pdf" else "json"
    response["Content-Disposition"] = saved_as(f"{number}.{suffix}")
    response[NOTICE_HEADER] = SHORT
    return response


def _scope(opened: Opened, typed: Mapping[str, str]) -> dict[str, str]:
    """To whom the record goes, what, why and on what basis, in the words of the file."""
    basis = typed.get("basis", "")
    with translation.override("en"):  # as the rest of the file is
        said = exception_words().get(basis, "")
        seen = consent(opened.owner, basis, opened.today)
        if seen is not None:
            kind = consent_kind_words()[seen.terms.kind.value]
            said = f"Consent signed on {seen.terms.signed_on}: {kind}. {seen.words.what}"
    names = {"Disclosed to": "recipient", "What": "what", "For": "purpose"}
    scope = {name: typed.get(key, "") for name, key in names.items()} | {"On the basis of": said}
    return {name: text for name, text in scope.items() if text}


def _page(
    request: HttpRequest, opened: Opened, typed: dict[str, str], problems: list[str]
) -> HttpResponse:
    kinds = consent_kind_words()
    consents_seen = consents(opened.owner, opened.person.id, opened.today)
    bases = {
        c.id: f"{kinds[c.terms.kind.value]}: {c.words.recipient}"[:90]
        for c in consents_seen
        if not c.refusal and c.terms.kind in OF_THE_RECORD
    }
    context = {
        "person": opened.person,
        "bases": bases | exception_words(),
        "typed": typed,
        "problems": problems,
        "notice": NOTICE,
    }
    status = 400 if problems else 200
    return render(request, "program/exports/export.html", context, status=status)


@require_POST
@of_record(Permission.ERASE_RECORDS, "erasure")
@asks_again
def erase(request: HttpRequest, opened: Opened) -> HttpResponse:
    """Erase a record whose time of keeping is over; until then the day is named."""
    try:
        erase_person(
            opened.owner,
            person=opened.person.id,
            today=opened.today,
            by=opened.by,
            now=opened.now,
        )
    except MustBeKept as error:
        sentence = _("Care goes on: this record must be kept.")
        if error.until is not None:
            sentence = _("This record must be kept until %(day)s.") % {"day": error.until}
        return _page(request, opened, {}, [sentence])
    messages.success(request, _("The record is erased."))
    return redirect("program_people")
