"""Addresses of the planner."""

from django.urls import path

from careers.planner import calendar_pages, copy_page, draft_pages, outcome_pages, views

app_name = "planner"
urlpatterns = [
    path("calendar/<str:token>.ics", calendar_pages.calendar, name="calendar"),
    path("planner/", views.year, name="year"),
    path("planner/calendars/", calendar_pages.calendars, name="calendars"),
    path("planner/copy/", copy_page.copy, name="copy"),
    path("planner/draft/", draft_pages.draft, name="draft"),
    path("planner/forecast/", views.forecast, name="forecast"),
    path("planner/move/<slug:reference>/", views.move_activity, name="move"),
    path("planner/outcomes/", outcome_pages.sequence, name="outcomes"),
    path("planner/outcomes/add/", outcome_pages.add, name="outcome_add"),
    path("planner/outcomes/<slug:reference>/", outcome_pages.edit, name="outcome_edit"),
    path("planner/usual/", draft_pages.usual, name="usual"),
]
