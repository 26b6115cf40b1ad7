"""What somebody was about to do when they had to show who they are."""

from __future__ import annotations

from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _


def act_at(path: str) -> str:
    """The act that a POST to an address does, in words; '' where it has none of its own."""
    try:
        name = resolve(path.partition("?")[0]).url_name or ""
    except Resolver404:
        return ""
    return act_words().get(name, "")


def act_words() -> dict[str, str]:
    """What each act is that asks again who is there, by the name of its address."""
    return {
        "desk_invite": _("Invite someone"),
        "desk_end_role": _("End a role"),
        "desk_tokens": _("Make a token"),
        "desk_publish_now": _("Publish"),
        "desk_go_back": _("Use an older snapshot again"),
        "desk_owners": _("Confirm who speaks for a listing"),
        "desk_end_owner": _("Stop an organization from speaking for a listing"),
        "desk_decide_proof": _("Decide whether they may speak for a listing"),
        "desk_closed": _("Say that a program closed for good"),
        "desk_second_person": _("Decide whether a program closed for good"),
        "desk_closing": _("Decide whether a program closed for good"),
        "desk_text_approve": _("Approve what is texted"),
        "desk_broadcast_send": _("Send a text to many"),
        "program_export": _("Hand out a record"),
        "program_erase": _("Erase a record"),
        "program_link": _("Make the link of a person’s own page"),
    }
