"""Addresses of pupils. They live in this folder because what they show is where pupils stand."""

from django.urls import path

from careers.evaluation import pupil_deeds, pupil_pages

app_name = "pupils"
urlpatterns = [
    path("pupils/", pupil_pages.pupil_list, name="list"),
    path("pupils/<slug:reference>/", pupil_pages.pupil, name="pupil"),
    path("pupils/<slug:reference>/looked/", pupil_deeds.looked, name="looked"),
]
