"""Photos in a request: how many, and how large, before anybody looks at what they are."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from exercises.pictures import MAX_BYTES

FILES = 3  # that one form sends
MAX_REQUEST = 128 * 1024 * 1024  # bytes; a phone's largest photos are read and refused in words

View = Callable[..., HttpResponse]


class PhotoUpload(TemporaryFileUploadHandler):
    """Keeps no more of each file than it takes to see that it is too large, and so many files.

    Further files are read past, never skipped by an exception: that would close the kept ones.
    """

    files = 0

    def handle_raw_input(
        self,
        input_data: Any,
        META: Mapping[str, Any],  # noqa: N803 - as Django spells it
        content_length: int,
        boundary: str,
        encoding: str | None = None,
    ) -> None:
        if content_length > MAX_REQUEST:
            raise RequestDataTooBig("more than any photos that could be shown")

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        self.files += 1
        if self.is_wanted:
            super().new_file(*args, **kwargs)

    @property
    def is_wanted(self) -> bool:
        return self.files <= FILES

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if self.is_wanted and start <= MAX_BYTES:
            super().receive_data_chunk(raw_data, start)

    def file_complete(self, file_size: int) -> Any:
        if not self.is_wanted:
            return None
        self.file.seek(0, 2)
        return super().file_complete(self.file.tell())


def takes_photos(view: View) -> View:
    """Let a view take files. The form is read, and its CSRF token checked, only in here:
    decorators that ask who sent it belong above this one."""
    checked = csrf_protect(view)

    @csrf_exempt
    @wraps(view)
    def with_handlers(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        request.upload_handlers = [PhotoUpload(request)]
        return checked(request, *args, **kwargs)

    return with_handlers
