"""Addresses of looking after the installation."""

from django.urls import path

from careers.operating import views

app_name = "operating"
urlpatterns = [
    path("installation/", views.home, name="home"),
    path("installation/schools/add/", views.add_school, name="add_school"),
    path("installation/schools/<slug:reference>/leader/", views.invite_leader_again, name="leader_again"),
    path("installation/operators/", views.operators, name="operators"),
    path("installation/operators/<slug:person>/end/", views.end_operator, name="end_operator"),
]
