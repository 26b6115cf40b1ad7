"""Every kind of page asked for by one visitor: run by itself, prints a line a page as JSON."""

from __future__ import annotations

import gzip
import json
import os
import re
import sys
import time
from pathlib import Path
from urllib.parse import urlencode

import django
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

ASKED = 60
GUIDE = {
    "who": "self-adult", "now": "none", "suicide": "no-thoughts", "today": "none", "harm": "none",
    "used": "cannabis", "daily": "cannabis", "last": "recent", "withdrawal": "nothing",
    "pregnant": "no", "body": "stable", "past": "none", "problems": "some", "mind": "steady",
    "home": "safe", "between": "returning", "prior": "no-treatment", "life": "none",
    "page": "11", "go": "result",
}  # fmt: skip
PLAN = {"insurance": "marketplace", "state": "TX", "care": "iop", "plan": "40220TX0080024-01"}
WEEK = {"hours": "evening", "day": ["mon", "tue", "thu"], "times": "3", "full": "8", "two": "2"}
PAGES: tuple[tuple[str, dict[str, str] | None], ...] = (
    ("/", None),
    ("/find?near=78701", None),
    ("/es/find?near=78701", None),
    ("/site/{site}", None),
    ("/help-now", None),
    ("/browse/tx", None),
    ("/about-the-data", None),
    ("/levels?near=78701", None),
    ("/es/levels?near=78701", None),
    ("/guide", None),
    ("/guide (the result)", GUIDE),
    ("/es/guide (the result)", GUIDE),
    ("/guide/rules", None),
    ("/check-ups", None),
    (f"/week?{urlencode(WEEK, doseq=True)}", None),
    ("/near-or-away?home=78701&away=Phoenix, AZ", None),
    ("/articles", None),
    ("/articles?q=medicaid", None),
    ("/articles/what-is-an-iop?near=78701", None),
    ("/answers", None),
    ("/coverage", None),
    ("/coverage/answer (a plan)", PLAN),
)


def requests(handler: WSGIHandler, site: str) -> list[tuple[str, HttpRequest]]:
    """What a browser asks for each page."""
    made = RequestFactory(headers={"host": "127.0.0.1"})
    found: list[tuple[str, HttpRequest]] = []
    for address, form in PAGES:
        path = address.split(" (", maxsplit=1)[0].format(site=site)
        request = made.get(path) if form is None else made.post(path, form)
        if form is GUIDE:
            request = made.get(handler.get_response(request)["Location"])
        found.append((address, request))
    return found


def asked(handler: WSGIHandler, request: HttpRequest) -> HttpResponse:
    """One answer, as the server has it made."""
    answer = handler.get_response(request)
    if answer.status_code == 303:  # a form leads to the page that a browser then asks for
        made = RequestFactory(headers={"host": "127.0.0.1"})
        answer = handler.get_response(made.get(answer.headers["Location"]))
    if answer.status_code != 200:
        sys.exit(f"{request.path} answers {answer.status_code}")
    assert isinstance(answer, HttpResponse)
    return answer


def main() -> None:
    """Ask for each page many times."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "waypost.config.settings")
    django.setup(set_prefix=False)
    from waypost.config.wsgi import application
    from waypost.serving.process import current_snapshot

    site = current_snapshot().current_ids()[0]
    for name, request in requests(application, site):
        asked(application, request)
        times = []
        for _ in range(ASKED):
            start = time.perf_counter()
            answer = asked(application, request)
            times.append((time.perf_counter() - start) * 1_000)
        times.sort()
        packed = len(gzip.compress(answer.content, 6))
        line = {
            "page": re.sub(r"\?.*?(?= \(|$)", "", name),
            "p50": times[ASKED // 2],
            "p95": times[int(ASKED * 0.95)],
            "kB": packed / 1_000,
        }
        sys.stdout.write(json.dumps(line) + "\n")


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
    main()
