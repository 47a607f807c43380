"""Client files that no friend would write: what the linter says of each is in clients.txt, and it is never nothing."""

from __future__ import annotations

import json
import os
import re
import sys
import threading
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pytest

from tests.hostile.clients import CALL, CASES, CATALOGUE, FOUND
from tests.hostile.trying import Written, try_all

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from tests.conftest import Errdex
    from tests.hostile.trying import Case, Driver, Ended

WRITTEN = Written("clients.txt", CASES)
FORMATS = ("json", "full", "concise", "sarif", "github", "gitlab", "junit")
"""What a file holds comes out in all of them alike; what it is called and what its lines say does not."""


def commands(forms: Iterable[str]) -> list[tuple[str, ...]]:
    return [
        ("check", "--catalogue", "api.yaml", "--no-cache", "--show-unresolved", "--format", form, ".") for form in forms
    ]


def reported(forms: Iterable[str], ended: Sequence[Ended]) -> str:
    """Return what is found, after a look at every format."""
    by_format = dict(zip(forms, ended, strict=True))
    report = json.loads(by_format["json"].out)
    assert report["findings"], "a silent pass"
    for form, one in by_format.items():
        assert one.code == 1, f"{form}: {one.code}: {one.err}"
    if "github" in by_format:
        read_by_machines(report, by_format)
    findings = [f"  {told(finding)}" for finding in report["findings"]]
    return "\n".join([*findings[:5], *([f"  and {len(findings) - 5} more"] if len(findings) > 5 else [])])


def read_by_machines(report: dict[str, Any], by_format: dict[str, Ended]) -> None:
    assert len(json.loads(by_format["gitlab"].out)) == len(report["findings"])
    assert json.loads(by_format["sarif"].out)["version"] == "2.1.0"
    assert ET.fromstring(by_format["junit"].out.encode()).find(".//failure") is not None
    commands = [line for line in by_format["github"].out.splitlines() if line.startswith("::")]
    assert len(commands) <= len(report["findings"]) + len(report["unresolved"])
    assert all(re.match(r"::(error|warning|notice) file=[^:]*,title=errdex%3A [a-z-]+::", line) for line in commands)


def told(finding: dict[str, Any]) -> str:
    # Parsers of different Pythons say different things.
    message = re.sub(r"Python 3\.\d+ cannot parse it \(.*\)", "Python cannot parse it", finding["message"])
    place = "" if "cannot parse" in message else f"{finding['line']}:{finding['column']}: "
    return f"{place}{finding['rule']}: {message[:120]}"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_it_is_not_passed_in_silence(case: Case, tmp_path: Path, driver: Driver, update: bool) -> None:
    (tmp_path / "here").mkdir()
    (tmp_path / "here/api.yaml").write_text(CATALOGUE, encoding="utf-8")
    forms = FORMATS if re.search("file name|in the line", case.name) else ("json", "full")
    ended = try_all(case, tmp_path, commands(forms), driver)
    if case.name == "nothing":
        assert [one.code for one in ended] == [0, 0]
    else:
        WRITTEN.compare(case, reported(forms, ended), update=update)


def test_nothing_else_is_written_down() -> None:
    assert list(WRITTEN.happens) == [case.name for case in CASES if case.name != "nothing"]


@pytest.mark.parametrize(
    ("since", "code"),
    [
        ((3, 12), "type X = int\n"),
        ((3, 12), "def f[T](x: T) -> T: ...\n"),
        ((3, 12), "x = f'{'a'}'\n"),
        ((3, 13), "class C[T = int]: ...\n"),
        ((3, 14), "x = t'{x}'\n"),
        ((3, 15), "lazy import x\n"),
        ((3, 15), "x = [*y for y in z]\n"),
    ],
)
def test_syntax_of_a_newer_python_is_read_or_said(
    since: tuple[int, int], code: str, tmp_path: Path, errdex: Errdex
) -> None:
    (tmp_path / "api.yaml").write_text(CATALOGUE, encoding="utf-8")
    (tmp_path / "client.py").write_text(CALL + code, encoding="utf-8")
    ran = errdex("check", "--catalogue", "api.yaml", "--no-cache", "--format", "json", "client.py", cwd=tmp_path)
    rules = {finding["rule"] for finding in json.loads(ran.out)["findings"]}
    assert rules == ({"unchecked-response"} if sys.version_info >= since else {"unread-file"})


def test_files_that_vanish_and_come_back(tmp_path: Path, driver: Driver) -> None:
    (tmp_path / "here").mkdir()
    (tmp_path / "here/api.yaml").write_text(CATALOGUE, encoding="utf-8")
    (tmp_path / "here/stays.py").write_bytes(FOUND)
    stop = threading.Event()

    def replace() -> None:
        while not stop.is_set():
            for n in range(20):
                folder = tmp_path / f"here/d{n}"
                folder.mkdir()
                (folder / "client.py").write_bytes(FOUND)
            for n in range(20):
                os.unlink(tmp_path / f"here/d{n}/client.py")
                os.rmdir(tmp_path / f"here/d{n}")

    thread = threading.Thread(target=replace)
    thread.start()
    try:
        ended = driver.run(tmp_path / "here", commands(["json"] * 20), nobody=False)
    finally:
        stop.set()
        thread.join()
    assert [one.code for one in ended] == [1] * 20
    for one in ended:
        findings = json.loads(one.out)["findings"]
        assert "stays.py" in {os.path.basename(finding["path"]) for finding in findings}
        assert {f["message"].partition(": ")[2] for f in findings if f["rule"] == "unread-file"} <= {
            "no such file or directory"
        }
