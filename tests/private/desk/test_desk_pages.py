"""The desk's pages: invitations, the queue, the audit, and what every answer carries."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

pytestmark = pytest.mark.django_db
SignedIn = Callable[..., Client]
STRONG = "correct horse battery 9"


def invitation(email: str = "ana@example.org", role: str = "editor") -> str:
    from waypost.accounts.actions import found_organization, invite

    now = timezone.now()
    operator = found_organization(name="Operator", kind="operator", by="shell", now=now)
    return invite(email=email, role=role, organization=operator, by="shell", now=now)


def test_an_invitation_makes_a_person_signs_in_and_leads_to_a_second_factor() -> None:
    client = Client()
    page = client.get(path := f"/invitation/{invitation()}")
    assert "ana@example.org" in page.content.decode()
    response = client.post(path, {"name": "Ana Ruiz", "password": STRONG})
    assert (response.status_code, response["Location"]) == (302, "/account/2fa/")
    assert client.get("/").status_code == 302  # to the second factor, before anything else
    assert client.get("/account/2fa/").status_code == 200


def test_an_invitation_works_once_and_for_72_hours() -> None:
    from waypost.accounts.models import Invitation

    path = f"/invitation/{invitation()}"
    Client().post(path, {"name": "Ana", "password": STRONG})
    assert Client().get(path).status_code == 410
    late = f"/invitation/{invitation('bo@example.org')}"
    Invitation.objects.filter(email="bo@example.org").update(
        made_at=timezone.now() - timedelta(hours=72)
    )
    assert "72 hours" in Client().get(late).content.decode()
    assert Client().post(late, {"name": "Bo", "password": STRONG}).status_code == 410


@pytest.mark.parametrize("password", ["", "short", "password1234", "ana@example.org"])
def test_a_weak_password_is_refused_in_a_sentence_and_the_name_is_kept(password: str) -> None:
    path = f"/invitation/{invitation()}"
    response = Client().post(path, {"name": "Ana Ruiz", "password": password})
    page = response.content.decode()
    assert response.status_code == 400
    assert 'role="alert"' in page and 'value="Ana Ruiz"' in page
    assert Client().get(path).status_code == 200  # it was not used up


def test_a_known_person_takes_a_role_by_the_link_but_is_not_signed_in_by_it(
    signed_in: SignedIn,
) -> None:
    signed_in("verifier", email="ana@example.org")
    client = Client()
    response = client.post(f"/invitation/{invitation()}", {})
    assert response["Location"] == "/account/login/"
    assert client.get("/")["Location"].startswith("/account/login/")


def test_inviting_sends_one_message_with_a_link_that_works(signed_in: SignedIn) -> None:
    from waypost.accounts.models import Organization

    client = signed_in()
    operator = Organization.objects.get(name="Operator").pk
    typed = {"email": "new@example.org", "role": "verifier", "organization": operator}
    assert client.post("/people/invite", typed).status_code == 302
    (message,) = mail.outbox
    link = next(line for line in message.body.splitlines() if "/invitation/" in line)
    assert Client().get("/" + link.split("/", 3)[3]).status_code == 200
    bad = client.post("/people/invite", typed | {"email": "no address"})
    assert bad.status_code == 400 and "no address" in bad.content.decode()


def test_the_last_administrator_stays(signed_in: SignedIn) -> None:
    from waypost.accounts.models import Membership

    client = signed_in()
    (seat,) = Membership.objects.all()
    response = client.post(f"/people/roles/{seat.pk}")
    assert response.status_code == 400 and "last administrator" in response.content.decode()


def test_a_report_is_decided_at_the_desk_and_both_acts_are_in_the_audit(
    signed_in: SignedIn, snapshot
) -> None:
    from waypost.audit.queries import broken_at, events
    from waypost.directory.actions import report_listing

    site = snapshot.site(snapshot.current_ids()[0])
    number = report_listing(
        site_id=site.id, kind="phone", text="No answer", by="visitor", now=timezone.now()
    )
    client = signed_in("editor")
    assert site.name in client.get("/").content.decode().replace("&#39;", "'").replace("&amp;", "&")
    bad = client.post(f"/reports/{number}", {"decision": "accept", "value": "12"})
    assert bad.status_code == 400 and 'value="12"' in bad.content.decode()
    good = client.post(f"/reports/{number}", {"decision": "accept", "value": "512-555-0100"})
    assert good.status_code == 302
    acts = [event.act for event in events(record=f"report:{number}")]
    assert acts == ["report accepted", "report received"]
    assert broken_at() is None


def test_nothing_of_the_desk_is_kept_by_a_browser_and_its_cookies_are_strict(
    signed_in: SignedIn,
) -> None:
    client = signed_in()
    response = client.get("/")
    assert response["Cache-Control"] == "private, no-store"
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    cookie = response.cookies["waypost-desk"]
    assert cookie["httponly"] and cookie["samesite"] == "Lax" and cookie["max-age"] in (900, "")


def test_a_forged_post_is_refused(signed_in: SignedIn) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = signed_in().cookies
    response = strict.post("/people/invite", {"email": "x@example.org"})
    assert (
        response.status_code == 403 and "did not come from this site" in response.content.decode()
    )


def test_a_doubted_number_waits_in_the_queue_until_somebody_calls_it(
    signed_in: SignedIn, snapshot
) -> None:
    from waypost.audit.queries import events
    from waypost.directory.actions import count_number_answer
    from waypost.directory.queries import reports

    site_id = snapshot.current_ids()[0]
    for _ in range(3):
        count_number_answer(site_id=site_id, worked=False, now=timezone.now() - timedelta(days=1))
    client = signed_in("verifier")
    assert "3 no, 0 yes" in client.get("/?tab=numbers").content.decode()
    assert client.post(f"/numbers/{site_id}", {"works": "perhaps"}).status_code == 404
    assert client.post(f"/numbers/{site_id}", {"works": "no"}).status_code == 302
    page = client.get("/?tab=numbers").content.decode()
    assert "3 no, 0 yes" not in page  # a report waits instead
    assert [(r.site_id, r.kind) for r in reports()] == [(site_id, "phone")]
    assert events(record=f"site:{site_id}")[0].act == "number does not work"
