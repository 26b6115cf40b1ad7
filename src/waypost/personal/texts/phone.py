"""A telephone on a page, for trying the service out while the simulator stands in for a carrier."""

from __future__ import annotations

import re
import secrets

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseRedirect
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from waypost.personal.texts.chat import chat_line
from waypost.personal.texts.frame import prefix, render, spoken
from waypost.personal.texts.visitor import is_from_here
from waypost.texting.actions.hearing import hear
from waypost.texting.carriers.port import Inbound
from waypost.texting.queries.contacts import contact_by_number
from waypost.texting.queries.conversation import lines_of

MADE_UP = re.compile(r"\+1500555\d{4}")
"""Numbers that no telephone has (Twilio's test numbers): no page may show a real one's texts."""
FIRST = "+15005550199"


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@spoken
def phone(request: HttpRequest) -> HttpResponse:
    """What a made-up telephone has heard, and a line to say more; only with the simulator."""
    account = settings.WAYPOST_TEXTING.accounts[0]
    if account.kind != "simulator" or account.base_url:
        raise Http404
    number = request.GET.get("number") or request.POST.get("number") or FIRST
    if not MADE_UP.fullmatch(number):
        number = FIRST
    said = request.POST.get("text", "").strip()[:1600]
    if request.method == "POST" and said and is_from_here(request):
        inbound = Inbound(f"phone-{secrets.token_hex(12)}", number, said)
        hear(account=account.id, said=inbound, now=timezone.now())
        return HttpResponseRedirect(f"{prefix()}/texts/phone?number=%2B{number[1:]}")
    contact = contact_by_number(number)
    lines = lines_of(contact.id) if contact else ()
    context = {
        "phone": number,
        "said": [chat_line(line) for line in lines if not line.state.startswith("dropped")],
    }
    return render(request, "texts/phone.html", context)
