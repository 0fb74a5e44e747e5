"""A record as the two files that are handed over: a PDF to read, and JSON for computers, in one zip."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Sequence
from datetime import date
from typing import Any

from careers.protection.holdings import about_pupils, holdings
from careers.protection.pdf import pdf
from careers.protection.record_of_notices import DataContact
from careers.protection.terms import Term, terms_of
from careers.protection.whole_record import Section, in_words
from careers.schools.models import School

FEW_COLUMNS = 6
RIGHTS = (
    "You can ask for what is wrong to be put right, and in some cases for it to be erased or for its use to be limited. "
    "You can object to how it is used. If you are not content with the answer, you can complain to the Information Commissioner "
    "(ico.org.uk, telephone 0303 123 1113)."
)


def as_json(
    title: str, school: School, sections: Sequence[Section], left_out: Sequence[dict[str, str]], day: date
) -> bytes:
    """Every fact under the name it is kept by, as it is kept, with what is said of each kind."""
    terms = terms_of(school)
    said = {
        "what": title,
        "school": school.name,
        "made_on": day.isoformat(),
        "rights": RIGHTS,
        "sections": [_section_json(section, terms) for section in sections],
        "left_out": list(left_out),
        "not_in_this_file": not_handed_over(),
    }
    return json.dumps(said, ensure_ascii=False, indent=1).encode()


def _section_json(section: Section, terms: dict[str, Term]) -> dict[str, Any]:
    said = {"kind": section.key, "title": section.title, "what": section.what, "why": section.why}
    said |= {"source": section.source, "seen_by": section.seen_by, "kept": kept_for(section, terms)}
    records = [{item.name: item.value for item in entry.items} for entry in section.entries]
    return {**said, "records": records}


def as_pdf(
    title: str, school: School, sections: Sequence[Section], left_out: Sequence[dict[str, str]], day: date
) -> bytes:
    """The same for a person to read: what is held first, then what is not in the file and the reader's rights."""
    contact, terms = DataContact.of(school), terms_of(school)
    facts = [["School", school.name], ["Made on", in_words(day)]]
    facts += [["Data protection officer", contact.officer]] if contact.officer else []
    facts += [["Their e-mail address", contact.email]] if contact.email else []
    data = {
        "title": title,
        "school": school.name,
        "subtitle": "A copy of everything that Trigpoint holds about you at this school.",
        "foot": f"{school.name}, {in_words(day)}",
        "facts": facts,
        "notes": [RIGHTS],
        "sections": [*(_section_pdf(section, terms) for section in sections), *_closing(left_out)],
    }
    return pdf("record", data)


def _section_pdf(section: Section, terms: dict[str, Term]) -> dict[str, Any]:
    about = [section.what, section.why and f"Why: {section.why}", section.source and f"Where from: {section.source}"]
    about += [section.seen_by and f"Who sees it: {section.seen_by}", kept_for(section, terms)]
    about += [] if section.entries else [section.empty]
    drawn: dict[str, Any] = {"title": section.title, "about": " ".join(part for part in about if part)}
    drawn |= {"columns": [], "rows": [], "entries": []}
    labels = [tuple(item.label for item in entry.items) for entry in section.entries]
    if len(labels) > 1 and len(set(labels)) == 1 and len(labels[0]) <= FEW_COLUMNS:
        drawn["columns"] = list(labels[0])
        drawn["rows"] = [[item.shown for item in entry.items] for entry in section.entries]
    else:
        drawn["entries"] = [
            {"title": entry.title, "lines": [[item.label, item.shown] for item in entry.items]}
            for entry in section.entries
        ]
    return drawn


def _closing(left_out: Sequence[dict[str, str]]) -> list[dict[str, Any]]:
    parts = [("What was left out", "Left out, each for the reason given.", left_out)] if left_out else []
    parts += [("What is not in this file", "Kinds of record that are not handed over, and why.", not_handed_over())]
    return [
        {
            "title": title,
            "about": about,
            "columns": ["What", "Why"],
            "rows": [[line["what"], line["why"]] for line in lines],
            "entries": [],
        }
        for title, about, lines in parts
    ]


def kept_for(section: Section, terms: dict[str, Term]) -> str:
    """ "Kept 3 years from ..." in words; empty where there is no rule."""
    term = terms.get(section.rule)
    return f"How long: {term.words.lower()} {term.counted}".strip() + "." if term else ""


def not_handed_over() -> list[dict[str, str]]:
    own = {held.key for held in about_pupils()} | {"import-file"}
    kinds = [held for held in holdings() if held.not_handed_over and held.key in own]
    return [{"what": held.title, "why": held.not_handed_over} for held in kinds]


def zipped(files: dict[str, bytes], day: date) -> bytes:
    """One zip, the same for the same files: its times are the day's."""
    box = io.BytesIO()
    with zipfile.ZipFile(box, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(
                zipfile.ZipInfo(name, (day.year, day.month, day.day, 0, 0, 0)), content, zipfile.ZIP_DEFLATED
            )
    return box.getvalue()
