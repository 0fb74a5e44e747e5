"""A careers leader is called away in the middle of a form, and sends it when the session has ended."""

from __future__ import annotations

from django_scopes import scopes_disabled

from careers.accounts.tests.visitors import leave_unused, recovery_codes
from careers.leadership.models import Milestone
from tests.journeys.conftest import Beacon
from tests.journeys.visitor import PASSWORD, Visitor


def test_what_was_typed_is_sent_after_signing_in_again(beacon: Beacon, visitor: Visitor) -> None:
    leader = beacon.somebody("careers_leader", "Lee Leader")
    visitor.sign_in(leader.email)
    visitor.open("/school-record/add/feedback_gathered/")
    leave_unused(visitor.client, 90)
    visitor.send("Record it", title="What Year 9 said of the fair", informed_changes="yes")
    assert "What you had typed is kept" in visitor.words
    visitor.send("Sign in", login=leader.email, password=PASSWORD)
    # The code from the app was used a moment ago, and works once.
    visitor.send("Sign in", code=recovery_codes(leader)[0])
    assert visitor.heading == "What you had typed is still here"
    visitor.send("Send it now")
    with scopes_disabled():
        assert Milestone.objects.get().title == "What Year 9 said of the fair"
