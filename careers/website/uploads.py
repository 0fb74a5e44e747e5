"""How much of a file is taken in before a page has looked at it, or at who sends it; and what is left of one that did not fit."""

from __future__ import annotations

from contextlib import suppress
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
    """Takes the beginning of a file away at once when the disk has no room for the rest: otherwise it would lie there until the
    process happens to tidy up, and it holds names. The rest runs by, so that the browser is still listening to the answer."""

    no_room: OSError | None = None

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        self.no_room = None
        super().new_file(*args, **kwargs)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if self.no_room is None:
            try:
                super().receive_data_chunk(raw_data, start)
            except OSError as error:
                self._take_away(error)

    def file_complete(self, file_size: int) -> Any:
        try:
            if self.no_room is None:
                return super().file_complete(file_size)
        except OSError as error:
            self._take_away(error)
        raise self.no_room or OSError("The file could not be kept.")

    def _take_away(self, error: OSError) -> None:
        self.no_room = error
        with suppress(OSError):
            self.file.close()
