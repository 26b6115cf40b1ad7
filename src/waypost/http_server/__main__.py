"""Serve any WSGI application: `python -m waypost.http_server MODULE:APPLICATION --port 8000`.

`waypost serve` is this with the site's own database, snapshot and settings made ready first.
"""

from __future__ import annotations

import argparse
import os
import sys

from waypost.http_server.listening import listen
from waypost.http_server.seat import Served
from waypost.http_server.supervisor import supervise


def say(words: str) -> None:
    """Tell whoever runs the server."""
    sys.stderr.write(f"{words}\n")
    sys.stderr.flush()


def main() -> int:
    """Read the command line and serve; 0 when stopped, 4 where nothing could be served."""
    parser = argparse.ArgumentParser(prog="python -m waypost.http_server")
    parser.add_argument("target", metavar="MODULE:APPLICATION")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=0, help="0 lets the system choose one")
    parser.add_argument("--workers", type=int, default=1)
    chosen = parser.parse_args()
    listener = listen(chosen.host, chosen.port)
    sys.stdout.write(f"http://{chosen.host}:{listener.getsockname()[1]}\n")
    sys.stdout.flush()
    served = Served(chosen.target, chosen.target, chosen.workers, os.environ)
    return 0 if supervise([(served, listener)], say) else 4


if __name__ == "__main__":
    sys.exit(main())
