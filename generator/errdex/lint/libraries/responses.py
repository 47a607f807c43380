"""Responses: how each library shows the status, what counts as success, what `raise_for_status` raises.

Sources, each run by tests/lint/libraries:
requests/models.py: `ok` is true when raise_for_status raises nothing; that raises HTTPError for 400..599;
bool(r) is ok.
httpx/_models.py: is_success is 200..299; raise_for_status raises HTTPStatusError unless is_success, and returns self.
aiohttp/client_reqrep.py: `ok` is status < 400; raise_for_status raises ClientResponseError unless ok.
urllib3/response.py, http/client.py: `.status`, and nothing raises.
urllib/request.py: HTTPErrorProcessor raises HTTPError unless 200 <= code < 300.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from errdex.lint.interpreter.machine import RaiseSignal, Read
from errdex.lint.libraries import testcases, urls
from errdex.lint.values import Body, Instance, Itself, Library, Method, Response, Sequence, StatusValue, Unknown

if TYPE_CHECKING:
    from errdex.lint.interpreter.machine import Walk
    from errdex.lint.values import Place

_STATUS_NAMES = {
    "requests": ("status_code",),
    "httpx": ("status_code",),
    "aiohttp": ("status",),
    "urllib3": ("status",),
    "urllib": ("status", "code"),
    "http.client": ("status", "code"),
    "any": ("status_code", "status", "code"),
}

#: What the reason phrase is called.
_REASON_NAMES = {
    "requests": "reason",
    "httpx": "reason_phrase",
    "aiohttp": "reason",
    "urllib3": "reason",
    "urllib": "reason",
    "http.client": "reason",
}

#: Redirects that say where to go (RFC 9110, 15.4): REDIRECT_STATI of requests and urllib3, has_redirect_location of
#: httpx. A documented one is supposed to have its Location header.
REDIRECTS = (301, 302, 303, 307, 308)

#: What is asked of the class of a status, by library: the statuses that count as true.
_CHECKS: dict[str, dict[str, range | tuple[int, ...]]] = {
    "requests": {"ok": range(400), "is_redirect": REDIRECTS, "is_permanent_redirect": (301, 308)},
    "aiohttp": {"ok": range(400)},
    "httpx": {
        "is_informational": range(100, 200),
        "is_success": range(200, 300),
        "is_redirect": range(300, 400),
        "has_redirect_location": REDIRECTS,
        "is_client_error": range(400, 500),
        "is_server_error": range(500, 600),
        "is_error": range(400, 600),
    },
}
_CHECKS["any"] = {**_CHECKS["httpx"], **_CHECKS["requests"]}

#: The same questions, asked of a number: `httpx.codes.is_error(status)` (httpx/_status_codes.py),
#: `HTTPStatus(status).is_success` (http/__init__.py, Python 3.12).
_CLASSES = {**_CHECKS["httpx"], "is_redirection": range(300, 400)}

#: Objects that run what they are given, or enter it.
_WORKERS = frozenset({
    "contextlib.ExitStack", "contextlib.AsyncExitStack", "concurrent.futures.ThreadPoolExecutor", "threading.Thread",
    "concurrent.futures.ProcessPoolExecutor", "asyncio.TaskGroup", "asyncio.AbstractEventLoop", "threading.Timer",
    "argparse.ArgumentParser", "celery.Celery",
})  # fmt: skip

_BODY_ATTRIBUTES = ("text", "content", "data", "raw", "body", "stream", "fp")
_BODY_METHODS = (
    "json", "text", "read", "aread", "content", "iter_lines", "iter_content", "iter_text", "iter_bytes", "iter_raw",
    "aiter_lines", "aiter_text", "aiter_bytes", "aiter_raw", "readline", "readlines", "iter_chunked", "stream", "read1",
)  # fmt: skip
_METHODS = ("raise_for_status", "close", "aclose", "release", "getcode", "getheader", "getheaders", "info",
            "__enter__", "__aenter__", "wait_for_close", "geturl", "drain_conn", "release_conn", "begin")  # fmt: skip


def response_attribute(walk: Walk, response: Response, name: str, place: Place) -> object:
    """Return `response.name`."""
    if name in _STATUS_NAMES[response.library]:
        return status_value(response)
    passing = _CHECKS.get(response.library, {}).get(name)
    if passing is not None:
        return _check(walk, response, passing, name, place)
    if name in _BODY_ATTRIBUTES and not (name == "text" and response.library == "aiohttp"):
        if name == "content" and response.library == "aiohttp":
            return Body(response, "")
        walk_reads(walk, response, place, "text")
        return Body(response, "")
    if name in _BODY_METHODS or name in _METHODS:
        return Method(Library(f"response.{name}"), response)
    if name == _REASON_NAMES.get(response.library) and response.status is not None:
        # The server may say anything; servers say what the registry says.
        return StatusValue(phrase(response.status), response, exact=False, integer=False)
    if name in ("content_type", "content_length") and response.library == "aiohttp":
        # aiohttp/helpers.py, HeadersMixin: both are read from the headers.
        walk_reads(walk, response, place, f"header {name.replace('_', '-')}")
    if name in ("headers", "trailers"):
        return Instance(Library("response.headers"), {"response": response})
    return Unknown(name, question=("response", Itself(response), name))


def status_value(response: Response) -> object:
    """Return a response's status as the code sees it."""
    if response.status is None:
        return Unknown("status", question=("status", Itself(response)))
    return StatusValue(response.status, response, exact=True)


