"""Addresses of what is done to protect records."""

from careers.protection.asking_urls import urlpatterns as asking
from careers.protection.keeping_urls import urlpatterns as keeping

app_name = "protection"
urlpatterns = [*keeping, *asking]
