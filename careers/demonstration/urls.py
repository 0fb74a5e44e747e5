"""Addresses of the demonstration."""

from django.urls import path

from careers.demonstration import views

app_name = "demonstration"
urlpatterns = [path("demonstration/messages/", views.messages, name="messages")]
