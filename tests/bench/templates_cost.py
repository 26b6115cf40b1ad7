"""Results pages a second of processor time, no address twice: run by itself, with or without
one of our shortcuts; prints one number.

python tests/bench/templates_cost.py ours|sentences|cards|boxes
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable

from django.test import RequestFactory

ZIPS = ("78701", "10001", "60614", "94103", "33101", "77002", "85001", "98101", "02108", "30303")
PAGES = 400


def sentences() -> None:
    """Look up every sentence at every rendering, as Jinja2 does (see `design.in_place`)."""
    from jinja2 import Environment

    from waypost.design.in_place import InOneLanguage

    InOneLanguage._parse = Environment._parse  # type: ignore[method-assign]


def cards() -> None:
    """Render every card anew, not from a kept form that is filled in."""
    from waypost.web.find import cards as module

    module.blank = module._rendered


def boxes() -> None:
    """Render every choice of the form anew, not from kept halves around its count."""
    from waypost.web.find import facet_form as module

    halves = module._halves.__wrapped__

    class Anew(dict):
        """Each choice as it is asked for."""

        def __missing__(self, column: str) -> tuple[str, str]:
            return halves(column, "en", False)

    module._around = module._around.__wrapped__
    module._halves, module._unticked = halves, lambda language: Anew()


WITHOUT: dict[str, Callable[[], None]] = {
    "ours": lambda: None,
    "sentences": sentences,
    "cards": cards,
    "boxes": boxes,
}


def main(how: str) -> None:
    """Render pages; ``how`` is "ours", or the shortcut to leave out."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "waypost.config.settings")
    import django

    django.setup()
    WITHOUT[how]()
    from waypost.config.wsgi import application

    made = RequestFactory(headers={"host": "127.0.0.1"})
    for warm in (True, False):
        before = time.process_time()
        for number in range(PAGES // (4 if warm else 1)):
            within = 5 + (number * 7 + warm) % 245
            request = made.get(f"/find?near={ZIPS[number % len(ZIPS)]}&within={within}")
            if application.get_response(request).status_code != 200:
                sys.exit("a page of results is not answered")
    sys.stdout.write(f"{PAGES / (time.process_time() - before):.1f}\n")


if __name__ == "__main__":
    main(sys.argv[1])
