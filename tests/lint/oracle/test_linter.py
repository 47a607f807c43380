"""The linter says of every snippet what running it shows, and its witness goes the way that the status goes."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from errdex.catalogue.load import load_catalogue
from errdex.faults.plan import Asked
from errdex.faults.server import FaultServer
from errdex.faults.trials import attempt
from errdex.lint.run import Settings, check
from errdex.records import NamedTuple
from tests.lint.oracle.harness import prepared, snippets, write_module
from tests.lint.oracle.witness import astray

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from errdex.lint.report import Report
    from tests.lint.oracle.harness import Expected, Snippet

HERE = os.path.dirname(__file__)
PAGES = sorted(name for name in os.listdir(HERE) if name.endswith(".md"))
CATALOGUE = load_catalogue(os.path.join(HERE, "records.yaml"))

pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")


def _page(name: str) -> list[Snippet]:
    with open(os.path.join(HERE, name), encoding="utf-8") as file:
        return list(snippets(file.read()))


SNIPPETS = [
    pytest.param(snippet, id=f"{page.removesuffix('.md')}: {snippet.name}") for page in PAGES for snippet in _page(page)
]


class Verdicts(NamedTuple):
    """What is said of one call."""

    path: str
    line: int
    operation: str
    verdicts: dict[str, str]


def linted(snippet: Snippet, folder: Path) -> Report:
    for name, text in snippet.files:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    write_module(snippet, folder)
    return check(Settings(paths=(str(folder),), catalogues=(CATALOGUE,)))


@pytest.fixture(scope="module")
def server() -> Iterator[FaultServer]:
    with FaultServer(CATALOGUE) as running:
        yield running


@pytest.mark.parametrize("snippet", SNIPPETS)
def test_the_linter_agrees(snippet: Snippet, tmp_path: Path) -> None:
    report = linted(snippet, tmp_path)
    found = [
        Verdicts(
            os.path.relpath(call.span.path, tmp_path),
            call.span.line,
            call.operation,
            {status: verdict for status, verdict in call.verdicts if not status.startswith("2")},
        )
        for call in report.calls
    ]
    assert found == [_verdicts(expected) for expected in sorted(snippet.expected)]
    assert report.unresolved == ()


def _verdicts(expected: Expected) -> Verdicts:
    return Verdicts(expected.path, expected.line, expected.operation, dict(expected.verdicts))


@pytest.mark.parametrize("snippet", SNIPPETS)
def test_the_witness_goes_the_way_of_the_status(snippet: Snippet, server: FaultServer, tmp_path: Path) -> None:
    findings = [finding for finding in linted(snippet, tmp_path / "linted").findings if finding.witness]
    for finding in findings:
        status = finding.statuses[0]
        client = prepared(snippet, server, tmp_path / "ran")
        ran = attempt(client, server, finding.operation, Asked(status)).behaviour.way
        assert astray(finding, tmp_path / "linted", client, ran) == "", f"{finding.rule} {status}"
