"""The addresses of what is known: the school's pages and the pupils'."""

from django.urls import include, path

urlpatterns = [
    path("", include("careers.evaluation.page_urls")),
    path("", include("careers.evaluation.programme_urls")),
    path("", include("careers.evaluation.pupil_urls")),
    path("", include("careers.evaluation.partner_urls")),
]
