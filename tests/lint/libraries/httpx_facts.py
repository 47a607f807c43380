"""httpx 0.28 and httpx2 2.16, from `httpx/`; every fact is asked of both."""

from __future__ import annotations

from tests.lint.libraries.facts import Fact, Route

STATUS_ERROR = "raises httpx.HTTPStatusError"

_FACTS = [
    Fact(
        "the status is status_code",
        "_models.py: Response.status_code",
        "return httpx.get(URL).status_code",
        {200: 200, 204: 204, 302: 302, 304: 304, 404: 404, 503: 503, 599: 599},
    ),
    Fact(
        "every response is true",
        "_models.py: Response has no __bool__",
        "return 'yes' if httpx.get(URL) else 'no'",
        {200: "yes", 302: "yes", 404: "yes", 503: "yes"},
    ),
    Fact(
        "is_success is 2xx",
        "_models.py: Response.is_success",
        "return httpx.get(URL).is_success",
        {200: True, 204: True, 299: True, 300: False, 304: False, 404: False, 503: False},
    ),
    Fact(
        "is_error is 4xx and 5xx",
        "_models.py: Response.is_error",
        "return httpx.get(URL).is_error",
        {200: False, 302: False, 304: False, 400: True, 499: True, 500: True, 599: True},
    ),
    Fact(
        "is_client_error is 4xx",
        "_models.py: Response.is_client_error",
        "return httpx.get(URL).is_client_error",
        {200: False, 304: False, 400: True, 499: True, 500: False, 599: False},
    ),
    Fact(
        "is_server_error is 5xx",
        "_models.py: Response.is_server_error",
        "return httpx.get(URL).is_server_error",
        {200: False, 304: False, 404: False, 500: True, 599: True},
    ),
    Fact(
        "is_informational is 1xx",
        "_models.py: Response.is_informational",
        "return httpx.get(URL).is_informational",
        {200: False, 404: False},
    ),
    Fact(
        "is_redirect is 3xx",
        "_models.py: Response.is_redirect",
        "return httpx.get(URL).is_redirect",
        {200: False, 300: True, 302: True, 304: True, 404: False},
    ),
    Fact(
        "has_redirect_location is for redirects that can be followed",
        "_models.py: Response.has_redirect_location",
        "return httpx.get(URL).has_redirect_location",
        {200: False, 300: False, 301: True, 302: True, 303: True, 304: False, 307: True, 308: True, 404: False},
    ),
    Fact(
        "raise_for_status raises unless 2xx and returns the response",
        "_models.py: Response.raise_for_status",
        "return httpx.get(URL).raise_for_status()",
        {200: "response", 204: "response", 300: STATUS_ERROR, 302: STATUS_ERROR, 304: STATUS_ERROR, 400: STATUS_ERROR,
         404: STATUS_ERROR, 500: STATUS_ERROR, 503: STATUS_ERROR, 599: STATUS_ERROR},
    ),
    Fact(
        "raise_for_status may be followed by a read",
        "_models.py: Response.raise_for_status",
        "return httpx.get(URL).raise_for_status().status_code",
        {200: 200, 304: STATUS_ERROR, 404: STATUS_ERROR},
    ),
    Fact(
        "the error has the response",
        "_exceptions.py: HTTPStatusError.__init__",
        """
        try:
            httpx.get(URL).raise_for_status()
        except httpx.HTTPStatusError as error:
            return error.response.status_code
        """,
        {200: None, 302: 302, 304: 304, 404: 404, 503: 503},
    ),
    Fact(
        "HTTPError takes it, RequestError does not",
        "_exceptions.py",
        """
        try:
            httpx.get(URL).raise_for_status()
        except httpx.RequestError:
            return "request"
        except httpx.HTTPError:
            return "any"
        """,
        {404: "any", 503: "any"},
    ),
    Fact(
        "the error's text has the status",
        "_models.py: Response.raise_for_status",
        """
        try:
            httpx.get(URL).raise_for_status()
        except httpx.HTTPStatusError as error:
            return "404" in str(error)
        """,
        {404: True, 503: False},
    ),
    Fact(
        "the error's text does not begin with the status",
        "_models.py: Response.raise_for_status",
        """
        try:
            httpx.get(URL).raise_for_status()
        except httpx.HTTPStatusError as error:
            return str(error).startswith("404")
        """,
        {404: False, 503: False},
    ),
    Fact(
        "redirects are followed when asked",
        "_client.py: Client._send_handling_redirects",
        "return httpx.get(URL, follow_redirects=True).status_code",
        {300: 300, 301: 200, 302: 200, 303: 200, 304: 304, 307: 200, 308: 200},
    ),
    Fact(
        "POST follows redirects when asked",
        "_client.py: Client._redirect_method",
        "return httpx.post(URL, follow_redirects=True).status_code",
        {301: 200, 302: 200, 303: 200, 304: 304, 307: 200, 308: 200},
    ),
    Fact(
        "a client follows redirects when it was asked to",
        "_client.py: Client.__init__",
        """
        with httpx.Client(follow_redirects=True) as client:
            return client.get(URL).status_code
        """,
        {200: 200, 302: 200, 404: 404},
    ),
    Fact(
        "HEAD follows redirects where the client does",
        "_client.py: Client.head",
        """
        with httpx.Client(follow_redirects=True) as client:
            return client.head(URL).status_code
        """,
        {200: 200, 302: 200, 404: 404},
    ),
    Fact(
        "a request may say otherwise than its client",
        "_client.py: Client.send",
        """
        with httpx.Client(follow_redirects=True) as client:
            return client.get(URL, follow_redirects=False).status_code
        """,
        {200: 200, 302: 302},
    ),
    Fact(
        "send follows redirects where the client does",
        "_client.py: Client.send",
        """
        with httpx.Client(follow_redirects=True) as client:
            return client.send(client.build_request("GET", URL)).status_code
        """,
        {200: 200, 302: 200, 404: 404},
    ),
    Fact(
        "stream gives the response to a with statement",
        "_client.py: Client.stream",
        """
        with httpx.stream("GET", URL) as response:
            return response.status_code
        """,
        {200: 200, 302: 302, 404: 404},
    ),
    Fact(
        "event hooks see every response",
        "_client.py: Client._send_handling_redirects",
        """
        def check(response):
            response.raise_for_status()

        with httpx.Client(event_hooks={"response": [check]}) as client:
            return client.get(URL).status_code
        """,
        {200: 200, 302: STATUS_ERROR, 404: STATUS_ERROR},
    ),
    Fact(
        "event hooks may be set later",
        "_client.py: BaseClient.event_hooks",
        """
        def check(response):
            if response.is_server_error:
                raise LookupError

        client = httpx.Client()
        client.event_hooks["response"].append(check)
        return client.get(URL).status_code
        """,
        {200: 200, 404: 404, 503: "raises builtins.LookupError"},
    ),
    Fact(
        "event hooks may be replaced",
        "_client.py: BaseClient.event_hooks",
        """
        def check(response):
            response.raise_for_status()

        client = httpx.Client()
        client.event_hooks = {"request": [], "response": [check]}
        return client.get(URL).status_code
        """,
        {200: 200, 404: STATUS_ERROR},
    ),
    Fact(
        "a hook that raises for status refuses redirects that the client would follow",
        "_client.py: Client._send_handling_redirects",
        """
        def check(response):
            response.raise_for_status()

        with httpx.Client(follow_redirects=True, event_hooks={"response": [check]}) as client:
            return client.get(URL).status_code
        """,
        {200: 200, 302: STATUS_ERROR, 404: STATUS_ERROR},
    ),
    Fact(
        "an async client's hooks are awaited",
        "_client.py: AsyncClient._send_handling_redirects",
        """
        async def check(response):
            response.raise_for_status()

        async with httpx.AsyncClient(event_hooks={"response": [check]}) as client:
            response = await client.get(URL)
        return response.status_code
        """,
        {200: 200, 404: STATUS_ERROR},
    ),
    Fact(
        "an async client's stream gives the response",
        "_client.py: AsyncClient.stream",
        """
        async with httpx.AsyncClient() as client:
            async with client.stream("GET", URL) as response:
                response.raise_for_status()
                return response.status_code
        """,
        {200: 200, 304: STATUS_ERROR, 404: STATUS_ERROR},
    ),
    Fact(
        "a transport of the client's own may raise",
        "_client.py: Client._send_single_request (transport.handle_request)",
        """
        class Checking(httpx.HTTPTransport):
            def handle_request(self, request):
                response = super().handle_request(request)
                if response.status_code == 503:
                    raise LookupError
                return response

        with httpx.Client(transport=Checking()) as client:
            return client.get(URL).status_code
        """,
        {200: 200, 404: 404, 503: "raises builtins.LookupError"},
    ),
    Fact(
        "a transport that wraps another may raise",
        "_transports/base.py: BaseTransport.handle_request",
        """
        class Checking(httpx.BaseTransport):
            def __init__(self, inner):
                self.inner = inner

            def handle_request(self, request):
                response = self.inner.handle_request(request)
                if response.status_code == 503:
                    raise LookupError
                return response

        with httpx.Client(transport=Checking(httpx.HTTPTransport())) as client:
            return client.get(URL).status_code
        """,
        {200: 200, 404: 404, 503: "raises builtins.LookupError"},
    ),
    Fact(
        "a mounted transport serves the URLs of its pattern",
        "_client.py: Client._transport_for_url",
        """
        class Checking(httpx.HTTPTransport):
            def handle_request(self, request):
                response = super().handle_request(request)
                if response.status_code == 503:
                    raise LookupError
                return response

        with httpx.Client(mounts={"http://": Checking()}) as client:
            return client.get(URL).status_code
        """,
        {200: 200, 404: 404, 503: "raises builtins.LookupError"},
    ),
    Fact(
        "an async client's transport may raise",
        "_client.py: AsyncClient._send_single_request (transport.handle_async_request)",
        """
        class Checking(httpx.AsyncHTTPTransport):
            async def handle_async_request(self, request):
                response = await super().handle_async_request(request)
                if response.status_code == 503:
                    raise LookupError
                return response

        async with httpx.AsyncClient(transport=Checking()) as client:
            return (await client.get(URL)).status_code
        """,
        {200: 200, 404: 404, 503: "raises builtins.LookupError"},
    ),
    Fact(
        "a transport's retries are about connections, not statuses",
        "_transports/default.py: HTTPTransport.__init__",
        """
        with httpx.Client(transport=httpx.HTTPTransport(retries=1)) as client:
            return client.get(URL).status_code
        """,
        {200: 200, 503: 503},
    ),
    Fact(
        "json of an empty body raises json.JSONDecodeError",
        "_models.py: Response.json",
        """
        try:
            return httpx.get(URL).json()
        except json.JSONDecodeError:
            return "refused"
        """,
        {200: "refused", 404: "refused"},
    ),
    Fact(
        "json's error is no HTTPError",
        "_models.py: Response.json",
        """
        try:
            return httpx.get(URL).json()
        except httpx.HTTPError:
            return "http"
        except ValueError:
            return "value"
        """,
        {200: "value", 404: "value"},
    ),
    Fact(
        "codes are numbers",
        "_status_codes.py: codes(IntEnum)",
        "return httpx.get(URL).status_code == httpx.codes.NOT_FOUND",
        {200: False, 404: True},
    ),
    Fact(
        "codes have lower-case names too",
        "_status_codes.py: the loop at the end",
        "return httpx.get(URL).status_code == httpx.codes.not_found",
        {200: False, 404: True},
    ),
    Fact(
        "codes(status) is the member",
        "_status_codes.py: codes(IntEnum)",
        "return httpx.codes(httpx.get(URL).status_code) is httpx.codes.NOT_FOUND",
        {200: False, 404: True},
    ),
    *(
        Fact(
            f"codes.{name} is what it is up to its last number",
            f"_status_codes.py: codes.{name}",
            f"return [n for n in range({first} - 1, {last} + 2, {last} - {first} + 2) if httpx.codes.{name}(n)] == []"
            f" and httpx.codes.{name}({first}) and httpx.codes.{name}({last})",
            {200: True},
        )
        for name, first, last in (
            ("is_informational", 100, 199), ("is_success", 200, 299), ("is_redirect", 300, 399),
            ("is_client_error", 400, 499), ("is_server_error", 500, 599), ("is_error", 400, 599),
        )
    ),
    Fact(
        "codes.is_success is 2xx",
        "_status_codes.py: codes.is_success",
        "return httpx.codes.is_success(httpx.get(URL).status_code)",
        {200: True, 304: False, 404: False},
    ),
    Fact(
        "codes.is_error is 4xx and 5xx",
        "_status_codes.py: codes.is_error",
        "return httpx.codes.is_error(httpx.get(URL).status_code)",
        {200: False, 304: False, 404: True, 503: True},
    ),
    Fact(
        "codes.is_client_error is 4xx",
        "_status_codes.py: codes.is_client_error",
        "return httpx.codes.is_client_error(httpx.get(URL).status_code)",
        {200: False, 404: True, 503: False},
    ),
    Fact(
        "codes.is_server_error is 5xx",
        "_status_codes.py: codes.is_server_error",
        "return httpx.codes.is_server_error(httpx.get(URL).status_code)",
        {200: False, 404: False, 503: True},
    ),
    Fact(
        "codes.is_redirect is 3xx",
        "_status_codes.py: codes.is_redirect",
        "return httpx.codes.is_redirect(httpx.get(URL).status_code)",
        {200: False, 304: True, 404: False},
    ),
]  # fmt: skip

