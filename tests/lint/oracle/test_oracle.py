"""The snippets say what becomes of each status; running them says whether that is so."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from errdex.catalogue.load import load_catalogue
from errdex.faults.server import FaultServer
from tests.lint.oracle.harness import judgements, snippets

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.lint.oracle.harness import Expected, Snippet

HERE = os.path.dirname(__file__)
PAGES = sorted(name for name in os.listdir(HERE) if name.endswith(".md"))

pytestmark = [
    # Client code that leaves its session open is what client code looks like.
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


def _page(name: str) -> list[Snippet]:
    with open(os.path.join(HERE, name), encoding="utf-8") as file:
        return list(snippets(file.read()))


CALLS = [
    pytest.param(snippet, expected, id=f"{page.removesuffix('.md')}: {snippet.name}: {expected.operation}")
    for page in PAGES
    for snippet in _page(page)
    for expected in snippet.expected
]


@pytest.fixture(scope="module")
def server() -> Iterator[FaultServer]:
    with FaultServer(load_catalogue(os.path.join(HERE, "records.yaml"))) as running:
        yield running


@pytest.mark.parametrize(("snippet", "expected"), CALLS)
def test_the_verdict_is_what_happens(snippet: Snippet, expected: Expected, server: FaultServer, tmp_path: Path) -> None:
    observed = judgements(snippet, expected.operation, server, tmp_path)
    assert {judgement.status: judgement.verdicts[:1] for judgement in observed} == {
        status: (verdict,) for status, verdict in expected.verdicts
    }, "\n".join(f"{judgement.status}: {judgement.reason}" for judgement in observed)
