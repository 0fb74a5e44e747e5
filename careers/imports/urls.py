from django.urls import path

from careers.imports import views, views_fix, views_held, views_lists

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
    path("imports/sources/", views_lists.list_sources, name="sources"),
    path("imports/sources/<slug:reference>/", views_lists.source, name="source"),
    path("imports/sources/<slug:reference>/forget/", views_lists.forget_source, name="source-forget"),
    path("imports/<slug:reference>/", views.detail, name="detail"),
    path("imports/<slug:reference>/errors.csv", views.errors, name="errors"),
    path("imports/<slug:reference>/programme/", views.choose, name="choose"),
    path("imports/<slug:reference>/columns/", views_lists.columns, name="columns"),
    path("imports/<slug:reference>/answers/", views_lists.answers, name="answers"),
    path("imports/<slug:reference>/fix/", views_fix.fix, name="fix"),
    path("imports/<slug:reference>/confirm/", views.confirm, name="confirm"),
    path("imports/<slug:reference>/cancel/", views.cancel, name="cancel"),
    path("imports/<slug:reference>/undo/", views.undo, name="undo"),
]
