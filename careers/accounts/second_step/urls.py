"""Addresses of second steps, under /account/second-step/. The names are the library's, which sends people to them."""

from django.urls import path

from careers.accounts.second_step import codes, views

urlpatterns = [
    path("", views.second_step, name="mfa_index"),
    path("sign-in/", views.give, name="mfa_authenticate"),
    path("confirm/", views.give_again, name="mfa_reauthenticate"),
    path("app/", views.activate_app, name="mfa_activate_totp"),
    path("app/picture.svg", views.picture, name="second_step_picture"),
    path("app/remove/", views.deactivate_app, name="mfa_deactivate_totp"),
    path("codes/", codes.codes, name="mfa_view_recovery_codes"),
    path("codes/file/", codes.codes_file, name="recovery_codes_file"),
    path("codes/new/", codes.new_codes, name="mfa_generate_recovery_codes"),
    path("passkeys/add/", views.add_passkey, name="mfa_add_webauthn"),
    path("passkeys/sign-in/", views.come_in_by_passkey, name="mfa_login_webauthn"),
    path("passkeys/confirm/", views.give_passkey_again, name="mfa_reauthenticate_webauthn"),
    path("passkeys/<str:key>/remove/", views.remove_passkey, name="remove_passkey"),
]
