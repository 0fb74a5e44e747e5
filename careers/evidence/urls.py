from django.urls import path

from careers.evidence import views

app_name = "evidence"
urlpatterns = [
    path("evidence/", views.list_evidence, name="list"),
    path("evidence/benchmarks/<slug:framework>/<slug:key>/", views.benchmark, name="benchmark"),
    path("evidence/benchmarks/<slug:framework>/<slug:key>/file/", views.take, name="take"),
    path("evidence/activities/<slug:reference>/", views.of_activity, name="of_activity"),
    path("evidence/activities/<slug:reference>/add/", views.add_to_activity, name="add_to_activity"),
    path("evidence/criteria/<str:id>/", views.of_criterion, name="of_criterion"),
    path("evidence/criteria/<str:id>/add/", views.add_to_criterion, name="add_to_criterion"),
    path("evidence/<slug:reference>/", views.piece, name="piece"),
    path("evidence/<slug:reference>/edit/", views.edit, name="edit"),
    path("evidence/<slug:reference>/remove/", views.remove, name="remove"),
    path("evidence/<slug:reference>/file/", views.file, name="file"),
    path("evidence/<slug:reference>/thumbnail/", views.thumbnail, name="thumbnail"),
]
