from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.pymodule import catalogues
from tests.pymodule.importing import imported

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="session")
def netwrix(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """The module of the Netwrix Auditor API."""
    with imported(catalogues.netwrix(), tmp_path_factory.mktemp("netwrix")) as module:
        yield module


@pytest.fixture(scope="session")
def odd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """The module of an API with ranges, a default, redirects and problem types."""
    with imported(catalogues.odd(), tmp_path_factory.mktemp("odd")) as module:
        yield module


@pytest.fixture
def large(tmp_path: Any) -> Iterator[Any]:
    """The package of an API with 600 errors, nothing of it loaded yet."""
    with imported(catalogues.large(), tmp_path) as module:
        yield module
