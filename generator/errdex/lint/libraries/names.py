"""Names of libraries: which ones are one thing, which are exceptions and enums, and what the constants are worth.

Sources: the class statements of requests 2.34 (exceptions.py), httpx 0.28 (_exceptions.py), aiohttp 3.14
(client_exceptions.py), urllib3 2.8 (exceptions.py), urllib.error, http.client, tenacity 9, and the status tables of
http.HTTPStatus and requests.codes (requests/status_codes.py).
"""

from __future__ import annotations

import builtins
from functools import lru_cache

#: Prefixes that are another library's interface: niquests documents itself as a drop-in replacement of requests,
#: httpx2 as one of httpx.
_PREFIXES = (
    ("niquests.", "requests."),
    ("httpx2.", "httpx."),
    ("requests.exceptions.", "requests."),
    ("requests.adapters.", "requests."),
    ("requests.sessions.", "requests."),
    ("requests.api.", "requests."),
    ("requests.models.", "requests."),
    ("requests.structures.", "requests."),
    ("requests.status_codes.codes", "requests.codes"),
    ("requests.packages.urllib3.", "urllib3."),
    ("httpx._exceptions.", "httpx."),
    ("httpx._client.", "httpx."),
    ("aiohttp.client_exceptions.", "aiohttp."),
    ("aiohttp.client.", "aiohttp."),
    ("aiohttp.http_exceptions.", "aiohttp."),
    ("urllib3.util.retry.", "urllib3."),
    ("urllib3.util.", "urllib3."),
    ("urllib3.poolmanager.", "urllib3."),
    ("urllib3.connectionpool.", "urllib3."),
    ("urllib3.exceptions.", "urllib3.exceptions."),
    ("json.decoder.", "json."),
    ("http.HTTPStatus", "http.HTTPStatus"),
    ("urllib.request.HTTPError", "urllib.error.HTTPError"),
    ("urllib.request.URLError", "urllib.error.URLError"),
    ("six.moves.urllib.", "urllib."),
    ("ansible.module_utils.six.moves.urllib.", "urllib."),
    ("concurrent.futures.thread.", "concurrent.futures."),
    ("urlobject.urlobject.", "urlobject."),
    ("backports.", ""),
    ("typing_extensions.", "typing."),
)

_ALIASES = {
    "requests.session": "requests.Session",
    "requests.AsyncSession": "requests.Session",
    "requests.HTTPError": "requests.HTTPError",
    "requests_cache.CachedSession": "requests.Session",
    "requests_unixsocket.Session": "requests.Session",
    "requests_toolbelt.sessions.BaseUrlSession": "requests.Session",
    "requests_toolbelt.BaseUrlSession": "requests.Session",
    "requests_oauthlib.OAuth2Session": "requests.Session",
    "requests_oauthlib.OAuth1Session": "requests.Session",
    "flask_dance.consumer.requests.BaseOAuth2Session": "requests.Session",
    "flask_dance.consumer.requests.OAuth2Session": "requests.Session",
    "authlib.integrations.requests_client.OAuth2Session": "requests.Session",
    "authlib.integrations.httpx_client.AsyncOAuth2Client": "httpx.AsyncClient",
    "authlib.integrations.httpx_client.OAuth2Client": "httpx.Client",
    "google.auth.transport.requests.AuthorizedSession": "requests.Session",
    "aiohttp_retry.RetryClient": "aiohttp.ClientSession",
    "asyncio.TimeoutError": "builtins.TimeoutError",
    "asyncio.exceptions.TimeoutError": "builtins.TimeoutError",
    "concurrent.futures.TimeoutError": "builtins.TimeoutError",
    "socket.timeout": "builtins.TimeoutError",
    "socket.error": "builtins.OSError",
    "builtins.IOError": "builtins.OSError",
    "builtins.EnvironmentError": "builtins.OSError",
    "http.client.error": "http.client.HTTPException",
    "urllib3.exceptions.ConnectionError": "urllib3.exceptions.ProtocolError",
    "ssl.CertificateError": "ssl.SSLCertVerificationError",
    "tenacity.asyncio.AsyncRetrying": "tenacity.AsyncRetrying",
}

