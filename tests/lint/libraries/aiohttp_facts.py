# ruff: noqa: E501 - one row, one line
"""aiohttp 3.14 and yarl 1.25, from `aiohttp/` and `yarl/`."""

from __future__ import annotations

from tests.lint.libraries.facts import Fact, Route

RESPONSE_ERROR = "raises aiohttp.ClientResponseError"


def _get(body: str, session: str = "", request: str = "", verb: str = "get") -> str:
    return f"async with aiohttp.ClientSession({session}) as s:\n    async with s.{verb}(URL{request}) as r:\n        {body}"


def _caught(taken: str, body: str, session: str = "raise_for_status=True") -> str:
    lines = "\n".join(f"    {line}" for line in _get("r.raise_for_status()", session).splitlines())
    return f"try:\n{lines}\nexcept {taken} as error:\n    {body}"


FACTS = [
    Fact(
        "the status is status",
        "client_reqrep.py: ClientResponse.status",
        _get("return r.status", request=", allow_redirects=False"),
        {200: 200, 204: 204, 302: 302, 304: 304, 404: 404, 503: 503, 599: 599},
    ),
    Fact(
        "ok is true below 400",
        "client_reqrep.py: ClientResponse.ok",
        _get("return r.ok", request=", allow_redirects=False"),
        {200: True, 302: True, 304: True, 399: True, 400: False, 404: False, 503: False, 599: False},
    ),
    Fact(
        "every response is true",
        "client_reqrep.py: ClientResponse has no __bool__",
        _get("return 'yes' if r else 'no'"),
        {200: "yes", 404: "yes"},
    ),
    Fact(
        "raise_for_status raises from 400 and returns None",
        "client_reqrep.py: ClientResponse.raise_for_status",
        _get("return r.raise_for_status()", request=", allow_redirects=False"),
        {200: None, 204: None, 302: None, 304: None, 399: None, 400: RESPONSE_ERROR, 404: RESPONSE_ERROR,
         500: RESPONSE_ERROR, 599: RESPONSE_ERROR},
    ),
    Fact(
        "a session may raise for every status",
        "client.py: ClientSession._request (raise_for_status)",
        _get("return r.status", session="raise_for_status=True"),
        {200: 200, 302: 200, 304: 304, 404: RESPONSE_ERROR, 503: RESPONSE_ERROR},
    ),
    Fact(
        "a request may raise for its status",
        "client.py: ClientSession._request (raise_for_status)",
        _get("return r.status", request=", raise_for_status=True"),
        {200: 200, 304: 304, 404: RESPONSE_ERROR, 503: RESPONSE_ERROR},
    ),
    Fact(
        "a request may say otherwise than its session",
        "client.py: ClientSession._request (raise_for_status)",
        _get("return r.status", session="raise_for_status=True", request=", raise_for_status=False"),
        {200: 200, 404: 404},
    ),
    Fact(
        "a request that says None does as its session says",
        "client.py: ClientSession._request (raise_for_status)",
        _get("return r.status", session="raise_for_status=True", request=", raise_for_status=None"),
        {200: 200, 404: RESPONSE_ERROR},
    ),
    Fact(
        "a session's raise_for_status may be a coroutine function",
        "client.py: ClientSession._request (raise_for_status)",
        """
        async def check(response):
            if response.status == 503:
                raise LookupError

        async with aiohttp.ClientSession(raise_for_status=check) as s:
            async with s.get(URL) as r:
                return r.status
        """,
        {200: 200, 404: 404, 503: "raises builtins.LookupError"},
    ),
    Fact(
        "a request's raise_for_status may be a coroutine function",
        "client.py: ClientSession._request (raise_for_status)",
        """
        async def check(response):
            if response.status == 503:
                raise LookupError

        async with aiohttp.ClientSession(raise_for_status=True) as s:
            async with s.get(URL, raise_for_status=check) as r:
                return r.status
        """,
        {200: 200, 404: 404, 503: "raises builtins.LookupError"},
    ),
    Fact(
        "aiohttp.request may raise for its status",
        "client.py: request",
        """
        async with aiohttp.request("GET", URL, raise_for_status=True) as r:
            return r.status
        """,
        {200: 200, 404: RESPONSE_ERROR},
    ),
    Fact(
        "the error's status is status",
        "client_exceptions.py: ClientResponseError.__init__",
        _caught("aiohttp.ClientResponseError", "return error.status"),
        {200: None, 404: 404, 503: 503},
    ),
    Fact(
        "the error's status is code, too",
        "client_exceptions.py: ClientResponseError.code",
        _caught("aiohttp.ClientResponseError", "return error.code"),
        {404: 404, 503: 503},
    ),
    Fact(
        "ClientError takes it, ClientConnectionError does not",
        "client_exceptions.py",
        _caught("aiohttp.ClientConnectionError", "return 'connection'") + "\nexcept aiohttp.ClientError:\n    return 'any'",
        {404: "any"},
    ),
    Fact(
        "OSError does not take it",
        "client_exceptions.py: ClientError(Exception)",
        _caught("OSError", "return 'os'"),
        {200: None, 404: RESPONSE_ERROR},
    ),
    Fact(
        "the error's text has the status",
        "client_exceptions.py: ClientResponseError.__str__",
        _caught("aiohttp.ClientResponseError", "return '404' in str(error)"),
        {404: True, 503: False},
    ),
    Fact(
        "the error's text begins with the status",
        "client_exceptions.py: ClientResponseError.__str__",
        _caught("aiohttp.ClientResponseError", "return str(error).startswith('404')"),
        {404: True, 503: False},
    ),
    Fact(
        "GET follows redirects",
        "client.py: ClientSession._request (allow_redirects)",
        _get("return r.status"),
        {300: 300, 301: 200, 302: 200, 303: 200, 304: 304, 305: 305, 307: 200, 308: 200},
    ),
    Fact(
        "POST follows redirects",
        "client.py: ClientSession._request (allow_redirects)",
        _get("return r.status", verb="post"),
        {301: 200, 302: 200, 303: 200, 304: 304, 307: 200, 308: 200},
    ),
    Fact(
        "HEAD follows none",
        "client.py: ClientSession.head",
        _get("return r.status", verb="head"),
        {200: 200, 302: 302, 308: 308, 404: 404},
    ),
    Fact(
        "request('HEAD') follows redirects",
        "client.py: ClientSession.request",
        """
        async with aiohttp.ClientSession() as s:
            async with s.request("HEAD", URL) as r:
                return r.status
        """,
        {200: 200, 302: 200, 404: 404},
    ),
    Fact(
        "a request may be awaited",
        "client.py: _BaseRequestContextManager.__await__",
        """
        async with aiohttp.ClientSession() as s:
            r = await s.get(URL)
            return r.status
        """,
        {200: 200, 404: 404},
    ),
    Fact(
        "json of a body that is no JSON raises ContentTypeError",
        "client_reqrep.py: ClientResponse.json",
        """
        try:
            async with aiohttp.ClientSession() as s:
                async with s.get(URL) as r:
                    return await r.json()
        except aiohttp.ContentTypeError:
            return "refused"
        """,
        {200: "refused", 404: "refused"},
    ),
    Fact(
        "ContentTypeError is a ClientResponseError, not a ValueError",
        "client_exceptions.py: ContentTypeError(ClientResponseError)",
        """
        try:
            async with aiohttp.ClientSession() as s:
                async with s.get(URL) as r:
                    return await r.json()
        except ValueError:
            return "value"
        except aiohttp.ClientResponseError as error:
            return error.status
        """,
        {200: 200, 404: 404},
    ),
    Fact(
        "json of an empty body of no content type is None when the type is not asked",
        "client_reqrep.py: ClientResponse.json (content_type=None)",
        """
        try:
            async with aiohttp.ClientSession() as s:
                async with s.get(URL) as r:
                    await r.json(content_type=None)
                    return "read"
        except Exception:
            return "refused"
        """,
        {200: "read", 404: "read"},
    ),
    Fact(
        "json.loads of an empty text raises JSONDecodeError",
        "json/decoder.py: JSONDecoder.raw_decode",
        """
        try:
            async with aiohttp.ClientSession() as s:
                async with s.get(URL) as r:
                    return json.loads(await r.text())
        except json.JSONDecodeError:
            return "refused"
        """,
        {200: "refused", 404: "refused"},
    ),
]  # fmt: skip


