"""Addresses of what is done to protect records: requests for a copy, sharing, consent and notices."""

from django.urls import path

from careers.protection import views_access

app_name = "protection"
urlpatterns = [
    path("protection/requests/", views_access.access_requests, name="access_requests"),
    path("protection/requests/<slug:reference>/extend/", views_access.extend, name="extend"),
    path("protection/pupils/<slug:reference>/request/", views_access.receive, name="receive"),
    path("protection/pupils/<slug:reference>/copy/", views_access.copy, name="copy"),
]
