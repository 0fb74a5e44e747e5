"""What a file for the local authority can say of a pupil: the basic facts, and for each purpose the additional ones it needs.

Nothing of special educational needs, care or free school meals is ever in it, and no note: an authority that needs these asks for
them by other law. What Trigpoint does not hold is said to be not held, never left blank.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from careers.encounters.models import Encounter
from careers.programme.models import Activity
from careers.pupils.models import OwnRecord, Pupil, YearHeld
from careers.schools.clock import today
from criteria.periods import AcademicYear

NOT_HELD = "not held in Trigpoint"
NAME, BORN, ADDRESS, PARENT, PARENT_ADDRESS = "name", "born", "address", "parent", "parent_address"
BASIC = {
    NAME: "Name",
    BORN: "Date of birth",
    ADDRESS: "Address",
    PARENT: "Name of a parent or carer",
    PARENT_ADDRESS: "Address of that parent or carer",
}
ADDITIONAL = {
    "year_group": "Year group",
    "on_roll": "On roll",
    "guidance": "Last personal guidance meeting",
    "offer": "Suitable offer of education or training",
    "destination": "Destination, as last checked",
}


@dataclass(frozen=True)
class Purpose:
    """What the authority wants it for, and which additional facts that needs: no file has others."""

    key: str
    title: str
    hint: str
    additional: tuple[str, ...]


PURPOSES = {
    purpose.key: purpose
    for purpose in (
        Purpose(
            "participation",
            "Who takes part in education or training at 16 and 17",
            "Year group, and whether the pupil is on roll.",
            ("year_group", "on_roll"),
        ),
        Purpose(
            "september_guarantee",
            "The September Guarantee",
            "Year group, and whether a suitable offer is recorded.",
            ("year_group", "on_roll", "offer"),
        ),
        Purpose(
            "support",
            "Support for young people who may need it",
            "Year group, last guidance meeting, and whether a suitable offer is recorded.",
            ("year_group", "on_roll", "guidance", "offer"),
        ),
        Purpose(
            "destinations",
            "Destinations of those who left",
            "Year group, and the last destination check. Only of those who agreed to be followed.",
            ("year_group", "on_roll", "destination"),
        ),
    )
}


class Facts:
    """What is known of these pupils on a day: three queries, however many they are."""

    def __init__(self, pupils: Iterable[Pupil], day: date | None = None) -> None:
        self.day = day or today()
        pupils = list(pupils)
        keys = [pupil.pk for pupil in pupils]
        school = pupils[0].school_id if pupils else None
        year = AcademicYear.containing(self.day).start_year
        held = YearHeld.objects.filter(school_id=school, pupil__in=keys, academic_year__lte=year)
        self.years = dict(held.order_by("academic_year").values_list("pupil_id", "year_group"))
        links = OwnRecord.objects.filter(school_id=school, pupil__in=keys, relation=OwnRecord.Relation.PARENT)
        self.parents: dict[int, str] = dict(links.order_by("-pk").values_list("pupil_id", "user__name"))
        self.encounters: dict[tuple[int, str], Encounter] = {}
        self._read_log(school, keys)

    def _read_log(self, school: int | None, keys: list[int]) -> None:
        wanted = (Activity.Type.GUIDANCE_MEETING, Activity.Type.OFFER, Activity.Type.DESTINATION)
        log = Encounter.objects.filter(
            school_id=school,
            pupil__in=keys,
            activity__type__in=wanted,
            status=Encounter.Status.ATTENDED,
            activity__starts_on__lte=self.day,
        ).exclude(activity__status=Activity.Status.CANCELLED)
        for encounter in log.select_related("activity").order_by("activity__starts_on", "pk"):
            self.encounters[encounter.pupil_id, encounter.activity.type] = encounter

    def say(self, pupil: Pupil, fact: str) -> str | date:
        return getattr(self, f"_{fact}")(pupil)

    def _name(self, pupil: Pupil) -> str:
        return " ".join(part for part in (pupil.forename, pupil.middle_names, pupil.surname) if part)

    def _born(self, pupil: Pupil) -> str | date:
        return pupil.date_of_birth or "not recorded"

    def _address(self, pupil: Pupil) -> str:
        return NOT_HELD

    _parent_address = _address

    def _parent(self, pupil: Pupil) -> str:
        return self.parents.get(pupil.pk, NOT_HELD)

    def _year_group(self, pupil: Pupil) -> str:
        return f"Year {self.years[pupil.pk]}" if pupil.pk in self.years else "not recorded"

    def _on_roll(self, pupil: Pupil) -> str:
        if pupil.is_on_roll(self.day):
            return "Yes"
        return f"Left on {pupil.left_on.isoformat()}" if pupil.left_on and pupil.left_on < self.day else "Not yet"

    def _guidance(self, pupil: Pupil) -> str | date:
        return self._day_of(pupil, Activity.Type.GUIDANCE_MEETING)

    def _offer(self, pupil: Pupil) -> str:
        found = self.encounters.get((pupil.pk, Activity.Type.OFFER))
        if found is None:
            return "none recorded"
        return {True: "Yes", False: "No", None: "An offer; not recorded whether suitable"}[
            found.activity.suitable_offer
        ]

    def _destination(self, pupil: Pupil) -> str:
        found = self.encounters.get((pupil.pk, Activity.Type.DESTINATION))
        if found is None:
            return "none recorded"
        said = {True: "Known", False: "Not known", None: "Checked"}[found.activity.destination_known]
        return f"{said}, {found.activity.starts_on}"

    def _day_of(self, pupil: Pupil, kind: str) -> str | date:
        found = self.encounters.get((pupil.pk, kind))
        return found.activity.starts_on or "day not recorded" if found else "none recorded"
