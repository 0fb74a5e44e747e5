"""Addresses of files to take out."""

from django.urls import path

from careers.exports import views

app_name = "exports"
urlpatterns = [path("exports/criteria/<str:id>.<slug:kind>", views.criterion, name="criterion")]
