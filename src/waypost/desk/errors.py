"""Error pages of the desk, in its own frame."""

from __future__ import annotations

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from waypost.accounts.who_may import Refusal
from waypost.design.account_faults import account_sentence
from waypost.desk.drafts.page import draft_page, kept_path, typed_in
from waypost.desk.frame import render


def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """A page that says why nothing was done."""
    return render(request, "refused.html", {"sentence": account_sentence(refusal)}, status=403)


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page for a POST that no page of ours sent, or that comes from an outdated page.

    Somebody signed in again in another window: their older page has an outdated token. Where the
    browser says that the form is ours, what was typed is shown again instead of being lost.
    """
    if _is_ours(request) and not request.path_info.startswith(("/account/", "/api/")):
        if getattr(request, "actor", None) is None:
            return redirect_to_login(kept_path(request))
        return draft_page(request, request.get_full_path(), typed_in(request), status=403)
    sentence = _("This form is too old, or did not come from this site. Go back and send it again.")
    return render(request, "refused.html", {"sentence": sentence}, status=403)


def _is_ours(request: HttpRequest) -> bool:
    """Whether the browser says that a page of this very origin sent the form."""
    own = f"{request.scheme}://{request.get_host()}"
    return request.headers.get("Origin") == own and request.headers.get(
        "Sec-Fetch-Site", "same-origin"
    ) == "same-origin"  # fmt: skip


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The page for an address where nothing is, or nothing that this person may see."""
    return render(request, "refused.html", {"sentence": _("There is nothing here.")}, status=404)


def closed(request: HttpRequest, rest: str = "") -> HttpResponse:
    """A page that a library has and the desk does not offer: nothing is there."""
    return not_found(request)


closed.permission = None  # type: ignore[attr-defined]


def unreadable(request: HttpRequest) -> HttpResponse:
    """The page for what holds a character that nobody types and no database stores."""
    sentence = _("Something in this cannot be read. Go back, type it again, and send it.")
    return render(request, "refused.html", {"sentence": sentence}, status=400)


def without_keys(request: HttpRequest) -> HttpResponse:
    """The page where a database came without its keys: nobody gets in, nothing is shown."""
    sentence = _(
        "What is kept here is sealed, and the keys of this server do not open it. Nobody was "
        "signed in, and nothing was changed. Whoever runs this server has to restore the file of "
        "keys that belongs to this database."
    )
    return render(request, "refused.html", {"sentence": sentence}, status=503)


def broken(request: HttpRequest) -> HttpResponse:
    """The page for an error of ours, which the log records."""
    sentence = _("Something went wrong on our side. Nothing was changed. Please try again.")
    return render(request, "refused.html", {"sentence": sentence}, status=500)
