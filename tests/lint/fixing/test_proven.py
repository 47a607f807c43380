"""Every snippet of the oracle that `--fix` changes is run: it does what the linter says of it, and looks as before."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from errdex.faults.server import FaultServer
from errdex.lint.fixing.fix import fix
from errdex.lint.run import Settings, check
from errdex.records import NamedTuple
from tests.conftest import ROOT
from tests.lint.fixing.test_cases import CATALOGUE, MODULE
from tests.lint.oracle.harness import judgements, snippets

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.lint.oracle.harness import Snippet

ORACLE = ROOT / "tests/lint/oracle"
PAGES = sorted(ORACLE.glob("*.md"))
FINE = {"discriminated", "delegated"}

pytestmark = [
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


class Mended(NamedTuple):
    """A snippet that changed."""

    before: Snippet
    after: Snippet
    verdicts: dict[str, dict[str, str]]
    """Of the linter, by operation."""
    gone: int
    """Findings that are no more."""
    folder: Path
    """Where it lies as it was."""


@pytest.fixture(scope="module")
def server() -> Iterator[FaultServer]:
    with FaultServer(CATALOGUE) as running:
        yield running


def write(snippet: Snippet, folder: Path) -> None:
    for name, text in (*snippet.files, ("records_errors.py", MODULE)):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def mended(snippet: Snippet, folder: Path) -> tuple[Snippet, dict[str, dict[str, str]], int]:
    """Return the snippet with its files mended, the linter's verdicts of each operation, and how many findings went."""
    write(snippet, folder)
    settings = Settings(paths=(str(folder),), catalogues=(CATALOGUE,), strict=True)
    report = check(settings)
    fixed = fix(settings, report, report.findings, {"records": [str(folder / "records_errors.py")]})
    after = {os.path.relpath(change.before.path, folder): change.after for change in fixed.changes}
    files = tuple((name, after.get(name, text)) for name, text in snippet.files)
    verdicts = {call.operation: dict[str, str](call.verdicts) for call in fixed.report.calls}
    gone = sum(len(change.gone) for change in fixed.changes)
    return (snippet if not after else snippet._replace(files=files)), verdicts, gone


@pytest.fixture(scope="module")
def all_mended(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Mended]]:
    """The snippets of each page that change."""
    folder = tmp_path_factory.mktemp("before")
    found: dict[str, list[Mended]] = {}
    for page in PAGES:
        for number, snippet in enumerate(snippets(page.read_text(encoding="utf-8"))):
            new, verdicts, gone = mended(snippet, folder / f"{page.stem}-{number}")
            if new is not snippet:
                one = Mended(snippet, new, verdicts, gone, folder / f"{page.stem}-{number}")
                found.setdefault(page.stem, []).append(one)
    return found


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_mended_code_does_what_the_linter_says(
    page: Path, all_mended: dict[str, list[Mended]], server: FaultServer, tmp_path: Path
) -> None:
    for number, one in enumerate(all_mended[page.stem]):
        operations = [expected.operation for expected in one.before.expected]
        for expected in one.before.expected if len(set(operations)) == len(operations) else ():
            for seen in judgements(one.after, expected.operation, server, tmp_path / str(number)):
                said = one.verdicts[expected.operation][seen.status]
                assert seen.verdicts[0] == said, f"{one.before.name}: {seen.status}: {seen.reason}"
                if said != dict(expected.verdicts).get(seen.status):
                    assert said in FINE, f"{one.before.name}: {seen.status}"


def test_many_are_mended(all_mended: dict[str, list[Mended]]) -> None:
    assert sum(one.gone for page in all_mended.values() for one in page) > 50


def test_mended_code_is_formatted_as_it_was(all_mended: dict[str, list[Mended]], tmp_path: Path) -> None:
    folders = [one.folder for page in all_mended.values() for one in page]
    for one in (one for page in all_mended.values() for one in page):
        write(one.after, tmp_path / one.folder.name)
    before = folders[0].parent
    assert ruff("format", "--check", cwd=tmp_path) - ruff("format", "--check", cwd=before) == set()
    words = "check", "--select", "I001,F401,F811,F821", "--output-format", "concise", "--config", "src = ['./*']"
    assert ruff(*words, cwd=tmp_path) - ruff(*words, cwd=before) == set()


def ruff(*words: str, cwd: Path) -> set[str]:
    """Return the files that ruff has something to say of."""
    tool = str(Path(sys.executable).parent / "ruff")
    command = [tool, words[0], "--isolated", "--no-cache", *words[1:], "."]
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    assert done.returncode in {0, 1}, done.stderr
    return set(re.findall(r"[\w-]+/[\w/]+\.py", done.stdout))