_BASES: dict[str, tuple[str, ...]] = {
    "json.JSONDecodeError": ("builtins.ValueError",),
    "xml.etree.ElementTree.ParseError": ("builtins.SyntaxError",),
    "http.client.HTTPException": ("builtins.Exception",),
    "http.client.BadStatusLine": ("http.client.HTTPException",),
    "http.client.CannotSendHeader": ("http.client.ImproperConnectionState",),
    "http.client.CannotSendRequest": ("http.client.ImproperConnectionState",),
    "http.client.ImproperConnectionState": ("http.client.HTTPException",),
    "http.client.IncompleteRead": ("http.client.HTTPException",),
    "http.client.InvalidURL": ("http.client.HTTPException",),
    "http.client.LineTooLong": ("http.client.HTTPException",),
    "http.client.NotConnected": ("http.client.HTTPException",),
    "http.client.RemoteDisconnected": ("builtins.ConnectionResetError", "http.client.BadStatusLine"),
    "http.client.ResponseNotReady": ("http.client.ImproperConnectionState",),
    "http.client.UnimplementedFileMode": ("http.client.HTTPException",),
    "http.client.UnknownProtocol": ("http.client.HTTPException",),
    "http.client.UnknownTransferEncoding": ("http.client.HTTPException",),
    "urllib.error.URLError": ("builtins.OSError",),
    "urllib.error.HTTPError": ("urllib.error.URLError",),
    "urllib.error.ContentTooShortError": ("urllib.error.URLError",),
    "requests.RequestException": ("builtins.OSError",),
    "requests.InvalidJSONError": ("requests.RequestException",),
    "requests.JSONDecodeError": ("requests.InvalidJSONError", "json.JSONDecodeError"),
    "requests.HTTPError": ("requests.RequestException",),
    "requests.ConnectionError": ("requests.RequestException",),
    "requests.ProxyError": ("requests.ConnectionError",),
    "requests.SSLError": ("requests.ConnectionError",),
    "requests.Timeout": ("requests.RequestException",),
    "requests.ConnectTimeout": ("requests.ConnectionError", "requests.Timeout"),
    "requests.ReadTimeout": ("requests.Timeout",),
    "requests.TooManyRedirects": ("requests.RequestException",),
    "requests.InvalidURL": ("requests.RequestException", "builtins.ValueError"),
    "requests.MissingSchema": ("requests.RequestException", "builtins.ValueError"),
    "requests.ChunkedEncodingError": ("requests.RequestException",),
    "requests.ContentDecodingError": ("requests.RequestException", "urllib3.exceptions.HTTPError"),
    "requests.RetryError": ("requests.RequestException",),
    "httpx.HTTPError": ("builtins.Exception",),
    "httpx.RequestError": ("httpx.HTTPError",),
    "httpx.TransportError": ("httpx.RequestError",),
    "httpx.TimeoutException": ("httpx.TransportError",),
    "httpx.ConnectTimeout": ("httpx.TimeoutException",),
    "httpx.ReadTimeout": ("httpx.TimeoutException",),
    "httpx.WriteTimeout": ("httpx.TimeoutException",),
    "httpx.PoolTimeout": ("httpx.TimeoutException",),
    "httpx.NetworkError": ("httpx.TransportError",),
    "httpx.ConnectError": ("httpx.NetworkError",),
    "httpx.ReadError": ("httpx.NetworkError",),
    "httpx.WriteError": ("httpx.NetworkError",),
    "httpx.ProtocolError": ("httpx.TransportError",),
    "httpx.RemoteProtocolError": ("httpx.ProtocolError",),
    "httpx.DecodingError": ("httpx.RequestError",),
    "httpx.TooManyRedirects": ("httpx.RequestError",),
    "httpx.HTTPStatusError": ("httpx.HTTPError",),
    "httpx.InvalidURL": ("builtins.Exception",),
    "httpx.CloseError": ("httpx.NetworkError",),
    "httpx.CookieConflict": ("builtins.Exception",),
    "httpx.LocalProtocolError": ("httpx.ProtocolError",),
    "httpx.ProxyError": ("httpx.TransportError",),
    "httpx.RequestNotRead": ("httpx.StreamError",),
    "httpx.ResponseNotRead": ("httpx.StreamError",),
    "httpx.SSEError": ("httpx.TransportError",),
    "httpx.StreamClosed": ("httpx.StreamError",),
    "httpx.StreamConsumed": ("httpx.StreamError",),
    "httpx.StreamError": ("builtins.RuntimeError",),
    "httpx.UnsupportedProtocol": ("httpx.TransportError",),
    "aiohttp.ClientError": ("builtins.Exception",),
    "aiohttp.ClientResponseError": ("aiohttp.ClientError",),
    "aiohttp.ContentTypeError": ("aiohttp.ClientResponseError",),
    "aiohttp.TooManyRedirects": ("aiohttp.ClientResponseError",),
    "aiohttp.ClientPayloadError": ("aiohttp.ClientError",),
    "aiohttp.ClientConnectionError": ("aiohttp.ClientError",),
    "aiohttp.ClientOSError": ("aiohttp.ClientConnectionError", "builtins.OSError"),
    "aiohttp.ClientConnectorError": ("aiohttp.ClientOSError",),
    "aiohttp.ServerDisconnectedError": ("aiohttp.ServerConnectionError",),
    "aiohttp.ServerTimeoutError": ("aiohttp.ServerConnectionError", "builtins.TimeoutError"),
    "aiohttp.InvalidURL": ("aiohttp.ClientError", "builtins.ValueError"),
    "aiohttp.ClientConnectionResetError": ("aiohttp.ClientConnectionError", "builtins.ConnectionResetError"),
    "aiohttp.ClientConnectorCertificateError": ("aiohttp.ClientSSLError", "ssl.SSLCertVerificationError"),
    "aiohttp.ClientConnectorDNSError": ("aiohttp.ClientConnectorError",),
    "aiohttp.ClientConnectorSSLError": ("aiohttp.ClientSSLError", "ssl.SSLError"),
    "aiohttp.ClientHttpProxyError": ("aiohttp.ClientResponseError",),
    "aiohttp.ClientProxyConnectionError": ("aiohttp.ClientConnectorError",),
    "aiohttp.ClientSSLError": ("aiohttp.ClientConnectorError",),
    "aiohttp.ConnectionTimeoutError": ("aiohttp.ServerTimeoutError",),
    "aiohttp.EofStream": ("builtins.Exception",),
    "aiohttp.InvalidUrlClientError": ("aiohttp.InvalidURL",),
    "aiohttp.InvalidUrlRedirectClientError": ("aiohttp.InvalidUrlClientError", "aiohttp.RedirectClientError"),
    "aiohttp.NonHttpUrlClientError": ("aiohttp.ClientError",),
    "aiohttp.NonHttpUrlRedirectClientError": ("aiohttp.NonHttpUrlClientError", "aiohttp.RedirectClientError"),
    "aiohttp.RedirectClientError": ("aiohttp.ClientError",),
    "aiohttp.ServerConnectionError": ("aiohttp.ClientConnectionError",),
    "aiohttp.ServerFingerprintMismatch": ("aiohttp.ServerConnectionError",),
    "aiohttp.SocketTimeoutError": ("aiohttp.ServerTimeoutError",),
    "aiohttp.UploadAbortedError": ("aiohttp.ClientError",),
    "aiohttp.WSMessageTypeError": ("builtins.TypeError",),
    "aiohttp.WSServerHandshakeError": ("aiohttp.ClientResponseError",),
    "urllib3.exceptions.HTTPError": ("builtins.Exception",),
    "urllib3.exceptions.PoolError": ("urllib3.exceptions.HTTPError",),
    "urllib3.exceptions.RequestError": ("urllib3.exceptions.PoolError",),
    "urllib3.exceptions.MaxRetryError": ("urllib3.exceptions.RequestError",),
    "urllib3.exceptions.TimeoutError": ("urllib3.exceptions.HTTPError",),
    "urllib3.exceptions.ConnectTimeoutError": ("urllib3.exceptions.TimeoutError",),
    "urllib3.exceptions.ReadTimeoutError": ("urllib3.exceptions.TimeoutError", "urllib3.exceptions.RequestError"),
    "urllib3.exceptions.NewConnectionError": ("urllib3.exceptions.ConnectTimeoutError", "urllib3.exceptions.HTTPError"),
    "urllib3.exceptions.ProtocolError": ("urllib3.exceptions.HTTPError",),
    "urllib3.exceptions.ResponseError": ("urllib3.exceptions.HTTPError",),
    "urllib3.exceptions.BodyNotHttplibCompatible": ("urllib3.exceptions.HTTPError",),
    "urllib3.exceptions.ClosedPoolError": ("urllib3.exceptions.PoolError",),
    "urllib3.exceptions.DecodeError": ("urllib3.exceptions.HTTPError",),
    "urllib3.exceptions.EmptyPoolError": ("urllib3.exceptions.PoolError",),
    "urllib3.exceptions.FullPoolError": ("urllib3.exceptions.PoolError",),
    "urllib3.exceptions.HeaderParsingError": ("urllib3.exceptions.HTTPError",),
    "urllib3.exceptions.HostChangedError": ("urllib3.exceptions.RequestError",),
    "urllib3.exceptions.IncompleteRead": ("urllib3.exceptions.HTTPError", "http.client.IncompleteRead"),
    "urllib3.exceptions.InvalidChunkLength": ("urllib3.exceptions.HTTPError", "http.client.IncompleteRead"),
    "urllib3.exceptions.InvalidHeader": ("urllib3.exceptions.HTTPError",),
    "urllib3.exceptions.LocationParseError": ("urllib3.exceptions.LocationValueError",),
    "urllib3.exceptions.LocationValueError": ("builtins.ValueError", "urllib3.exceptions.HTTPError"),
    "urllib3.exceptions.NameResolutionError": ("urllib3.exceptions.NewConnectionError",),
    "urllib3.exceptions.ProxyError": ("urllib3.exceptions.HTTPError",),
    "urllib3.exceptions.ProxySchemeUnknown": ("builtins.AssertionError", "urllib3.exceptions.URLSchemeUnknown"),
    "urllib3.exceptions.ProxySchemeUnsupported": ("builtins.ValueError",),
    "urllib3.exceptions.ResponseNotChunked": ("urllib3.exceptions.ProtocolError", "builtins.ValueError"),
    "urllib3.exceptions.SSLError": ("urllib3.exceptions.HTTPError",),
    "urllib3.exceptions.TimeoutStateError": ("urllib3.exceptions.HTTPError",),
    "urllib3.exceptions.URLSchemeUnknown": ("urllib3.exceptions.LocationValueError",),
    "urllib3.exceptions.UnrewindableBodyError": ("urllib3.exceptions.HTTPError",),
    "tenacity.RetryError": ("builtins.Exception",),
    "tenacity.TryAgain": ("builtins.Exception",),
    "celery.exceptions.Retry": ("builtins.Exception",),
    "pydantic.ValidationError": ("builtins.ValueError",),
    "subprocess.CalledProcessError": ("builtins.Exception",),
    # A client whose library is not known raises what each of them would.
    "any.HTTPStatusError": ("requests.HTTPError", "httpx.HTTPStatusError", "aiohttp.ClientResponseError"),
    "any.JSONDecodeError": ("requests.JSONDecodeError", "aiohttp.ContentTypeError"),
    "requests.Session": (),
    "requests.InvalidHeader": ("requests.RequestException", "builtins.ValueError"),
    "requests.InvalidProxyURL": ("requests.InvalidURL",),
    "requests.InvalidSchema": ("requests.RequestException", "builtins.ValueError"),
    "requests.StreamConsumedError": ("requests.RequestException", "builtins.TypeError"),
    "requests.URLRequired": ("requests.RequestException",),
    "requests.UnrewindableBodyError": ("requests.RequestException",),
    "enum.IntEnum": ("enum.Enum",),
    "enum.StrEnum": ("enum.Enum",),
    "enum.IntFlag": ("enum.Enum",),
    "enum.Flag": ("enum.Enum",),
    "ssl.SSLCertVerificationError": ("ssl.SSLError", "builtins.ValueError"),
    "ssl.SSLError": ("builtins.OSError",),
}

