"""What was held with a partner, whom each year group has met, and two records of one partner made one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_scopes import scope

from careers.audit.models import Event
from careers.partners.models import Check, Contact, LocalFigures, Offer, Partner, Remark
from careers.programme.models import Activity, ActivityPartner
from careers.pupils.models import Pupil
from careers.schools import clock
from careers.schools.models import School
from careers.schools.once import new_stamp
from tests.makers import TODAY, make_activity, make_encounter, make_person, make_pupil, make_school


@pytest.fixture
def school(db: None) -> Iterator[School]:
    with clock.on(TODAY):
        made = make_school()
        with scope(school=made):
            yield made


def signed_in(school: School, role: str = "careers_leader") -> Client:
    client = Client()
    client.force_login(make_person(school, role))
    return client


def partner(school: School, name: str = "Harbour Works", **fields: Any) -> Partner:
    return Partner.objects.create(school=school, name=name, **{"kind": "employer", **fields})


def held(school: School, *partners: Partner, pupils: tuple[Pupil, ...] = (), **fields: Any) -> Activity:
    activity = make_activity(school, **{"title": "Talk", **fields})
    for each in partners:
        ActivityPartner.objects.create(school=school, activity=activity, partner=each)
    for pupil in pupils:
        make_encounter(pupil, activity)
    return activity


def table(client: Client, address: str) -> str:
    """What the table of a page holds, without the filters above it."""
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode().partition("<tbody")[2]


def test_the_list_is_narrowed_and_sorted_by_its_address(school: School) -> None:
    client, day = signed_in(school), TODAY
    castings = partner(school, "Calder Castings", sic_section="C", size_band="large", town="Tarnside")
    dairy = partner(school, "Rushbrook Dairy", sic_section="A", self_employed=True)
    partner(school, "Ashmere College", kind="provider", provider_kind="fe_college")
    gone = partner(school, "Gone Away", gone_on=day)
    held(school, castings, day=day - timedelta(days=3))
    held(school, dairy, day=day - timedelta(days=500))
    held(school, dairy, day=day - timedelta(days=2), status="cancelled")
    Check.objects.create(school=school, partner=castings, kind="public", expires_on=day + timedelta(days=20))
    Check.objects.create(school=school, partner=gone, kind="public", expires_on=day - timedelta(days=20))

    def names(query: str) -> list[str]:
        return [line.partner.name for line in client.get(f"/partners/{query}").context["page"]]

    everybody = ["Ashmere College", "Calder Castings", "Rushbrook Dairy"]
    assert names("") == names("?kind=nonsense&sort=nonsense&page=x") == everybody
    assert names("?sort=-name") == everybody[::-1]
    assert names("?sort=-seen")[0] == "Calder Castings"
    assert names("?called=castings+ltd") == names("?called=tarnside") == names("?sector=C") == ["Calder Castings"]
    assert names("?size=none") == ["Ashmere College", "Rushbrook Dairy"]
    assert names("?provider=fe_college") == names("?access=none&kind=provider") == ["Ashmere College"]
    assert names("?alone=yes") == ["Rushbrook Dairy"]
    assert names("?seen=long") == ["Ashmere College", "Rushbrook Dairy"]
    assert names("?seen=never") == ["Ashmere College"]
    assert names("?checks=soon") == names("?checks=any") == ["Calder Castings"]
    assert names("?checks=over") == []
    assert names("?still=gone") == ["Gone Away"]
    assert "runs out in 20 days" in table(client, "/partners/")


def test_whom_a_year_group_has_met_leads_to_them(school: School) -> None:
    """This year, and over all the years of the pupils who are in it now."""
    client = signed_in(school)
    pupil, other = make_pupil(school, 9), make_pupil(school, 10)
    now, before = partner(school, "Now", sic_section="C", size_band="large"), partner(school, "Before", sic_section="A")
    held(school, now, pupils=(pupil, make_pupil(school, 9)))
    held(school, before, pupils=(pupil,), day=TODAY.replace(year=2025))
    absent = held(school, partner(school, "Missed"))
    make_encounter(other, absent, status="absent")
    held(school, partner(school, "College", kind="provider"), pupils=(other,))

    def counted(address: str) -> dict[str, list[int]]:
        page = client.get(address).context
        return {line.label: [cell.number for cell in line.cells] for line in page["sectors"].lines}

    assert client.get("/partners/mix/").context["groups"] == [9, 10]
    assert counted("/partners/mix/") == {"Manufacturing": [1, 0]}
    assert counted("/partners/mix/?over=so-far") == {"Farming, forestry and fishing": [1, 0], "Manufacturing": [1, 0]}
    page = client.get("/partners/mix/?over=so-far").context
    door = page["sectors"].lines[0].cells[0].url
    assert [line.partner.name for line in client.get(door).context["page"]] == ["Before"]
    whole = client.get(page["whole"].url).context["page"]
    assert len(whole) == page["whole"].number == 2
    text = client.get("/partners/mix/").content.decode()
    assert "Year 10 has met no employer" in text
    assert "Business Register" in text


def test_the_mix_stands_beside_what_the_school_found_of_the_labour_market(school: School) -> None:
    LocalFigures.objects.create(school=school, sectors={"C": 11.2, "Q": 13.0}, sectors_from="A table", area="Ashmere")
    held(school, partner(school, "Now", sic_section="C"), pupils=(make_pupil(school, 9),))
    text = signed_in(school, "link_governor").get("/partners/mix/").content.decode()
    assert "11.2%" in text
    assert "Jobs in Ashmere: A table" in text
    assert "Health and social care" in text, "what is here and nobody has met"


def test_what_was_held_says_how_many_met_them_and_how_it_went(school: School) -> None:
    works = partner(school)
    pupils = (*(make_pupil(school, 9) for _ in range(7)), make_pupil(school, 11))
    activity = held(school, works, pupils=pupils)
    client = signed_in(school, "careers_leader")
    address = f"/partners/{works.reference}/"
    told = client.post(
        f"{address}how-it-went/{activity.reference}/",
        {"words": "Lively and kind", "again": "yes", "stamp": new_stamp()},
    )
    assert told.status_code == 302
    page = table(client, address)
    assert "Year 9: 7, Year 11: 1" in page
    assert "Lively and kind" in page
    assert "Invite again" in page
    governor = signed_in(school, "link_governor").get(address).content.decode()
    assert "Year 9: 5, Year 11: fewer than 5" in governor
    assert "Lively" not in governor


def test_a_one_to_one_meeting_is_not_told_to_who_does_not_see_the_pupil(school: School) -> None:
    works = partner(school)
    held(school, works, pupils=(make_pupil(school, 9),), title="Meeting of one", one_to_one=True)
    assert "Meeting of one" in signed_in(school).get(f"/partners/{works.reference}/").content.decode()
    governor = signed_in(school, "link_governor")
    assert "Meeting of one" not in governor.get(f"/partners/{works.reference}/").content.decode()
    assert "never" in table(governor, "/partners/")


def test_an_activity_warns_of_a_check_that_will_have_run_out_by_then(school: School) -> None:
    works = partner(school)
    Check.objects.create(school=school, partner=works, kind="employers", expires_on=TODAY + timedelta(days=10))
    soon = held(school, works, day=TODAY + timedelta(days=10), status="planned")
    later = held(school, works, day=TODAY + timedelta(days=11), status="planned")
    client = signed_in(school)

    def warns(activity: Activity) -> bool:
        return "will have run out" in client.get(f"/programme/{activity.reference}/").content.decode()

    assert (warns(soon), warns(later)) == (False, True)
    make_pupil(school)
    assert "whose insurance or check will have run out" in client.get("/").content.decode()
    assert works.name in table(client, "/partners/?checks=then")
    Check.objects.create(school=school, partner=works, kind="employers", expires_on=TODAY + timedelta(days=99))
    assert not warns(later)


def test_merging_two_records_keeps_everything_and_asks_first(school: School) -> None:
    kept = partner(school, "Harbour Works", size_band="small", sic_section="C")
    goes = partner(school, "Harbour Works Ltd", size_band="large", town="Ashmere", other_names=["HW"])
    both, one = held(school, kept, goes, title="Fair"), held(school, goes)
    Contact.objects.create(school=school, partner=goes, name="Al Vane")
    Offer.objects.create(school=school, partner=goes, kind="talk")
    Check.objects.create(school=school, partner=goes, kind="public")
    Remark.objects.create(school=school, partner=goes, occasion=one.reference, words="Good")
    client, address = signed_in(school), f"/partners/{kept.reference}/merge/"
    shown = client.get(f"{address}?other={goes.reference}")
    assert Partner.objects.count() == 2
    assert "This cannot be undone" in shown.content.decode()
    preview = shown.context["preview"]
    assert dict(preview.moved) == {"activity partners": 2, "contacts": 1, "offers": 1, "checks": 1, "remarks": 1}
    facts = {fact.name: (fact.kept, fact.other, fact.taken) for fact in preview.facts}
    assert facts["size band"] == ("10 to 49 people", "250 people or more", False)
    assert facts["town"] == ("not recorded", "Ashmere", True)

    Partner.objects.filter(pk=goes.pk).update(town="Tarnside")
    sent = {"other": goes.reference, "merge": "yes", "stamp": preview.stamp}
    client.post(address, sent)
    assert Partner.objects.count() == 2, "what was shown is not what there is"
    sent["stamp"] = client.get(f"{address}?other={goes.reference}").context["preview"].stamp
    assert client.post(address, sent).status_code == 302
    now = Partner.objects.get()
    assert (now.name, now.other_names) == ("Harbour Works", ["Harbour Works Ltd", "HW"])
    assert (now.size_band, now.town) == ("small", "Tarnside")
    assert set(now.activities.all()) == {both, one}  # type: ignore[attr-defined]
    for model in (Contact, Offer, Check, Remark):
        assert model.objects.get().partner == now
    event = Event.objects.get(verb="merged partners")
    assert event.detail["moved"]["activity partners"] == 1
    assert client.post(address, sent).status_code == 422, "merged already"


def queries(client: Client, address: str) -> int:
    client.get("/roles/")
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert client.get(address, headers={"HX-Request": "true"}).status_code == 200
    return len(asked)


def test_the_pages_ask_a_fixed_number_of_questions(school: School) -> None:
    works, client = partner(school), signed_in(school)
    pages = [
        "/partners/",
        "/partners/mix/?over=so-far",
        f"/partners/{works.reference}/",
        "/partners/?met=9&checks=then",
    ]
    pages += ["/partners/like/?name=Works", "/partners/former-pupils/"]

    def more(number: int) -> None:
        for n in range(number):
            each = partner(school, f"Works {number} {n}")
            held(school, works, each, pupils=(make_pupil(school, 9),))
            for model, fields in ((Contact, {"name": "A", "former_pupil": True}), (Check, {"expires_on": TODAY})):
                model.objects.create(school=school, partner=each, **fields)
                model.objects.create(school=school, partner=works, **fields)

    more(2)
    few = {page: queries(client, page) for page in pages}
    more(8)
    assert {page: queries(client, page) for page in pages} == few
    assert max(few.values()) <= 20
