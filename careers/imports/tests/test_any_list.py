"""A careers leader brings in what was kept elsewhere, as it was kept: trips, clubs, interactions, a sign-in sheet, a tracker."""

from datetime import date

import pytest
from django_scopes import scope

from careers.encounters.models import Encounter
from careers.imports import actions
from careers.imports.models import Import, ListSource
from careers.imports.tests import lists
from careers.imports.tests.lists import as_guessed, five_pupils, fixed, list_brought_in, list_uploaded
from careers.imports.tests.sheets import csv_file, upload, xlsx_file
from careers.imports.tests.test_undoing import everything, undo
from careers.partners.models import Partner
from careers.programme.models import Activity, Session
from careers.pupils.models import Pupil
from careers.schools.models import School
from tests.makers import make_activity, make_encounter, make_person, make_pupil


@pytest.fixture
def pupils(school: School) -> list[Pupil]:
    return five_pupils(school)


def log_of(school: School) -> set[tuple[str, str, str, str]]:
    with scope(school=school):
        rows = Encounter.objects.values_list("pupil__surname", "activity__title", "activity__starts_on", "status")
        return {(who, what, str(day or ""), status) for who, what, day, status in rows}


def test_visits_of_a_trips_system_become_activities_without_pupils(school: School) -> None:
    leader = make_person(school, name="Ms Lark")
    done = list_brought_in(school, lists.trips_system(), types={"sports fixture": "leave"})
    assert done.counts == {"new_activities": 2, "left_out": 1}
    with scope(school=school):
        college, yard = Activity.objects.order_by("starts_on")
    assert (college.title, college.type, college.status) == (
        "Open day at the college",
        "provider_encounter",
        "delivered",
    )
    assert (college.starts_on, college.ends_on, college.location) == (
        date(2026, 10, 6),
        date(2026, 10, 6),
        "Harbour College",
    )
    assert (college.owner_id, yard.owner_id, yard.type) == (leader.pk, None, "workplace_experience")


def test_a_club_with_several_sessions_is_one_activity(school: School, pupils: list[Pupil]) -> None:
    done = list_brought_in(school, lists.clubs_list(pupils), one_activity=True, fill_down=True)
    with scope(school=school):
        club = Activity.objects.get()
        assert (club.title, club.starts_on, club.ends_on) == ("Young Enterprise", date(2026, 9, 15), date(2026, 9, 29))
        assert [session.day.day for session in Session.objects.all()] == [15, 22, 29]
    assert {status for *_, status in log_of(school)} == {"attended"}
    assert done.counts == {"new": 3, "new_activities": 1, "new_sessions": 3}


def test_a_later_file_of_the_club_adds_its_new_session_to_it(school: School, pupils: list[Pupil]) -> None:
    list_brought_in(school, lists.clubs_list(pupils), one_activity=True, fill_down=True)
    row = ["Young Enterprise", pupils[3].list_name, "9A", date(2026, 10, 6), "Present"]
    second = ["Young Enterprise", pupils[2].list_name, "9A", date(2026, 10, 6), "Absent"]
    later = xlsx_file(["Club", "Student", "Reg Group", "Session Date", "Attendance"], second, row, name="clubs.xlsx")
    done = list_brought_in(school, later, one_activity=True)
    assert done.counts == {"new": 1, "unchanged": 1, "new_sessions": 1, "changed_activities": 1}
    with scope(school=school):
        club = Activity.objects.get()
    assert (club.starts_on, club.ends_on) == (date(2026, 9, 15), date(2026, 10, 6))


def test_dates_across_are_days_of_the_activity_named_above_them(school: School, pupils: list[Pupil]) -> None:
    list_brought_in(school, lists.dates_across(pupils), once={"title": "Coding club", "type": "careers_lesson"})
    assert log_of(school) == {(who, "Coding club", "2026-10-06", "attended") for who in ("Ash", "Birch", "Cedar")}


def test_interactions_are_known_by_e_mail_and_what_was_said_is_left_where_it_was(
    school: School, pupils: list[Pupil]
) -> None:
    done = list_brought_in(school, lists.interactions(pupils))
    assert log_of(school) == {
        ("Ash", "Careers interview", "2026-10-06", "attended"),
        ("Birch", "Careers interview", "2026-10-06", "attended"),
        ("Cedar", "Employer talk", "2026-10-08", "attended"),
    }
    with scope(school=school):
        assert set(Activity.objects.values_list("type", "note")) == {
            ("guidance_meeting", ""),
            ("employer_encounter", ""),
        }
    assert done.counts["new_activities"] == 2


