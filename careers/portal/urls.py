"""Addresses of what pupils, parents and carers read."""

from django.urls import path

from careers.portal import views

app_name = "portal"
urlpatterns = [
    path("own-record/", views.home, name="home"),
    path("own-record/<slug:reference>/", views.own_record, name="record"),
    path("own-record/<slug:reference>/sharing/", views.choose_sharing, name="sharing"),
    path("own-record/<slug:reference>/following/", views.choose_following, name="following"),
    path("own-record/<slug:reference>/copy/", views.copy, name="copy"),
]
