"""Addresses of the private process."""

from __future__ import annotations

from django.urls import include, path

from waypost.desk import errors
from waypost.desk.health.page import health
from waypost.desk.people import page as people
from waypost.desk.people.audit_page import audit
from waypost.desk.queue.page import decide, number_called, queue
from waypost.desk.sign_in.invitation import invitation

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
    path("health", health, name="desk_health"),
    path("invitation/<str:token>", invitation, name="account_invitation"),
    path("account/", include("allauth.urls")),
]
handler404 = errors.not_found
handler500 = errors.broken
