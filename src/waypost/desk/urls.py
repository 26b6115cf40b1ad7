"""Addresses of the private process."""

from __future__ import annotations

from django.urls import include, path

from waypost.desk import errors
from waypost.desk.health.page import health
from waypost.desk.listings import owners_page, speak_page
from waypost.desk.listings.door import put_timetable
from waypost.desk.people import page as people
from waypost.desk.people.audit_page import audit
from waypost.desk.queue.page import decide, number_called, queue
from waypost.desk.sign_in.invitation import invitation
from waypost.desk.tokens import page as tokens
from waypost.directory.timetables import OPENINGS, TRACKS

urlpatterns = [
    path("", queue, name="desk_queue"),
    path("reports/<int:number>", decide, name="desk_report"),
    path("numbers/<str:site_id>", number_called, name="desk_number_called"),
    path("people", people.people, name="desk_people"),
    path("people/invite", people.invite_someone, name="desk_invite"),
    path("people/invitations/<int:number>", people.withdraw, name="desk_withdraw"),
    path("people/roles/<int:number>", people.end_role, name="desk_end_role"),
    path("people/sessions/<int:number>", people.sign_out, name="desk_sign_out"),
    path("audit", audit, name="desk_audit"),
    path("owners", owners_page.owners, name="desk_owners"),
    path("owners/<int:number>/end", owners_page.end_ownership, name="desk_end_owner"),
    path("listings", speak_page.listings, name="desk_listings"),
    path("listings/<str:site_id>", speak_page.listing, name="desk_listing"),
    path("tokens", tokens.tokens, name="desk_tokens"),
    path("tokens/<int:number>/revoke", tokens.revoke, name="desk_revoke_token"),
    path("api/v1/sites/<str:site_id>/tracks", put_timetable, {"field": TRACKS}),
    path("api/v1/sites/<str:site_id>/openings", put_timetable, {"field": OPENINGS}),
    path("health", health, name="desk_health"),
    path("invitation/<str:token>", invitation, name="account_invitation"),
    path("account/", include("allauth.urls")),
]
handler404 = errors.not_found
handler500 = errors.broken
