"""Results pages a second of processor time, no address twice: run by itself, with or without
`design.in_place`; prints one number."""

from __future__ import annotations

import os
import sys
import time

from django.test import RequestFactory

ZIPS = ("78701", "10001", "60614", "94103", "33101", "77002", "85001", "98101", "02108", "30303")
PAGES = 400


def main(how: str) -> None:
    """Render pages; ``how`` is "ours" or "without"."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "waypost.config.settings")
    import django

    django.setup()
    if how == "without":
        from jinja2 import Environment

        from waypost.design.in_place import InOneLanguage

        InOneLanguage._parse = Environment._parse  # type: ignore[method-assign]
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
