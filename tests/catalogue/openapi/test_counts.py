"""An independent reader finds as many operations and responses as errdex does."""

from __future__ import annotations

import importlib.util
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from errdex.catalogue.load import load_catalogue

DATA = Path(__file__).with_name("data")
SCRIPT = Path(__file__).parents[3] / "benchmarks" / "openapi_counts.py"


@pytest.fixture(scope="module")
def independent() -> Any:
    spec = importlib.util.spec_from_file_location("openapi_counts", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("name", "operations", "responses"), [("library.yaml", 6, 23), ("shop.json", 2, 7), ("folder", 5, 9)]
)
def test_counts(independent: Any, name: str, operations: int, responses: int) -> None:
    found = load_catalogue(str(DATA / name))
    statuses = Counter(r.status for r in found.responses() if r.state == "documented")
    assert independent.counts(str(DATA / name)) == (len(found.operations), statuses) == (operations, statuses)
    assert statuses.total() == responses
