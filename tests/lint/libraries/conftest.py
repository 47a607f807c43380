"""The server that answers with any status."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import trustme

from tests.lint.libraries.facts import StatusServer

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StatusServer]:
    # httpx reads all certificates of the machine for each client that it makes: one is read in no time.
    certificate = tmp_path_factory.mktemp("certificate") / "ca.pem"
    trustme.CA().cert_pem.write_to_path(str(certificate))
    with pytest.MonkeyPatch.context() as environment, StatusServer() as running:
        environment.setenv("SSL_CERT_FILE", str(certificate))
        yield running