def test_a_sign_in_sheet_takes_its_title_and_day_from_what_stands_above(school: School, pupils: list[Pupil]) -> None:
    list_brought_in(school, lists.sign_in_sheet(pupils))
    assert log_of(school) == {(who, "Careers fair", "2026-11-12", "attended") for who, _ in lists.NAMES}
    with scope(school=school):
        assert Activity.objects.get().type == "careers_event"


def test_a_tracker_has_an_activity_in_each_column_and_a_mark_or_a_day_in_each_cell(
    school: School, pupils: list[Pupil]
) -> None:
    started = list_brought_in(
        school, lists.tracker(pupils), marks={"x": "attended"}, types={"mock interview": "employer_encounter"}
    )
    assert log_of(school) == {
        ("Ash", "Mock interview", "", "attended"),
        ("Birch", "Mock interview", "", "absent"),
        ("Ash", "Careers interview", "2026-10-06", "attended"),
        ("Birch", "Careers interview", "2026-10-13", "attended"),
        ("Ash", "College taster", "2026-11-03", "attended"),
        ("Cedar", "College taster", "2026-11-03", "attended"),
    }
    with scope(school=school):
        assert started.answers.keys() == {"mapping"}, "nothing of pupils stays"


@pytest.mark.parametrize("kind", ["clubs_list", "dates_across", "interactions", "sign_in_sheet", "tracker"])
def test_the_same_list_again_changes_nothing_and_undone_it_was_never_here(
    kind: str, school: School, pupils: list[Pupil]
) -> None:
    before = everything()
    chosen = {
        "marks": {"x": "attended"},
        "types": {"mock interview": "employer_encounter"},
        "once": {"type": "careers_event", "title": "Fair"},
        "fill_down": True,
        "name": "Of that kind",
    }
    file = getattr(lists, kind)(pupils)
    done = list_brought_in(school, file, **chosen)
    again = list_uploaded(school, file, **chosen)
    assert (again.status, "new_activities" in again.counts) == (Import.Status.NOTHING, False)
    with scope(school=school):
        again.delete()
    undo(school, done)
    assert everything() == before
    with scope(school=school):
        assert not ListSource.objects.exists()


def test_last_years_undated_tracker_is_not_taken_for_this_years(school: School, pupils: list[Pupil]) -> None:
    file = csv_file(["UPN", "Mock interview"], [pupils[0].upn, "Y"], name="tracker.csv")
    for year in (2025, 2026):
        list_brought_in(school, file, academic_year=year, types={"mock interview": "employer_encounter"})
    with scope(school=school):
        assert list(Activity.objects.order_by("academic_year").values_list("academic_year", flat=True)) == [2025, 2026]


def test_an_activity_that_is_planned_is_found_by_title_and_day_and_keeps_its_type(
    school: School, pupils: list[Pupil]
) -> None:
    planned = make_activity(school, "workplace_experience", date(2026, 10, 13), title="Shipyard Tour", status="planned")
    booked = make_encounter(pupils[0], planned, "booked")
    head = ["Trip ID", "Trip", "Type", "Date", "Student", "Form"]
    done = list_brought_in(
        school,
        csv_file(head, ["9", "Shipyard tour", "Employer visit", "13/10/2026", "Wren Ash", "9A"], name="trips.csv"),
    )
    with scope(school=school):
        planned.refresh_from_db()
        booked.refresh_from_db()
        assert Activity.objects.count() == 1
    assert (planned.type, planned.status, booked.status) == ("workplace_experience", "delivered", "attended")
    assert done.counts == {"changed": 1, "changed_activities": 1}


def test_two_visits_with_numbers_of_their_own_stay_two(school: School) -> None:
    head = ["Trip ID", "Trip", "Type", "Date"]
    rows = [[n, "College visit", "College visit", "13/10/2026"] for n in (1, 2)]
    for rest in (rows[:1], rows, rows):
        started = list_uploaded(school, csv_file(head, *rest, name="trips.csv"))
        if started.status == Import.Status.READY:
            with scope(school=school):
                actions.apply(started=started, by=None)
    with scope(school=school):
        assert set(Activity.objects.values_list("external_key", flat=True)) == {"log:1", "log:2"}


def test_a_name_two_pupils_share_is_asked_once_for_all_its_rows(school: School, pupils: list[Pupil]) -> None:
    twin = make_pupil(school, surname="Ash", forename="Wren", form="9B")
    rows = [["Wren Ash", "Employer talk", f"0{n}/10/2026"] for n in (1, 2)]
    started = list_uploaded(school, csv_file(["Student", "Activity", "Date"], *rows, name="talks.csv"))
    assert started.status == Import.Status.FIX
    (asked,) = started.preview["people"]
    assert (asked["why"], asked["rows"]) == ("2 pupils have this name", [2, 3])
    assert {(one["name"], one["form"], one["year"]) for one in asked["candidates"]} == {
        ("Ash, Wren", "9A", 9),
        ("Ash, Wren", "9B", 9),
    }
    fixed(started, people={asked["key"]: twin.reference})
    assert (started.status, started.counts) == (Import.Status.READY, {"new": 2, "new_activities": 2})
    assert "Chosen by you: 1 pupil (Ash, Wren)." in started.preview["understood"]


