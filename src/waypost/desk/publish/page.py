"""Publish from the desk: what would change, a publish in a process of its own, a step back."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from waypost.accounts.roles import Permission
from waypost.audit.actions import record_event
from waypost.design.word_words import word_names
from waypost.desk.frame import render
from waypost.desk.permission import asking, needs
from waypost.desk.publish.running import last_run, start_alone
from waypost.desk.publish.words import side_words
from waypost.desk.queue.words import field_words
from waypost.desk.sign_in.again import asks_again
from waypost.directory.queries import all_claims
from waypost.editions.preview import SnapshotGone, preview, step_back
from waypost.publishing.build import PublishError
from waypost.publishing.kept import kept_snapshots
from waypost.serving.process import snapshot_of
from waypost.values.wall_time import day_in_the_west

WORDS = {"claims": ["publish", "--only-claims"], "all": ["publish"]}


def _folder() -> Path:
    folder: Path = settings.PRIVATE.folder
    return folder


@needs(Permission.PUBLISH)
def publish(request: HttpRequest) -> HttpResponse:
    """What waits to be published, how the last publish went, and the kept snapshots."""
    now = timezone.now()
    snapshot = snapshot_of(request)
    changes, speaking = preview(snapshot, all_claims(day_in_the_west(now)))
    context = {
        "manifest": snapshot.manifest,
        "changes": changes,
        "words": side_words,
        "today": now.date(),
        "speaking": speaking,
        "names": field_words() | word_names(),
        "run": last_run(_folder()),
        "kept": kept_snapshots(settings.WAYPOST_DATA_DIR),
    }
    return render(request, "publish/publish.html", context)


@require_POST
@needs(Permission.PUBLISH)
@asks_again
def publish_now(request: HttpRequest) -> HttpResponse:
    """Start a publish; the page says how it went."""
    what, now = request.POST.get("what", ""), timezone.now()

    def noted() -> None:
        record_event(act=f"publish started: {what}", record="snapshot", by=_by(request), now=now)

    started = now.strftime("%Y-%m-%d %H:%M")
    if what not in WORDS:
        messages.error(request, _("Choose what to publish."))
    elif start_alone(_folder(), started, WORDS[what], noted):
        messages.success(request, _("Started. Load this page again to see how it went."))
    else:
        messages.error(request, _("A publish is already running; wait until it ends."))
    return redirect("desk_publish")


@require_POST
@needs(Permission.PUBLISH)
@asks_again
def go_back(request: HttpRequest, number: int) -> HttpResponse:
    """Put a kept snapshot back in place: one rename."""
    now = timezone.now()
    try:
        manifest = step_back(settings.WAYPOST_DATA_DIR, number)
    except SnapshotGone:
        messages.error(request, _("This snapshot is not kept any more."))
    except PublishError:
        messages.error(request, _("Nothing was changed: it is damaged, or a publish is running."))
    else:
        act = f"stepped back to {manifest.version[:16]}"
        record_event(act=act, record="snapshot", by=_by(request), now=now)
        messages.success(request, _("That snapshot is in use again; the other one is kept."))
    return redirect("desk_publish")


def _by(request: HttpRequest) -> str:
    actor = asking(request)
    return actor.person if actor else ""
