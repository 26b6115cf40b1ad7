"""The `waypost` program: chooses the settings, then runs the command line."""

from __future__ import annotations

import os
import sys

from waypost.config.environment import BadSetting

EX_CONFIG = 78  # sysexits.h: the configuration is at fault


PRIVATE = frozenset({
    *("accuracy", "audit", "demo", "desk", "eligibility", "keys", "private"),
    *("serve", "staff", "texts", "work"),
})  # fmt: skip
"""Commands that use the private database or start the process that does; no others open it."""


def settings_for(words: list[str]) -> str:
    """Which settings a command line needs: the private ones only for staff commands."""
    command = next((word for word in words if not word.startswith("-")), "")
    return f"waypost.config.{'private_settings' if command in PRIVATE else 'settings'}"


def run() -> None:
    """Start the command line; an unusable setting ends it with a sentence."""
    os.umask(0o077)  # only the owner may read what we write: databases, keys and mail
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", settings_for(sys.argv[1:]))
    import django

    try:
        django.setup()
    except BadSetting as error:
        print(f"waypost: {error}", file=sys.stderr)  # noqa: T201 - no command runs yet that could print it
        raise SystemExit(EX_CONFIG) from None
    from waypost.cli.main import main

    main()


if __name__ == "__main__":
    run()
