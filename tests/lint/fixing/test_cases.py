"""Files before and after `--fix`: what changes, and that the changed code does what the linter says of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from errdex.catalogue.load import load_catalogue
from errdex.lint.fixing.fix import fix
from errdex.lint.run import Settings, check
from errdex.pymodule.render import render_module
from errdex.records import NamedTuple
from tests.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from errdex.lint.fixing.fix import Fixed

PAGE = ROOT / "tests/lint/fixing/cases.md"
CATALOGUE = load_catalogue(str(ROOT / "tests/lint/oracle/records.yaml"))
(MODULE,) = render_module(CATALOGUE).values()


class Case(NamedTuple):
    """A section of the page."""

    name: str
    before: str
    after: str
    configured: bool


def cases() -> Iterator[Case]:
    for section in re.split(r"^## ", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
        name, _, rest = section.partition("\n")
        blocks = re.findall(r"^```python\n(.*?)^```$", rest, flags=re.MULTILINE | re.DOTALL)
        yield Case(name, blocks[0], blocks[-1], configured=not name.endswith("(not configured)"))


def mended(case: Case, folder: Path) -> Fixed:
    (folder / "records_errors.py").write_text(MODULE, encoding="utf-8")
    (folder / "client.py").write_text(case.before, encoding="utf-8")
    settings = Settings(paths=("client.py",), catalogues=(CATALOGUE,), strict=True)
    report = check(settings)
    return fix(settings, report, report.findings, {"records": ["records_errors.py"] if case.configured else []})


@pytest.mark.parametrize("case", list(cases()), ids=lambda case: case.name)
def test_a_file_becomes_what_the_page_says(
    case: Case, update: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    fixed = mended(case, tmp_path)
    after = next((change.after for change in fixed.changes), case.before)
    if update:
        _write(case, after)
    assert after == case.after


def test_mending_again_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for case in cases():
        assert mended(case._replace(before=case.after), tmp_path).changes == (), case.name


def _write(case: Case, after: str) -> None:
    text = PAGE.read_text(encoding="utf-8")
    start = text.index(f"## {case.name}\n")
    end = text.find("\n## ", start) + 1 or len(text)
    blocks = [case.before, after] if after != case.before else [case.before]
    section = f"## {case.name}\n\n" + "\n".join(f"```python\n{block}```\n" for block in blocks)
    rest = text[end:]
    PAGE.write_text(text[:start] + section + (f"\n{rest}" if rest else ""), encoding="utf-8")
