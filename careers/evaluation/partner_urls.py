"""Every address of the partners. Pages that read the programme and the log stand among the rest, though their folder lies below this one."""

from django.urls import path

from careers.partners import views_like

app_name = "partners"
urlpatterns = [
    path("partners/like/", views_like.suggestions, name="like"),
]