def _route(source: str, session: str, request: str, line: str) -> Route:
    code = f"async with aiohttp.ClientSession({session}) as s:\n    async with s.{request} as r:\n        pass"
    return Route(source, code, line)


ROUTES = [
    _route("client.py: ClientSession.get", "", "get('http://api.test/a')", "GET /a"),
    _route("client.py: ClientSession.request", "", "request('patch', 'http://api.test/a')", "PATCH /a"),
    _route("client.py: ClientSession.request", "", "request(method='PUT', url='http://api.test/a')", "PUT /a"),
    *(
        _route("client.py: ClientSession._build_url", f"{how}'http://api.test{base}'", f"get('{path}')", line)
        for how, base, path, line in (
            ("", "", "/a", "GET /a"),
            ("base_url=", "", "a", "GET /a"),
            ("base_url=", "/v1/", "a", "GET /v1/a"),
            ("base_url=", "/v1/", "/a", "GET /a"),
            ("base_url=", "/v1/", "a/b", "GET /v1/a/b"),
            ("base_url=", "/v1/", "http://api.test/a", "GET /a"),
        )
    ),
    _route("yarl/_url.py: URL", "", "get(yarl.URL('http://api.test/a'))", "GET /a"),
    _route("yarl/_url.py: URL.__truediv__", "", "get(yarl.URL('http://api.test/v1') / 'a')", "GET /v1/a"),
    _route("yarl/_url.py: URL.__truediv__", "", "get(yarl.URL('http://api.test/v1/') / 'a' / 'b')", "GET /v1/a/b"),
    _route("yarl/_url.py: URL.joinpath", "", "get(yarl.URL('http://api.test/v1').joinpath('a', 'b'))", "GET /v1/a/b"),
    _route("yarl/_url.py: URL.join", "", "get(yarl.URL('http://api.test/v1/').join(yarl.URL('a')))", "GET /v1/a"),
    _route("yarl/_url.py: URL.join", "", "get(yarl.URL('http://api.test/v1').join(yarl.URL('a')))", "GET /a"),
    _route("yarl/_url.py: URL.with_path", "", "get(yarl.URL('http://api.test/v1').with_path('/a'))", "GET /a"),
    _route("yarl/_url.py: URL.build", "", "get(yarl.URL.build(scheme='http', authority=yarl.URL('http://api.test').authority, path='/a'))", "GET /a"),
    _route("yarl/_url.py: URL.parent", "", "get(yarl.URL('http://api.test/v1/a').parent / 'b')", "GET /v1/b"),
    _route("yarl/_url.py: URL.origin", "", "get(yarl.URL('http://api.test/v1/a').origin() / 'b')", "GET /b"),
    _route("yarl/_url.py: URL.with_name", "", "get(yarl.URL('http://api.test/v1/a').with_name('b'))", "GET /v1/b"),
]  # fmt: skip
