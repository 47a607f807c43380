"""The command serves until it is stopped, and says what is wrong with what it is asked."""

from __future__ import annotations

import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
import requests
import trustme

from tests.conftest import ROOT, clean_environment

if TYPE_CHECKING:
    from pathlib import Path

    from errdex.faults.server import FaultServer
    from tests.conftest import Errdex

CATALOGUE = ROOT / "codes/netwrix-auditor.yaml"


def started(*words: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "errdex", "mock", str(CATALOGUE), "--port", "0", *words],
        env=clean_environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_serves_until_it_is_stopped(number: signal.Signals) -> None:
    with started("--answer", "write-activity-records=503, 200") as process:
        assert process.stdout
        try:
            title, url = process.stdout.readline().split(" at ")
            listed = process.stdout.readline().split()
            write = f"{url.strip()}/activity_records/"
            answered = [requests.post(write, timeout=10).status_code for _ in range(2)]
        finally:
            process.send_signal(number)
        assert process.wait(10) == 0
    assert title == "Netwrix Auditor Integration API"
    assert listed == ["write-activity-records", "200", "400", "401", "404", "405", "413", "500", "503"]
    assert answered == [503, 200]


def test_it_serves_https(tmp_path: Path) -> None:
    authority = trustme.CA()
    (tmp_path / "server.pem").write_bytes(authority.issue_cert("127.0.0.1").private_key_and_cert_chain_pem.bytes())
    authority.cert_pem.write_to_path(str(tmp_path / "authority.pem"))
    with started("--tls-cert", str(tmp_path / "server.pem")) as process:
        assert process.stdout
        try:
            url = process.stdout.readline().split(" at ")[1].strip()
            answer = requests.get(f"{url}/activity_records/enum", verify=str(tmp_path / "authority.pem"), timeout=10)
        finally:
            process.send_signal(signal.SIGINT)
    assert (url.partition(":")[0], answer.status_code) == ("https", 200)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (
            ["--answer", "write-activity-record=503"],
            "no operation 'write-activity-record'; did you mean 'write-activity-records'?",
        ),
        (["--answer", "503"], "--answer '503' is not OPERATION=ANSWERS"),
        (["--answer", "write-activity-records=often"], "answer status 'often' is no status, range or default"),
        (["--tls-key", "key.pem"], "--tls-key needs --tls-cert"),
        (["--tls-cert", str(CATALOGUE)], f"{CATALOGUE} is no certificate with its key"),
        (["--tls-cert", "nothing.pem"], "No such file or directory"),
    ],
)
def test_what_cannot_be_served_is_said(words: list[str], says: str, errdex: Errdex) -> None:
    ran = errdex("mock", CATALOGUE, "--port", "0", *words)
    assert (ran.code, ran.out) == (2, "")
    assert says in ran.err


def test_a_taken_port_is_said(server: FaultServer, errdex: Errdex) -> None:
    ran = errdex("mock", CATALOGUE, "--port", str(server.port))
    assert ran.code == 2
    assert ran.err == f"errdex: port {server.port} of 127.0.0.1 cannot be served: address already in use\n"


def test_without_its_library_it_says_what_to_install(tmp_path: Path, errdex: Errdex) -> None:
    (tmp_path / "aiohttp.py").write_text("raise ModuleNotFoundError(name='aiohttp')")
    ran = errdex("mock", CATALOGUE, env={"PYTHONPATH": f"{tmp_path}:{ROOT / 'generator'}"})
    assert ran.code == 2
    assert ran.err == "errdex: errdex mock needs aiohttp, which `pip install 'errdex[mock]'` brings\n"
