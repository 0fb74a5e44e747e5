"""Addresses of what is written in the log."""

from django.urls import path

from careers.encounters import views

app_name = "encounters"
urlpatterns = [path("programme/<slug:reference>/register/", views.register, name="register")]
