"""Whatever a server sends, the caller gets a documented class with the right status, and nothing else."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.pymodule import catalogues

OPERATIONS = st.sampled_from(["buy", "look", "leave", "write-activity-records", ""]) | st.text()
TEXT = st.text(st.characters())
"""Lone surrogates included."""
DOCUMENTS = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | st.sampled_from(["quota", "about:blank"]),
    lambda inner: (
        st.lists(inner) | st.dictionaries(st.sampled_from(["error", "code", "type", "ErrorList", "Category"]), inner)
    ),
)
BODIES = (
    st.none()
    | st.binary()
    | st.binary().map(lambda rest: b"{" + rest)
    | st.binary().map(lambda rest: b"<ErrorList><Error><Category>" + rest)
    | DOCUMENTS.map(lambda document: repr(document).replace("'", '"').encode("utf-8", "replace"))
    | TEXT.map(lambda text: f"<?xml version='1.0' encoding='{text}'?><a/>".encode("utf-8", "replace"))
)
HEADERS = st.none() | st.dictionaries(
    st.sampled_from(["Retry-After", "Date", "Content-Type", "X-Request-Id"]) | TEXT,
    TEXT | st.integers() | st.binary() | st.sampled_from(["Fri, 31 Dec 1999 23:59:59 GMT", "application/problem+json"]),
)


RESPONSES = st.tuples(st.sampled_from(["status", "status_code"]), st.integers(100, 999), HEADERS, BODIES)


# The modules are the same for every example.
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(sent=RESPONSES, operation=OPERATIONS)
def test_any_response(sent: tuple[str, int, object, bytes | None], operation: str, odd: Any, netwrix: Any) -> None:
    name, status, headers, body = sent
    for module, base in ((odd, odd.OddError), (netwrix, netwrix.NetwrixAuditorError)):
        response = SimpleNamespace(**{name: status}, headers=headers, content=body)
        error = module.from_response(operation, response)
        if status < 300:
            assert error is None
            continue
        assert isinstance(error, base)
        assert type(error).__name__ in module.__all__
        assert (error.status, error.operation, error.body) == (status, operation, body)
        family = {3: module.RedirectError, 4: module.ClientError, 5: module.ServerError}.get(status // 100, base)
        assert isinstance(error, family)
        assert error.retry_after is None or error.retry_after >= 0
        assert error.request_id is None or isinstance(error.request_id, str)
        assert repr(error)


def test_the_oddest_api_has_every_kind_of_class() -> None:
    """Guard the property: it says little about an API without ranges, defaults and redirects."""
    assert {"304", "4XX", "default"} <= {status.code for status in catalogues.odd().statuses}
