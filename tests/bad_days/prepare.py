"""Makes a copy with one school and one careers leader, and prints the key of a session in which she has signed in.

Run as `python -m tests.bad_days.prepare`, with the settings of the copy in the environment.
"""

import os

import django
from django.conf import settings
from django.core.management import call_command


def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "careers.website.settings"
    django.setup()
    call_command("setup")
    from django.test import Client

    from tests.makers import make_person, make_pupil, make_school

    school = make_school("Beacon School")
    make_pupil(school, 9, forename="Ada", surname="Abara")
    leader = make_person(
        school, "careers_leader", name="Priya Sandhu", email="priya@example.org", password="a long enough one"
    )
    client = Client()
    client.force_login(leader)
    print(client.cookies[settings.SESSION_COOKIE_NAME].value)


if __name__ == "__main__":
    main()
