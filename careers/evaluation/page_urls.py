"""Addresses of Today, of the benchmarks and their criteria, and of what waits for a decision."""

from django.urls import path

from careers.evaluation import (
    catch_up_page,
    forecast_page,
    trust_page,
    views_benchmarks,
    views_criterion,
    views_school,
    views_today,
)

app_name = "evaluation"
urlpatterns = [
    path("", views_today.today, name="today"),
    path("trust/", trust_page.page, name="trust"),
    path("decisions/", views_today.decisions, name="decisions"),
    path("catch-up/", catch_up_page.catch_up, name="catch_up"),
    path("benchmarks/", views_benchmarks.benchmarks, name="benchmarks"),
    path("benchmarks/<slug:framework>/<slug:key>/", views_benchmarks.benchmark, name="benchmark"),
    path("school-record/", views_school.school_record, name="school_record"),
    path("readings/", views_school.readings, name="readings"),
    path("readings/<slug:framework>/<slug:key>/", views_school.reading, name="reading"),
    path("forecast/", forecast_page.page, name="forecast"),
    path("criteria/<str:id>/forecast/", forecast_page.criterion, name="criterion_forecast"),
    path("criteria/<str:id>/", views_criterion.criterion, name="criterion"),
    path("criteria/<str:id>/query/", views_criterion.query, name="criterion_query"),
]
