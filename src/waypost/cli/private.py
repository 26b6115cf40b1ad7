"""What a staff command needs before it starts: the private database, migrated."""

from __future__ import annotations

from functools import cache

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import router

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
        call_command("migrate", database="default", verbosity=0, interactive=False)
        # By name: a whole `migrate` would note the other rooms' tables as made in the queue's
        # database, where the public process would then look for them in vain.
        for room in (app.label for app in apps.get_app_configs()):
            if router.allow_migrate("queue", room):
                call_command("migrate", room, database="queue", verbosity=0, interactive=False)
        call_command("createcachetable", database="default", verbosity=0)
    for file in private.folder.glob("private.sqlite3*"):
        file.chmod(0o600)  # what SQLite puts beside it later has the same mode
