"""The plugin in real runs of pytest, with a real client."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.conftest import ROOT, Ran, clean_environment

if TYPE_CHECKING:
    from pathlib import Path

CATALOGUE = ROOT / "codes/netwrix-auditor.yaml"

CLIENT = """
import requests

class Refused(Exception):
    pass

def write(base, records):
    response = requests.post(f"{base}/activity_records/", params={"format": "json"}, json=records, timeout=10)
    if response.status_code == 503:
        return "later"
    if response.status_code == 413:
        return "written"
    if not response.ok:
        raise Refused(response.status_code)
    return "written"
"""

TESTS = """
import pytest
from client import Refused, write

@pytest.mark.errdex("write-activity-records")
def test_write(errdex_answer):
    if errdex_answer.is_success:
        assert write(errdex_answer.url, []) == "written"
    elif errdex_answer.response.retryable:
        assert write(errdex_answer.url, []) == "later"
    else:
        with pytest.raises(Refused):
            write(errdex_answer.url, [])
"""


def project(folder: Path, tests: str = TESTS, config: str = "") -> Path:
    (folder / "client.py").write_text(CLIENT)
    (folder / "test_client.py").write_text(tests)
    (folder / "pyproject.toml").write_text(f"[tool.pytest.ini_options]\npythonpath = ['.']\n{config}")
    return folder


def run(folder: Path, *words: str) -> Ran:
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "errdex.faults.pytest_plugin", "-p", "no:cacheprovider", *words],
        cwd=folder,
        env=clean_environment(PYTEST_DISABLE_PLUGIN_AUTOLOAD="1", COLUMNS="160"),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    return Ran(done.returncode, done.stdout, done.stderr)


def table(ran: Ran) -> list[str]:
    lines = ran.out.splitlines()
    first = next(index for index, line in enumerate(lines) if "errdex: Netwrix" in line)
    return [line for line in lines[first + 1 :] if not line.startswith(("=", "FAILED"))]


EXPECTED = """
                           200     400     401     404     405     413     500     503
write-activity-records     ok      ok      ok      ok      ok      FAIL    ok      ok
retrieve-activity-records  never   never   never   never   never   never   never
search-activity-records    never   never   never   never   never   never   never
7 passed, 1 failed, 14 never tried: 32 % of 22 documented answers
"""


def test_without_the_mark_it_says_nothing(tmp_path: Path) -> None:
    ran = run(project(tmp_path, "def test_nothing():\n    pass\n"))
    assert ran.code == 0
    assert "errdex" not in ran.out.replace(str(tmp_path), "")


def test_a_test_runs_once_per_documented_answer(tmp_path: Path) -> None:
    ran = run(project(tmp_path), f"--errdex-catalogue={CATALOGUE}")
    assert ran.code == 1
    assert "FAILED test_client.py::test_write[write-activity-records-413]" in ran.out
    assert table(ran) == EXPECTED.strip("\n").splitlines()


def test_the_table_is_the_same_over_several_processes(tmp_path: Path) -> None:
    ran = run(project(tmp_path), "-p", "xdist", "-n", "2", f"--errdex-catalogue={CATALOGUE}")
    assert table(ran) == EXPECTED.strip("\n").splitlines()


def test_the_configuration_names_the_catalogue(tmp_path: Path) -> None:
    (tmp_path / "api.yaml").write_text(CATALOGUE.read_text())
    ran = run(project(tmp_path, config="[tool.errdex]\ncatalogues = ['api.yaml']\n"))
    assert table(ran) == EXPECTED.strip("\n").splitlines()


def test_the_mark_names_the_catalogue_and_the_statuses(tmp_path: Path) -> None:
    (tmp_path / "api.yaml").write_text(CATALOGUE.read_text())
    mark = '"write-activity-records", catalogue="api.yaml", statuses=[200, "503"]'
    ran = run(project(tmp_path, TESTS.replace('"write-activity-records"', mark)))
    assert ran.code == 0
    assert table(ran)[-1] == "2 passed, 0 failed, 20 never tried: 9 % of 22 documented answers"


def test_a_test_with_the_url_alone(tmp_path: Path) -> None:
    tests = (
        "import pytest\nfrom client import write\n"
        "@pytest.mark.errdex('write-activity-records', statuses=[503])\n"
        "def test_write(errdex_url):\n    assert write(errdex_url, []) == 'later'\n"
    )
    assert run(project(tmp_path, tests), f"--errdex-catalogue={CATALOGUE}").code == 0


def test_a_test_may_answer_otherwise_and_see_what_was_asked(tmp_path: Path) -> None:
    tests = (
        "import pytest\nfrom client import write\n"
        "@pytest.mark.errdex('write-activity-records', statuses=[503])\n"
        "def test_write(errdex_answer):\n"
        "    errdex_answer.server.answer(errdex_answer.operation, errdex_answer.status, 200)\n"
        "    assert [write(errdex_answer.url, [1]) for _ in range(2)] == ['later', 'written']\n"
        "    assert [exchange.body for exchange in errdex_answer.server.requests] == [b'[1]', b'[1]']\n"
    )
    assert run(project(tmp_path, tests), f"--errdex-catalogue={CATALOGUE}").code == 0


@pytest.mark.parametrize(("percent", "code"), [("9", 0), ("10", 1)])
def test_too_few_answers_fail_the_run(percent: str, code: int, tmp_path: Path) -> None:
    tests = TESTS.replace('"write-activity-records"', '"write-activity-records", statuses=["200", "503"]')
    ran = run(project(tmp_path, tests), f"--errdex-catalogue={CATALOGUE}", "--errdex-fail-under", percent)
    assert ran.code == code
    assert ("FAIL: 10 % were asked for" in ran.out) == bool(code)


def test_no_answer_at_all_fails_the_run_too(tmp_path: Path) -> None:
    ran = run(
        project(tmp_path, "def test_nothing():\n    pass\n"),
        f"--errdex-catalogue={CATALOGUE}",
        "--errdex-fail-under",
        "1",
    )
    assert ran.code == 1
    assert table(ran)[-2] == "0 passed, 0 failed, 22 never tried: 0 % of 22 documented answers"


@pytest.mark.parametrize(
    ("tests", "words", "says"),
    [
        (TESTS, [], "no catalogue is named: give --errdex-catalogue, or set it in errdex's configuration"),
        (
            TESTS.replace("write-activity-records", "write-activity-record"),
            [f"--errdex-catalogue={CATALOGUE}"],
            "no catalogue has an operation 'write-activity-record'; did you mean 'write-activity-records'?",
        ),
        (
            TESTS.replace('-records"', '-records", statuses=[418]'),
            [f"--errdex-catalogue={CATALOGUE}"],
            "write-activity-records does not document 418",
        ),
        (TESTS, ["--errdex-catalogue=none.yaml"], "none.yaml"),
        (
            TESTS.replace("errdex_answer", "tmp_path"),
            [f"--errdex-catalogue={CATALOGUE}"],
            "test_client.py::test_write has the mark errdex and takes neither errdex_answer nor errdex_url",
        ),
        (
            "def test_write(errdex_url):\n    pass\n",
            [f"--errdex-catalogue={CATALOGUE}"],
            "errdex_answer is for tests with the mark errdex",
        ),
    ],
)
def test_what_is_wrong_with_a_mark_is_said(tests: str, words: list[str], says: str, tmp_path: Path) -> None:
    ran = run(project(tmp_path, tests), *words)
    assert ran.code != 0
    assert says in ran.out + ran.err
    assert "INTERNALERROR" not in ran.out + ran.err
