"""A file is told by what is in it. Nothing that could run is kept, and of a photograph only the picture."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from careers.evidence import pictures
from careers.evidence.contents import looked_into, plain_name
from careers.evidence.refusal import ContentRefused
from careers.evidence.tests.makers import GPS, office, packed_pdf, pdf, photograph, see_through


def test_where_and_when_a_photograph_was_taken_is_not_kept() -> None:
    sent = photograph()
    assert b"Telephone of Somebody" in sent
    found = looked_into("IMG_1.JPG", sent)
    kept = Image.open(BytesIO(found.data))
    assert dict(kept.getexif()) == {}
    assert kept.getexif().get_ifd(GPS) == {}
    assert b"Telephone of Somebody" not in found.data + (found.thumbnail or b"")


def test_a_photograph_taken_sideways_is_put_upright_and_made_no_larger_than_a_screen() -> None:
    found = looked_into("a.jpg", photograph(3000, 1500, turned=6))
    assert Image.open(BytesIO(found.data)).size == (1000, 2000)
    assert max(Image.open(BytesIO(found.thumbnail or b"")).size) == pictures.THUMBNAIL_SIDE


@pytest.mark.parametrize("format", ["JPEG", "MPO", "PNG", "WEBP", "GIF"])
def test_every_form_of_photograph_that_is_offered_can_be_read(format: str) -> None:
    file = BytesIO()
    Image.new("RGB", (30, 20), "teal").save(file, format)
    assert looked_into("a", file.getvalue()).media_type == "image/jpeg"


def test_a_see_through_picture_stays_so_and_its_thumbnail_is_on_white() -> None:
    found = looked_into("logo.png", see_through())
    assert found.media_type == "image/png"
    assert Image.open(BytesIO(found.thumbnail or b"")).getpixel((1, 1))[0] > 250  # type: ignore[index]


@pytest.mark.parametrize(
    ("name", "data", "kept_as"),
    [
        ("policy.exe", pdf(), "policy.pdf"),
        ("minutes.pdf", office(), "minutes.docx"),
        ("figures.doc", office(folder="xl"), "figures.xlsx"),
        ("talk", office(folder="ppt"), "talk.pptx"),
        ("note.html", b"Ask the college about T Levels.", "note.txt"),
        ("../../etc/passwd.jpg", photograph(), "passwd.jpg"),
    ],
)
def test_the_ending_of_a_name_is_that_of_what_is_inside(name: str, data: bytes, kept_as: str) -> None:
    assert looked_into(name, data).name == kept_as


TEMPLATE = '<Relationship Target="{}" Type="http://x/relationships/attachedTemplate" TargetMode="External"/>'


@pytest.mark.parametrize(
    "data",
    [
        pdf(b"/Producer (JS)") + pdf(b"\x00/JS\x9f\xee"),
        packed_pdf(b"/Type /Page"),
        office("xl/printerSettings/printerSettings1.bin", folder="xl"),
        office(leads=TEMPLATE.format("file:///C:/Users/me/School.dotm")),
    ],
)
def test_what_most_programs_write_is_kept(data: bytes) -> None:
    assert looked_into("a", data).data == data


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "empty"),
        (b"<html><script>alert(1)</script></html>", "not a picture"),
        (b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="x()"/>', "not a picture"),
        (b"Dear all <script>alert(1)</script>", "not a picture"),
        (b"MZ\x90\x00" + b"\x00" * 60, "not a picture"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Save it as a PDF"),
        (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00", "HEIC"),
        (photograph()[:400], "damaged"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 40, "damaged"),
        (pdf()[:-8], "no end"),
        (pdf(b"/OpenAction << /S /JavaScript /JS (app.alert(1)) >>"), "script"),
        (pdf(b"/EmbeddedFile"), "another file"),
        (pdf(b"/S /J#61vaScript"), "script"),
        (pdf(b"/Encrypt 9 0 R"), "script"),
        (packed_pdf(b"/S /JavaScript /JS (app.alert(1))"), "script"),
        (packed_pdf(b"/S /Launch", b"[/ASCIIHexDecode /FlateDecode]"), "script"),
        (
            office(types='<Override PartName="/word/a.xml" ContentType="application/vnd.ms-office.vbaProject"/>'),
            "macros",
        ),
        (office(leads=TEMPLATE.format("https://elsewhere.example/t.dotm")), "macros"),
        (office("word/vbaProject.bin"), "macros"),
        (office("word/embeddings/oleObject1.bin"), "macros"),
        (office("run.exe"), "macros"),
        (office(folder="elsewhere"), "archive of files"),
        (b"PK\x03\x04" + b"\x00" * 30, "damaged"),
    ],
)
def test_what_cannot_be_kept_is_refused_with_what_to_do(data: bytes, says: str) -> None:
    with pytest.raises(ContentRefused, match=says):
        looked_into("harmless.jpg", data)


def test_a_small_file_that_would_unpack_to_gigabytes_is_not_unpacked() -> None:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("[Content_Types].xml", "<Types/>")
        for number in range(4):
            parts.writestr(f"word/{number}.xml", b"0" * 100_000_000)
    assert len(file.getvalue()) < 2_000_000
    with pytest.raises(ContentRefused, match="unpack to far more"):
        looked_into("a.docx", file.getvalue())


def test_a_picture_of_too_many_points_is_refused_before_it_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "MOST_POINTS", 1000)
    with pytest.raises(ContentRefused, match="too large to open safely"):
        looked_into("a.jpg", photograph())


LARGE = """
from io import BytesIO
from pathlib import Path
from PIL import Image
from careers.evidence.pictures import made_fit
file = BytesIO()
Image.new("RGB", (6000, 5000), "teal").save(file, "PNG", compress_level=1)
made_fit(file.getvalue())
print(Path("/proc/self/status").read_text().partition("VmHWM:")[2].split()[0])
"""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="only Linux says how much a process took")
def test_a_large_picture_is_unpacked_once_and_not_copied_at_its_full_size() -> None:
    """Thirty million points are 120 MB, so that a few people who send such a picture at once do not fill the machine."""
    said = subprocess.run([sys.executable, "-c", LARGE], capture_output=True, text=True, check=True)
    assert int(said.stdout) < 250_000, "kB at the highest"


def test_a_large_picture_that_is_no_photograph_may_be_a_third_as_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "MOST_POINTS", 50 * 50 * 2)
    with pytest.raises(ContentRefused, match="too large to open safely"):
        looked_into("a.png", see_through())


@pytest.mark.parametrize(
    ("name", "kept_as"),
    [
        ("C:\\Users\\me\\Year 9 fair.JPG", "Year 9 fair.jpg"),
        ("a\r\nSet-Cookie: x.jpg", "a Set-Cookie x.jpg"),
        ('"; filename="evil.jpg', "filename evil.jpg"),
        ("école d'été.png", "ecole d ete.jpg"),
        ("......", "file.jpg"),
        ("x" * 300 + ".jpg", "x" * 80 + ".jpg"),
    ],
)
def test_a_name_is_made_safe_for_any_disk_and_any_header(name: str, kept_as: str) -> None:
    assert plain_name(name, "jpg") == kept_as