_ROUTES = [
    Route("_api.py: get", "httpx.get('http://api.test/a')", "GET /a"),
    Route("_api.py: request", "httpx.request('patch', 'http://api.test/a')", "PATCH /a"),
    Route("_api.py: stream", "with httpx.stream('DELETE', 'http://api.test/a') as r:\n    pass", "DELETE /a"),
    *(
        Route(
            "_client.py: BaseClient._merge_url",
            f"with httpx.Client(base_url='http://api.test{base}') as c:\n    c.get('{path}')",
            line,
        )
        for base, path, line in (
            ("", "/a", "GET /a"),
            ("", "a", "GET /a"),
            ("/v1", "a", "GET /v1/a"),
            ("/v1", "/a", "GET /v1/a"),
            ("/v1/", "a", "GET /v1/a"),
            ("/v1/", "/a", "GET /v1/a"),
            ("/v1", "http://api.test/a", "GET /a"),
            ("/v1", "", "GET /v1/"),
            ("/v1", "a/", "GET /v1/a/"),
        )
    ),
    Route(
        "_client.py: BaseClient.base_url (setter)",
        "c = httpx.Client()\nc.base_url = 'http://api.test/v1'\nc.post('a')",
        "POST /v1/a",
    ),
    Route(
        "_client.py: BaseClient.build_request",
        "c = httpx.Client(base_url='http://api.test/v1')\nc.send(c.build_request('PUT', '/a'))",
        "PUT /v1/a",
    ),
    Route("_models.py: Request", "c = httpx.Client()\nc.send(httpx.Request('PUT', 'http://api.test/a'))", "PUT /a"),
    Route("_urls.py: URL", "httpx.get(httpx.URL('http://api.test/a'))", "GET /a"),
    Route("_urls.py: URL.join", "httpx.get(httpx.URL('http://api.test/v1/').join('a'))", "GET /v1/a"),
    Route("_urls.py: URL.join", "httpx.get(httpx.URL('http://api.test/v1').join('a'))", "GET /a"),
    Route("_urls.py: URL.join", "httpx.get(httpx.URL('http://api.test/v1/').join('/a'))", "GET /a"),
    Route("_urls.py: URL.copy_with", "httpx.get(httpx.URL('http://api.test/v1').copy_with(path='/a'))", "GET /a"),
    Route("_urls.py: URL.__str__", "httpx.get(str(httpx.URL('http://api.test/v1')) + '/a')", "GET /v1/a"),
]


def _of_httpx2(code: str) -> str:
    return code.replace("httpx.", "httpx2.")


FACTS = _FACTS + [fact._replace(says=f"httpx2: {fact.says}", code=_of_httpx2(fact.code)) for fact in _FACTS]
ROUTES = _ROUTES + [route._replace(code=_of_httpx2(route.code)) for route in _ROUTES]
