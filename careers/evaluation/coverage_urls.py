"""The pages that judge a programme stand beside it in the address, though its folder lies below this one."""

from django.urls import path

from careers.evaluation import coverage_pages

app_name = "coverage"
urlpatterns = [
    path("programme/coverage/", coverage_pages.year, name="year"),
    path("programme/<slug:reference>/", coverage_pages.activity, name="activity"),
]
