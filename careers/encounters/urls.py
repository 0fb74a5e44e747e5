"""Addresses of what is written in the log."""

from django.urls import path

from careers.encounters import note_views, paste_views, record_page, views

app_name = "encounters"
urlpatterns = [
    path("record/", record_page.record, name="record"),
    path("record/conversation/", note_views.conversation, name="conversation"),
    path("record/lesson/", note_views.lesson, name="lesson"),
    path("programme/<slug:reference>/register/", views.register, name="register"),
    path("programme/<slug:reference>/paste/", paste_views.paste, name="paste"),
]
