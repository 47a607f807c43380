"""What the exceptions of a generated module are, beyond their classes."""

from __future__ import annotations

import copy
import pickle
import traceback
from types import SimpleNamespace
from typing import Any

import pytest

BUY = "buy"


def response(status: int, body: bytes | None = None, **headers: str) -> SimpleNamespace:
    """Return a response of no library in particular."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return SimpleNamespace(status_code=status, headers=named, content=body)


@pytest.mark.parametrize("status", [100, 101, 200, 204, 206, 299])
def test_informational_and_successful_statuses_are_no_errors(status: int, odd: Any) -> None:
    assert odd.from_response(BUY, response(status)) is None
    odd.raise_for_status(BUY, response(status))


@pytest.mark.parametrize(
    ("operation", "status", "name"),
    [
        ("look", 304, "LookNotModifiedError"),
        ("buy", 404, "BuyNotFoundError"),
        ("buy", 429, "BuyTooManyRequestsError"),
        ("buy", 501, "BuyNotImplementedError"),
        ("buy", 418, "BuyClientError"),
        ("buy", 302, "BuyDefaultRedirectError"),
        ("buy", 503, "BuyDefaultServerError"),
        ("buy", 600, "BuyDefaultError"),
        ("look", 418, "LookDefaultClientError"),
        ("look", 599, "LookDefaultServerError"),
        ("leave", 304, "UndocumentedNotModifiedError"),
        ("leave", 302, "UndocumentedRedirectError"),
        ("leave", 404, "UndocumentedNotFoundError"),
        ("leave", 418, "UndocumentedClientError"),
        ("leave", 501, "UndocumentedNotImplementedError"),
        ("leave", 599, "UndocumentedServerError"),
        ("leave", 600, "UndocumentedError"),
        ("leave", 0, "UndocumentedError"),
        ("nothing-known", 404, "UndocumentedNotFoundError"),
    ],
)
def test_a_status_is_looked_up_as_code_then_range_then_default(
    operation: str, status: int, name: str, odd: Any
) -> None:
    error = odd.from_response(operation, response(status))
    assert (type(error).__name__, error.status, error.operation) == (name, status, operation)
    family = {3: odd.RedirectError, 4: odd.ClientError, 5: odd.ServerError}.get(status // 100, odd.OddError)
    assert isinstance(error, family)
    assert isinstance(error, odd.UndocumentedError) == name.startswith("Undocumented")


def test_errors_of_names_what_is_documented(odd: Any) -> None:
    assert [error.__name__ for error in odd.errors_of(odd.Operation.LOOK)] == [
        "LookNotModifiedError",
        "LookNotFoundError",
        "LookTooManyRequestsError",
        "LookDefaultError",
    ]
    assert odd.errors_of("leave") == ()
    with pytest.raises(ValueError, match="there is no operation 'typo'"):
        odd.errors_of("typo")


def test_an_error_says_what_the_catalogue_says(odd: Any) -> None:
    error = odd.from_response(BUY, response(409))
    assert str(error) == "buy: 409 Conflict"
    assert (error.reason, error.summary, error.retryable) == ("Conflict", "", True)
    assert error.causes == (
        odd.Cause("Others were faster.", remedies=("Order more of it.",), retryable=False),
        odd.Cause("It is Monday."),
    )
    assert [str(cause) for cause in error.causes] == ["Others were faster.", "It is Monday."]
    assert error.remedies == ("Wait.",)
    assert error.problems == (odd.Problem.OUT_OF_STOCK, odd.Problem.TOO_MANY_AT_ONCE)
    assert error.doc_url == "https://example.com/conflicts"
    assert odd.BuyNotFoundError.doc_url == "https://docs.example.com/odd/codes/404/#buy"
    assert " ".join(odd.BuyConflictError.__doc__.split()) == (
        "409 Conflict, from buy. Since 2.1. Deprecated since 2.9: 429 takes its place. Removed in 3.0."
    )
    assert " ".join(odd.BuyNotFoundError.__doc__.split()) == "404 Not Found, from buy. There is no such thing."


def test_what_is_said_of_a_status_is_not_said_of_an_undocumented_one(odd: Any) -> None:
    assert odd.NotModifiedError.summary == "It is as it was."
    error = odd.from_response("leave", response(304))
    assert (error.summary, error.retryable, error.causes, error.problems) == ("", None, (), ())
    assert str(error) == "leave: 304 Not Modified"


def test_a_problem_that_knows_better_overrules_its_status(odd: Any) -> None:
    body = b'{"type": "https://example.com/problems/out-of-stock"}'
    error = odd.from_response(BUY, response(409, body))
    assert error.problem == odd.Problem.OUT_OF_STOCK == "out-of-stock"
    assert error.problem.facts == odd.ProblemFacts(
        summary="Out of stock",
        says="Nothing of it is left.",
        uri="https://example.com/problems/out-of-stock",
        causes=(odd.Cause("Others were faster.", remedies=("Order more of it.",), retryable=False),),
        remedies=("Order more of it.",),
        retryable=False,
        doc_url="https://docs.example.com/odd/problems/out-of-stock/",
    )
    assert (error.retryable, error.remedies) == (False, ("Order more of it.",))
    assert str(error) == "buy: 409 Conflict ('out-of-stock')"
    # Its class has not changed for it.
    assert odd.BuyConflictError.retryable is True


@pytest.mark.parametrize(
    ("body", "name", "documented"),
    [
        (b"", None, None),
        (b"{}", None, None),
        (b'{"error": {"code": "quota"}}', "quota", True),
        (b'  \r\n{"error": {"code": "quota"}}', "quota", True),
        (b'\xef\xbb\xbf{"error": {"code": "quota"}}', "quota", True),
        ('{"error": {"code": "quota"}}'.encode("utf-16"), "quota", True),
        (b'{"error": {"code": "new"}}', "new", False),
        (b'{"error": {"code": 17}}', "17", False),
        (b'{"error": {"code": true}}', None, None),
        (b'{"error": {"code": null}}', None, None),
        (b'{"error": {"code": ["quota"]}}', None, None),
        (b'{"error": [{"code": "quota"}]}', None, None),
        (b'{"type": "about:blank"}', None, None),
        (b'{"type": "too-many-at-once"}', "too-many-at-once", True),
        (b'{"error": {"code": "quota"}', None, None),
        (b"[" * 60_000, None, None),
        (b'{"error": {"code": ' + b"9" * 6_000 + b"}}", None, None),
        (b"<html><body>Bad gateway</body></html>", None, None),
        (b"\xff\xfe\x00", None, None),
    ],
)
def test_a_problem_is_read_from_json(body: bytes, name: str | None, documented: bool | None, odd: Any) -> None:
    problem = odd.from_response(BUY, response(429, body)).problem
    assert problem == name
    assert documented is (None if problem is None else problem.facts is not None)


def test_a_problem_type_needs_no_path_when_the_media_type_says_so(netwrix: Any) -> None:
    body = b'{"type": "https://example.com/probs/new"}'
    plain = netwrix.from_response("x", response(400, body, Content_Type="application/json"))
    typed = netwrix.from_response("x", response(400, body, Content_Type="application/problem+json; charset=utf-8"))
    assert (plain.problem, typed.problem) == (None, "https://example.com/probs/new")


NS = 'xmlns="http://schemas.netwrix.com/api/v1/"'
FIRST = f"<ErrorList {NS}><Error><Category>XMLError</Category></Error></ErrorList>"


@pytest.mark.parametrize(
    ("body", "name"),
    [
        (FIRST, "XMLError"),
        (f"<?xml version='1.0'?>\n{FIRST.replace('XMLError', ' XMLError ')}", "XMLError"),
        (FIRST.replace("XMLError", "New &amp; odd"), "New & odd"),
        (FIRST.replace("<Category>XML", "<Category/></Error><Error><Category>XML"), "XMLError"),
        # What comes before a fault is believed: the body may be cut off.
        (f"<ErrorList {NS}><Error><Category>XMLError</Category><Descr", "XMLError"),
        (f"<ErrorList {NS}><Error><Category>XMLErr", None),
        (FIRST.replace(NS, ""), None),
        (f"<ErrorList {NS}><Category>XMLError</Category></ErrorList>", None),
        (FIRST.replace("<Category>", "<More><Category>").replace("</Category>", "</Category></More>"), None),
        (f'<!DOCTYPE x [<!ENTITY a "XMLError">]>{FIRST.replace("XMLError", "&a;")}', None),
        (f'<!DOCTYPE ErrorList SYSTEM "http://127.0.0.1:9/">{FIRST}', None),
        (f"<?xml version='1.0' encoding='rot13'?>{FIRST}", None),
        ("<a>" * 20_000, None),
        ("<", None),
    ],
)
def test_a_problem_is_read_from_xml(body: str, name: str | None, netwrix: Any) -> None:
    error = netwrix.from_response("search-activity-records", response(400, body.encode()))
    assert error.problem == name
    utf16 = netwrix.from_response("search-activity-records", response(400, body.encode("utf-16")))
    assert utf16.problem in (name, None)


@pytest.mark.parametrize(
    ("value", "date", "seconds"),
    [
        ("", "", None),
        ("0", "", 0.0),
        (" 120 ", "", 120.0),
        ("9" * 5000, "", float("inf")),
        ("-1", "", None),
        ("1.5", "", None),
        ("١٢", "", None),
        ("soon", "", None),
        ("Fri, 31 Dec 1999 23:59:59 GMT", "Fri, 31 Dec 1999 23:59:29 GMT", 30.0),
        ("Friday, 31-Dec-99 23:59:59 GMT", "Fri, 31 Dec 1999 23:59:29 GMT", 30.0),
        ("Fri Dec 31 23:59:59 1999", "Fri, 31 Dec 1999 23:59:29 GMT", 30.0),
        ("Sat, 01 Jan 2000 00:59:59 +0100", "Fri, 31 Dec 1999 23:59:29 GMT", 30.0),
        ("Fri, 31 Dec 1999 23:59:59 GMT", "Fri, 31 Dec 1999 23:59:60 GMT", 0.0),
        ("Fri, 31 Dec 1999 23:59:59 GMT", "", 0.0),
        ("Fri, 99 Dec 1999 23:59:59 GMT", "", None),
        ("Fri, 31 Dec 99999999999999999999 23:59:59 GMT", "", None),
    ],
)
def test_retry_after_is_seconds_or_a_date(value: str, date: str, seconds: float | None, odd: Any) -> None:
    error = odd.from_response(BUY, response(429, Retry_After=value, Date=date))
    assert error.retry_after == seconds


def test_headers_have_lower_case_names_and_no_duplicates(odd: Any) -> None:
    class Pairs:
        def items(self) -> list[tuple[object, object]]:
            return [("X-Request-ID", "r1"), (b"Via", b"a"), ("via", "b"), ("n", 3)]

    error = odd.from_response(BUY, SimpleNamespace(status=429, headers=Pairs()))
    assert error.headers == {"x-request-id": "r1", "via": "a, b", "n": "3"}
    assert error.request_id == "r1"


@pytest.mark.parametrize("headers", [None, 5, [("a", "b")], SimpleNamespace(items=lambda: [1, 2])])
def test_headers_of_no_known_shape_hide_nothing(headers: object, odd: Any) -> None:
    error = odd.from_response(BUY, SimpleNamespace(status=404, headers=headers))
    assert (type(error), error.headers, error.request_id) == (odd.BuyNotFoundError, {}, None)


def test_a_body_is_kept_up_to_64_kib(odd: Any) -> None:
    full = odd.from_response(BUY, response(404), body=b"a" * 65_536)
    assert (len(full.body), full.body_truncated) == (65_536, False)
    over = odd.from_response(BUY, response(404), body="é" * 65_536)
    assert (len(over.body), over.body_truncated) == (65_536, True)
    assert odd.from_response(BUY, response(404, b"kept"), body=b"given").body == b"given"
    assert odd.from_response(BUY, response(404), body="lone \ud800").body == b"lone ?"
    assert odd.from_response(BUY, response(404, b"")).body == b""
    assert odd.from_response(BUY, response(404)).body is None


@pytest.mark.parametrize(
    "thing", [None, 404, "OK", SimpleNamespace(status="404 Not Found"), SimpleNamespace(status=None)]
)
def test_what_is_no_response_is_a_mistake_of_the_caller(thing: object, odd: Any) -> None:
    with pytest.raises(TypeError, match="is no response: it has no integer status"):
        odd.from_response(BUY, thing)


def test_a_name_from_the_network_stays_on_its_line(odd: Any) -> None:
    body = b'{"error": {"code": "a\\nERROR forged\\u001b[31m' + b"x" * 500 + b'"}}'
    text = str(odd.from_response(BUY, response(429, body)))
    assert text.isprintable()
    assert text.isascii()
    assert len(text) < 150


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_an_error_pickles(protocol: int, odd: Any) -> None:
    body = b'{"type": "https://example.com/problems/out-of-stock"}'
    error = odd.from_response(BUY, response(409, body, Retry_After="3"))
    error.add_note("seen on Monday")
    again = pickle.loads(pickle.dumps(error, protocol))
    assert type(again) is type(error)
    assert again.args == error.args
    assert vars(again) == vars(error)
    assert (type(again.problem), again.problem) == (odd.Problem, odd.Problem.OUT_OF_STOCK)
    open_ended = odd.from_response("leave", response(599, b'{"error": {"code": "new"}}'))
    again = pickle.loads(pickle.dumps(open_ended, protocol))
    assert (type(again), again.status, again.problem) == (odd.UndocumentedServerError, 599, "new")
    operation = pickle.loads(pickle.dumps(odd.Operation.BUY, protocol))
    assert (type(operation), operation) == (odd.Operation, "buy")


def test_every_class_can_be_made_and_pickled_with_nothing_given(odd: Any) -> None:
    for name in odd.__all__:
        member = getattr(odd, name)
        if isinstance(member, type) and issubclass(member, odd.OddError):
            error = member()
            again = pickle.loads(pickle.dumps(error))
            assert (type(again), again.args, again.status) == (member, error.args, error.status)


@pytest.mark.parametrize("duplicate", [copy.copy, copy.deepcopy])
def test_an_error_copies(duplicate: Any, odd: Any) -> None:
    error = odd.from_response(BUY, response(409, b"{}", a="b"))
    again = duplicate(error)
    assert (type(again), again.args, vars(again)) == (type(error), error.args, vars(error))
    assert (again.headers is error.headers) == (duplicate is copy.copy)


def test_an_error_is_an_ordinary_exception(odd: Any) -> None:
    error = odd.from_response(BUY, response(404))
    assert repr(error) == "BuyNotFoundError('buy: 404 Not Found: There is no such thing.')"
    assert {error: 1}[error] == 1
    assert error != odd.from_response(BUY, response(404))
    caught = ExceptionGroup("several", [error, ValueError()]).split(odd.ClientError)[0]
    assert caught is not None
    assert caught.exceptions == (error,)
    error.add_note("a note")
    assert "a note" in "".join(traceback.format_exception(error))
    assert str(odd.BuyNotFoundError("in my own words")) == "in my own words"


def test_operations_and_statuses_are_named(odd: Any) -> None:
    assert odd.Operation.BUY == "buy"
    assert odd.from_response(odd.Operation.BUY, response(404)).operation == odd.Operation.BUY
    assert {status.name: status.value for status in odd.Status} == {
        "OK": 200,
        "NOT_MODIFIED": 304,
        "NOT_FOUND": 404,
        "CONFLICT": 409,
        "TOO_MANY_REQUESTS": 429,
        "NOT_IMPLEMENTED": 501,
    }


def test_nothing_hides_a_builtin(odd: Any) -> None:
    import builtins

    assert not [name for name in odd.__all__ if hasattr(builtins, name)]