def test_nobody_of_ours_leaves_the_row_out_and_says_so(school: School, pupils: list[Pupil]) -> None:
    file = csv_file(["Student", "Form"], ["Wren Ash", "9A"], ["Zebedee Quartz", "9Z"], name="fair.csv")
    started = list_uploaded(school, file, once={"title": "Fair", "type": "careers_event"})
    (asked,) = started.preview["people"]
    assert asked["candidates"] == []
    fixed(started, nobody=True)
    assert started.status == Import.Status.READY
    assert "Left out as nobody of ours: 1 row (Zebedee Quartz, 9Z)." in started.preview["understood"]


def test_an_organisation_like_one_that_is_here_is_asked_about(school: School) -> None:
    with scope(school=school):
        here = Partner.objects.create(school=school, name="Harbour Works", kind="employer")
    head = ["Activity", "Type", "Date", "Employer"]
    file = csv_file(
        head,
        ["Talk", "employer_encounter", "06/10/2026", "Harbor Works"],
        ["Tour", "employer_encounter", "07/10/2026", "HARBOUR WORKS LTD"],
    )
    started = list_uploaded(school, file)
    (asked,) = started.preview["organisations"]
    assert (asked["name"], [one["name"] for one in asked["candidates"]]) == ("Harbor Works", ["Harbour Works"])
    fixed(started, partners={"harbor works": here.reference})
    assert (started.status, started.counts) == (Import.Status.READY, {"new_activities": 2})
    fixed(started, partners={"harbor works": "new"})
    assert started.counts == {"new_activities": 2, "new_partners": 1}


def test_a_cell_is_put_right_here_or_its_row_left_out_and_the_file_stays_as_it_is(
    school: School, pupils: list[Pupil]
) -> None:
    head = ["UPN", "Activity", "Type", "Date", "Attendance"]
    rows = [
        [p.upn, "Talk", "employer_encounter", day, "present"]
        for p, day in zip(pupils, ["06/10/2026", "soon", "31/31/31"], strict=False)
    ]
    started = list_uploaded(school, csv_file(head, *rows, name="talks.csv"))
    assert started.status == Import.Status.FIX
    first, second = started.preview["cells"]
    assert (first["row"], first["parts"][0]["index"], first["parts"][0]["value"]) == (3, 3, "soon")
    kept = bytes(started.content or b"")
    fixed(started, cells={"3": {"3": "06/10/2026"}}, skip=[second["row"]])
    assert (started.status, started.counts) == (Import.Status.READY, {"new": 2, "new_activities": 1, "left_out": 1})
    assert "Put right here: row 3, Date to “06/10/2026”." in started.preview["understood"]
    assert bytes(started.content or b"") == kept


def test_what_is_known_of_a_source_is_found_by_its_headings_whatever_their_order(
    school: School, pupils: list[Pupil]
) -> None:
    from careers.imports import sources
    from careers.imports.lists import sheet

    list_brought_in(school, lists.interactions(pupils), name="Interactions")
    with scope(school=school):
        turned = sheet.read(
            csv_file(
                ["Description", "DATE OF INTERACTION", "Interaction type", "staff member", "Student email"],
                list("abcde"),
            )
        )
        found, exact = sources.recognised(school, turned)
        assert (str(found), exact) == ("Interactions", True)
        wider = sheet.read(csv_file([*turned.headings, "Room"], list("abcdef")))
        assert sources.recognised(school, wider) == (found, False)
        assert sources.recognised(school, sheet.read(csv_file(["Name", "Form"], ["A B", "9A"]))) == (None, False)


def test_undoing_leaves_what_another_file_of_the_source_rests_on(school: School, pupils: list[Pupil]) -> None:
    done = list_brought_in(school, lists.interactions(pupils), name="Interactions")
    upload_again = upload(school, lists.interactions(pupils), "anything")
    as_guessed(upload_again, name="Interactions")
    undo(school, done)
    with scope(school=school):
        assert ListSource.objects.get().name == "Interactions"


def test_a_change_made_while_a_list_was_read_is_seen(school: School, pupils: list[Pupil]) -> None:
    started = list_uploaded(school, lists.interactions(pupils))
    make_activity(school, "guidance_meeting", date(2026, 10, 6), title="Careers interview")
    with scope(school=school), pytest.raises(actions.NotNow, match="has changed since this preview"):
        actions.apply(started=started, by=None)
