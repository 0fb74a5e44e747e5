from django.urls import path

from careers.programme import views

app_name = "programme"
urlpatterns = [
    path("programme/", views.programme_list, name="list"),
    path("programme/add/", views.add, name="add"),
    path("programme/<slug:reference>/edit/", views.edit, name="edit"),
    path("programme/<slug:reference>/confirm/", views.confirm, name="confirm"),
    path("programme/<slug:reference>/cancel/", views.cancel, name="cancel"),
]
