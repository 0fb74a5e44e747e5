"""Every address of the programme. The pages that judge it stand among the rest, though its folder lies below this one."""

from django.urls import path

from careers.evaluation import activity_form_page, coverage_pages, invite_page, status_page
from careers.programme import many_views, outcome_views, views

app_name = "programme"
urlpatterns = [
    path("programme/", views.programme_list, name="list"),
    path("programme/add/", activity_form_page.add, name="add"),
    path("programme/coverage/", coverage_pages.year, name="coverage"),
    path("programme/many/", many_views.many, name="many"),
    path("programme/<slug:reference>/", coverage_pages.activity, name="activity"),
    path("programme/<slug:reference>/invite/", invite_page.invite, name="invite"),
    path("programme/<slug:reference>/outcomes/", outcome_views.outcomes, name="outcomes"),
    path("programme/<slug:reference>/edit/", activity_form_page.edit, name="edit"),
    path("programme/<slug:reference>/status/", status_page.status, name="status"),
]
