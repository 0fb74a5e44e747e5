"""A record as a download."""

from __future__ import annotations

import io
from datetime import date

from django.http import FileResponse

from careers.protection.record_files import as_json, as_pdf, zipped
from careers.protection.whole_record import Section
from careers.schools.models import School


def as_download(
    title: str, school: School, sections: list[Section], left_out: list[dict[str, str]], day: date
) -> FileResponse:
    """A zip of the PDF and the JSON. Its name says the day and nothing of whose record it is."""
    files = {
        "record.pdf": as_pdf(title, school, sections, left_out, day),
        "record.json": as_json(title, school, sections, left_out, day),
    }
    name = f"record-{day.isoformat()}.zip"
    box = io.BytesIO(zipped(files, day))
    answer = FileResponse(box, as_attachment=True, filename=name, content_type="application/zip")
    answer["Cache-Control"] = "no-store"
    return answer
