"""Each library does what its table says, and so does the linter's model of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.lint.libraries import (
    aiohttp_facts,
    ansible_facts,
    httpx_facts,
    niquests_facts,
    python_facts,
    requests_facts,
    retries_facts,
    urllib_facts,
)
from tests.lint.libraries.facts import modelled, observed, requested, routed

if TYPE_CHECKING:
    from pathlib import Path

    from tests.lint.libraries.facts import Fact, Route, StatusServer

TABLES = {
    "requests": requests_facts,
    "httpx": httpx_facts,
    "aiohttp": aiohttp_facts,
    "urllib": urllib_facts,
    "retries": retries_facts,
}
FACTS = [pytest.param(fact, id=f"{name}: {fact.says}") for name, table in TABLES.items() for fact in table.FACTS]
ROUTES = [
    pytest.param(route, id=f"{name}: {' '.join(route.code.split())}")
    for name, table in TABLES.items()
    for route in table.ROUTES
]

#: The library cannot be installed beside the others, or runs in a host of its own; or Python itself has said it.
OF_THE_MODEL = [
    pytest.param(fact, id=f"{name}: {fact.says}")
    for name, table in (("niquests", niquests_facts), ("ansible", ansible_facts), ("python", python_facts))
    for fact in table.FACTS
]

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")


@pytest.mark.parametrize("fact", FACTS)
def test_the_library_does_it(fact: Fact, server: StatusServer) -> None:
    assert observed(fact, server) == fact.answers


@pytest.mark.parametrize("fact", FACTS + OF_THE_MODEL)
def test_the_model_does_it(fact: Fact, tmp_path: Path) -> None:
    assert modelled(fact, tmp_path) == fact.answers


@pytest.mark.parametrize("route", ROUTES)
def test_the_library_asks_for_it(route: Route, server: StatusServer) -> None:
    assert requested(route, server) == route.line


@pytest.mark.parametrize("route", ROUTES + [pytest.param(r, id=f"ansible: {r.code}") for r in ansible_facts.ROUTES])
def test_the_model_asks_for_it(route: Route, tmp_path: Path) -> None:
    assert routed(route, tmp_path) == route.line
