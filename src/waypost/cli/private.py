"""What a staff command needs before it starts: the private database, migrated."""

from __future__ import annotations

from functools import cache

from django.conf import settings
from django.core.management import call_command

from waypost.cli.exits import NOT_DONE, stop
from waypost.cli.ready import one_at_a_time

PRIVATE_PREFIX = ("WAYPOST_PRIVATE_", "WAYPOST_ELIGIBILITY_")
"""How the private process's settings begin; the public process is started without them."""


@cache
def with_private_database() -> None:
    """Migrate both databases; only the owner may read the folder."""
    private = getattr(settings, "PRIVATE", None)
    if private is None:  # somebody set DJANGO_SETTINGS_MODULE to the public settings
        stop("This command needs the private settings: unset DJANGO_SETTINGS_MODULE.", NOT_DONE)
    private.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    private.folder.chmod(0o700)
    with one_at_a_time(private.folder):
        for alias in settings.DATABASES:
            call_command("migrate", database=alias, verbosity=0, interactive=False)
        call_command("createcachetable", database="default", verbosity=0)
    for file in private.folder.glob("private.sqlite3*"):
        file.chmod(0o600)  # what SQLite puts beside it later has the same mode
