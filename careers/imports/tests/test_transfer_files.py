"""A Common Transfer File comes from another school."""

from datetime import date
from pathlib import Path

import pytest
from django_scopes import scope

from careers.imports.models import Import
from careers.imports.reading.files import File
from careers.imports.reading.refusal import FileRefused
from careers.imports.tests.sheets import a_upn, bring_in, ctf_file, faults, upload
from careers.pupils.models import Arrival, Characteristic, Pupil, YearHeld
from careers.schools.models import School
from tests.makers import make_school

FULL = """<Pupil><UPN>{upn}</UPN><Surname>Ash</Surname><Forename>Kit</Forename><DOB>2013-03-09</DOB><{sex}>F</{sex}>
<BasicDetails><PreferredForename>Kitty</PreferredForename><MiddleNames>Jo</MiddleNames><NCyearActual>9</NCyearActual></BasicDetails>
<LookedAfter><InCare>true</InCare></LookedAfter>
<FSMhistory><FSMinstance><FSMstartDate>2022-09-01</FSMstartDate></FSMinstance></FSMhistory>
<SENhistory><SEN><StartDate>2020-01-06</StartDate><SENprovision>K</SENprovision></SEN>
<SEN><StartDate>2024-04-15</StartDate><SENprovision>E</SENprovision></SEN></SENhistory></Pupil>"""
NO_UPN = "<Pupil><Surname>Smith</Surname><DOB>2013-01-01</DOB></Pupil>"
SEEN = Path(__file__).parents[4] / "shared" / "data" / "mis" / "ctf25_two_pupils.xml"


@pytest.mark.parametrize("sex", ["Sex", "Gender"])
def test_a_pupil_comes_with_everything_the_file_says(school: School, sex: str) -> None:
    bring_in(school, ctf_file(school, FULL.format(upn=a_upn(1), sex=sex)))
    with scope(school=school):
        pupil = Pupil.objects.get()
        assert (pupil.full_name, pupil.middle_names, pupil.sex) == ("Kitty Ash", "Jo", "F")
        assert YearHeld.objects.get().year_group == 9
        assert set(Characteristic.objects.values_list("kind", "value", "starts_on")) == {
            ("looked_after", "Y", None),
            ("fsm", "Y", date(2022, 9, 1)),
            ("sen_provision", "E", date(2024, 4, 15)),
        }


def test_a_pupil_without_a_upn_is_held_for_a_person(school: School) -> None:
    done = bring_in(school, ctf_file(school, NO_UPN))
    assert done.counts == {"held": 1}
    with scope(school=school):
        assert Arrival.objects.get().surname == "Smith"
        assert Pupil.objects.count() == 0


def test_the_same_file_again_holds_nobody_twice(school: School) -> None:
    bring_in(school, ctf_file(school, NO_UPN))
    assert upload(school, ctf_file(school, NO_UPN)).status == Import.Status.NOTHING


def test_a_file_for_another_school_is_refused(school: School) -> None:
    other = make_school("Elsewhere", laestab="9991111")
    with pytest.raises(
        FileRefused, match=r"This file is not for Beacon School\. It goes from Harbour Primary to 9991111"
    ):
        upload(school, ctf_file(school, NO_UPN, to=other.laestab))


def test_a_file_this_school_made_itself_is_accepted(school: School) -> None:
    file = ctf_file(school, NO_UPN, to="9991111")
    sent = file.content.replace(
        b"<LEA>123</LEA><Estab>4567</Estab>",
        f"<LEA>{school.laestab[:3]}</LEA><Estab>{school.laestab[3:]}</Estab>".encode(),
    )
    assert upload(school, File("sent.xml", sent)).counts == {"held": 1}


def test_a_file_made_in_the_summer_before_moves_year_groups_up(school: School) -> None:
    pupil = (
        FULL.format(upn=a_upn(1), sex="Sex")
        .replace("<NCyearActual>9<", "<NCyearActual>6<")
        .replace("2013-03-09", "2015-03-09")
    )
    bring_in(school, ctf_file(school, pupil, made="2026-07-10T09:00:00"))
    with scope(school=school):
        assert YearHeld.objects.get().year_group == 7


def test_a_missing_year_group_is_worked_out_from_the_birthday_and_said(school: School) -> None:
    pupil = f"<Pupil><UPN>{a_upn(1)}</UPN><Surname>Ash</Surname><Forename>Kit</Forename><DOB>2013-03-09</DOB></Pupil>"
    started = upload(school, ctf_file(school, pupil))
    assert started.preview["notices"] == [
        "For 1 pupil the file gives no year group. It was worked out from the date of birth: check it."
    ]
    assert started.preview["new"] == ["Ash, Kit, Year 9"]


def test_nobody_is_proposed_as_a_leaver_by_a_transfer_file(school: School) -> None:
    bring_in(school, ctf_file(school, FULL.format(upn=a_upn(1), sex="Sex")))
    assert (
        upload(school, ctf_file(school, FULL.format(upn=a_upn(2), sex="Sex").replace("Ash", "Elm"))).preview["leavers"]
        == []
    )


def test_a_file_without_pupils_is_refused(school: School) -> None:
    with pytest.raises(FileRefused, match="has no pupils in it"):
        upload(school, ctf_file(school))


@pytest.mark.skipif(not SEEN.exists(), reason="the real file to try on is not beside this checkout")
def test_the_real_file_with_a_short_upn_is_an_error_in_words(db: None) -> None:
    started = upload(make_school(laestab="9998888"), File(SEEN.name, SEEN.read_bytes()))
    assert started.status == Import.Status.BLOCKED
    assert faults(started)[0].startswith("1 UPN: “A123456789” is not a UPN: it has 10 characters and a UPN has 13.")
