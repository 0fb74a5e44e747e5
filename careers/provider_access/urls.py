"""Addresses of provider access: the school's own pages, and those anybody may open, which begin with the school's reference."""

from django.urls import path

from careers.provider_access import views_phases, views_public, views_requests, views_statement

app_name = "provider_access"
urlpatterns = [
    path("provider-access/", views_phases.overview, name="overview"),
    path("provider-access/occasions/<slug:reference>/", views_phases.occasion_page, name="occasion"),
    path("provider-access/occasions/<slug:reference>/facts/", views_phases.facts, name="facts"),
    path("provider-access/requests/", views_requests.requests, name="requests"),
    path("provider-access/requests/add/", views_requests.add, name="add"),
    path("provider-access/requests/log.<slug:kind>", views_requests.log, name="log"),
    path("provider-access/requests/<slug:reference>/", views_requests.one, name="request"),
    path("provider-access/requests/<slug:reference>/decide/", views_requests.decide, name="decide"),
    path("provider-access/requests/<slug:reference>/activity/", views_requests.become, name="become"),
    path("provider-access/policy/", views_statement.policy, name="policy"),
    path("provider-access/policy/write/", views_statement.write, name="write"),
    path("provider-access/policy/publish/", views_statement.publish, name="publish"),
    path("provider-access/policy/versions/<slug:reference>/", views_statement.version, name="version"),
    path("provider-access/<slug:school>/", views_public.ask, name="ask"),
    path("provider-access/<slug:school>/statement/", views_public.statement, name="statement"),
    path("provider-access/<slug:school>/received/<slug:reference>/", views_public.received, name="received"),
]
