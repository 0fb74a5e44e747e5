"""Evidence of the invented schools: a few drawn pictures, a minute and links. All invented, and nobody is in the pictures."""

from __future__ import annotations

from io import BytesIO

from careers.accounts.models import User
from careers.demonstration.making import Made
from careers.demonstration.plan import reference
from careers.evidence.contents import looked_into
from careers.evidence.models import Content, Evidence
from careers.programme.models import Activity

TYPES = (Activity.Type.EMPLOYER_ENCOUNTER, Activity.Type.WORKPLACE_EXPERIENCE, Activity.Type.PROVIDER_ENCOUNTER)
COLOURS = ("#1d5c63", "#7a3b69", "#8a5a12")
MINUTE = (
    "Minute of the governors' meeting (invented for the demonstration).\n"
    "Governors read the careers programme and back it. The head will report again in July.\n"
)
OF_CRITERIA = (
    ("gb1.2025.school.1", "Governors' minute: the programme is backed", MINUTE),
    ("gb1.2025.school.3", "The careers page of the website", "https://careers.example.org/ashmere-vale"),
)


def keep_evidence(made: Made, users: dict[str, User]) -> None:
    """A picture and a link of the year's latest activity of each of three types, and something for Benchmark 1."""
    now, dice, by = made.log.now, made.plan.dice("evidence"), next(iter(users.values()))
    latest: dict[str, Activity] = {}
    for entry in made.log.entries:
        activity = entry.activity
        held = activity.status == Activity.Status.DELIVERED and activity.academic_year == now.year
        if held and activity.type in TYPES and activity.purpose_shared_with_pupils and activity.reflection_after:
            latest[activity.type] = activity
    for number, activity in enumerate(latest.values()):
        said = {"activity": activity, "dated": activity.starts_on, "tells_of_pupils": number == 1, "kept_by": by}
        piece = Evidence(
            kind=Evidence.Kind.PICTURE, title="The room before it began", reference=reference(dice), **said
        )
        _keep(made, piece, "room.jpg", _drawn(activity.title, COLOURS[number]))
        link = {"kind": Evidence.Kind.LINK, "title": "What the newsletter said", "link": "https://news.example.org/"}
        _keep(made, Evidence(reference=reference(dice), **link, **{**said, "tells_of_pupils": False}))
    for criterion, title, what in OF_CRITERIA:
        is_link = what.startswith("https://")
        piece = Evidence(
            kind=Evidence.Kind.LINK if is_link else Evidence.Kind.DOCUMENT, title=title, criterion=criterion,
            link=what if is_link else "", tells_of_pupils=False, dated=now.today, kept_by=by, reference=reference(dice),
        )  # fmt: skip
        _keep(made, piece, *([] if is_link else ["minute.txt", what.encode()]))  # type: ignore[arg-type]


def _keep(made: Made, piece: Evidence, name: str = "", data: bytes = b"") -> None:
    piece.school = made.school
    piece.save()
    if data:
        found = looked_into(name, data)
        Content.objects.create(
            school=made.school, evidence=piece, name=found.name, media_type=found.media_type, size=len(found.data),
            sha256=found.sha256, data=found.data, thumbnail=found.thumbnail,
        )  # fmt: skip


def _drawn(words: str, colour: str) -> bytes:
    """A picture of a hall with a banner, as plain as can be."""
    from PIL import Image, ImageDraw

    picture = Image.new("RGB", (960, 720), "#e8e4da")
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 520, 960, 720), fill="#b59f7d")
    draw.rectangle((120, 90, 840, 250), fill=colour)
    draw.text((150, 140), words[:34], fill="white", font_size=38)
    for place in range(6):
        draw.rectangle((90 + place * 140, 440, 180 + place * 140, 560), fill="#4a4a4a")
    file = BytesIO()
    picture.save(file, "JPEG")
    return file.getvalue()
