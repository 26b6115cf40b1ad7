"""The private link and code of a person's own page: made, shown once, revoked."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from waypost.accounts.roles import Permission
from waypost.desk.frame import render
from waypost.desk.program.door import Opened, of_record
from waypost.desk.sign_in.again import asks_again
from waypost.treatment.own_page.actions import make_link, revoke_links
from waypost.treatment.own_page.queries import link_made_at


@of_record(Permission.KEEP_CONSENTS, "own page")
@asks_again
def link(request: HttpRequest, opened: Opened) -> HttpResponse:
    """Make a link and a code, each to be given by another way; an older link stops working."""
    person, new_link = opened.person.id, None
    if request.method == "POST":
        if "revoke" in request.POST:
            revoke_links(opened.owner, person=person, by=opened.by, now=opened.now)
            return redirect("program_link", person=person)
        new_link = make_link(opened.owner, person=person, by=opened.by, now=opened.now)
    context = {
        "person": opened.person,
        "address": f"{settings.WAYPOST_DESK_URL}/my/{new_link.token}" if new_link else "",
        "code": new_link.code if new_link else "",
        "made_at": link_made_at(opened.owner, person, opened.now),
    }
    return render(request, "program/people/link.html", context)
