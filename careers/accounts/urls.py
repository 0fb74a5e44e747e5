"""Addresses of this folder. Signing in and out are allauth's, under /account/."""

from django.urls import path

from careers.accounts import views

app_name = "accounts"
urlpatterns = [
    path("schools/choose/", views.choose_school, name="choose_school"),
    path("roles/", views.roles, name="roles"),
    path("audit/", views.audit, name="audit"),
]
