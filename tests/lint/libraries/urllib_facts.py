# ruff: noqa: E501 - one row, one line
"""urllib and http.client of Python 3.11 (`urllib/`, `http/`), urllib3 2.8 (`urllib3/`)."""

from __future__ import annotations

from tests.lint.libraries.facts import Fact, Route

HTTP_ERROR = "raises urllib.error.HTTPError"

FACTS = [
    Fact(
        "urlopen raises unless 2xx, after following redirects",
        "urllib/request.py: HTTPErrorProcessor.http_response, HTTPRedirectHandler",
        "return urllib.request.urlopen(URL).status",
        {200: 200, 204: 204, 299: 299, 300: HTTP_ERROR, 301: 200, 302: 200, 303: 200, 304: HTTP_ERROR, 307: 200,
         308: 200, 400: HTTP_ERROR, 404: HTTP_ERROR, 503: HTTP_ERROR, 599: HTTP_ERROR},
    ),
    Fact(
        "the status has three names",
        "urllib/response.py: addinfourl; http/client.py: HTTPResponse",
        """
        with urllib.request.urlopen(URL) as response:
            return response.status == response.code == response.getcode()
        """,
        {200: True, 204: True},
    ),
    Fact(
        "POST follows 301, 302 and 303 only",
        "urllib/request.py: HTTPRedirectHandler.redirect_request",
        "return urllib.request.urlopen(URL, data=b'x').status",
        {200: 200, 301: 200, 302: 200, 303: 200, 304: HTTP_ERROR, 307: HTTP_ERROR, 308: HTTP_ERROR},
    ),
    Fact(
        "PUT follows no redirect",
        "urllib/request.py: HTTPRedirectHandler.redirect_request",
        "return urllib.request.urlopen(urllib.request.Request(URL, b'x', method='PUT')).status",
        {200: 200, 301: HTTP_ERROR, 303: HTTP_ERROR, 308: HTTP_ERROR},
    ),
    Fact(
        "HEAD follows redirects",
        "urllib/request.py: HTTPRedirectHandler.redirect_request",
        "return urllib.request.urlopen(urllib.request.Request(URL, method='HEAD')).status",
        {200: 200, 302: 200, 308: 200, 404: HTTP_ERROR},
    ),
    Fact(
        "HTTPError has the status as code",
        "urllib/error.py: HTTPError.__init__",
        """
        try:
            urllib.request.urlopen(URL)
        except urllib.error.HTTPError as error:
            return error.code
        """,
        {200: None, 304: 304, 404: 404, 503: 503},
    ),
    Fact(
        "HTTPError has the status as status",
        "urllib/response.py: addinfourl.status",
        """
        try:
            urllib.request.urlopen(URL)
        except HTTPError as error:
            return error.status
        """,
        {404: 404, 503: 503},
    ),
    Fact(
        "HTTPError is itself the response",
        "urllib/error.py: HTTPError(URLError, addinfourl)",
        """
        try:
            response = urllib.request.urlopen(URL)
        except HTTPError as error:
            response = error
        return response.getcode()
        """,
        {200: 200, 304: 304, 404: 404},
    ),
    Fact(
        "URLError takes it",
        "urllib/error.py: HTTPError(URLError)",
        """
        try:
            urllib.request.urlopen(URL)
        except urllib.error.URLError as error:
            return "http" if isinstance(error, HTTPError) else "connection"
        """,
        {404: "http"},
    ),
    Fact(
        "OSError takes it",
        "urllib/error.py: URLError(OSError)",
        """
        try:
            urllib.request.urlopen(URL)
        except OSError as error:
            return error.code
        """,
        {404: 404},
    ),
    Fact(
        "HTTPException does not take it",
        "http/client.py: HTTPException(Exception)",
        """
        try:
            urllib.request.urlopen(URL)
        except http.client.HTTPException:
            return "http"
        """,
        {404: HTTP_ERROR},
    ),
    Fact(
        "the error's text has the status, but not first",
        "urllib/error.py: HTTPError.__str__",
        """
        try:
            urllib.request.urlopen(URL)
        except HTTPError as error:
            return "404" in str(error) and not str(error).startswith("404")
        """,
        {404: True, 503: False},
    ),
    Fact(
        "an opener does what urlopen does",
        "urllib/request.py: build_opener",
        "return urllib.request.build_opener().open(URL).status",
        {200: 200, 302: 200, 304: HTTP_ERROR, 404: HTTP_ERROR},
    ),
    Fact(
        "an opener with a redirect handler of its own follows what that says",
        "urllib/request.py: build_opener (the default handler is left out)",
        """
        class Staying(urllib.request.HTTPRedirectHandler):
            def redirect_request(self, *args, **kwargs):
                return None

        return urllib.request.build_opener(Staying).open(URL).status
        """,
        {200: 200, 302: HTTP_ERROR, 404: HTTP_ERROR},
    ),
    Fact(
        "an opener with an error processor of its own raises what that raises",
        "urllib/request.py: build_opener (the default handler is left out)",
        """
        class Giving(urllib.request.HTTPErrorProcessor):
            def http_response(self, request, response):
                return response

            https_response = http_response

        return urllib.request.build_opener(Giving()).open(URL).status
        """,
        {200: 200, 302: 302, 404: 404},
    ),
    Fact(
        "json.load of an empty body raises JSONDecodeError",
        "json/decoder.py: JSONDecoder.raw_decode",
        """
        try:
            with urllib.request.urlopen(URL) as response:
                return json.load(response)
        except json.JSONDecodeError:
            return "refused"
        """,
        {200: "refused", 404: HTTP_ERROR},
    ),
    Fact(
        "http.client follows nothing and raises nothing",
        "http/client.py: HTTPConnection.getresponse",
        """
        parts = urllib.parse.urlsplit(URL)
        connection = http.client.HTTPConnection(parts.netloc)
        connection.request("GET", parts.path)
        return connection.getresponse().status
        """,
        {200: 200, 302: 302, 304: 304, 404: 404, 503: 503, 599: 599},
    ),
    Fact(
        "http.client's response has its status as code and getcode() too",
        "http/client.py: HTTPResponse.begin, getcode",
        """
        parts = urllib.parse.urlsplit(URL)
        connection = http.client.HTTPConnection(parts.netloc)
        connection.request("GET", parts.path)
        response = connection.getresponse()
        return response.code == response.getcode() == response.status
        """,
        {200: True, 404: True},
    ),
    Fact(
        "http.client's responses are true",
        "http/client.py: HTTPResponse(io.BufferedIOBase)",
        """
        parts = urllib.parse.urlsplit(URL)
        connection = http.client.HTTPConnection(parts.netloc)
        connection.request("GET", parts.path)
        return "yes" if connection.getresponse() else "no"
        """,
        {200: "yes", 404: "yes"},
    ),
    Fact(
        "http.client's names are statuses",
        "http/client.py: globals().update(http.HTTPStatus.__members__)",
        """
        parts = urllib.parse.urlsplit(URL)
        connection = http.client.HTTPConnection(parts.netloc)
        connection.request("GET", parts.path)
        return connection.getresponse().status == http.client.NOT_FOUND
        """,
        {200: False, 404: True},
    ),
    Fact(
        "urllib3 raises nothing",
        "urllib3/response.py: BaseHTTPResponse.status",
        "return urllib3.request('GET', URL).status",
        {200: 200, 304: 304, 404: 404, 503: 503, 599: 599},
    ),
    Fact(
        "urllib3's responses are true",
        "urllib3/response.py: HTTPResponse(io.IOBase)",
        "return 'yes' if urllib3.request('GET', URL) else 'no'",
        {200: "yes", 404: "yes"},
    ),
    Fact(
        "a pool follows redirects",
        "urllib3/poolmanager.py: PoolManager.urlopen",
        "return urllib3.PoolManager().request('GET', URL).status",
        {300: 300, 301: 200, 302: 200, 303: 200, 304: 304, 305: 305, 307: 200, 308: 200},
    ),
    Fact(
        "urllib3 follows redirects of a POST",
        "urllib3/poolmanager.py: PoolManager.urlopen",
        "return urllib3.PoolManager().request('POST', URL).status",
        {301: 200, 302: 200, 303: 200, 304: 304, 307: 200, 308: 200},
    ),
    Fact(
        "urllib3 follows redirects of a HEAD",
        "urllib3/poolmanager.py: PoolManager.urlopen",
        "return urllib3.PoolManager().request('HEAD', URL).status",
        {200: 200, 302: 200, 404: 404},
    ),
    Fact(
        "redirect=False follows none",
        "urllib3/poolmanager.py: PoolManager.urlopen",
        "return urllib3.PoolManager().request('GET', URL, redirect=False).status",
        {200: 200, 302: 302},
    ),
    Fact(
        "retries=False follows none",
        "urllib3/util/retry.py: Retry.__init__ (total is False)",
        "return urllib3.PoolManager().request('GET', URL, retries=False).status",
        {200: 200, 302: 302, 503: 503},
    ),
    Fact(
        "a pool's retries=False follows none",
        "urllib3/connectionpool.py: HTTPConnectionPool.urlopen (self.retries)",
        "return urllib3.PoolManager(retries=False).request('GET', URL).status",
        {200: 200, 302: 302, 503: 503},
    ),
    Fact(
        "a number of retries is not about statuses",
        "urllib3/util/retry.py: Retry.from_int",
        "return urllib3.PoolManager(retries=2).request('GET', URL).status",
        {200: 200, 302: 200, 503: 503},
    ),
    Fact(
        "urllib3's json of an empty body raises JSONDecodeError",
        "urllib3/response.py: BaseHTTPResponse.json",
        """
        try:
            return urllib3.request("GET", URL).json()
        except json.JSONDecodeError:
            return "refused"
        """,
        {200: "refused", 404: "refused"},
    ),
]  # fmt: skip


