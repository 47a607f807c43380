from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from errdex.catalogue.load import load_catalogue
from errdex.faults.server import FaultServer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from errdex.catalogue.model import Catalogue

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="session")
def netwrix() -> Catalogue:
    return load_catalogue(str(ROOT / "codes/netwrix-auditor.yaml"))


@pytest.fixture(scope="session")
def running(netwrix: Catalogue) -> Iterator[FaultServer]:
    with FaultServer(netwrix) as server:
        yield server


@pytest.fixture
def server(running: FaultServer) -> FaultServer:
    running.reset()
    return running
