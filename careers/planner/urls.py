from django.urls import path

from careers.planner import copy_page, views

app_name = "planner"
urlpatterns = [
    path("planner/", views.year, name="year"),
    path("planner/forecast/", views.forecast, name="forecast"),
    path("planner/move/<slug:reference>/", views.move_activity, name="move"),
    path("planner/copy/", copy_page.copy, name="copy"),
]
