"""Programs drawn at random: the linter says of each status what running the program shows."""

from __future__ import annotations

import ast
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from errdex.faults.server import FaultServer
from tests.lint.programs.compare import CATALOGUE, compared
from tests.lint.programs.layouts import program

if TYPE_CHECKING:
    from collections.abc import Iterator

#: As many as take half a minute of one processor; `python -m tests.lint.programs.many` compares more.
PROGRAMS = range(120)
AT_ONCE = 10

pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")


@pytest.fixture(scope="module")
def server() -> Iterator[FaultServer]:
    with FaultServer(CATALOGUE) as running:
        yield running


@pytest.mark.parametrize("first", PROGRAMS[::AT_ONCE])
def test_the_linter_says_what_running_shows(first: int, server: FaultServer) -> None:
    wrong = {seed: compared(program(seed), server).disagreements for seed in range(first, first + AT_ONCE)}
    assert {seed: found for seed, found in wrong.items() if found} == {}


def test_most_programs_can_be_judged(server: FaultServer) -> None:
    judged = [compared(program(seed), server) for seed in range(15)]
    assert sum(one.statuses > 0 for one in judged) > 7
    assert sum(one.witnesses for one in judged) > 3


def test_the_same_number_gives_the_same_program() -> None:
    assert [program(seed) for seed in range(20)] == [program(seed) for seed in range(20)]


_CHECKED = """\
import requests

# run: fetch(7)

def fetch(record_id):
    r = requests.get(f"http://api.records.test/v1/records/{record_id}")
    if r.status_code == 404:
        raise LookupError(record_id)
    return r.json()
"""


def test_a_verdict_on_another_program_is_found_out(server: FaultServer) -> None:
    assert compared(_CHECKED, server).disagreements == ()
    other = _CHECKED.replace("404", "409")
    assert [one.status for one in compared(_CHECKED, server, linted=other).disagreements] == ["404", "409"]


def test_a_witness_that_goes_astray_is_found_out(server: FaultServer) -> None:
    longer = _CHECKED.replace("    return", "    body = r\n    return").replace("return r.json()", "return body.json()")
    wrong = compared(_CHECKED, server, linted=longer).disagreements
    assert {one.reason for one in wrong} == {"the witness of dropped-status"}


def test_the_programs_have_the_constructs_of_client_code() -> None:
    found: Counter[str] = Counter()
    for seed in range(1000):
        found.update({type(node).__name__ for node in ast.walk(ast.parse(program(seed)))})
    wanted = {
        "Match",
        "Try",
        "TryStar",
        "With",
        "AsyncWith",
        "AsyncFor",
        "Await",
        "For",
        "While",
        "NamedExpr",
        "Lambda",
    }
    wanted |= {"IfExp", "Assert", "ClassDef", "Dict", "Set", "ListComp", "GeneratorExp", "Yield", "Raise", "Starred"}
    assert {name for name in wanted if found[name] < 3} == set()