def _opened(source: str, url: str, line: str) -> Route:
    return Route(source, f"urllib.request.urlopen({url})", line)


def _connected(request: str, line: str) -> Route:
    code = (
        f"c = http.client.HTTPConnection(urllib.parse.urlsplit('http://api.test').netloc)\n{request}\nc.getresponse()"
    )
    return Route("http/client.py: HTTPConnection", code, line)


ROUTES = [
    _opened("urllib/request.py: Request.get_method", "'http://api.test/a'", "GET /a"),
    _opened("urllib/request.py: Request.get_method", "'http://api.test/a', b'x'", "POST /a"),
    _opened("urllib/request.py: Request.get_method", "'http://api.test/a', data=b'x'", "POST /a"),
    _opened("urllib/request.py: Request.get_method", "urllib.request.Request('http://api.test/a')", "GET /a"),
    _opened("urllib/request.py: Request.get_method", "urllib.request.Request('http://api.test/a', b'x')", "POST /a"),
    _opened("urllib/request.py: Request.get_method", "urllib.request.Request('http://api.test/a'), b'x'", "POST /a"),
    _opened("urllib/request.py: Request.get_method", "urllib.request.Request(url='http://api.test/a', method='DELETE')", "DELETE /a"),
    _opened("urllib/request.py: Request.get_method", "urllib.request.Request('http://api.test/a', b'x', {}, None, False, 'PUT')", "PUT /a"),
    _opened("urllib/parse.py: urljoin", "urllib.parse.urljoin('http://api.test/v1/', 'a')", "GET /v1/a"),
    _opened("urllib/parse.py: urljoin", "urllib.parse.urljoin('http://api.test/v1', 'a')", "GET /a"),
    _opened("urllib/parse.py: urljoin", "urllib.parse.urljoin('http://api.test/v1/', '/a')", "GET /a"),
    _opened("urllib/parse.py: urljoin", "urllib.parse.urljoin('http://api.test/v1/x', '../a')", "GET /a"),
    _opened("urllib/parse.py: urljoin", "urllib.parse.urljoin('http://api.test/v1/', 'http://api.test/a')", "GET /a"),
    _opened("urllib/parse.py: urlunsplit", "urllib.parse.urlunsplit(('http', urllib.parse.urlsplit('http://api.test').netloc, '/a', '', ''))", "GET /a"),
    _opened("urllib/parse.py: urlunparse", "urllib.parse.urlunparse(('http', urllib.parse.urlparse('http://api.test').netloc, '/a', '', '', ''))", "GET /a"),
    _opened("urllib/parse.py: SplitResult", "urllib.parse.SplitResult('http', urllib.parse.urlsplit('http://api.test').netloc, path='/a', query='', fragment='').geturl()", "GET /a"),
    _opened("urllib/parse.py: SplitResult.geturl", "urllib.parse.urlsplit('http://api.test/v1')._replace(path='/a').geturl()", "GET /a"),
    _opened("urllib/parse.py: quote", "'http://api.test/v1/' + urllib.parse.quote('a b')", "GET /v1/a%20b"),
    _opened("urllib/parse.py: quote", "'http://api.test/v1/' + urllib.parse.quote('a/b')", "GET /v1/a/b"),
    _opened("urllib/parse.py: quote", "'http://api.test/v1/' + urllib.parse.quote('a/b', safe='')", "GET /v1/a%2Fb"),
    _opened("urllib/parse.py: quote_plus", "'http://api.test/v1/' + urllib.parse.quote_plus('a b/c')", "GET /v1/a+b%2Fc"),
    Route(
        "urllib/request.py: Request.method",
        "r = urllib.request.Request('http://api.test/a')\nr.method = 'DELETE'\nurllib.request.urlopen(r)",
        "DELETE /a",
    ),
    Route(
        "urllib/request.py: Request.get_method",
        "r = urllib.request.Request('http://api.test/a')\nr.get_method = lambda: 'PATCH'\nurllib.request.urlopen(r)",
        "PATCH /a",
    ),
    Route(
        "urllib/request.py: Request.get_method",
        "r = urllib.request.Request('http://api.test/a')\nr.data = b'x'\nurllib.request.urlopen(r)",
        "POST /a",
    ),
    Route(
        "urllib/parse.py: urlunsplit",
        "urllib.request.urlopen(urllib.parse.urlunsplit(urllib.parse.urlsplit('http://api.test/a')))",
        "GET /a",
    ),
    _connected("c.request('GET', '/a')", "GET /a"),
    _connected("c.request('PUT', '/a', body=b'x')", "PUT /a"),
    _connected("c.request(method='DELETE', url='/a')", "DELETE /a"),
    _connected("c.putrequest('GET', '/a')\nc.endheaders()", "GET /a"),
    Route("urllib3/_request_methods.py: request", "urllib3.request('GET', 'http://api.test/a')", "GET /a"),
    Route("urllib3/poolmanager.py: PoolManager.urlopen", "urllib3.PoolManager().urlopen('PUT', 'http://api.test/a')", "PUT /a"),
    Route(
        "urllib3/_request_methods.py: RequestMethods.request_encode_body",
        "urllib3.PoolManager().request_encode_body('POST', 'http://api.test/a', fields={})",
        "POST /a",
    ),
    Route(
        "urllib3/connectionpool.py: connection_from_url",
        "urllib3.connection_from_url('http://api.test').request('GET', '/a')",
        "GET /a",
    ),
]  # fmt: skip
