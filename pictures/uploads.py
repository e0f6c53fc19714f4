"""Pictures in a request: how many, and how large, before anyone looks at what they are."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from pictures.sanitiser import MAX_BYTES

MAX_REQUEST = 128 * 1024 * 1024  # bytes; a phone's largest photos are read and refused in words

View = Callable[..., HttpResponse]


class PictureUpload(TemporaryFileUploadHandler):
    """Keeps no more files than the form has, and of each no more than shows that it is too large.

    A file too many is read past here: to skip it, as Django does, closes the last one kept.
    """

    def __init__(self, request: HttpRequest, *, most: int) -> None:
        super().__init__(request)
        self.files, self.most = 0, most

    @property
    def is_past_the_last(self) -> bool:
        return self.files > self.most

    def handle_raw_input(
        self,
        input_data: Any,
        META: Mapping[str, Any],  # noqa: N803 - as Django spells it
        content_length: int,
        boundary: str,
        encoding: str | None = None,
    ) -> None:
        if content_length > MAX_REQUEST:
            raise RequestDataTooBig("more than any pictures that could be shown")

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        self.files += 1
        if not self.is_past_the_last:
            super().new_file(*args, **kwargs)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if not self.is_past_the_last and start <= MAX_BYTES:
            super().receive_data_chunk(raw_data, start)

    def file_complete(self, file_size: int) -> "UploadedFile[bytes] | None":
        if self.is_past_the_last:
            return None
        return super().file_complete(self.file.tell())


def has_too_many_files(request: HttpRequest) -> bool:
    """Whether more files were sent than the form has: those past the last were not kept."""
    handlers = request.upload_handlers
    return any(isinstance(one, PictureUpload) and one.is_past_the_last for one in handlers)


def takes_pictures(most: int) -> Callable[[View], View]:
    """Let a view take so many files. The form is read, and its CSRF token checked, only in here:
    decorators that ask who sent it belong above this one."""

    def taking(view: View) -> View:
        checked = csrf_protect(view)

        @csrf_exempt
        @wraps(view)
        def with_handlers(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            request.upload_handlers = [PictureUpload(request, most=most)]
            return checked(request, *args, **kwargs)

        return with_handlers

    return taking
