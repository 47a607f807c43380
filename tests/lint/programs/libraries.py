"""How each HTTP library sends a request, shows the status and reports an error."""

from __future__ import annotations

from typing import NamedTuple

HOST = "api.records.test"
URL = f"http://{HOST}/v1"


class Library(NamedTuple):
    """The words of one library."""

    name: str
    status: str
    """The attribute that holds it."""
    fine: tuple[str, ...]
    """Attributes that are true for what the library takes for a success."""
    faulty: tuple[str, ...]
    """Attributes that are true for errors."""
    truthy: bool
    """A response is true when the library takes it for a success."""
    error: str
    """What `raise_for_status` raises; empty when there is none."""
    wider: tuple[str, ...]
    """Classes that take this error as well."""
    error_status: tuple[str, ...]
    """Where the error keeps the status."""
    body: tuple[str, ...]
    """What the response was asked for."""
    codes: str
    """A table of named statuses; may be empty."""
    waits: str = ""
    """`await ` for what has to be awaited."""


REQUESTS = Library(
    "requests",
    "status_code",
    ("ok",),
    (),
    truthy=True,
    error="requests.HTTPError",
    wider=("requests.RequestException", "requests.exceptions.HTTPError", "OSError", "Exception"),
    error_status=("response.status_code",),
    body=("{}.json()", "{}.text", "{}.content"),
    codes="requests.codes.",
)
NIQUESTS = REQUESTS._replace(
    name="niquests",
    error="niquests.HTTPError",
    wider=("niquests.RequestException", "niquests.exceptions.HTTPError", "OSError", "Exception"),
    codes="",
)
HTTPX = Library(
    "httpx",
    "status_code",
    ("is_success",),
    ("is_error", "is_client_error", "is_server_error"),
    truthy=False,
    error="httpx.HTTPStatusError",
    wider=("httpx.HTTPError", "Exception"),
    error_status=("response.status_code",),
    body=("{}.json()", "{}.text", "{}.content"),
    codes="httpx.codes.",
)
HTTPX_ASYNC = HTTPX._replace(waits="await ")
AIOHTTP = Library(
    "aiohttp",
    "status",
    ("ok",),
    (),
    truthy=False,
    error="aiohttp.ClientResponseError",
    wider=("aiohttp.ClientError", "Exception"),
    error_status=("status",),
    body=("await {}.json()", "await {}.text()"),
    codes="",
    waits="await ",
)
URLLIB3 = Library(
    "urllib3",
    "status",
    (),
    (),
    truthy=False,
    error="",
    wider=(),
    error_status=(),
    body=("{}.json()", "{}.data"),
    codes="",
)
URLLIB = Library(
    "urllib.request",
    "status",
    (),
    (),
    truthy=False,
    error="",
    wider=(),
    error_status=("code", "status"),
    body=("json.load({})", "{}.read()"),
    codes="",
)
HTTP_CLIENT = Library(
    "http.client",
    "status",
    (),
    (),
    truthy=False,
    error="",
    wider=(),
    error_status=(),
    body=("json.load({})", "{}.read()"),
    codes="http.client.",
)
