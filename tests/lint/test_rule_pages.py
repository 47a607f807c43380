"""The pages of the rules: each has the same sections, and its examples are checked against what their comments say."""

from __future__ import annotations

import os
import re
from functools import cache
from typing import TYPE_CHECKING

import pytest

from errdex.catalogue.load import load_catalogue
from errdex.lint.rules import RULES
from errdex.lint.run import Settings, check
from tests.lint.expectations import disagreements, expectations
from tests.lint.pages import snippets

if TYPE_CHECKING:
    from pathlib import Path

    from errdex.catalogue.model import Catalogue
    from errdex.lint.rules.rule import Rule
    from tests.lint.pages import Snippet

PROJECT = os.path.join(os.path.dirname(__file__), "..", "..")
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


@pytest.mark.parametrize(("name", "snippet"), SNIPPETS)
def test_a_snippet_has_the_findings_that_its_comments_name(
    name: str, snippet: Snippet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for path, text in snippet.files:
        (tmp_path / path).write_text(text, encoding="utf-8")
    paths = tuple(path for path, _ in snippet.files)
    report = check(Settings(paths=paths, catalogues=(catalogue(snippet.catalogue),), strict=snippet.strict))
    expected = [one for path, text in snippet.files for one in expectations(path, text)]
    assert disagreements(expected, report.findings) == [], f"docs/rules/{name}.md:{snippet.line}"
