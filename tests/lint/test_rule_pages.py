"""The pages of the rules: each has the same sections, and its examples are checked against what their comments say."""

from __future__ import annotations

import os
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from errdex.catalogue.load import load_catalogue
from errdex.lint.rules import RULES
from errdex.lint.run import Settings, check
from tests.lint.expectations import disagreements, expectations
from tests.lint.pages import snippets

if TYPE_CHECKING:
    from errdex.catalogue.model import Catalogue
    from errdex.lint.report import Finding, Report
    from errdex.lint.rules.rule import Rule
    from tests.conftest import Golden
    from tests.lint.pages import Snippet

HERE = os.path.dirname(__file__)
PROJECT = os.path.join(HERE, "..", "..")
PAGES = os.path.join(PROJECT, "docs", "rules")
NETWRIX = os.path.join(PROJECT, "codes", "netwrix-auditor.yaml")
SECTIONS = ["What it reports", "Why it matters", "Example", "Use instead", "Notes"]


def page(name: str) -> str:
    with open(os.path.join(PAGES, f"{name}.md"), encoding="utf-8") as file:
        return file.read()


def names() -> list[str]:
    return sorted(name.removesuffix(".md") for name in os.listdir(PAGES) if name != "index.md")


@cache
def catalogue(text: str) -> Catalogue:
    return load_catalogue("catalogue.yaml", text) if text else load_catalogue(NETWRIX)


SNIPPETS = [
    pytest.param(name, snippet, id=f"{name}:{snippet.line}") for name in names() for snippet in snippets(page(name))
]


def test_every_rule_has_a_page_and_every_page_a_rule() -> None:
    assert names() == sorted(rule.name for rule in RULES)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_page_says_the_same_as_the_rule_in_the_same_order_as_the_others(rule: Rule) -> None:
    name, summary = rule.name, rule.summary
    text = page(name)
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", name)
    assert text.startswith(f"# {name}\n\n{summary[0].upper()}{summary[1:]}.\n\n## ")
    assert re.findall(r"^## (.*)$", text, re.MULTILINE) == SECTIONS
    row = f"| [{name}]({name}.md) | {summary} |"
    assert row in page("index").splitlines()


def test_the_index_lists_the_rules_by_family() -> None:
    families: dict[str, list[str]] = {}
    for rule in RULES:
        families.setdefault(rule.family, []).append(rule.name)
    found: dict[str, list[str]] = {}
    for section in re.split(r"^## ", page("index"), flags=re.MULTILINE)[1:]:
        rows = re.findall(r"^\| \[([a-z-]+)\]", section, re.MULTILINE)
        if rows:
            found[section.partition("\n")[0].lower()] = rows
    assert found == families


@pytest.mark.parametrize("name", names())
def test_examples_show_the_rule_and_what_stands_in_their_place_does_not(name: str) -> None:
    shown: dict[str, set[str]] = {section: set() for section in SECTIONS}
    for snippet in snippets(page(name)):
        rules = {one.rule for path, text in snippet.files for one in expectations(path, text)}
        shown[snippet.section] |= rules
        if snippet.section == "Example":
            assert name in rules, f"{name}.md:{snippet.line}"
    assert shown["Example"] >= {name}
    assert shown["Use instead"] == set()


def checked(snippet: Snippet, folder: Path) -> Report:
    for path, text in snippet.files:
        (folder / path).write_text(text, encoding="utf-8")
    paths = tuple(path for path, _ in snippet.files)
    return check(Settings(paths=paths, catalogues=(catalogue(snippet.catalogue),), strict=snippet.strict))


@pytest.mark.parametrize(("name", "snippet"), SNIPPETS)
def test_a_snippet_has_the_findings_that_its_comments_name(
    name: str, snippet: Snippet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    report = checked(snippet, tmp_path)
    expected = [one for path, text in snippet.files for one in expectations(path, text)]
    assert disagreements(expected, report.findings) == [], f"docs/rules/{name}.md:{snippet.line}"


def told(finding: Finding) -> list[str]:
    """Return a finding as a reader gets it: where, what, the way there, and what the catalogue says."""
    _, line, column, end_line, end_column = finding.span
    if "cannot parse" in finding.message:  # Pythons say so in different words, of different places
        return [f"  {finding.rule}: {finding.message.partition(':')[0]}"]
    sure = "" if finding.confidence == "high" else f" ({finding.confidence} confidence)"
    return [
        f"  {line}:{column}-{end_line}:{end_column} {finding.rule}{sure}: {finding.message}",
        *(f"    {step.line}: {step.says}" for step in finding.witness),
        *(f"    {text}" for text in finding.help),
        *([f"    {finding.url}"] if finding.url else []),
    ]


def of_one_status(finding: Finding, known: Catalogue) -> Catalogue:
    """Return the catalogue with no status but successes and the first of the finding."""
    kept = tuple(status for status in known.statuses if status.code[0] == "2" or status.code == finding.statuses[0])
    return known._replace(statuses=kept)


def test_every_finding_of_a_single_status_reads_well(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, golden: Golden
) -> None:
    """A finding of several statuses has other words when there is one; a person has read single.txt as well."""
    monkeypatch.chdir(tmp_path)
    lines: dict[str, None] = {}
    for name in names():
        for number, snippet in enumerate(snippets(page(name)), 1):
            several = [one for one in checked(snippet, tmp_path).findings if len(one.statuses) > 1]
            for finding in {one.rule: one for one in several}.values():
                single = of_one_status(finding, catalogue(snippet.catalogue))
                again = check(
                    Settings(
                        paths=tuple(path for path, _ in snippet.files), catalogues=(single,), strict=snippet.strict
                    )
                )
                for found in again.findings:
                    if found.rule == finding.rule and len(found.statuses) == 1:
                        lines[f"{name}, block {number}: {found.rule}: {found.message}"] = None
    golden(Path(HERE, "single.txt"), "".join(f"{line}\n" for line in lines))


def test_every_finding_of_the_examples_reads_well(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, golden: Golden
) -> None:
    """A person has read findings.txt; `pytest --update` writes it anew, to be read again."""
    monkeypatch.chdir(tmp_path)
    lines = []
    for name in names():
        for number, snippet in enumerate(snippets(page(name)), 1):
            found = [line for finding in checked(snippet, tmp_path).findings for line in told(finding)]
            lines += [f"{name}, block {number}", *found] if found else []
    golden(Path(HERE, "findings.txt"), "".join(f"{line}\n" for line in lines))
