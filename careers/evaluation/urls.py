"""Addresses of this folder."""

from django.urls import include, path

urlpatterns = [path("", include("careers.evaluation.pupil_urls"))]
