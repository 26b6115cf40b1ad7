"""How long a bare Django worker takes until it can answer: run by itself, prints seconds."""

from __future__ import annotations

import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

if __name__ == "__main__":
    before = time.perf_counter()
    from django.test import RequestFactory

    from bench.bare_site import application

    request = RequestFactory().get("/small", headers={"host": "127.0.0.1"})
    if application.get_response(request).status_code != 200:
        sys.exit("the bare view does not answer")
    sys.stdout.write(f"{time.perf_counter() - before:.3f}\n")