_EXCEPTION_SUFFIXES = ("Error", "Exception", "Warning", "Timeout", "Failure")

#: Names of statuses in http.HTTPStatus of any Python version, http.client, httpx.codes and requests.codes.
STATUS_NAMES: dict[str, int] = {
    "continue": 100, "switching_protocols": 101, "processing": 102, "early_hints": 103,
    "ok": 200, "okay": 200, "all_ok": 200, "all_okay": 200, "all_good": 200, "created": 201, "accepted": 202,
    "non_authoritative_information": 203, "non_authoritative_info": 203, "no_content": 204, "reset_content": 205,
    "reset": 205, "partial_content": 206, "partial": 206, "multi_status": 207, "already_reported": 208, "im_used": 226,
    "multiple_choices": 300, "moved_permanently": 301, "moved": 301, "found": 302, "see_other": 303, "other": 303,
    "not_modified": 304, "use_proxy": 305, "temporary_redirect": 307, "permanent_redirect": 308,
    "bad_request": 400, "bad": 400, "unauthorized": 401, "payment_required": 402, "payment": 402, "forbidden": 403,
    "not_found": 404, "method_not_allowed": 405, "not_allowed": 405, "not_acceptable": 406,
    "proxy_authentication_required": 407, "proxy_auth": 407, "request_timeout": 408, "timeout": 408, "conflict": 409,
    "gone": 410, "length_required": 411, "precondition_failed": 412, "precondition": 412,
    "request_entity_too_large": 413, "content_too_large": 413, "payload_too_large": 413,
    "request_uri_too_long": 414, "request_uri_too_large": 414, "uri_too_long": 414, "unsupported_media_type": 415,
    "unsupported_media": 415, "media_type": 415, "requested_range_not_satisfiable": 416, "range_not_satisfiable": 416,
    "expectation_failed": 417, "im_a_teapot": 418, "teapot": 418, "misdirected_request": 421,
    "unprocessable_entity": 422, "unprocessable": 422, "unprocessable_content": 422, "locked": 423,
    "failed_dependency": 424, "dependency": 424, "too_early": 425, "upgrade_required": 426, "upgrade": 426,
    "precondition_required": 428, "too_many_requests": 429, "too_many": 429, "request_header_fields_too_large": 431,
    "header_fields_too_large": 431, "unavailable_for_legal_reasons": 451, "legal_reasons": 451,
    "client_closed_request": 499, "internal_server_error": 500, "server_error": 500, "not_implemented": 501,
    "bad_gateway": 502, "service_unavailable": 503, "unavailable": 503, "gateway_timeout": 504,
    "http_version_not_supported": 505, "variant_also_negotiates": 506, "insufficient_storage": 507,
    "loop_detected": 508, "bandwidth_limit_exceeded": 509, "not_extended": 510,
    "network_authentication_required": 511,
}  # fmt: skip

