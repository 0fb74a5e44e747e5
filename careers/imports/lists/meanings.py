"""What a column of any list can mean: as the page offers it, and the headings other systems give it."""

from __future__ import annotations

from careers.imports import headings

IGNORE, MARKS, SESSIONS = "ignore", "marks", "sessions"
PUPIL = ("upn", "mis_id", "email", "surname", "forename", "name", "date_of_birth", "form")
WHO = {"upn", "mis_id", "email", "surname", "name"}
"""Any one of these says which pupil a row is about."""

GROUPS: dict[str, dict[str, str]] = {
    "The pupil": {
        "name": "Pupil’s whole name",
        "surname": "Pupil’s surname",
        "forename": "Pupil’s forename",
        "form": "Pupil’s form",
        "upn": "UPN",
        "mis_id": "The school’s own number of the pupil",
        "email": "Pupil’s e-mail address",
        "date_of_birth": "Pupil’s date of birth",
    },
    "The activity": {
        "title": "Title of the activity",
        "type": "Type of activity",
        "activity_id": "The activity’s number in the other system",
        "starts_on": "Date, or first day",
        "ends_on": "Last day",
        "employer": "Employer",
        "provider": "College, university or training provider",
        "partner": "Organisation of another or unknown kind",
        "staff": "Member of staff who leads it",
    },
    "Attendance": {
        "status": "Whether the pupil attended",
        MARKS: "An activity: a mark or a date for each pupil below it",
        SESSIONS: "A day of the activity: a mark for each pupil below it",
    },
}
MORE = "More about the activity"

HEADINGS: dict[str, tuple[str, ...]] = {
    "upn": headings.LOG_PUPIL["upn"],
    "mis_id": (*headings.LOG_PUPIL["mis_id"], "Student Number", "Pupil Number", "Exam Number"),
    "email": (*headings.ROLL["email"], "Student Email Address", "Username"),
    "surname": (*headings.LOG_PUPIL["surname"], "Student Last Name", "Pupil Surname", "Student Surname"),
    "forename": (*headings.LOG_PUPIL["forename"], "Student First Name", "Pupil Forename", "Student Forename"),
    "name": (
        *headings.LOG_PUPIL["name"], "Attendee", "Attendees", "Participant", "Students", "Pupils", "Names", "Young person",
    ),
    "date_of_birth": headings.LOG_PUPIL["date_of_birth"],
    "form": (*headings.LOG_PUPIL["form"], "Class", "Tutor", "Registration class", "Form class", "Student Form"),
    "activity_id": (
        *headings.LOG_ACTIVITY["activity_id"], "Visit ID", "Visit Ref", "Visit Reference", "Reference", "Ref", "Trip Ref",
        "Event Ref", "Visit Number",
    ),
    "title": (
        *headings.LOG_ACTIVITY["title"], "Visit Title", "Visit Name", "Trip Name", "Trip Title", "Club", "Club Name",
        "Session Name",
        "Name of visit", "Name of activity", "Talk", "Workshop", "Speaker event", "Purpose of visit", "Event Title",
    ),
    "type": (
        *headings.LOG_ACTIVITY["type"], "Visit Type", "Trip Type", "Interaction Type", "Type of interaction",
        "Interaction", "Type of visit",
        "Club Type", "Kind", "Visit Category",
    ),
    "starts_on": (
        *headings.LOG_ACTIVITY["starts_on"], "Visit Date", "Date of visit", "Departure Date", "Date out", "Depart", "Start",
        "Session Date",
        "Interaction Date", "Date of interaction", "Day", "Trip Date", "Date of trip", "Start Date/Time",
    ),
    "ends_on": (*headings.LOG_ACTIVITY["ends_on"], "Return Date", "Date back", "Return", "End", "Finish", "End Date/Time"),
    "status": (
        *headings.LOG_ACTIVITY["status"], "Attendance Mark", "Mark", "Register", "Did they attend", "Attended?", "Came",
        "Attendance Code",
        "Signed in",
    ),
    "employer": (*headings.LOG_ACTIVITY["employer"], "Employer Name", "Employer visited", "Workplace"),
    "provider": (*headings.LOG_ACTIVITY["provider"], "Provider Name", "HE Provider"),
    "partner": (
        *headings.LOG_ACTIVITY["partner"], "Venue/Provider", "Organisation Name", "Run by", "Delivered by", "External provider",
    ),
    "location": ("Venue", "Location", "Where", "Destination", "Place", "Room", "Venue Name"),
    "staff": (
        "Visit Leader", "Trip Leader", "Leader", "Staff", "Staff Member", "Member of staff", "Organiser", "Teacher",
        "Adviser", "Advisor",
        "Lead Staff", "Club Leader", "Owner", "Led by", "Recorded by", "Created by", "Author", "Staff name",
    ),
    "hours": ("Hours", "Duration (hours)", "Duration", "Length (hours)"),
    "cost": ("Cost", "Total Cost", "Cost in pounds"),
    "subject": ("Subject", "Department", "Curriculum Area"),
    IGNORE: (
        "Description", "Details", "Comments", "Comment", "Notes", "Note", "Risk", "Approved", "Status of approval",
        "Number of pupils",
        "No. of pupils", "Pupils on visit", "No of students", "Number", "Total", "Signature", "Sign", "Signed", "Time",
        "Time in", "Time out", "Year", "Year Group",
        "Gender", "Sex", "House", "No", "No.", "PP", "SEN", "FSM", "EAL",
    ),
}  # fmt: skip
"""Headings of other systems. What may be written of one pupil (a comment) is left out unless somebody says otherwise."""


def more() -> dict[str, str]:
    """Every other field of an activity that a column can hold."""
    labels = {name: str(field.verbose_name) for name, field in headings.ATTRIBUTES.items()}
    return {name: f"{label[:1].upper()}{label[1:]}" for name, label in labels.items()}


def offered() -> list[tuple[str, list[tuple[str, str]] | str]]:
    """What a column can mean, for a list to choose from."""
    groups = [(group, list(meanings.items())) for group, meanings in GROUPS.items()]
    return [(IGNORE, "Not used"), *groups, (MORE, [*more().items(), ("year_groups", "Year groups it is for")])]


def label_of(meaning: str) -> str:
    known = {name: label for group in GROUPS.values() for name, label in group.items()} | more()
    return known.get(meaning, "Year groups it is for" if meaning == "year_groups" else "Not used")
