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


def step(name: str, work: Callable[[], object]) -> object:
    """Do one part of the start and note its seconds."""
    before = time.perf_counter()
    result = work()
    STEPS[name] = round(time.perf_counter() - before, 3)
    return result


def answer(address: str) -> None:
    """Ask the application; templates, and for the first program the APIs, are loaded here."""
    from django.test import RequestFactory

    from waypost.config.wsgi import application

    request = RequestFactory().get(address, headers={"host": "127.0.0.1"})
    response = application.get_response(request)
    if response.status_code != 200:
        sys.exit(f"{address} answers {response.status_code}")


def main() -> None:
    """Start as a worker does, then answer once."""
    step("ready to answer", lambda: import_module("waypost.config.wsgi"))
    step("first page", lambda: answer("/find?near=78701"))
    step("first answer of the API", lambda: answer("/api/v1/search?near=78701"))
    STEPS["MB"] = peak_megabytes()
    sys.stdout.write(json.dumps(STEPS) + "\n")


if __name__ == "__main__":
    main()