def _check(walk: Walk, response: Response, passing: range | tuple[int, ...], name: str, place: Place) -> object:
    if response.status is None:
        kind = "ok" if name in ("ok", "is_success") else name
        return Unknown(name, question=(kind, Itself(response)))
    answer = response.status in passing
    # A list of statuses tells them from others of their class; a class of them does not.
    walk.test(place, response, frozenset(), answer, "range" if isinstance(passing, tuple) else "check")
    return answer


def class_check(walk: Walk, value: object, name: str, place: Place) -> object:
    """Ask a number whether it is a status of a class, as `httpx.codes.is_error(status)` does."""
    passing = _CLASSES.get(name)
    if passing is not None and isinstance(value, StatusValue) and isinstance(value.value, int):
        return _check(walk, value.response, passing, name, place) if value.exact else value.value in passing
    return value in passing if passing is not None and isinstance(value, int) else Unknown(name)


def walk_reads(walk: Walk, response: Response, place: Place, form: str) -> None:
    """Record that the tracked response's body was read."""
    if response.tracked:
        walk.reads.append(Read(place, form, guarded=False))


def call_response(
    walk: Walk, name: str, response: Response, positional: list[object], keywords: dict[str, object], place: Place
) -> object:
    """Return `response.name(*positional)`."""
    match name:
        case "raise_for_status":
            raise_for_status(walk, response, place)
            return response if _returns_itself(walk, response) else None
        case "getcode":
            return status_value(response)
        case "json":
            if response.library == "aiohttp" and "content_type" in keywords and keywords["content_type"] is None:
                # aiohttp: without the check of the content type an empty body is decoded to None.
                walk_reads(walk, response, place, "text")
                return Body(response, "")
            return decode(walk, response, place, "json")
        case "close" | "aclose" | "release" | "drain_conn" | "release_conn":
            return None
        case "__enter__" | "__aenter__":
            return response
        case _ if name in _BODY_METHODS:
            walk_reads(walk, response, place, "text")
            return Sequence("list", [Body(response, "item")], is_open=True) if "iter" in name else Body(response, "")
        case _:
            return Unknown(name)


def _returns_itself(walk: Walk, response: Response) -> bool:
    """Return whether `raise_for_status` gives the response: in httpx and niquests (models.py), not in requests."""
    if response.library == "requests":
        return "niquests" in walk.project.imports(response.request.place.path)
    return response.library in ("httpx", "any")


def decode(walk: Walk, response: Response, place: Place, form: str, error: Instance | None = None) -> object:
    """Decode the body as a document; what is documented to be empty cannot be decoded."""
    if response.tracked and response.status in walk.empty:
        error = decoding_error(response) if error is None else error
        guarded = any(_takes(walk, error, handled) for handled in walk.handlers)
        walk.reads.append(Read(place, form, guarded))
        if guarded:
            raise RaiseSignal(error, place)
    else:
        walk_reads(walk, response, place, form)
    return Body(response, "")


def _takes(walk: Walk, error: Instance, handled: object) -> bool:
    from errdex.lint.interpreter.classes import catches

    return catches(walk, error, handled)


