"""The frame of every page, the pages of signing in, and what is said when a page cannot be shown."""

import pytest
from allauth.account.forms import LoginForm, SetPasswordForm
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.test import RequestFactory
from django.urls import reverse

from careers.design import errors
from careers.design.gallery import VisitForm, gallery
from careers.design.middleware import form_sign_in, htmx_sign_in


class Person:
    is_authenticated = True
    is_active = True

    def __str__(self) -> str:
        return "Jo Marsh"


def asked(address: str = "/", *, person: object = None, **headers: str) -> HttpRequest:
    request = RequestFactory().get(address, headers=headers)
    request.user = person or AnonymousUser()
    return request


def frame(person: object = None, **context: object) -> str:
    request = asked(person=person)
    return render(request, "design/base.html", {"user": request.user, **context}).content.decode()


def test_the_first_thing_in_the_body_tells_the_design_system_that_scripts_run() -> None:
    body = frame().split("<body", 1)[1].split(">", 1)[1].lstrip()
    assert body.startswith('<script src="/static/js-enabled')


def test_the_header_names_the_school_and_who_is_signed_in_and_signs_out_by_post() -> None:
    page = frame(Person(), school_name="Fellside Academy")
    assert "Fellside Academy" in page
    assert "Jo Marsh" in page
    sign_out = page[page.index('<form method="post"') :]
    assert sign_out.index("csrfmiddlewaretoken") < sign_out.index("Sign out")


def test_a_stranger_is_offered_no_sign_out() -> None:
    assert "Sign out" not in frame()


def test_the_menu_holds_only_what_the_person_may_open_and_marks_where_they_are() -> None:
    page = frame(
        navigation=[
            {"text": "Today", "href": "/", "current": True},
            {"text": "Pupils", "href": "/pupils", "current": False},
        ]
    )
    assert page.count('class="govuk-service-navigation__item') == 2
    assert page.count("aria-current") == 1


def test_places_under_one_word_of_the_menu_unfold_without_a_script() -> None:
    places = [
        {"text": "People", "href": "/people/", "current": True},
        {"text": "Imports", "href": "/imports/", "current": False},
    ]
    page = frame(navigation=[{"text": "School", "places": places, "current": True}])
    menu = page[page.index("<nav") : page.index("</nav>")]
    assert menu.index("<details") < menu.index("School</summary>") < menu.index("/people/") < menu.index("</details>")
    assert menu.count("aria-current") == 1


def test_the_title_names_page_school_and_product_and_says_when_something_is_wrong() -> None:
    context = {"form": _wrong(), "heading": "Add a visit", "school_name": "Fellside Academy"}
    page = render(asked(), "design/form_page.html", context).content.decode()
    assert "<title>Error: Add a visit – Fellside Academy – Trigpoint</title>" in page


def _wrong() -> object:
    form = VisitForm({}, {})
    form.is_valid()
    return form


def gallery_page(address: str) -> str:
    return gallery(asked(address)).content.decode()


@pytest.mark.parametrize("address", ["/", "/?errors=1"])
def test_no_page_carries_a_style_or_a_script_of_its_own(address: str) -> None:
    page = gallery_page(address)
    assert " style=" not in page
    assert "<style" not in page
    assert all(" src=" in tag.split(">")[0] for tag in page.split("<script")[1:])


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "heading"),
    [
        ("account_login", "Sign in"),
        ("account_reset_password", "Forgotten password"),
        ("account_reset_password_done", "Check your e-mail"),
    ],
)
def test_a_stranger_sees_the_pages_of_signing_in_in_our_own_words(client, name: str, heading: str) -> None:
    page = client.get(reverse(name)).content.decode()
    assert f'<h1 class="govuk-heading-l">{heading}</h1>' in page


@pytest.mark.django_db
def test_signing_in_with_nothing_says_what_is_missing(client) -> None:
    page = client.post(reverse("account_login"), {}).content.decode()
    assert '<a href="#id_login">Enter email address</a>' in page
    assert '<a href="#id_password">Enter password</a>' in page


@pytest.mark.django_db
def test_the_demonstration_says_whom_to_sign_in_as() -> None:

    person = {
        "name": "Jo Marsh",
        "role": "Careers leader",
        "email": "jo.marsh@example.org",
        "password": "hill walking 7",
    }
    for people, expected in (([person], True), ([], False)):
        context = {"form": LoginForm(), "demonstration_people": people}
        page = render(asked(), "account/login.html", context).content.decode()
        assert ("jo.marsh@example.org" in page) is expected


@pytest.mark.parametrize(
    ("view", "status", "heading"),
    [
        (errors.bad_request, 400, "That did not make sense to us"),
        (errors.forbidden, 403, "You cannot see this page"),
        (errors.not_found, 404, "Page not found"),
        (errors.server_error, 500, "Sorry, something went wrong"),
        (errors.csrf_failure, 403, "Please send that again"),
    ],
)
def test_a_page_that_cannot_be_shown_says_why_and_htmx_gets_only_a_part(view, status: int, heading: str) -> None:
    page = view(asked())
    assert (page.status_code, f"<h1>{heading}</h1>" in page.content.decode()) == (status, True)
    part = view(asked(**{"HX-Request": "true"}))
    assert part.status_code == status
    assert "<html" not in part.content.decode()
    assert 'role="alert"' in part.content.decode()


def test_a_part_asked_for_after_the_session_ended_sends_the_person_to_sign_in() -> None:
    def to_sign_in(request: HttpRequest) -> HttpResponse:
        return HttpResponseRedirect(resolve_url("account_login") + "?next=/pupils/part")

    headers = {"HX-Request": "true", "HX-Current-URL": "https://school.example.org/pupils?year=9"}
    answer = htmx_sign_in(to_sign_in)(asked(**headers))
    assert (answer.status_code, answer["HX-Redirect"]) == (204, "/pupils?year=9")
    assert htmx_sign_in(to_sign_in)(asked()).status_code == 302


@pytest.mark.django_db
def test_a_person_changing_their_password_is_asked_in_our_words(client) -> None:
    page = render(asked(person=Person()), "account/password_change.html", {"form": SetPasswordForm()}).content.decode()
    assert "New password again" in page
    assert "(again)" not in page


def test_a_button_pressed_after_the_session_ended_leads_back_to_its_own_page() -> None:
    def to_sign_in(request: HttpRequest) -> HttpResponse:
        return HttpResponseRedirect(resolve_url("account_login") + "?next=/programme/x/cancel/")

    pressed = asked(Referer="https://elsewhere.example.org/programme/x/?page=2")
    pressed.method = "POST"
    answer = form_sign_in(to_sign_in)(pressed)
    assert answer["Location"] == resolve_url("account_login") + "?next=%2Fprogramme%2Fx%2F%3Fpage%3D2"
    assert form_sign_in(to_sign_in)(asked())["Location"].endswith("?next=/programme/x/cancel/")
