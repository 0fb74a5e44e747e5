"""Addresses of requests for a copy, sharing, consent and notices."""

from django.urls import path

from careers.protection import views_access, views_consent, views_notice, views_own_data, views_sharing

urlpatterns = [
    path("protection/requests/", views_access.access_requests, name="access_requests"),
    path("protection/requests/<slug:reference>/extend/", views_access.extend, name="extend"),
    path("protection/pupils/<slug:reference>/request/", views_access.receive, name="receive"),
    path("protection/pupils/<slug:reference>/copy/", views_access.copy, name="copy"),
    path("protection/sharing/", views_sharing.sharing, name="sharing"),
    path("protection/sharing/new/", views_sharing.new_file, name="new_file"),
    path("protection/sharing/files/<slug:reference>/", views_sharing.export, name="export"),
    path("protection/sharing/instructions/<slug:reference>/take-back/", views_sharing.take_back, name="take_back"),
    path("protection/pupils/<slug:reference>/sharing/", views_sharing.instruct, name="instruct"),
    path("protection/consent/", views_consent.consents, name="consents"),
    path("protection/consent/ask/", views_consent.ask, name="ask"),
    path("protection/pupils/<slug:reference>/consent/", views_consent.answer, name="consent"),
    path("protection/notices/", views_notice.notices, name="notices"),
    path("protection/notices/<slug:audience>/", views_notice.notice, name="notice"),
    path("privacy/<slug:reference>/<slug:audience>/", views_notice.privacy, name="privacy"),
    path("own-data/", views_own_data.own_data, name="own_data"),
]
