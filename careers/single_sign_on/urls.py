"""Addresses of signing in with a school's own account, and of setting that up."""

from django.urls import path

from careers.single_sign_on import views_entering, views_setting_up

app_name = "single_sign_on"
urlpatterns = [
    path("sign-in/school/", views_entering.find, name="find"),
    path("sign-in/school/<slug:reference>/", views_entering.start, name="start"),
    path("sign-in/school/<slug:reference>/back/", views_entering.back, name="back"),
    path("people/sign-in-service/set-up/", views_setting_up.set_up, name="set_up"),
    path("people/sign-in-service/test/", views_setting_up.test, name="test"),
    path("people/sign-in-service/remove/", views_setting_up.remove, name="remove"),
]
