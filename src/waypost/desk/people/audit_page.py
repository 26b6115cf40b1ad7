"""The audit: who did what, when, by record and by person; and whether the chain holds."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from waypost.accounts.roles import Permission
from waypost.audit.actions import record_event
from waypost.audit.queries import PAGE, broken_at, events, head
from waypost.desk.frame import render
from waypost.desk.permission import asking, needs


@needs(Permission.READ_AUDIT)
def audit(request: HttpRequest) -> HttpResponse:
    """A page of events, newest first."""
    record, actor = (request.GET.get(name, "").strip()[:120] for name in ("record", "actor"))
    before = request.GET.get("before", "")
    number = int(before) if before.isascii() and before.isdigit() and len(before) < 12 else None
    asker = asking(request)
    read = f"read the audit: {record or actor}" if record or actor else "read the audit"
    record_event(
        act=read[:120], record="audit", by=asker.person if asker else "", now=timezone.now()
    )
    rows = events(record=record, actor=actor, before=number)
    context = {
        "rows": rows,
        "record": record,
        "actor": actor,
        "older": rows[-1].number if len(rows) == PAGE else None,
        "head": head(),
        "broken": broken_at() if request.GET.get("verify") == "1" else None,
        "verified": request.GET.get("verify") == "1",
    }
    return render(request, "people/audit.html", context)
