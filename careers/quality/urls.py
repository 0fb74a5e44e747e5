"""Addresses of how good activities were; two of them are opened by links, without signing in."""

from django.urls import path

from careers.quality import views, views_asking, views_public, views_sharing

app_name = "quality"
urlpatterns = [
    path("quality/", views.quality_list, name="list"),
    path("programme/<slug:reference>/quality/", views.activity, name="activity"),
    path("programme/<slug:reference>/quality/answer/", views.answer, name="answer"),
    path("programme/<slug:reference>/purpose/<slug:audience>/", views_sharing.sheet, name="sheet"),
    path("programme/<slug:reference>/purpose/<slug:audience>/tell/", views_sharing.share, name="share"),
    path("programme/<slug:reference>/reflections/", views_asking.reflections, name="reflections"),
    path("programme/<slug:reference>/reflections/ask/", views_asking.ask_pupils, name="ask_pupils"),
    path("programme/<slug:reference>/reflections/poster/", views_asking.poster, name="poster"),
    path("programme/<slug:reference>/feedback/ask/", views_asking.ask_partner, name="ask_partner"),
    path("reflections/<slug:reference>/remove/", views_asking.remove, name="remove"),
    path("links/<slug:reference>/close/", views_asking.close, name="close"),
    path("own-reflection/<slug:reference>/", views_public.own, name="own"),
    path("r/<slug:code>/", views_public.reflect, name="reflect"),
    path("feedback/<slug:code>/", views_public.feedback, name="feedback"),
]
