"""Every address. Each folder that has a urls.py says its own, from the root."""

from importlib.util import find_spec

from allauth.account import urls as signing_in
from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from careers.website import operating
from careers.website.security_txt import security_txt
from careers.website.views import health, ready

OURS = [f"careers.{folder}.urls" for folder in settings.FOLDERS if folder != "website"]
UNUSED = {
    # A person's address is their school's to change: given another's, they could stand in that one's way at the door.
    "account_email",
    "account_email_verification_sent",
    "account_confirm_email",
    # Nobody signs themselves up, and nobody signs in by a code in an e-mail.
    "account_signup",
    "account_confirm_login_code",
}
SIGNING_IN = [pattern for pattern in signing_in.urlpatterns if pattern.name not in UNUSED]

urlpatterns: list[URLPattern | URLResolver] = [
    path("health", health, name="health"),
    path(".well-known/security.txt", security_txt, name="security_txt"),
    path("ready", ready, name="ready"),
    path("operating/jobs/", operating.jobs, name="jobs"),
    path("operating/health/", operating.machine, name="machine"),
    *[path("", include(urls)) for urls in OURS if find_spec(urls)],
    path("account/", include(SIGNING_IN)),
    path("account/second-step/", include("careers.accounts.second_step.urls")),
]

handler400 = "careers.design.errors.bad_request"
handler403 = "careers.design.errors.forbidden"
handler404 = "careers.design.errors.not_found"
handler500 = "careers.design.errors.server_error"
