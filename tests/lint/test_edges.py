"""Where rules end: small client programs, each with the findings that its comments name."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from errdex.catalogue.load import load_catalogue
from errdex.lint.run import Settings, check
from tests.lint.expectations import disagreements, expectations
from tests.lint.pages import snippets

if TYPE_CHECKING:
    from tests.lint.pages import Snippet

SNIPPETS = [
    pytest.param(snippet, id=f"{snippet.section}: {snippet.line}")
    for snippet in snippets(Path(__file__).with_name("edges.md").read_text(encoding="utf-8"))
]


@pytest.mark.parametrize("snippet", SNIPPETS)
def test_a_program_has_the_findings_that_its_comments_name(
    snippet: Snippet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for path, text in snippet.files:
        (tmp_path / path).write_text(text, encoding="utf-8")
    catalogue = load_catalogue("catalogue.yaml", snippet.catalogue)
    paths = tuple(path for path, _ in snippet.files)
    report = check(Settings(paths=paths, catalogues=(catalogue,), strict=snippet.strict))
    expected = [one for path, text in snippet.files for one in expectations(path, text)]
    assert disagreements(expected, report.findings) == []
    assert report.calls
