"""Addresses of notes of guidance."""

from django.urls import path

from careers.guidance import views

app_name = "guidance"
urlpatterns = [
    path("pupils/<slug:reference>/notes/write/", views.write, name="write"),
    path("notes/<slug:reference>/", views.correct, name="correct"),
]
