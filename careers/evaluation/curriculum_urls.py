"""Every address of careers in the curriculum. The pages that judge stand among the rest, though the folder lies below this one."""

from django.urls import path

from careers.curriculum import link_views, staff_views, views
from careers.evaluation import curriculum_pages

app_name = "curriculum"
urlpatterns = [
    path("curriculum/", curriculum_pages.overview, name="overview"),
    path("curriculum/subjects/", views.subjects, name="subjects"),
    path("curriculum/subjects/same/", views.join, name="join"),
    path("curriculum/subjects/same/<slug:spelling>/undo/", views.part, name="part"),
    path("curriculum/subjects/<slug:subject>/edit/", views.subject, name="subject"),
    path("curriculum/subjects/<slug:subject>/year-<int:year_group>/", curriculum_pages.in_year, name="in_year"),
    path("curriculum/subjects/<slug:subject>/year-<int:year_group>/plan/", link_views.plan_link, name="plan_link"),
    path("curriculum/departments/add/", views.add_department, name="add_department"),
    path("curriculum/departments/<slug:department>/", curriculum_pages.department, name="department"),
    path("curriculum/departments/<slug:department>/edit/", views.edit_department, name="edit_department"),
    path("curriculum/links/<slug:activity>/", link_views.link, name="link"),
    path("curriculum/links/<slug:activity>/taught/", link_views.taught, name="taught"),
    path("curriculum/staff-development/", curriculum_pages.staff, name="staff"),
    path("curriculum/staff-development/add/", staff_views.add_session, name="add_session"),
    path("curriculum/staff-development/numbers/", staff_views.staff_numbers, name="staff_numbers"),
    path("curriculum/staff-development/<slug:activity>/", staff_views.session, name="session"),
]
