"""Addresses of what is done to the school's own record. The page that shows and judges it is evaluation's."""

from django.urls import path

from careers.leadership import views

app_name = "leadership"
urlpatterns = [
    path("school-record/add/<slug:kind>/", views.add, name="add"),
    path("school-record/review/", views.review, name="review"),
    path("school-record/<slug:reference>/", views.edit, name="edit"),
    path("school-record/<slug:reference>/remove/", views.remove, name="remove"),
]
