"""A dangerous act asks again who is there; what was sent comes back, and everything else goes on."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import unquote

import pytest
from django.conf import settings
from django.core import mail
from django.test import Client
from django.urls import URLPattern, get_resolver

from waypost.accounts.models import Invitation, Organization, Person
from waypost.accounts.roles import PERMISSIONS, OrganizationKind, Permission
from waypost.audit.models import Event
from waypost.desk.drafts.words import act_words
from waypost.desk.models import Draft
from waypost.desk.sign_in.events import SINCE

pytestmark = pytest.mark.django_db
SignedIn = Callable[..., Client]
PASSWORD = "correct horse 9!"

_DANGEROUS = """
desk_invite desk_end_role desk_tokens desk_publish_now desk_go_back desk_owners desk_end_owner
desk_decide_proof desk_closed desk_second_person desk_closing desk_text_approve desk_broadcast_send
program_export program_erase program_link
"""
DANGEROUS = frozenset(_DANGEROUS.split())
"""Who works here, what is public, what is texted, and what leaves about people in care."""
_OTHERS = """
desk_audit desk_broadcast_draft desk_broadcasts desk_call desk_calls desk_canned desk_claim
desk_claimed desk_conversation desk_conversation_act desk_decide_fact desk_decide_many
desk_end_word desk_health desk_listing desk_listings desk_next_call desk_number_called desk_people
desk_proof desk_proof_code desk_publish desk_report desk_revoke_token desk_roster
desk_roster_add desk_roster_off desk_series desk_sign_out desk_site desk_sites desk_task_done
desk_text_reports desk_text_sample desk_text_words desk_texting desk_withdraw desk_withdraw_claim
desk_word program_assessment program_billing program_calendars program_change_week
program_consents program_continuing_care program_details program_due program_emergency
program_episode program_event_came program_guardian program_hours program_intake program_log program_milestone
program_minors program_notes
program_people program_person_week program_plan program_plan_versions program_pre_screen
program_progress program_record program_reports program_review_emergency program_revoke
program_session program_setup
program_sign_level program_sign_plan program_task_done program_team program_test_step
program_tests program_today program_wait program_week
"""
OTHERS = frozenset(_OTHERS.split())
"""Reading, daily work, and what protects: to revoke, to withdraw, to sign out, an emergency."""


def views() -> dict[str, tuple[str, Callable]]:
    """Our views that need a permission, by the name of their address."""
    found = {}

    def walk(patterns: list, prefix: str) -> None:
        for pattern in patterns:
            route = prefix + str(pattern.pattern)
            if not isinstance(pattern, URLPattern):
                walk(pattern.url_patterns, route)
            elif getattr(pattern.callback, "permission", None):
                found[pattern.name or route] = (route, pattern.callback)

    walk(get_resolver().url_patterns, "")
    return found


VIEWS = views()
OF_THE_DESK = sorted(name for name in DANGEROUS if name.startswith("desk_"))


def long_ago(client: Client) -> Client:
    """The same session, whose person signed in some minutes ago."""
    session = client.session
    session[SINCE] -= settings.ACCOUNT_REAUTHENTICATION_TIMEOUT + 1
    session.save()
    return client


def able(permission: Permission, signed_in: SignedIn) -> Client:
    """Somebody who may do this."""
    pairs = sorted(pair for pair, may in PERMISSIONS.items() if permission in may)
    kind, role = pairs[0]
    return signed_in(role, organization=f"Org {kind}", kind=kind)


def draft_of(location: str) -> str:
    return unquote(location.partition("?next=")[2])


def test_every_view_is_dangerous_or_is_not() -> None:
    """A new view is put on one of the two lists by whoever writes it."""
    asking = {name for name, (_route, view) in VIEWS.items() if getattr(view, "asks_again", False)}
    assert asking == DANGEROUS and set(VIEWS) == DANGEROUS | OTHERS
    assert set(act_words()) == DANGEROUS and len(set(act_words().values())) > 12


@pytest.mark.parametrize("name", OF_THE_DESK)
def test_a_dangerous_act_asks_again_and_does_nothing_before(name: str, signed_in: SignedIn) -> None:
    route, view = VIEWS[name]
    client = long_ago(able(view.permission, signed_in))
    before = Event.objects.count()
    path = "/" + re.sub(r"<int:\w+>", "1", re.sub(r"<str:\w+>", "x", route))
    answer = client.post(path, {"reason": "typed words"})
    assert answer.status_code == 302 and Event.objects.count() == before, path
    assert answer["Location"].startswith("/account/reauthenticate/?next=%2Fdrafts%2F")
    page = client.get(draft_of(answer["Location"])).content.decode()
    assert "typed words" in page and f'action="{path}"' in page
    assert f"<h1>{act_words()[name]}</h1>" in page


def test_who_signed_in_just_now_is_not_asked(signed_in: SignedIn) -> None:
    client = able(Permission.MANAGE_TOKENS, signed_in)
    assert client.post("/tokens", {}).status_code in (400, 403)  # it was looked at
    assert long_ago(client).get("/tokens").status_code == 200  # a look never asks


def test_after_the_password_the_act_is_looked_over_and_done(signed_in: SignedIn) -> None:
    client = long_ago(signed_in())
    operator = Organization.objects.get().pk
    typed = {"email": "new@example.org", "role": "verifier", "organization": operator}
    asked = client.post("/people/invite", typed)["Location"]
    assert client.get(asked).status_code == 200 and not mail.outbox
    wrong = client.post(asked, {"password": "wrong", "next": draft_of(asked)})
    assert wrong.status_code == 200 and client.post("/people/invite", typed).status_code == 302
    assert not Invitation.objects.filter(email="new@example.org").exists()
    right = client.post(asked, {"password": PASSWORD, "next": draft_of(asked)})
    assert right["Location"] == draft_of(asked)
    assert 'value="new@example.org"' in (
        page := client.get(right["Location"]).content.decode()
    ) or (">new@example.org</textarea>" in page)
    assert client.post("/people/invite", typed)["Location"] == "/people"
    assert [m.to for m in mail.outbox] == [["new@example.org"]]


def test_who_may_not_is_refused_before_anything_is_asked(signed_in: SignedIn) -> None:
    client = long_ago(signed_in("verifier"))
    assert client.post("/publish/now", {"what": "all"}).status_code == 403


@pytest.mark.usefixtures("still_clocks")
def test_a_stolen_session_cannot_guess_the_password_for_long(signed_in: SignedIn) -> None:
    client = long_ago(signed_in())
    tries = [client.post("/account/reauthenticate/", {"password": "wrong"}) for _ in range(11)]
    assert [t.status_code for t in tries] == [200] * 10 + [429]


def test_who_has_a_provider_alone_signs_in_there_again(signed_in: SignedIn) -> None:
    client = long_ago(signed_in(second_factor=False))
    person = Person.objects.get()
    person.set_unusable_password()
    person.save()
    client.force_login(person)  # the session's own digest is of the password
    session = client.session
    session["waypost-second-factor"] = True
    session.save()
    answer = long_ago(client).post("/publish/now", {"what": "all"})
    assert answer["Location"].startswith("/account/login/?next=%2Fdrafts%2F")
    assert "_auth_user_id" not in client.session
    client.force_login(person)
    session = client.session
    session["waypost-second-factor"] = True
    session.save()
    assert "all" in client.get(draft_of(answer["Location"])).content.decode()


def test_a_page_of_ours_that_is_outdated_loses_nothing_and_a_foreign_one_gets_nothing(
    signed_in: SignedIn,
) -> None:
    """Somebody signed in again in another window, which made a new token against forged posts."""
    client = signed_in("editor")
    client.handler.enforce_csrf_checks = True
    typed = {"kind": "phone", "reason": "an hour of work", "csrfmiddlewaretoken": "x" * 64}
    ours = {"origin": "http://testserver"}
    kept = client.post("/sites/site_1/decide", typed, headers=ours)
    page = kept.content.decode()
    assert kept.status_code == 403 and "an hour of work" in page and "x" * 64 not in page
    assert 'action="/sites/site_1/decide"' in page and 'name="csrfmiddlewaretoken"' in page
    gone = Client(enforce_csrf_checks=True).post("/sites/site_1/decide", typed, headers=ours)
    assert gone["Location"].startswith("/account/login/?next=/drafts/")
    foreign = ({}, {"origin": "https://evil.example"}, ours | {"sec-fetch-site": "cross-site"})
    for headers in foreign:
        answer = client.post("/sites/site_1/decide", typed, headers=headers)
        assert answer.status_code == 403 and "an hour of work" not in answer.content.decode()


@pytest.mark.parametrize("kind", OrganizationKind)
def test_a_role_of_each_kind_has_something_dangerous(kind: OrganizationKind) -> None:
    may = {p for (of, _role), permissions in PERMISSIONS.items() if of is kind for p in permissions}
    assert may & {VIEWS[name][1].permission for name in DANGEROUS}


def test_every_form_that_is_sent_after_its_session_ended_is_kept() -> None:
    """Not one form but all: whatever takes a POST keeps what was typed until they are back."""
    kept = 0
    for number, (route, _view) in enumerate(VIEWS.values()):
        path = "/" + re.sub(r"<int:\w+>", "1", re.sub(r"<str:\w+>", "x", route))
        visitor = Client(REMOTE_ADDR=f"10.0.{number}.1")  # each address may keep so many an hour
        answer = visitor.post(path, {"words": "an hour of work", "password": "x"})
        assert answer.status_code in (302, 405), path
        if answer.status_code == 302:
            assert answer["Location"].startswith("/account/login/?next=%2Fdrafts%2F"), path
            kept += 1
    assert kept > 70 and Draft.objects.count() == kept
