"""What the documents show is what happens: their console blocks are run, and every key of the configuration is told."""

from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING

import pytest

from errdex.cli import COMMANDS
from errdex.config import SHAPE
from tests.conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Errdex, Golden

PAGES = [ROOT / "README.md", ROOT / "docs/reference/cli.md"]
_BLOCK = re.compile(r"^```console\n\$ errdex (.*)\n(?s:.*?)^```$", re.MULTILINE)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_commands_print_what_the_page_shows(page: Path, errdex: Errdex, golden: Golden) -> None:
    text = page.read_text(encoding="utf-8")
    blocks = list(_BLOCK.finditer(text))
    assert blocks
    for block in reversed(blocks):
        ran = errdex(*shlex.split(block[1]), env={"COLUMNS": "100"})
        assert ran.err == ""
        shown = f"```console\n$ errdex {block[1]}\n{ran.out.rstrip()}\n```"
        text = text[: block.start()] + shown + text[block.end() :]
    golden(page, text)


def test_every_command_is_told() -> None:
    text = (ROOT / "docs/reference/cli.md").read_text(encoding="utf-8")
    assert re.findall(r"^## errdex (\w+)$", text, re.MULTILINE) == [command.name for command in COMMANDS]
    assert set(re.findall(r"^\$ errdex (\w+) --help$", text, re.MULTILINE)) == {command.name for command in COMMANDS}


def test_every_key_is_told() -> None:
    text = (ROOT / "docs/reference/configuration.md").read_text(encoding="utf-8")
    keys = {
        key if isinstance(kind, str) else f"{key}.{below}"
        for key, kind in SHAPE.items()
        for below in (kind if isinstance(kind, dict) else [""])
    }
    assert set(re.findall(r"^\| `([\w.-]+)` \|", text, re.MULTILINE)) == keys


def test_readme_shows_the_example_as_it_is() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    client = (ROOT / "examples/netwrix_client.py").read_text(encoding="utf-8")
    shown = next(block for block in re.findall(r"^```python\n((?s:.*?))^```$", readme, re.MULTILINE) if "def " in block)
    assert shown in client


def test_readme_shows_two_commands() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    commands = re.findall(r"^```sh\n(.*)\n```$", readme, re.MULTILINE)
    assert len(commands) == 2
    assert readme.count("```sh\n") == 2


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md"])
def test_links_of_the_top_level_lead_somewhere(page: str) -> None:
    targets = re.findall(r"\]\(([^)#:]+)\)", (ROOT / page).read_text(encoding="utf-8"))
    assert [target for target in targets if not (ROOT / target).exists()] == []