#: What requests.codes calls otherwise, or has besides (requests/status_codes.py).
_REQUESTS_NAMES: dict[str, int] = {
    "checkpoint": 103, "request_uri_too_long": 122, "multi_stati": 207, "multiple_stati": 207, "multiple_status": 207,
    "switch_proxy": 306, "temporary": 307, "temporary_moved": 307, "resume": 308, "resume_incomplete": 308,
    "proxy_authentication": 407, "requested_range": 416, "i_am_a_teapot": 418, "unordered": 425,
    "unordered_collection": 425, "precondition": 428, "fields_too_large": 431, "no_response": 444, "none": 444,
    "retry": 449, "retry_with": 449, "blocked_by_windows_parental_controls": 450, "parental_controls": 450,
    "http_version": 505, "bandwidth": 509, "network_auth": 511, "network_authentication": 511,
}  # fmt: skip

_STATUS_TABLES = ("http.HTTPStatus", "requests.codes", "httpx.codes", "http.client")

_MODELLED = frozenset({
    "requests", "niquests", "httpx", "httpx2", "aiohttp", "urllib3", "urllib", "http", "json", "os", "sys", "time",
    "functools", "contextlib", "asyncio", "enum", "typing", "dataclasses", "collections", "itertools", "logging", "re",
    "ansible", "yarl", "tenacity", "backoff", "stamina", "requests_cache", "requests_toolbelt", "random", "datetime",
    "abc", "threading",
    "concurrent", "operator", "copy", "warnings", "string", "pathlib", "math", "uuid", "base64", "hashlib",
})  # fmt: skip


