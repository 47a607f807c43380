"""The examples of the rules' pages are run: no finding is refuted, and every verdict is what happens."""

from __future__ import annotations

import ast
import os
import re
from typing import TYPE_CHECKING

import pytest

from errdex.catalogue.load import load_catalogue
from errdex.faults import observe
from errdex.faults.entries import Surroundings, client_of, entry
from errdex.faults.proofs import PROOFS
from errdex.faults.prove import Call, Claim, Evidence, prove
from errdex.faults.server import FaultServer
from errdex.lint.run import Settings, check
from tests.lint.oracle.starting import starts
from tests.lint.pages import snippets

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from errdex.faults.prove import CallProof, Proof
    from errdex.lint.report import Report
    from tests.lint.pages import Snippet

PROJECT = os.path.join(os.path.dirname(__file__), "..", "..", "..")
RULES = os.path.join(PROJECT, "docs", "rules")
NETWRIX = os.path.join(PROJECT, "codes", "netwrix-auditor.yaml")

pytestmark = pytest.mark.filterwarnings("ignore")


def pages() -> Iterator[tuple[str, Snippet]]:
    for name in sorted(os.listdir(RULES)):
        with open(os.path.join(RULES, name), encoding="utf-8") as file:
            for snippet in snippets(file.read()):
                yield name, snippet


def proved(snippet: Snippet, folder: Path) -> tuple[tuple[CallProof, ...], tuple[Proof, ...]]:
    """Lint a snippet as it stands, then run each of its functions against a server."""
    catalogue = load_catalogue("catalogue.yaml", snippet.catalogue) if snippet.catalogue else load_catalogue(NETWRIX)
    for path, text in snippet.files:
        (folder / path).write_text(text, encoding="utf-8")
    paths = tuple(path for path, _ in snippet.files)
    report = check(Settings(paths=paths, catalogues=(catalogue,), strict=snippet.strict))
    api = catalogue.api.id
    with FaultServer(catalogue) as server:
        texts = {path: moved(text, server.origin) for path, text in snippet.files if parses(text)}
        for path, text in texts.items():
            (folder / path).write_text(text, encoding="utf-8")
        around = Surroundings(texts, [str(folder)], {}, {})
        sites = calls(report)
        entries = [
            Evidence(
                expression,
                client_of(entry(expression, f"{path.removesuffix('.py')}:{expression}", {}), around),
                {api: server},
                sites,
            )
            for path, text in texts.items()
            for expression in starts(text)
        ]
        # A caller that never ends cannot show what it makes of an answer.
        endless = {one.path for entry in entries if entry.usual.ending == "endless" for one in entry.usual.lines}
        call_proofs, proofs = prove(sites, claims(report), entries)
        return tuple(one for one in call_proofs if one.call.path not in endless), proofs


def parses(text: str) -> bool:
    try:
        ast.parse(text)
    except SyntaxError:
        return False
    return True


def moved(text: str, origin: str) -> str:
    """Return the text with the server's address for every other, and without TLS."""
    return re.sub(r"https://(?:[^/\"'\s{}]|\{[^{}]*\})+", origin, text).replace("https://", "http://")


def calls(report: Report) -> list[Call]:
    return [
        Call(
            call.span.path,
            call.span.line,
            call.span.end_line,
            call.catalogue,
            call.operation,
            tuple(pair for pair in call.verdicts if pair[1] != "success"),
        )
        for call in report.calls
    ]


def claims(report: Report) -> list[Claim]:
    return [
        Claim(one.rule, one.span.path, one.span.line, one.span.end_line, one.catalogue, one.operation, one.statuses)
        for one in report.findings
    ]


@pytest.mark.parametrize(("page", "snippet"), [pytest.param(*one, id=f"{one[0]}:{one[1].line}") for one in pages()])
def test_an_example_does_what_the_linter_says(
    page: str, snippet: Snippet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(observe, "PATIENCE", 0.5)
    call_proofs, proofs = proved(snippet, tmp_path)
    for proof in proofs:
        expected = {"confirmed"} if proof.claim.rule in PROOFS else {"untested"}
        assert proof.outcome in expected, f"{page}: {proof.claim}: {proof.evidence}"
    for call, start, judged in call_proofs:
        assert start, f"{page}: nothing runs {call}"
        for one in judged:
            assert dict(call.verdicts)[one.status] in one.verdicts, f"{page}: {call}: {one.status}: {one.reason}"
