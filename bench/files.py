"""Files such as a school's own systems write, as large as a large school's."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from pathlib import Path

LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"


def upn(number: int) -> str:
    digits = f"9994009{20 + number // 1000:02}{number % 1000:03}"
    return LETTERS[sum(int(digit) * place for place, digit in enumerate(digits, 2)) % 23] + digits


def write_roll(path: Path, pupils: int) -> list[str]:
    """A roll of pupils spread over Years 7 to 13. Returns their UPNs."""
    numbers = [upn(number) for number in range(pupils)]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["UPN", "Surname", "Forename", "DOB", "Gender", "Year Group", "Reg Group", "SEN Status", "FSM"])
        for number, each in enumerate(numbers):
            year = 7 + number % 7
            born = date(2026 - year - 4, 1, 1) + timedelta(days=number % 200)
            writer.writerow(
                [each, f"Surname{number}", f"Forename{number % 211}", f"{born:%d/%m/%Y}", "FM"[number % 2], f"Year {year}",
                 f"{year}{'ABCDEFG'[number // 7 % 7]}", "NNNNNKE"[number // 49 % 7], "YN"[number % 4 > 0]]
            )  # fmt: skip
    return numbers


def write_log(path: Path, pupils: list[str], rows: int) -> int:
    """A log of as many rows, each pupil at activities of one academic year after another. Returns how many were written."""
    each = rows // len(pupils)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["UPN", "Activity", "Type", "Date", "Attendance", "Employer", "Learning outcomes set"])
        for place in range(each):
            day = date(2020, 9, 7) + timedelta(days=53 * place)
            for number, pupil in enumerate(pupils):
                title = f"Talk {place} for Year {7 + number % 7}"
                status = "Absent" if (number + place) % 13 == 0 else "Attended"
                writer.writerow(
                    [pupil, title, "employer_encounter", day.isoformat(), status, f"Employer {place % 30}", "Yes"]
                )
    return each * len(pupils)


def write_tracker(path: Path, pupils: list[str], activities: int) -> int:
    """Last year's tracker: a pupil a row, an activity a column, a mark in each cell. Returns how many marks were written."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["UPN", *[f"Careers lesson {place} {1 + place}/10/2026" for place in range(activities)]])
        for number, pupil in enumerate(pupils):
            writer.writerow([pupil, *["N" if (number + place) % 13 == 0 else "Y" for place in range(activities)]])
    return len(pupils) * activities
