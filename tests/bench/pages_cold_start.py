"""What a worker does before its first answer: run by itself, prints JSON of seconds and memory."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.memory import peak_megabytes

STEPS: dict[str, float] = {}
START = time.perf_counter()


def step(name: str, work: Callable[[], object]) -> object:
    """Do one part of the start and note its seconds."""
    before = time.perf_counter()
    result = work()
    STEPS[name] = round(time.perf_counter() - before, 3)
    return result


def first_page() -> None:
    """The first page of a worker: its templates are compiled here."""
    from django.test import RequestFactory

    from waypost.config.wsgi import application

    request = RequestFactory().get("/find?near=78701", headers={"host": "127.0.0.1"})
    answer = application.get_response(request)
    if answer.status_code != 200:
        sys.exit(f"the first page answers {answer.status_code}")


def main() -> None:
    """Start as a worker does."""
    step("Django and settings", lambda: import_module("waypost.config.wsgi"))
    step("pages and APIs", lambda: import_module("waypost.config.urls"))
    published = import_module("waypost.design.published")
    snapshot = step("snapshot", published.current_snapshot)
    step("gazetteer", lambda: snapshot.gazetteer.resolve("78701"))  # type: ignore[attr-defined]
    step("first page", first_page)
    STEPS["all"] = round(time.perf_counter() - START, 3)
    STEPS["MB"] = peak_megabytes()
    sys.stdout.write(json.dumps(STEPS) + "\n")


if __name__ == "__main__":
    main()
