"""The column headings that are recognised. Capitals, spaces and punctuation do not matter; the most trusted heading is first."""

from __future__ import annotations

from typing import Any

from django.db import models

from careers.imports.reading.table import key_of
from careers.programme.models import Activity

ROLL: dict[str, tuple[str, ...]] = {
    "upn": ("UPN", "Unique Pupil Number", "Pupil UPN", "Student UPN", "Unique Pupil No"),
    "former_upn": ("Former UPN", "Previous UPN", "Old UPN"),
    "uln": ("ULN", "Unique Learner Number", "Unique Learner No"),
    "mis_id": ("MIS ID", "Student ID", "Pupil ID", "Admission Number", "Admission No", "Adno", "Id"),
    "surname": ("Legal Surname", "Surname", "Legal Last Name", "Last Name", "Family Name"),
    "forename": ("Legal Forename", "Forename", "Legal First Name", "First Name", "Given Name"),
    "name": ("Name", "Full Name", "Pupil Name", "Student Name", "Pupil", "Student"),
    "middle_names": ("Middle Names", "Middle Name", "Legal Middle Names", "Middle Name(s)"),
    "preferred_surname": ("Preferred Surname", "Preferred Last Name", "Chosen Surname"),
    "preferred_forename": ("Preferred Forename", "Preferred Name", "Preferred First Name", "Known As", "Chosen Name"),
    "date_of_birth": ("Date of Birth", "DOB", "Birth Date", "D.O.B.", "Birthdate"),
    "sex": ("Sex", "Gender", "Legal Sex"),
    "year_group": (
        "NC Year", "Year Group", "Year", "Reg Year", "NC Year Actual", "National Curriculum Year", "Curriculum Year",
        "Actual NC Year", "Year Group Name", "Yr",
    ),
    "form": (
        "Form", "Reg Group", "Reg", "Registration Group", "Registration", "Registration Form", "Tutor Group", "Form/Tutor Group",
        "Form Group", "Reg Form",
    ),
    "house": ("House", "Academic House", "House Name"),
    "subjects": ("Subjects", "Subjects Studied", "Subjects Taken", "Subject List", "Subject Names"),
    "joined_on": (
        "Enrolment Date", "Admission Date", "Date of Admission", "Date of Entry", "Joined On", "Start Date", "DOA", "Date Joined",
        "On Roll From",
    ),
    "left_on": ("Leaving Date", "Date of Leaving", "Left On", "DOL", "Date Left", "Last Day on Roll"),
    "email": ("Email", "E-mail", "School Email Address", "Email Address", "Student Email", "Pupil Email", "School Email"),
    "sen_provision": (
        "SEN Provision", "SEN Status", "SEN", "SEND Status", "SEND", "SEN Stage", "SEN Code",
        "SEN Provision Code", "SEN Need Status",
    ),
    "fsm": ("FSM", "Free School Meals", "FSM Eligible", "Eligible for Free Meals", "FSM Eligibility", "Free School Meal"),
    "looked_after": (
        "Looked After", "LAC", "In Care", "Looked After Child", "CLA", "In LEA Care", "In LA Care", "Child Looked After",
    ),
    "pupil_premium": ("Pupil Premium", "PP", "Pupil Premium Indicator", "Pupil Premium Eligible", "Pupil Premium Recipient"),
    "eal": ("EAL", "English as an Additional Language", "English Additional Language"),
}  # fmt: skip

LOG_PUPIL: dict[str, tuple[str, ...]] = {
    "upn": ROLL["upn"],
    "mis_id": ("MIS ID", "Student ID", "Pupil ID", "Admission Number", "Admission No", "Adno"),
    "surname": ("Surname", "Legal Surname", "Last Name", "Family Name", "Preferred Surname"),
    "forename": ("Forename", "Legal Forename", "First Name", "Given Name", "Preferred Forename"),
    "name": ROLL["name"],
    "date_of_birth": ROLL["date_of_birth"],
    "form": ROLL["form"],
}

LOG_ACTIVITY: dict[str, tuple[str, ...]] = {
    "activity_id": ("Activity ID", "Event ID", "Activity Reference", "External key", "Trip ID", "Interaction ID"),
    "title": ("Activity", "Activity Title", "Title", "Event", "Event Name", "Activity Name", "Visit", "Trip"),
    "type": ("Activity Type", "Type", "Event Type", "Kind of activity", "Category"),
    "starts_on": ("Date", "Activity Date", "Event Date", "Starts On", "Start Date", "From"),
    "ends_on": ("Ends On", "End Date", "To", "Until"),
    "status": ("Attendance", "Status", "Attended", "Attendance Status", "Present", "Outcome"),
    "activity_status": ("Activity Status", "Event Status"),
    "employer": ("Employer", "Employers", "Company", "Business"),
    "provider": ("Provider", "Providers", "College", "University", "Training Provider"),
    "partner": ("Partner", "Partners", "Organisation", "Organisations", "Host"),
    "partner_kind": ("Partner Kind", "Organisation Kind", "Kind of partner", "Partner Type"),
    "year_groups": ("Year Groups", "Activity Year Groups", "For Year Groups"),
}

PROGRAMME: dict[str, tuple[str, ...]] = {
    "programme_id": ("programme_id", "Programme"),
    "school": ("school", "School name"),
    "urn": ("urn",),
    "academic_year": ("academic_year",),
    "year_groups": ("year_groups", "Year Group", "Years", "Year"),
    "term": ("term", "When", "Half-term"),
    "title": ("activity_title", "Activity", "Title"),
    "kind": ("kind", "Kind of activity", "Type"),
    "benchmarks": ("benchmarks_claimed", "Benchmarks", "Gatsby Benchmarks"),
    "audience": ("audience", "For whom"),
    "source_url": ("source_url", "Source", "Web address"),
    "note": ("note", "Notes"),
}

NOT_ASKED = {
    *("id", "school", "reference", "owner", "external_key", "academic_year", "claimed_benchmarks", "partners"),
    *("copied_from", "template", "lacking", "status_reason"),
}
ATTRIBUTES: dict[str, models.Field[Any, Any]] = {
    field.name: field
    for field in Activity._meta.get_fields()
    if isinstance(field, models.Field)
    and not field.many_to_many
    and field.name not in NOT_ASKED | LOG_ACTIVITY.keys() | LOG_PUPIL.keys()
}
"""What else a log may say of an activity: every plain field of the model, by its name or its label."""


def for_log() -> dict[str, tuple[str, ...]]:
    taken = {key_of(alias) for aliases in (*LOG_PUPIL.values(), *LOG_ACTIVITY.values()) for alias in aliases}
    plain = {
        name: tuple(
            dict.fromkeys(
                str(heading) for heading in (field.verbose_name.capitalize(), name) if key_of(heading) not in taken
            )
        )
        for name, field in ATTRIBUTES.items()
    }
    return {**LOG_PUPIL, **LOG_ACTIVITY, **{name: aliases for name, aliases in plain.items() if aliases}}
