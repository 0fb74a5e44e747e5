"""Addresses of this folder. Signing in and out are allauth's, under /account/."""

from django.urls import path

from careers.accounts import views
from careers.accounts.sessions import views as sessions

app_name = "accounts"
urlpatterns = [
    path("schools/choose/", views.choose_school, name="choose_school"),
    path("roles/", views.roles, name="roles"),
    path("audit/", views.audit, name="audit"),
    path("account/", views.account, name="account"),
    path("account/sessions/", sessions.sessions, name="sessions"),
    path("account/kept-answers/", sessions.kept, name="kept_answers"),
    path("account/kept-answers/send/", sessions.send_kept, name="send_kept_answers"),
    path("account/kept-answers/drop/", sessions.drop_kept, name="drop_kept_answers"),
]
