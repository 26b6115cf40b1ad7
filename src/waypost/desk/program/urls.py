"""Addresses of a program's own side."""

from __future__ import annotations

from django.urls import path

from waypost.desk.program.consents import log_page
from waypost.desk.program.consents import page as consents
from waypost.desk.program.days import page as days
from waypost.desk.program.days import tests_page
from waypost.desk.program.exports import page as exports
from waypost.desk.program.intake import assessment_page as assessment
from waypost.desk.program.intake import page as intake
from waypost.desk.program.intake import referral_page
from waypost.desk.program.people import guardian_page, link_page
from waypost.desk.program.people import page as people
from waypost.desk.program.plans import page as plans
from waypost.desk.program.progress import care_page
from waypost.desk.program.progress import page as progress
from waypost.desk.program.reports import page as reports
from waypost.desk.program.timetable import calendars, person_page, setup_page
from waypost.desk.program.timetable import page as timetable

ONE = "people/<str:person>"

urlpatterns = [
    path("people", people.people, name="program_people"),
    path(ONE, people.record, name="program_record"),
    path(f"{ONE}/details", people.details, name="program_details"),
    path(f"{ONE}/guardian", guardian_page.guardian, name="program_guardian"),
    path(f"{ONE}/emergency", people.emergency, name="program_emergency"),
    path(f"{ONE}/team", people.team, name="program_team"),
    path(f"{ONE}/episode", people.episode, name="program_episode"),
    path(f"{ONE}/link", link_page.link, name="program_link"),
    path(f"{ONE}/consents", consents.person_consents, name="program_consents"),
    path(f"{ONE}/notes", consents.notes, name="program_notes"),
    path(f"{ONE}/export", exports.export, name="program_export"),
    path(f"{ONE}/erase", exports.erase, name="program_erase"),
    path(f"{ONE}/wait", intake.wait, name="program_wait"),
    path(f"{ONE}/pre-screen", intake.pre_screen, name="program_pre_screen"),
    path(f"{ONE}/assessment", assessment.assess, name="program_assessment"),
    path(f"{ONE}/assessment/sign", assessment.sign, name="program_sign_level"),
    path(f"{ONE}/plan", plans.plan, name="program_plan"),
    path(f"{ONE}/plan/sign", plans.sign, name="program_sign_plan"),
    path(f"{ONE}/plan/versions", plans.versions, name="program_plan_versions"),
    path(f"{ONE}/plan/milestone", plans.milestone, name="program_milestone"),
    path("minors", guardian_page.minors, name="program_minors"),
    path("intake", referral_page.intake, name="program_intake"),
    path("consents/<str:number>/revoke", consents.revoke, name="program_revoke"),
    path("consents/<str:number>/event", consents.event_came, name="program_event_came"),
    path("due", plans.due, name="program_due"),
    path("log", log_page.log, name="program_log"),
    path("log/<str:number>", log_page.review, name="program_review_emergency"),
    path(f"{ONE}/progress", progress.progress, name="program_progress"),
    path(f"{ONE}/week", person_page.person_week, name="program_person_week"),
    path(f"{ONE}/continuing-care", care_page.continuing_care, name="program_continuing_care"),
    path("setup", setup_page.setup_page, name="program_setup"),
    path("week", timetable.week, name="program_week"),
    path("week/change", timetable.change, name="program_change_week"),
    path("calendars", calendars.calendars, name="program_calendars"),
    path("today", days.today, name="program_today"),
    path("hours", days.hours, name="program_hours"),
    path("sessions/<str:session>", days.session, name="program_session"),
    path("tasks/<str:task>", days.task_done, name="program_task_done"),
    path("tests", tests_page.tests, name="program_tests"),
    path("tests/<str:test>", tests_page.step, name="program_test_step"),
    path("reports", reports.reports, name="program_reports"),
    path("billing", reports.billing, name="program_billing"),
]