def decoding_error(response: Response) -> Instance:
    """Return what the library raises when a body is no JSON."""
    name = {
        "requests": "requests.JSONDecodeError",
        "aiohttp": "aiohttp.ContentTypeError",
        "any": "any.JSONDecodeError",
    }.get(response.library, "json.JSONDecodeError")
    return Instance(Library(name), {"status": status_value(response)} if response.library == "aiohttp" else {})


def raise_for_status(walk: Walk, response: Response, place: Place) -> None:
    """Do what `response.raise_for_status()` does."""
    if response.status is None:
        if response.library == "httpx" or not walk.explores_handlers:
            return
        return
    walk.followed_calls.add(place)
    raises = response.status not in (range(200, 300) if response.library == "httpx" else range(400))
    walk.test(place, response, frozenset(), raises, "raising")
    if raises:
        raise RaiseSignal(status_error(response), place)


def status_error(response: Response) -> Instance:
    """Return the exception by which the library reports the status."""
    name = {
        "requests": "requests.HTTPError",
        "httpx": "httpx.HTTPStatusError",
        "aiohttp": "aiohttp.ClientResponseError",
        "urllib": "urllib.error.HTTPError",
    }.get(response.library, "any.HTTPStatusError")
    status = status_value(response)
    attributes: dict[str, object] = {"__response__": response}
    if response.library in ("requests", "httpx", "any"):
        attributes["response"] = response
        attributes["request"] = Unknown("request")
    if response.library in ("aiohttp", "any", "urllib"):
        attributes["status"] = status
        attributes["code"] = status
    return Instance(Library(name), attributes)


def instance_attribute(walk: Walk, instance: Instance, base: str, name: str, place: Place) -> object:
    """Return an attribute of a library's object that was not set by the client; None when nothing is known of it."""
    response = instance.attributes.get("__response__")
    if isinstance(response, Response):
        if base == "urllib.error.HTTPError":
            # HTTPError is itself a response (urllib/error.py).
            return response_attribute(walk, response, name, place)
        if name == "args" and base not in ("aiohttp.ClientResponseError", "urllib.error.HTTPError"):
            return Sequence("tuple", [error_text(response)])
        if name in ("message", "reason", "msg"):
            return Unknown(name)
        return None
    if "__url__" in instance.attributes and name == "parent":
        return urls.parent(instance)
    if "__url__" in instance.attributes:
        return Method(Library(f"url.{name}"), instance)
    if base == "prepared" and name in ("prepare", "get_method", "add_header", "copy"):
        return Method(Library(f"prepared.{name}"), instance)
    if testcases.is_test_case(base) and (name.startswith("assert") or name == "fail"):
        return Method(Library(f"{base}.{name}"), instance)
    if base in _WORKERS:
        return Method(Library(f"{base}.{name}"), instance)
    if base == "response.headers":
        return Method(Library(f"response.headers.{name}"), instance)
    return None


def phrase(status: int) -> str:
    """Return the reason phrase of a status, empty for one that nobody assigned."""
    from http import HTTPStatus  # a rare question

    return HTTPStatus(status).phrase if status in HTTPStatus.__members__.values() else ""


def error_text(response: Response) -> object:
    """Return `str(error)` of a status error, up to the URL: every library's text holds the status and its reason.

    Sources: raise_for_status of requests/models.py and httpx/_models.py, ClientResponseError.__str__ of aiohttp,
    HTTPError.__str__ of urllib/error.py.
    """
    if response.status is None:
        return Unknown("error")
    status, reason = response.status, phrase(response.status)
    match response.library:
        case "httpx":
            kind = {1: "Informational response", 3: "Redirect response", 4: "Client error"}.get(status // 100)
            text = f"{kind or 'Server error'} '{status} {reason}' for url '"
        case "aiohttp":
            text = f"{status}, message='{reason}', url='"
        case "urllib":
            text = f"HTTP Error {status}: {reason}"
        case _:
            text = f"{status} {'Client' if status < 500 else 'Server'} Error: {reason} for url: "
    return StatusValue(text, response, exact=False, integer=False)


def header(walk: Walk, instance: Instance, key: object, place: Place) -> object:
    """Return a response header, and record that it was looked at."""
    response = instance.attributes.get("response")
    if isinstance(response, Response) and isinstance(key, str):
        walk_reads(walk, response, place, f"header {key.lower()}")
        return Unknown(key, question=("header", Itself(response), key.lower()))
    return Unknown()
