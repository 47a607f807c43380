"""What docs/reference/module.md shows is what the module does."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
import requests

from errdex.faults.server import FaultServer
from tests.pymodule import catalogues
from tests.pymodule.test_style import EXEMPT, NEWER

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGE = (catalogues.ROOT / "docs/reference/module.md").read_text(encoding="utf-8")
SNIPPETS = re.findall(r"^```python\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
SEARCH = "search-activity-records"


@pytest.fixture(scope="module")
def server() -> Iterator[FaultServer]:
    with FaultServer(catalogues.netwrix()) as running:
        yield running


def section(title: str) -> str:
    return PAGE.partition(f"## {title}\n")[2].partition("\n## ")[0]


def test_the_first_example_runs(server: FaultServer, netwrix: Any, capsys: pytest.CaptureFixture[str]) -> None:
    server.answer(SEARCH, "400; problem=InputError", 500)
    names = {"url": f"{server.url}/activity_records/search", "search": b"<x/>"}
    exec(SNIPPETS[0], dict(names))
    error = netwrix.SearchActivityRecordsBadRequestError
    assert capsys.readouterr().out.startswith(f"{error.summary} InputError (")
    with pytest.raises(netwrix.SearchActivityRecordsInternalServerError):
        exec(SNIPPETS[0], dict(names))


def test_the_match_runs_and_tells_what_it_forgets(server: FaultServer, netwrix: Any) -> None:
    url = f"{server.url}/activity_records/search"
    for status, raised in ((200, None), (400, None), (401, None), (413, AssertionError)):
        server.answer(SEARCH, status)
        names = {**vars(netwrix), "response": requests.post(url, timeout=10)}
        if raised is None:
            exec(SNIPPETS[1], names)
        else:
            with pytest.raises(raised, match="SearchActivityRecordsRequestEntityTooLargeError"):
                exec(SNIPPETS[1], names)


def test_the_tree_of_classes(netwrix: Any) -> None:
    above: list[str] = []
    rows = re.findall(
        r"^([│├└─ ]*)(\w+Error)\s+(.*)$", section("Catch as finely or as coarsely as you like"), re.MULTILINE
    )
    assert len(rows) == 11
    for branch, name, says in rows:
        above[len(branch) // 4 :] = [name]
        shown = getattr(netwrix, name)
        assert all(issubclass(shown, getattr(netwrix, one)) for one in above)
        if also := re.search(r"an? (\w+Error), too", says):
            assert issubclass(shown, getattr(netwrix, also[1]))


def test_every_attribute_is_there_and_every_one_is_told(netwrix: Any) -> None:
    told = {
        name
        for row in re.findall(r"^\| (`.*?) \|", section("What an error tells"), re.MULTILINE)
        for name in re.findall(r"`(\w+)`", row)
    }
    error = netwrix.SearchActivityRecordsBadRequestError(headers={"Retry-After": "3"})
    assert {name for name in dir(error) if name not in dir(Exception) and name[0] != "_"} == told
    assert error.retry_after == 3.0


def test_the_line_of_an_error(netwrix: Any) -> None:
    shown = re.search(r"`str\(error\)` is one line: `(.*)`", PAGE)
    body = b'{"ErrorList": [{"Category": "InputError"}]}'
    error = netwrix.SearchActivityRecordsBadRequestError(body=body)
    assert shown is not None
    assert str(error) == shown[1]


def test_what_ruff_may_say_is_listed(netwrix: Any) -> None:
    rows = re.findall(r"^\| ([A-Z]+[0-9].*) \| ", section("Linters and formatters"), re.MULTILINE)
    told = {rule for row in rows for rule in row.split(", ")}
    assert told == {*EXEMPT, *(rule for rules in NEWER.values() for rule in rules), "E501"} - {"D203", "D213"}
    assert netwrix.BODY_LIMIT == 64 * 1024