@lru_cache(maxsize=4096)
def canonical(name: str) -> str:
    """Return the one name by which the analysis knows a library's thing."""
    for prefix, replacement in _PREFIXES:
        if name.startswith(prefix) and prefix != replacement:
            name = replacement + name[len(prefix) :]
    return _ALIASES.get(name, name)


def is_modelled(dotted: str) -> bool:
    """Return whether a module is one of those whose behaviour is known, wherever files of that name lie."""
    return dotted.split(".", 1)[0] in _MODELLED


@lru_cache(maxsize=1024)
def bases(name: str) -> tuple[str, ...]:
    """Return the direct bases of a library's class."""
    name = canonical(name)
    if name.startswith("builtins."):
        cls = getattr(builtins, name.removeprefix("builtins."), None)
        return tuple(f"builtins.{base.__name__}" for base in cls.__bases__) if isinstance(cls, type) else ()
    known = _BASES.get(name)
    if known is not None:
        return known
    return ("builtins.Exception",) if name.rsplit(".", 1)[-1].endswith(_EXCEPTION_SUFFIXES) else ()


def is_exception(name: str) -> bool:
    """Return whether a library's class is an exception; by its name when the library is not known."""
    pending = [canonical(name)]
    while pending:
        current = pending.pop()
        if current == "builtins.BaseException":
            return True
        pending.extend(bases(current))
    return False


def is_enum(name: str) -> bool:
    """Return whether a library's class makes its subclasses enums."""
    return canonical(name) in ("enum.Enum", "enum.IntEnum", "enum.StrEnum", "enum.Flag", "enum.IntFlag")


def status_named(table: str, name: str) -> int | None:
    """Return the status that a table of statuses has under a name, None when it has no such name."""
    own = _REQUESTS_NAMES.get(name.lower()) if table == "requests.codes" else None
    return STATUS_NAMES.get(name.lower()) if own is None else own


def status_constant(name: str) -> int | None:
    """Return the status that a dotted name such as `http.HTTPStatus.NOT_FOUND` stands for, None for other names."""
    table, _, constant = canonical(name).rpartition(".")
    if table in _STATUS_TABLES:
        return status_named(table, constant)
    if table.endswith(("status", "codes")) and constant.startswith("HTTP_") and constant[5:8].isdigit():
        # starlette.status.HTTP_404_NOT_FOUND, rest_framework.status.HTTP_400_BAD_REQUEST
        return int(constant[5:8])
    return None
