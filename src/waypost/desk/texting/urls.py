"""Addresses of answering texts."""

from __future__ import annotations

from django.urls import URLPattern, path

from waypost.desk.texting import (
    broadcast_page,
    conversation_page,
    queue_page,
    report_page,
    roster_page,
    words_page,
)

urlpatterns: list[URLPattern] = [
    path("texting", queue_page.text_queue, name="desk_texting"),
    path("texting/<int:number>", conversation_page.conversation, name="desk_conversation"),
    path("texting/<int:number>/act", conversation_page.act, name="desk_conversation_act"),
    path("texting/tasks/<int:number>", queue_page.follow_up_done, name="desk_task_done"),
    path("texting/roster", roster_page.roster, name="desk_roster"),
    path("texting/roster/add", roster_page.put_on_roster, name="desk_roster_add"),
    path("texting/roster/<int:number>", roster_page.take_off_roster, name="desk_roster_off"),
    path("texting/words", words_page.text_words, name="desk_text_words"),
    path("texting/words/approve", words_page.approve, name="desk_text_approve"),
    path("texting/words/canned", words_page.add_canned, name="desk_canned"),
    path("texting/words/<str:series>/<int:version>", words_page.series_texts, name="desk_series"),
    path("texting/broadcasts", broadcast_page.text_broadcasts, name="desk_broadcasts"),
    path("texting/broadcasts/draft", broadcast_page.draft, name="desk_broadcast_draft"),
    path("texting/broadcasts/<int:number>", broadcast_page.send, name="desk_broadcast_send"),
    path("texting/reports", report_page.text_reports, name="desk_text_reports"),
    path("texting/reports/sample", report_page.sample, name="desk_text_sample"),
]
