"""What the pages show is what comes out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from errdex.cli.mock import lines
from errdex.faults.plan import OPTIONS
from tests.conftest import ROOT
from tests.faults.test_pytest_plugin import EXPECTED

if TYPE_CHECKING:
    from errdex.faults.server import FaultServer
    from tests.conftest import Errdex

HOW_TO = ROOT / "docs/how-to"


def block(page: str, language: str, number: int = 0) -> list[str]:
    text = (HOW_TO / page).read_text()
    found: list[str] = re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    return found[number].splitlines()


def test_what_the_server_says_at_its_start(server: FaultServer) -> None:
    shown = [line for line in block("mock.md", "console") if not line.startswith("$")]
    said = [line.replace(server.origin, "http://127.0.0.1:4010") for line in lines(server)]
    assert said[: len(shown)] == shown


def test_every_option_of_an_answer_is_told() -> None:
    table = re.findall(r"^\| (`.*?) \|", (HOW_TO / "mock.md").read_text(), re.MULTILINE)
    assert {name for row in table for name in re.findall(r"`([a-z]+)", row)} == OPTIONS - {"status"}


def test_the_table_of_a_run_of_tests() -> None:
    assert "\n".join(block("pytest.md", "text")[1:]) == EXPECTED.strip("\n")


def test_what_a_proof_says(errdex: Errdex) -> None:
    ran = errdex("prove", "examples/netwrix_client.py")
    said = set(ran.out.splitlines())
    assert [line for line in block("prove.md", "text") if line not in said] == []
