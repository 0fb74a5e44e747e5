from django.urls import path

from careers.imports import views, views_held

app_name = "imports"
urlpatterns = [
    path("imports/", views.list_imports, name="list"),
    path("imports/new/<slug:kind>/", views.new, name="new"),
    path("imports/held/", views_held.list_held, name="held"),
    path("imports/held/add/", views_held.add_several, name="held-add"),
    path("imports/held/<slug:reference>/", views_held.arrival, name="arrival"),
    path("imports/held/<slug:reference>/match/", views_held.match, name="arrival-match"),
    path("imports/held/<slug:reference>/add/", views_held.add, name="arrival-add"),
    path("imports/held/<slug:reference>/dismiss/", views_held.dismiss, name="arrival-dismiss"),
    path("imports/<slug:reference>/", views.detail, name="detail"),
    path("imports/<slug:reference>/errors.csv", views.errors, name="errors"),
    path("imports/<slug:reference>/programme/", views.choose, name="choose"),
    path("imports/<slug:reference>/confirm/", views.confirm, name="confirm"),
    path("imports/<slug:reference>/cancel/", views.cancel, name="cancel"),
    path("imports/<slug:reference>/undo/", views.undo, name="undo"),
]
