"""Sign-up for texts: what was entered becomes one neutral text that asks for YES."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from waypost.personal.texts.frame import language, render, spoken
from waypost.personal.texts.visitor import address_of, is_from_here
from waypost.personal.texts.window import stricter_states, window_words
from waypost.texting.actions.sign_up import BadSignUp, Fault, SignUp, sign_up
from waypost.texting.actions.stopping import stop_on_page
from waypost.texting.queries.hours import sending_hours
from waypost.texting.queries.sealed import digest_of
from waypost.texting.queries.series import approved_series
from waypost.texting.windows import choices
from waypost.texting.words.hours import clock_words
from waypost.values.phone import read_phone

_FIELDS = ("number", "first_name", "series", "time", "zip", "age")


@csrf_exempt  # no cookie is set here, so there is no session that a forged form could use
@require_http_methods(["GET", "HEAD", "POST"])
@spoken
def texts(request: HttpRequest) -> HttpResponse:
    """The form; a mistake keeps what was typed, and says what would be right."""
    if request.method != "POST":
        return _form(request, {"discreet": "1", "age": "18+"}, [])
    typed = {name: request.POST.get(name, "").strip()[:120] for name in _FIELDS}
    typed |= {name: request.POST.get(name, "")[:1] for name in ("discreet", "agree")}
    if not is_from_here(request):
        return _form(
            request, typed, [_("This form did not come from this page. Please send it again.")]
        )
    if request.POST.get("website"):
        return render(request, "texts/sent.html", {})  # a robot filled in what nobody sees
    if not typed["agree"]:
        return _form(request, typed, [_("Please tick that you agree to get these texts.")])
    try:
        sign_up(wish=_wish(typed), address=address_of(request), now=timezone.now())
    except BadSignUp as error:
        return _form(request, typed, [fault_words(error.fault)])
    return render(request, "texts/sent.html", {})


def _wish(typed: dict[str, str]) -> SignUp:
    time = typed["time"]
    return SignUp(
        number=typed["number"],
        series=typed["series"],
        language=language(),
        first_name=typed["first_name"],
        age_band=typed["age"],
        zip=typed["zip"],
        minute=int(time) if time.isascii() and time.isdigit() and len(time) < 5 else None,
        discreet=typed["discreet"] == "1",
    )


def _form(request: HttpRequest, typed: dict[str, str], problems: list[str]) -> HttpResponse:
    ages = [("18+", _("18 or older")), ("13-17", _("13 to 17")), ("under 13", _("Under 13"))]
    context = {
        "typed": typed,
        "problems": problems,
        "series": approved_series(),
        "times": [(minute, clock_words(minute)) for minute in choices(sending_hours())],
        "window": window_words(),
        "stricter": stricter_states(),
        "ages": ages,
    }
    return render(request, "texts/sign_up.html", context, status=400 if problems else 200)


def fault_words(fault: Fault) -> str:
    """A fault in the reader's language, with what would be right."""
    return {
        Fault.NUMBER: _(
            "This is not a telephone number that can get texts. Write ten digits, like "
            "512 555 0100."
        ),
        Fault.COUNTRY: _("Texts go only to numbers of: %(countries)s.")
        % {"countries": ", ".join(settings.WAYPOST_TEXTING.countries)},
        Fault.SERIES: _("Please choose what the texts are for."),
        Fault.AGE: _(
            "These texts are for adults. Call or text 988 at any hour; in danger call 911."
        ),
        Fault.TIME: _("Please choose a time from %(begin)s to %(end)s.") % window_words(),
        Fault.ZONE: _("We do not know this time zone."),
        Fault.TOO_MANY: _(
            "Too many sign-ups came from here today. Please text START to our number, or try "
            "tomorrow."
        ),
    }[fault]


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@spoken
def stop(request: HttpRequest) -> HttpResponse:
    """Stop by number, without signing in; whether a number is known is not said.

    Erasing needs an answer from the phone itself.
    """
    if request.method != "POST":
        return render(request, "texts/stop.html", {"problems": [], "typed": "", "done": False})
    typed = request.POST.get("number", "").strip()[:40]
    phone = read_phone(typed)
    if phone is None or not phone.valid or not is_from_here(request):
        problems = [fault_words(Fault.NUMBER)]
        context = {"problems": problems, "typed": typed, "done": False}
        return render(request, "texts/stop.html", context, status=400)
    stop_on_page(digest=digest_of(phone.e164), now=timezone.now())
    return render(request, "texts/stop.html", {"problems": [], "typed": "", "done": True})
