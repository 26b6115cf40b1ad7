"""A telephone on a page, for trying the service out while the simulator stands in for a carrier."""

from __future__ import annotations

import random
import re
import secrets
from dataclasses import asdict

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from waypost.personal.texts.chat import chat_line
from waypost.personal.texts.frame import prefix, render, spoken
from waypost.personal.texts.visitor import is_from_here
from waypost.texting.actions.hearing import hear
from waypost.texting.carriers.port import Inbound
from waypost.texting.carriers.simulator import Faults
from waypost.texting.carriers.simulator_faults import chosen_faults, read_faults, write_faults
from waypost.texting.queries.contacts import contact_by_number
from waypost.texting.queries.conversation import lines_of
from waypost.texting.tasks.starting import faults_file

MADE_UP = re.compile(r"\+1500555\d{4}")
"""Numbers that no telephone has (Twilio's test numbers): no page may show a real one's texts."""
FIRST = "+15005550199"
FAULTS = ("delay", "lost", "silent", "refused", "doubled", "shuffled")
_CHANCE = random.Random()  # noqa: S311 - plays faults


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
    file = faults_file()
    said = request.POST.get("text", "").strip()[:1600]
    if request.method == "POST" and is_from_here(request):
        if request.POST.get("do") == "faults":
            write_faults(file, chosen_faults({name: request.POST.get(name, "") for name in FAULTS}))
        elif said:
            _say(account.id, number, said, read_faults(file))
        return HttpResponseRedirect(f"{prefix()}/texts/phone?number=%2B{number[1:]}")
    contact = contact_by_number(number)
    lines = lines_of(contact.id) if contact else ()
    context = {
        "phone": number,
        "said": [chat_line(line) for line in lines if not line.state.startswith("dropped")],
        "faults": {name: round(value * (1 if name == "delay" else 100))
                   for name, value in asdict(read_faults(file)).items() if name in FAULTS},
        "choices": fault_choices(),
    }  # fmt: skip
    return render(request, "texts/phone.html", context)


def fault_choices() -> list[tuple[str, str, list[tuple[int, str]]]]:
    """What can be made to go wrong: its name, its words, and how much of it."""
    shares = [(0, _("never")), (25, _("one in four")), (100, _("always"))]
    seconds = [(0, _("no delay")), (2, _("2 seconds")), (5, _("5 seconds"))]
    return [
        ("delay", _("Delay of a text to this telephone"), seconds),
        ("lost", _("The connection breaks before the text is accepted"), shares),
        ("silent", _("The text is accepted, but no answer comes back"), shares),
        ("refused", _("The network refuses the text"), shares),
        ("doubled", _("What you send arrives twice"), shares),
        ("shuffled", _("What you send arrives in two parts, the second first"), shares),
    ]


def _say(account: str, number: str, said: str, faults: Faults) -> None:
    """Bring a text in as a bad network does: in parts and out of order, or twice under one id."""
    words, now, sid = said.split(), timezone.now(), f"phone-{secrets.token_hex(12)}"
    half, parts = (len(words) + 1) // 2, [said]
    if _CHANCE.random() < faults.shuffled and len(words) > 1:
        parts = [" ".join(words[half:]), " ".join(words[:half])]
    times = 2 if _CHANCE.random() < faults.doubled else 1
    for at, part in enumerate(parts * times):
        inbound = Inbound(f"{sid}-{at % len(parts)}", number, part)
        hear(account=account, said=inbound, now=now)
