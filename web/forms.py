"""Small forms from our own plain pages: read within limits, and refused when another site sent them."""

from collections.abc import Mapping
from typing import Final
from urllib.parse import parse_qsl

from starlette.requests import Request

from curriculum.errors import PlatformError
from web import csrf

_MAX_BYTES: Final = 16_384
_KIND: Final = "application/x-www-form-urlencoded"


class ForeignFormError(PlatformError):
    """A form that did not come from a page of ours, or came without its token."""

    def __init__(self) -> None:
        """Compose the sentence."""
        super().__init__("This form was open for too long, or your browser keeps no cookies. Please try again.")


async def read_form(request: Request) -> Mapping[str, str]:
    """Return the fields of a form that a page of ours sent.

    Raises:
        ForeignFormError: It is no form, too large, or without this browser's token.
    """
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != _KIND:
        raise ForeignFormError
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > _MAX_BYTES:
            raise ForeignFormError
    try:
        pairs = parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=20, errors="strict")
    except ValueError as error:
        raise ForeignFormError from error
    fields = dict(pairs)
    if not csrf.is_own_form(request, fields.get(csrf.FIELD, "")):
        raise ForeignFormError
    return fields
