"""The program `waypost`: settings first, then the command line."""

from __future__ import annotations

import os
import sys

from waypost.config.environment import BadSetting

EX_CONFIG = 78  # sysexits.h: the configuration is at fault


def run() -> None:
    """Start the command line; a setting that cannot be used ends it with a sentence."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "waypost.config.settings")
    import django

    try:
        django.setup()
    except BadSetting as error:
        print(f"waypost: {error}", file=sys.stderr)  # noqa: T201 - there is no door open yet
        raise SystemExit(EX_CONFIG) from None
    from waypost.cli.main import main

    main()


if __name__ == "__main__":
    run()
