"""`errdex check --fix`, `--diff` and `--add-ignore` by the real command: what is written, said and left."""

from __future__ import annotations

import json
from difflib import unified_diff
from typing import TYPE_CHECKING

import pytest

from tests.conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Errdex

CLIENT = """import requests

BASE = "https://auditor.example.com:9699/netwrix/api/v1"


def write(records):
    response = requests.post(f"{BASE}/activity_records/", json=records)
    if response.status_code in (400, 401, 404, 405, 500):
        raise ValueError(response.status_code)
    return len(records)
"""
FIXED = """import requests

from netwrix_auditor_errors import Operation, Status, raise_for_status

BASE = "https://auditor.example.com:9699/netwrix/api/v1"


def write(records):
    response = requests.post(f"{BASE}/activity_records/", json=records)
    if response.status_code in (
        Status.BAD_REQUEST,
        Status.UNAUTHORIZED,
        Status.NOT_FOUND,
        Status.METHOD_NOT_ALLOWED,
        Status.INTERNAL_SERVER_ERROR,
    ):
        raise ValueError(response.status_code)
    if response.status_code in (
        Status.REQUEST_ENTITY_TOO_LARGE,
        Status.SERVICE_UNAVAILABLE,
    ):
        raise_for_status(Operation.WRITE_ACTIVITY_RECORDS, response)
    return len(records)
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "errdex.toml").write_text(
        f"catalogues = [{json.dumps(str(ROOT / 'codes/netwrix-auditor.yaml'))}]\n"
        "[module]\noutput = 'netwrix_auditor_errors.py'\n[check]\npaths = ['client.py']\n",
        encoding="utf-8",
    )
    module = (ROOT / "examples/netwrix_auditor_errors.py").read_bytes()
    (tmp_path / "netwrix_auditor_errors.py").write_bytes(module)
    (tmp_path / "client.py").write_bytes(CLIENT.encode())
    return tmp_path


def test_nothing_to_fix_leaves_the_file_alone(errdex: Errdex, project: Path) -> None:
    client = project / "client.py"
    client.write_bytes(FIXED.encode())
    was = client.stat()
    ran = errdex("check", "--fix", cwd=project)
    assert (ran.code, ran.err) == (0, "nothing to fix\n")
    assert (client.stat().st_ino, client.stat().st_mtime_ns) == (was.st_ino, was.st_mtime_ns)
    assert errdex("check", "--diff", cwd=project)[:2] == (0, "")


def test_no_module_no_fix(errdex: Errdex, project: Path) -> None:
    (project / "netwrix_auditor_errors.py").unlink()
    ran = errdex("check", "--fix", "--format", "concise", cwd=project)
    assert (ran.code, ran.err) == (1, "nothing to fix\n")
    assert (project / "client.py").read_bytes() == CLIENT.encode()


def test_a_difference_changes_nothing(errdex: Errdex, project: Path) -> None:
    ran = errdex("check", "--diff", cwd=project)
    assert (ran.code, ran.err) == (1, "1 finding fixed, 1 comparison named in 1 file; 0 left\n")
    before, after = CLIENT.splitlines(keepends=True), FIXED.splitlines(keepends=True)
    assert ran.out == "".join(unified_diff(before, after, "client.py", "client.py"))
    assert (project / "client.py").read_bytes() == CLIENT.encode()


@pytest.mark.parametrize(
    ("newline", "encoding"), [("\n", "utf-8"), ("\r\n", "utf-8-sig"), ("\r", "utf-8"), ("\r\n", "latin-1")]
)
def test_a_fix_keeps_line_endings_encoding_and_mode(newline: str, encoding: str, errdex: Errdex, project: Path) -> None:
    head = "# -*- coding: latin-1 -*-\n# \xe4\n" if encoding == "latin-1" else "# \xe4\n"
    client = project / "client.py"
    client.write_bytes((head + CLIENT).replace("\n", newline).encode(encoding))
    client.chmod(0o640)
    ran = errdex("check", "--fix", "--format", "concise", cwd=project)
    assert (ran.code, ran.err) == (0, "1 finding fixed, 1 comparison named in 1 file; 0 left\n")
    assert client.read_bytes() == (head + FIXED).replace("\n", newline).encode(encoding)
    assert client.stat().st_mode & 0o777 == 0o640
    assert sorted(path.name for path in project.iterdir() if path.name.startswith(".errdex-")) == []


def test_standard_input_is_answered_on_standard_output(errdex: Errdex, project: Path) -> None:
    ran = errdex("check", "--fix", "--stdin-filename", "client.py", cwd=project, stdin=CLIENT)
    assert (ran.code, ran.out) == (0, FIXED)
    assert (project / "client.py").read_bytes() == CLIENT.encode()
    again = errdex("check", "--fix", "--stdin-filename", "client.py", cwd=project, stdin=FIXED)
    assert (again.code, again.out) == (0, FIXED)


def test_what_the_baseline_accepts_is_not_touched(errdex: Errdex, project: Path) -> None:
    errdex("check", "--update-baseline", "--baseline", "accepted.json", cwd=project)
    ran = errdex("check", "--fix", "--baseline", "accepted.json", cwd=project)
    assert (ran.code, ran.err) == (0, "1 comparison named in 1 file; 0 left\n")
    assert errdex("check", "--baseline", "accepted.json", cwd=project).code == 0
    assert "raise_for_status" not in (project / "client.py").read_text()


def test_add_ignore_says_why(errdex: Errdex, project: Path) -> None:
    (project / "client.py").write_text(CLIENT.replace("json=records", 'json=records, headers={"X": "\xe4\\\nb"}'))
    ran = errdex("check", "--add-ignore", "asked the vendor", "--format", "concise", cwd=project)
    assert (ran.code, ran.err) == (0, "1 finding fixed in 1 file; 0 left\n")
    lines = (project / "client.py").read_text().splitlines()
    assert "    # errdex: ignore[dropped-status: 413, 503] asked the vendor" in lines
    assert errdex("check", cwd=project).code == 0


def test_add_ignore_takes_what_a_fix_leaves(errdex: Errdex, project: Path) -> None:
    more = '\n\ndef today():\n    return requests.post(f"{BASE}/activity_records/search", json={}).json()\n'
    (project / "client.py").write_text(CLIENT + more)
    ran = errdex("check", "--fix", "--add-ignore", "a toy", cwd=project)
    assert ran.code == 0
    text = (project / "client.py").read_text()
    assert text.startswith(FIXED)
    assert "# errdex: ignore[unchecked-response: " in text


@pytest.mark.parametrize("reason", ["two\nlines", "# hash"])
def test_a_reason_is_one_line(reason: str, errdex: Errdex, project: Path) -> None:
    ran = errdex("check", "--add-ignore", reason, cwd=project)
    assert ran.code == 2
    assert "a reason is one line without '#'" in ran.err


def test_a_link_is_not_followed(errdex: Errdex, project: Path) -> None:
    (project / "client.py").rename(project / "real.py")
    (project / "client.py").symlink_to("real.py")
    ran = errdex("check", "--fix", cwd=project)
    assert ran.code == 2
    assert "client.py is a link" in ran.err
    assert (project / "real.py").read_bytes() == CLIENT.encode()
