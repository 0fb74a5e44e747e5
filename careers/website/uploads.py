"""How much of a file is taken in before a page has looked at it, or at who sends it; and what is left of one that did not fit."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, TemporaryFileUploadHandler


class NoMoreThanTheLimit(FileUploadHandler):
    """Lets the rest of a file that is too large run by: the form still says that it is, and the disk cannot be filled."""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        return raw_data if start <= settings.UPLOAD_LIMIT else None

    def file_complete(self, file_size: int) -> None:
        return None


class OntoTheDisk(TemporaryFileUploadHandler):
    """Takes the beginning of a file away at once when the disk has no room for the rest.

    Otherwise it would lie there until the process happens to tidy up, and it holds names.
    """

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        with self._or_nothing():
            super().receive_data_chunk(raw_data, start)

    def file_complete(self, file_size: int) -> Any:
        with self._or_nothing():
            return super().file_complete(file_size)

    @contextmanager
    def _or_nothing(self) -> Iterator[None]:
        try:
            yield
        except OSError:
            with suppress(OSError):
                self.file.close()
            raise
