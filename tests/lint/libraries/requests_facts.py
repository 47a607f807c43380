# ruff: noqa: E501 - one row, one line
"""requests 2.34, from `requests/`."""

from __future__ import annotations

from tests.lint.libraries.facts import Fact, Route

HTTP_ERROR = "raises requests.HTTPError"

FACTS = [
    Fact(
        "the status is status_code",
        "models.py: Response.status_code",
        "return requests.get(URL, allow_redirects=False).status_code",
        {200: 200, 204: 204, 302: 302, 304: 304, 404: 404, 503: 503, 599: 599},
    ),
    Fact(
        "ok is true below 400",
        "models.py: Response.ok",
        "return requests.get(URL, allow_redirects=False).ok",
        {200: True, 302: True, 304: True, 399: True, 400: False, 499: False, 500: False, 599: False},
    ),
    Fact(
        "a response is true when it is ok",
        "models.py: Response.__bool__",
        "return 'yes' if requests.get(URL, allow_redirects=False) else 'no'",
        {200: "yes", 302: "yes", 304: "yes", 404: "no", 599: "no"},
    ),
    Fact(
        "not and is None tell an error response from none",
        "models.py: Response.__bool__",
        """
        r = requests.get(URL)
        if r is None:
            return "none"
        return "bad" if not r else "good"
        """,
        {200: "good", 304: "good", 404: "bad", 503: "bad"},
    ),
    Fact(
        "raise_for_status raises from 400 to 599 and returns None",
        "models.py: Response.raise_for_status",
        "return requests.get(URL, allow_redirects=False).raise_for_status()",
        {200: None, 204: None, 302: None, 304: None, 399: None, 400: HTTP_ERROR, 404: HTTP_ERROR, 500: HTTP_ERROR,
         503: HTTP_ERROR, 599: HTTP_ERROR},
    ),
    Fact(
        "is_redirect is for redirects that can be followed",
        "models.py: Response.is_redirect, REDIRECT_STATI",
        "return requests.get(URL, allow_redirects=False).is_redirect",
        {200: False, 300: False, 301: True, 302: True, 303: True, 304: False, 307: True, 308: True, 404: False},
    ),
    Fact(
        "is_permanent_redirect is for 301 and 308",
        "models.py: Response.is_permanent_redirect",
        "return requests.get(URL, allow_redirects=False).is_permanent_redirect",
        {200: False, 301: True, 302: False, 304: False, 308: True},
    ),
    Fact(
        "the error has the response",
        "exceptions.py: RequestException.__init__",
        """
        try:
            requests.get(URL).raise_for_status()
        except requests.exceptions.HTTPError as error:
            return error.response.status_code
        """,
        {200: None, 304: None, 404: 404, 503: 503},
    ),
    Fact(
        "an error's response is false: `if error.response` skips it",
        "models.py: Response.__bool__",
        """
        try:
            requests.get(URL).raise_for_status()
        except requests.HTTPError as error:
            return "seen" if error.response else "skipped"
        """,
        {404: "skipped", 503: "skipped"},
    ),
    Fact(
        "the error's text has the status",
        "models.py: Response.raise_for_status",
        """
        try:
            requests.get(URL).raise_for_status()
        except requests.HTTPError as error:
            return "404" in str(error)
        """,
        {404: True, 503: False},
    ),
    Fact(
        "the error's text begins with the status",
        "models.py: Response.raise_for_status",
        """
        try:
            requests.get(URL).raise_for_status()
        except requests.HTTPError as error:
            return str(error).startswith("404")
        """,
        {404: True, 503: False},
    ),
    Fact(
        "RequestException takes it, Timeout and ConnectionError do not",
        "exceptions.py",
        """
        try:
            requests.get(URL).raise_for_status()
        except (requests.Timeout, requests.ConnectionError):
            return "connection"
        except requests.RequestException:
            return "any"
        """,
        {404: "any", 503: "any"},
    ),
    Fact(
        "OSError takes it",
        "exceptions.py: RequestException(IOError)",
        """
        try:
            requests.get(URL).raise_for_status()
        except OSError:
            return "os"
        """,
        {404: "os"},
    ),
    Fact(
        "GET follows redirects",
        "sessions.py: Session.resolve_redirects",
        "return requests.get(URL).status_code",
        {300: 300, 301: 200, 302: 200, 303: 200, 304: 304, 305: 305, 307: 200, 308: 200},
    ),
    Fact(
        "POST follows redirects",
        "sessions.py: Session.rebuild_method",
        "return requests.post(URL, data='x').status_code",
        {301: 200, 302: 200, 303: 200, 304: 304, 307: 200, 308: 200},
    ),
    Fact(
        "HEAD follows none",
        "api.py: head",
        "return requests.head(URL).status_code",
        {200: 200, 302: 302, 308: 308, 404: 404},
    ),
    Fact(
        "a session's HEAD follows none",
        "sessions.py: Session.head",
        "return requests.Session().head(URL).status_code",
        {200: 200, 302: 302, 308: 308, 404: 404},
    ),
    Fact(
        "request('HEAD') follows redirects",
        "sessions.py: Session.request",
        "return requests.request('HEAD', URL).status_code",
        {200: 200, 302: 200, 304: 304, 404: 404},
    ),
    Fact(
        "a session's hook sees every response",
        "sessions.py: Session.send (dispatch_hook)",
        """
        def check(response, *args, **kwargs):
            response.raise_for_status()

        session = requests.Session()
        session.hooks["response"].append(check)
        return session.get(URL).status_code
        """,
        {200: 200, 304: 304, 404: HTTP_ERROR, 503: HTTP_ERROR},
    ),
    Fact(
        "a session's hooks may be one function",
        "hooks.py: dispatch_hook",
        """
        session = requests.Session()
        session.hooks = {"response": lambda response, *args, **kwargs: response.raise_for_status()}
        return session.get(URL).status_code
        """,
        {200: 200, 404: HTTP_ERROR},
    ),
    Fact(
        "hooks of the request are called",
        "models.py: Request.__init__",
        """
        def check(response, *args, **kwargs):
            response.raise_for_status()

        return requests.get(URL, hooks={"response": check}).status_code
        """,
        {200: 200, 404: HTTP_ERROR},
    ),
    Fact(
        "hooks of the request replace those of the session",
        "sessions.py: merge_hooks",
        """
        def check(response, *args, **kwargs):
            response.raise_for_status()

        def look(response, *args, **kwargs):
            return None

        session = requests.Session()
        session.hooks["response"].append(check)
        return session.get(URL, hooks={"response": [look]}).status_code
        """,
        {200: 200, 404: 404},
    ),
    Fact(
        "a hook sees a redirect before it is followed",
        "sessions.py: Session.send",
        """
        def check(response, *args, **kwargs):
            if response.status_code == 302:
                raise LookupError

        return requests.get(URL, hooks={"response": check}).status_code
        """,
        {200: 200, 301: 200, 302: "raises builtins.LookupError", 404: 404},
    ),
    Fact(
        "a hook that returns the response changes nothing",
        "hooks.py: dispatch_hook",
        """
        def pass_on(response, *args, **kwargs):
            return response

        session = requests.Session()
        session.hooks["response"] = [pass_on]
        return session.get(URL).status_code
        """,
        {200: 200, 404: 404},
    ),
    Fact(
        "json of an empty body raises JSONDecodeError",
        "models.py: Response.json",
        """
        try:
            return requests.get(URL).json()
        except requests.JSONDecodeError:
            return "refused"
        """,
        {200: "refused", 404: "refused"},
    ),
    Fact(
        "json of an empty body raises a ValueError",
        "exceptions.py: JSONDecodeError",
        """
        try:
            return requests.get(URL).json()
        except ValueError:
            return "refused"
        """,
        {200: "refused", 404: "refused"},
    ),
    Fact(
        "json's error is a RequestException",
        "exceptions.py: InvalidJSONError(RequestException)",
        """
        try:
            return requests.get(URL).json()
        except requests.RequestException:
            return "refused"
        """,
        {200: "refused", 404: "refused"},
    ),
    Fact(
        "json's error is a json.JSONDecodeError",
        "exceptions.py: JSONDecodeError(InvalidJSONError, CompatJSONDecodeError)",
        """
        try:
            return requests.get(URL).json()
        except json.JSONDecodeError:
            return "refused"
        """,
        {200: "refused", 404: "refused"},
    ),
    Fact(
        "codes are numbers",
        "status_codes.py",
        "return requests.get(URL).status_code == requests.codes.not_found",
        {200: False, 404: True},
    ),
    Fact(
        "codes may be asked by key and in capitals",
        "structures.py: LookupDict.__getitem__; status_codes.py: _init",
        "return requests.get(URL).status_code in (requests.codes['ok'], requests.codes.NOT_FOUND)",
        {200: True, 404: True, 503: False},
    ),
    Fact(
        "a status is equal to a member of HTTPStatus",
        "http/__init__.py: HTTPStatus(IntEnum)",
        "return requests.get(URL).status_code == HTTPStatus.NOT_FOUND",
        {200: False, 404: True},
    ),
    Fact(
        "HTTPStatus(status) is the member",
        "http/__init__.py: HTTPStatus",
        "return HTTPStatus(requests.get(URL).status_code) is HTTPStatus.NOT_FOUND",
        {200: False, 404: True},
    ),
    Fact(
        "a session follows and raises as the functions do",
        "api.py: request",
        """
        with requests.Session() as session:
            response = session.request("PUT", URL, data="x")
            response.raise_for_status()
            return response.status_code
        """,
        {200: 200, 302: 200, 304: 304, 404: HTTP_ERROR},
    ),
    Fact(
        "a prepared request that is sent follows redirects",
        "sessions.py: Session.send",
        """
        session = requests.Session()
        return session.send(session.prepare_request(requests.Request("GET", URL))).status_code
        """,
        {200: 200, 302: 200, 404: 404},
    ),
    Fact(
        "a prepared request that is sent runs the session's hooks",
        "sessions.py: Session.prepare_request",
        """
        session = requests.Session()
        session.hooks["response"].append(lambda response, *args, **kwargs: response.raise_for_status())
        return session.send(session.prepare_request(requests.Request("GET", URL))).status_code
        """,
        {200: 200, 404: HTTP_ERROR},
    ),
    Fact(
        "a request that prepares itself runs its own hooks only",
        "models.py: Request.prepare",
        """
        session = requests.Session()
        session.hooks["response"].append(lambda response, *args, **kwargs: response.raise_for_status())
        return session.send(requests.Request("GET", URL).prepare()).status_code
        """,
        {200: 200, 404: 404},
    ),
    Fact(
        "an adapter of the client's own may raise",
        "sessions.py: Session.send (adapter.send)",
        """
        class Checking(HTTPAdapter):
            def send(self, request, *args, **kwargs):
                response = super().send(request, *args, **kwargs)
                response.raise_for_status()
                return response

        session = requests.Session()
        session.mount("http://", Checking())
        return session.get(URL).status_code
        """,
        {200: 200, 404: HTTP_ERROR},
    ),
    Fact(
        "an adapter serves the URLs that begin with its prefix",
        "sessions.py: Session.get_adapter",
        """
        session = requests.Session()
        session.mount("https://", HTTPAdapter(max_retries=Retry(1, status_forcelist=[503], backoff_factor=0)))
        return session.get(URL).status_code
        """,
        {200: 200, 503: 503},
    ),
    Fact(
        "of two adapters the one with the longer prefix serves",
        "sessions.py: Session.mount (self.adapters is kept in the order of lengths)",
        """
        class Checking(HTTPAdapter):
            def send(self, request, *args, **kwargs):
                response = super().send(request, *args, **kwargs)
                response.raise_for_status()
                return response

        session = requests.Session()
        session.mount("http://", Checking())
        session.mount("http://api.test", HTTPAdapter())
        return session.get(URL).status_code
        """,
        {200: 200, 404: 404},
    ),
    Fact(
        "a with statement gives the response",
        "models.py: Response.__enter__",
        """
        with requests.get(URL, stream=True) as response:
            return response.status_code
        """,
        {200: 200, 404: 404},
    ),
]  # fmt: skip

ROUTES = [
    Route("api.py: get", "requests.get('http://api.test/a')", "GET /a"),
    Route("api.py: delete", "requests.delete(url='http://api.test/a/b')", "DELETE /a/b"),
    Route("re/__init__.py: split", "requests.get(re.split('[?]', 'http://api.test/a?b', maxsplit=1)[0])", "GET /a"),
    Route("api.py: options", "requests.options('http://api.test/a')", "OPTIONS /a"),
    Route("api.py: request", "requests.request('patch', 'http://api.test/a')", "PATCH /a"),
    Route("api.py: request", "requests.request(method='PUT', url='http://api.test/a')", "PUT /a"),
    Route("sessions.py: Session.request", "requests.Session().request('POST', 'http://api.test/a')", "POST /a"),
    Route("models.py: Request", "s = requests.Session()\ns.send(requests.Request('PUT', 'http://api.test/a').prepare())", "PUT /a"),
    Route("sessions.py: Session.send", "s = requests.Session()\ns.send(s.prepare_request(requests.Request(url='http://api.test/a', method='PUT')))", "PUT /a"),
]  # fmt: skip
