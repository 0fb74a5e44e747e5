"""How much of a file is taken in before a page has looked at it, or at who sends it."""

from __future__ import annotations

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler


class NoMoreThanTheLimit(FileUploadHandler):
    """Lets the rest of a file that is too large run by: the form still says that it is, and the disk cannot be filled."""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        return raw_data if start <= settings.UPLOAD_LIMIT else None

    def file_complete(self, file_size: int) -> None:
        return None
