# ruff: noqa: E501 - one row, one line
"""urllib3's Retry 2.8, tenacity 9.2, backoff 2.2, stamina 26.1: what is left when the server never changes its mind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.lint.libraries.facts import Fact

if TYPE_CHECKING:
    from tests.lint.libraries.facts import Route

HTTP_ERROR = "raises requests.HTTPError"
RETRY_ERROR = "raises requests.RetryError"
MAX_RETRY_ERROR = "raises urllib3.exceptions.MaxRetryError"
GIVEN_UP = "raises tenacity.RetryError"


def _mounted(policy: str, request: str = "session.get(URL)") -> str:
    return f"""
    session = requests.Session()
    session.mount("http://", HTTPAdapter(max_retries={policy}))
    return {request}.status_code
    """


def _pooled(policy: str, request: str = "'GET', URL") -> str:
    return f"return urllib3.PoolManager(retries={policy}).request({request}).status"


def _decorated(
    decorator: str, result: str = "return response.status_code", check: str = "response.raise_for_status()"
) -> str:
    return f"""
    @{decorator}
    def ask():
        response = requests.get(URL)
        {check}
        {result}

    return ask()
    """


_STOP = "stop=tenacity.stop_after_attempt(2)"
_ADAPTER = "requests/adapters.py: HTTPAdapter.send (MaxRetryError)"
_RETRY = "urllib3/util/retry.py: Retry.is_retry"
_TENACITY = "tenacity/__init__.py: BaseRetrying.iter"
_ON_EXCEPTION = "backoff/_sync.py: retry_exception"
_QUICK = "interval=0, jitter=None, max_tries=2"
_STAMINA = "attempts=2, wait_initial=0, wait_max=0, wait_jitter=0"

FACTS = [
    Fact(
        "requests raises RetryError for a status of the list",
        _ADAPTER,
        _mounted("Retry(1, backoff_factor=0, status_forcelist=[500, 503])"),
        {200: 200, 404: 404, 500: RETRY_ERROR, 503: RETRY_ERROR, 504: 504},
    ),
    Fact(
        "the list may be a set, a tuple or a range",
        _RETRY,
        _mounted("Retry(total=1, status_forcelist=range(500, 600))"),
        {200: 200, 404: 404, 500: RETRY_ERROR, 599: RETRY_ERROR},
    ),
    Fact(
        "POST is not retried",
        "urllib3/util/retry.py: Retry.DEFAULT_ALLOWED_METHODS",
        _mounted("Retry(1, status_forcelist=[503])", "session.post(URL)"),
        {200: 200, 503: 503},
    ),
    Fact(
        "PUT, DELETE, HEAD and OPTIONS are retried",
        "urllib3/util/retry.py: Retry.DEFAULT_ALLOWED_METHODS",
        _mounted("Retry(1, status_forcelist=[503])", "session.put(URL)"),
        {200: 200, 503: RETRY_ERROR},
    ),
    Fact(
        "PATCH is not retried",
        "urllib3/util/retry.py: Retry.DEFAULT_ALLOWED_METHODS",
        _mounted("Retry(1, status_forcelist=[503])", "session.patch(URL)"),
        {200: 200, 503: 503},
    ),
    Fact(
        "POST is retried when it is allowed",
        "urllib3/util/retry.py: Retry._is_method_retryable",
        _mounted("Retry(1, status_forcelist=[503], allowed_methods=['POST'])", "session.post(URL)"),
        {200: 200, 503: RETRY_ERROR},
    ),
    Fact(
        "methods that are not allowed are not retried",
        "urllib3/util/retry.py: Retry._is_method_retryable",
        _mounted("Retry(1, status_forcelist=[503], allowed_methods=frozenset({'POST'}))"),
        {200: 200, 503: 503},
    ),
    Fact(
        "allowed_methods=None allows every method",
        "urllib3/util/retry.py: Retry._is_method_retryable",
        _mounted("Retry(1, status_forcelist=[503], allowed_methods=None)", "session.post(URL)"),
        {200: 200, 503: RETRY_ERROR},
    ),
    Fact(
        "raise_on_status=False gives the last response",
        "urllib3/connectionpool.py: HTTPConnectionPool.urlopen",
        _mounted("Retry(1, status_forcelist=[503], raise_on_status=False)"),
        {200: 200, 503: 503},
    ),
    Fact(
        "no attempt left raises too",
        "urllib3/util/retry.py: Retry.increment",
        _mounted("Retry(0, status_forcelist=[503])"),
        {200: 200, 503: RETRY_ERROR},
    ),
    Fact(
        "a number of retries is not about statuses",
        "requests/adapters.py: HTTPAdapter.__init__ (Retry.from_int)",
        _mounted("2"),
        {200: 200, 503: 503},
    ),
    Fact(
        "a policy without a list is not about statuses",
        _RETRY,
        _mounted("Retry(2)"),
        {200: 200, 503: 503},
    ),
    Fact(
        "RetryError is a RequestException and no HTTPError",
        "requests/exceptions.py",
        """
        session = requests.Session()
        session.mount("http://", HTTPAdapter(max_retries=Retry(1, status_forcelist=[503])))
        try:
            session.get(URL).raise_for_status()
        except requests.HTTPError:
            return "status"
        except requests.RequestException:
            return "retries"
        """,
        {200: None, 404: "status", 503: "retries"},
    ),
    Fact(
        "RetryError has no response",
        "requests/adapters.py: HTTPAdapter.send",
        """
        session = requests.Session()
        session.mount("http://", HTTPAdapter(max_retries=Retry(1, status_forcelist=[503])))
        try:
            session.get(URL)
        except requests.exceptions.RetryError as error:
            return error.response
        """,
        {503: None},
    ),
    Fact(
        "a hook does not see a status that is retried",
        "requests/sessions.py: Session.send",
        """
        def check(response, *args, **kwargs):
            response.raise_for_status()

        session = requests.Session()
        session.mount("http://", HTTPAdapter(max_retries=Retry(1, status_forcelist=[503])))
        session.hooks["response"] = check
        return session.get(URL).status_code
        """,
        {200: 200, 404: HTTP_ERROR, 503: RETRY_ERROR},
    ),
    Fact(
        "a redirect that is followed is not retried",
        _RETRY,
        _mounted("Retry(1, status_forcelist=[302, 503])"),
        {200: 200, 302: RETRY_ERROR, 503: RETRY_ERROR},
    ),
    Fact(
        "urllib3 raises MaxRetryError",
        "urllib3/connectionpool.py: HTTPConnectionPool.urlopen",
        _pooled("Retry(1, status_forcelist=[503])"),
        {200: 200, 404: 404, 503: MAX_RETRY_ERROR},
    ),
    Fact(
        "urllib3 gives the last response with raise_on_status=False",
        "urllib3/connectionpool.py: HTTPConnectionPool.urlopen",
        _pooled("urllib3.Retry(1, status_forcelist={503}, raise_on_status=False)"),
        {200: 200, 503: 503},
    ),
    Fact(
        "a request may have its own policy",
        "urllib3/connectionpool.py: HTTPConnectionPool.urlopen",
        _pooled("False", "'GET', URL, retries=Retry(1, status_forcelist=[503])"),
        {200: 200, 503: MAX_RETRY_ERROR},
    ),
    Fact(
        "tenacity raises RetryError when it gives up",
        _TENACITY,
        _decorated(f"tenacity.retry({_STOP})"),
        {200: 200, 304: 304, 404: GIVEN_UP, 503: GIVEN_UP},
    ),
    Fact(
        "reraise=True raises what the function raised",
        "tenacity/__init__.py: RetryError.reraise",
        _decorated(f"tenacity.retry({_STOP}, reraise=True)"),
        {200: 200, 404: HTTP_ERROR},
    ),
    Fact(
        "an exception that is not retried goes through",
        "tenacity/retry.py: retry_if_exception_type",
        _decorated(f"tenacity.retry({_STOP}, retry=tenacity.retry_if_exception_type(ValueError))"),
        {200: 200, 404: HTTP_ERROR},
    ),
    Fact(
        "an exception of the type is retried",
        "tenacity/retry.py: retry_if_exception_type",
        _decorated(f"tenacity.retry({_STOP}, retry=tenacity.retry_if_exception_type((ValueError, requests.HTTPError)))"),
        {200: 200, 404: GIVEN_UP},
    ),
    Fact(
        "an exception of another type is retried",
        "tenacity/retry.py: retry_if_not_exception_type",
        _decorated(f"tenacity.retry({_STOP}, retry=tenacity.retry_if_not_exception_type(ValueError))"),
        {200: 200, 404: GIVEN_UP},
    ),
    Fact(
        "a predicate of the exception decides",
        "tenacity/retry.py: retry_if_exception",
        _decorated(f"tenacity.retry({_STOP}, retry=tenacity.retry_if_exception(lambda e: e.response.status_code == 503))"),
        {200: 200, 404: HTTP_ERROR, 503: GIVEN_UP},
    ),
    Fact(
        "a predicate of the result decides",
        "tenacity/retry.py: retry_if_result",
        _decorated(
            f"tenacity.retry({_STOP}, retry=tenacity.retry_if_result(lambda r: r.status_code == 503))",
            "return response", "pass",
        ).replace("return ask()", "return ask().status_code"),
        {200: 200, 404: 404, 503: GIVEN_UP},
    ),
    Fact(
        "a result that is refused raises RetryError even with reraise=True",
        "tenacity/__init__.py: RetryError.reraise",
        _decorated(
            f"tenacity.retry({_STOP}, reraise=True, retry=tenacity.retry_if_result(lambda r: r == 503))", check="pass"
        ),
        {200: 200, 404: 404, 503: GIVEN_UP},
    ),
    Fact(
        "one of two predicates is enough",
        "tenacity/retry.py: retry_base.__or__",
        _decorated(
            f"tenacity.retry({_STOP}, retry=tenacity.retry_if_exception_type(ValueError)"
            " | tenacity.retry_if_exception(lambda e: e.response.status_code == 503))"
        ),
        {200: 200, 404: HTTP_ERROR, 503: GIVEN_UP},
    ),
    Fact(
        "of two predicates of results one is enough",
        "tenacity/retry.py: retry_any",
        _decorated(
            f"tenacity.retry({_STOP}, retry=tenacity.retry_if_result(lambda r: r == 503)"
            " | tenacity.retry_if_result(lambda r: r == 429))",
            check="pass",
        ),
        {200: 200, 404: 404, 429: GIVEN_UP, 503: GIVEN_UP},
    ),
    Fact(
        "both of two predicates of results have to hold",
        "tenacity/retry.py: retry_all",
        _decorated(
            f"tenacity.retry({_STOP}, retry=tenacity.retry_if_result(lambda r: r >= 500)"
            " & tenacity.retry_if_not_result(lambda r: r == 500))",
            check="pass",
        ),
        {200: 200, 404: 404, 500: 500, 503: GIVEN_UP},
    ),
    Fact(
        "retry_any is one of them",
        "tenacity/retry.py: retry_any",
        _decorated(
            f"tenacity.retry({_STOP}, retry=tenacity.retry_any(tenacity.retry_if_exception_type(ValueError),"
            " tenacity.retry_if_exception(lambda e: e.response.status_code == 503)))"
        ),
        {200: 200, 404: HTTP_ERROR, 503: GIVEN_UP},
    ),
    Fact(
        "retry_all is both of them",
        "tenacity/retry.py: retry_all",
        _decorated(
            f"tenacity.retry({_STOP}, retry=tenacity.retry_all(tenacity.retry_if_exception_type(requests.HTTPError),"
            " tenacity.retry_if_exception(lambda e: e.response.status_code == 503)))"
        ),
        {200: 200, 404: HTTP_ERROR, 503: GIVEN_UP},
    ),
    Fact(
        "retry_error_callback's result is the function's",
        _TENACITY,
        _decorated(f"tenacity.retry({_STOP}, retry_error_callback=lambda state: 'given up')"),
        {200: 200, 404: "given up"},
    ),
    Fact(
        "a Retrying object calls the function",
        "tenacity/__init__.py: Retrying.__call__",
        """
        def ask(url):
            response = requests.get(url)
            response.raise_for_status()
            return response.status_code

        return tenacity.Retrying(stop=tenacity.stop_after_attempt(2), reraise=True)(ask, URL)
        """,
        {200: 200, 404: HTTP_ERROR},
    ),
    Fact(
        "attempts of a loop are given up with RetryError",
        "tenacity/__init__.py: BaseRetrying.__iter__",
        """
        for attempt in tenacity.Retrying(stop=tenacity.stop_after_attempt(2)):
            with attempt:
                response = requests.get(URL)
                response.raise_for_status()
                return response.status_code
        """,
        {200: 200, 404: GIVEN_UP},
    ),
    Fact(
        "attempts of a loop with reraise=True are given up with the exception",
        "tenacity/__init__.py: BaseRetrying.__iter__",
        """
        for attempt in tenacity.Retrying(stop=tenacity.stop_after_attempt(2), reraise=True):
            with attempt:
                response = requests.get(URL)
                response.raise_for_status()
        return response.status_code
        """,
        {200: 200, 404: HTTP_ERROR},
    ),
    Fact(
        "backoff raises the last exception",
        _ON_EXCEPTION,
        _decorated(f"backoff.on_exception(backoff.constant, requests.HTTPError, {_QUICK})"),
        {200: 200, 404: HTTP_ERROR},
    ),
    Fact(
        "raise_on_giveup=False returns None",
        _ON_EXCEPTION,
        _decorated(f"backoff.on_exception(backoff.constant, requests.HTTPError, raise_on_giveup=False, {_QUICK})"),
        {200: 200, 404: None},
    ),
    Fact(
        "giveup raises at once",
        _ON_EXCEPTION,
        _decorated(
            f"backoff.on_exception(backoff.constant, requests.HTTPError, {_QUICK},"
            " giveup=lambda e: e.response.status_code == 404)"
        ),
        {200: 200, 404: HTTP_ERROR, 503: HTTP_ERROR},
    ),
    Fact(
        "on_predicate returns the last result",
        "backoff/_sync.py: retry_predicate",
        _decorated(f"backoff.on_predicate(backoff.constant, lambda status: status == 503, {_QUICK})", check="pass"),
        {200: 200, 404: 404, 503: 503},
    ),
    Fact(
        "stamina raises the last exception",
        "stamina/_core.py: retry",
        _decorated(f"stamina.retry(on=requests.HTTPError, {_STAMINA})"),
        {200: 200, 404: HTTP_ERROR},
    ),
    Fact(
        "stamina's predicate decides",
        "stamina/_core.py: retry (on)",
        _decorated(f"stamina.retry(on=lambda e: e.response.status_code == 503, {_STAMINA})"),
        {200: 200, 404: HTTP_ERROR, 503: HTTP_ERROR},
    ),
    Fact(
        "stamina's attempts raise the last exception",
        "stamina/_core.py: retry_context",
        f"""
        for attempt in stamina.retry_context(on=requests.HTTPError, {_STAMINA}):
            with attempt:
                response = requests.get(URL)
                response.raise_for_status()
        return response.status_code
        """,
        {200: 200, 404: HTTP_ERROR},
    ),
    Fact(
        "stamina's caller raises the last exception",
        "stamina/_core.py: RetryingCaller.__call__",
        f"""
        def ask(url):
            response = requests.get(url)
            response.raise_for_status()
            return response.status_code

        return stamina.RetryingCaller({_STAMINA})(requests.HTTPError, ask, URL)
        """,
        {200: 200, 404: HTTP_ERROR},
    ),
]  # fmt: skip

ROUTES: list[Route] = []
