"""Addresses of a school's people and of the link that an invitation sends."""

from django.urls import path

from careers.people import views, views_inviting, views_joining

app_name = "people"
urlpatterns = [
    path("people/", views.people, name="list"),
    path("people/families/", views.families, name="families"),
    path("people/trust/", views.trust, name="trust"),
    path("people/invite/", views_inviting.choose_role, name="choose_role"),
    path("people/invite/<slug:role>/", views_inviting.invite_to, name="invite"),
    path("people/invitations/<slug:reference>/again/", views_inviting.again, name="again"),
    path("people/invitations/<slug:reference>/withdraw/", views_inviting.withdraw, name="withdraw"),
    path("people/<slug:person>/", views.person, name="person"),
    path("people/<slug:person>/role/", views.change_role, name="role"),
    path("people/<slug:person>/groups/", views.groups, name="groups"),
    path("people/<slug:person>/end/", views.end, name="end"),
    path("invitation/<slug:token>/", views_joining.invitation, name="invitation"),
]
