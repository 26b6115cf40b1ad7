"""The whole record as a file, logged before it leaves; and the erasure of a record."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
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
from waypost.treatment.consents.consent import ConsentKind
from waypost.treatment.consents.notices import NOTICE, SHORT
from waypost.treatment.consents.queries import consents
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
    body = write(record)
    basis = typed.get("basis", "")
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


def _page(
    request: HttpRequest, opened: Opened, typed: dict[str, str], problems: list[str]
) -> HttpResponse:
    kinds = consent_kind_words()
    consents_seen = consents(opened.owner, opened.person.id, opened.today)
    whole = (ConsentKind.CARE, ConsentKind.SPECIFIC)
    bases = {
        c.id: f"{kinds[c.terms.kind.value]}: {c.words.recipient}"[:90]
        for c in consents_seen
        if not c.refusal and c.terms.kind in whole
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
        sentence = _("This record must be kept until %(day)s.") % {"day": error.until.isoformat()}
        return _page(request, opened, {}, [sentence])
    messages.success(request, _("The record is erased."))
    return redirect("program_people")
