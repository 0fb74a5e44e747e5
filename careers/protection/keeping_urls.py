"""Addresses of keeping, correcting and erasing records."""

from django.urls import path

from careers.protection import views_account, views_keeping, views_pupil

urlpatterns = [
    path("protection/", views_keeping.overview, name="overview"),
    path("protection/rules/<slug:rule>/", views_keeping.rule_page, name="rule"),
    path("protection/receipts/<slug:reference>/", views_keeping.receipt, name="receipt"),
    path("protection/holds/<slug:reference>/end/", views_keeping.end_hold, name="end_hold"),
    path("protection/pupils/<slug:reference>/", views_pupil.pupil, name="pupil"),
    path("protection/pupils/<slug:reference>/correct/", views_pupil.correct, name="correct"),
    path("protection/pupils/<slug:reference>/keep-back/", views_pupil.keep_back, name="keep_back"),
    path("protection/pupils/<slug:reference>/erase/", views_pupil.erase, name="erase"),
    path("protection/accounts/", views_account.accounts, name="accounts"),
    path("protection/accounts/<slug:person>/erase/", views_account.erase_account, name="erase_account"),
]
