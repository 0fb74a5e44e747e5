"""Every address of the partners. Pages that read the programme or the log are this folder's, though partners lies below it."""

from django.urls import path

from careers.evaluation import partner_list, partner_mix, partner_page
from careers.partners import views, views_like, views_local, views_records

app_name = "partners"
urlpatterns = [
    path("partners/", partner_list.page, name="list"),
    path("partners/add/", views.add, name="add"),
    path("partners/like/", views_like.suggestions, name="like"),
    path("partners/mix/", partner_mix.page, name="mix"),
    path("partners/mix/local/", views_local.edit, name="local"),
    path("partners/former-pupils/", views_records.former_pupils, name="former_pupils"),
    path("partners/<slug:reference>/", partner_page.partner, name="partner"),
    path("partners/<slug:reference>/edit/", views.edit, name="edit"),
    path("partners/<slug:reference>/retire/", views.retire, name="retire"),
    path("partners/<slug:reference>/merge/", views.merge, name="merge"),
    path("partners/<slug:reference>/how-it-went/<slug:activity>/", partner_page.remark, name="remark"),
    path("partners/<slug:reference>/<slug:kind>/add/", views_records.add, name="add_record"),
    path("partners/<slug:reference>/<slug:kind>/<slug:item>/", views_records.edit, name="record"),
    path("partners/<slug:reference>/<slug:kind>/<slug:item>/remove/", views_records.remove, name="remove"),
]
