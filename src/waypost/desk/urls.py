"""Addresses of the private process."""

from __future__ import annotations

from django.urls import include, path

from waypost.desk import errors
from waypost.desk.calls import page as calls
from waypost.desk.drafts.page import draft
from waypost.desk.frame import start
from waypost.desk.health.page import health
from waypost.desk.listings import owners_page, speak_page, word_page
from waypost.desk.listings.door import put_timetable
from waypost.desk.people import page as people
from waypost.desk.people.audit_page import audit
from waypost.desk.proofs import claim_page, proof_page
from waypost.desk.publish import page as publish_page
from waypost.desk.queue.many_page import decide_many
from waypost.desk.queue.page import decide, front, number_called
from waypost.desk.sign_in.devices import devices
from waypost.desk.sign_in.invitation import invitation
from waypost.desk.sign_in.openid import openid_callback, openid_login
from waypost.desk.sites import page as site_page
from waypost.desk.still_right.page import still_right
from waypost.desk.texting.urls import urlpatterns as texting
from waypost.desk.tokens import page as tokens
from waypost.directory.timetables import OPENINGS, TRACKS

CLOSED = (
    "email/",
    "confirm-email/",
    "confirm-email/<path:rest>",
    "login/code/confirm/",
    "reauthenticate/code/",
    "reauthenticate/code/confirm/",
    "3rdparty/",
    "3rdparty/signup/",
    "social/<path:rest>",
)
"""Pages of allauth that the desk does not offer."""

urlpatterns = [
    path("", front, name="desk_queue"),
    path("reports/many", decide_many, name="desk_decide_many"),
    path("reports/<int:number>", decide, name="desk_report"),
    path("numbers/<str:site_id>", number_called, name="desk_number_called"),
    path("calls", calls.calls, name="desk_calls"),
    path("calls/round/<int:number>", calls.next_one, name="desk_next_call"),
    path("calls/<int:number>", calls.one_call, name="desk_call"),
    path("people", people.people, name="desk_people"),
    path("people/invite", people.invite_someone, name="desk_invite"),
    path("people/invitations/<int:number>", people.withdraw, name="desk_withdraw"),
    path("people/roles/<int:number>", people.end_role, name="desk_end_role"),
    path("people/sessions/<int:number>", people.sign_out, name="desk_sign_out"),
    path("audit", audit, name="desk_audit"),
    path("owners", owners_page.owners, name="desk_owners"),
    path("owners/<int:number>/end", owners_page.end_ownership, name="desk_end_owner"),
    path("listings", speak_page.listings, name="desk_listings"),
    path("listings/claim", claim_page.claim, name="desk_claim"),
    path("listings/claims/<int:number>", claim_page.claimed, name="desk_claimed"),
    path("listings/claims/<int:number>/withdraw", claim_page.withdraw, name="desk_withdraw_claim"),
    path("proofs/<int:number>", proof_page.proof, name="desk_proof"),
    path("proofs/<int:number>/code", proof_page.code, name="desk_proof_code"),
    path("proofs/<int:number>/decide", proof_page.decide, name="desk_decide_proof"),
    path("still-right/<str:token>", still_right, name="account_still_right"),
    path("drafts/<str:token>", draft, name="desk_draft"),
    path("listings/<str:site_id>", speak_page.listing, name="desk_listing"),
    path("listings/<str:site_id>/word", word_page.word, name="desk_word"),
    path("listings/<str:site_id>/closed", word_page.closed, name="desk_closed"),
    path("closings/<int:number>", word_page.second_person, name="desk_second_person"),
    path("sites", site_page.find_listing, name="desk_sites"),
    path("sites/<str:site_id>", site_page.listing_claims, name="desk_site"),
    path("sites/<str:site_id>/decide", site_page.decide_value, name="desk_decide_fact"),
    path("sites/<str:site_id>/words", site_page.end_a_word, name="desk_end_word"),
    path(
        "sites/<str:site_id>/closings/<int:number>", site_page.confirm_closing, name="desk_closing"
    ),
    path("publish", publish_page.publish, name="desk_publish"),
    path("publish/now", publish_page.publish_now, name="desk_publish_now"),
    path("publish/back/<int:number>", publish_page.go_back, name="desk_go_back"),
    path("tokens", tokens.tokens, name="desk_tokens"),
    path("tokens/<int:number>/revoke", tokens.revoke, name="desk_revoke_token"),
    path("api/v1/sites/<str:site_id>/tracks", put_timetable, {"field": TRACKS}),
    path("api/v1/sites/<str:site_id>/openings", put_timetable, {"field": OPENINGS}),
    path("program/", include("waypost.desk.program.urls")),
    path("start", start, name="desk_start"),
    path("health", health, name="desk_health"),
    *texting,
    path("invitation/<str:token>", invitation, name="account_invitation"),
    path("account/oidc/<str:provider_id>/login/", openid_login, name="account_openid_login"),
    path(
        "account/oidc/<str:provider_id>/login/callback/",
        openid_callback,
        name="account_openid_callback",
    ),
    # An address is changed by an invitation alone: with a page for it, somebody could take that of
    # a colleague who is yet to come, and their role with it. Nor are codes sent by mail.
    path("account/sessions/", devices, name="account_devices"),
    *(path(f"account/{closed}", errors.closed) for closed in CLOSED),
    path("account/", include("allauth.urls")),
]
handler404 = errors.not_found
handler500 = errors.broken
