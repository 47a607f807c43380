"""A site of several versions, as docs/how-to/publish-the-site.md makes it with mike, in a repository of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

from tests.pages.building import CONFIG, NETWRIX, broken, parsed_pages, text_of

if TYPE_CHECKING:
    from pathlib import Path

VERSIONED = CONFIG.replace("extra: {", "extra: {version: {provider: mike, default: latest}, ").replace(
    "catalogue: catalogue.yaml", "catalogue: catalogue.yaml, path: my-api"
)


def run(folder: Path, *command: str) -> None:
    who = {f"GIT_{role}_{what}": "a@example.org" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    environment = {**os.environ, **who, "NO_MKDOCS_2_WARNING": "1", "GIT_CONFIG_GLOBAL": os.devnull}
    # mike is a command, and asks for mkdocs by its name.
    environment["PATH"] = os.pathsep.join((os.path.dirname(sys.executable), os.environ["PATH"]))
    ran = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_versions_stand_side_by_side_and_an_alias_leads_to_the_newest(tmp_path: Path) -> None:
    text = NETWRIX.read_text(encoding="utf-8")
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "index.md").write_text("# Home\n", encoding="utf-8")
    (tmp_path / "mkdocs.yml").write_text(VERSIONED, encoding="utf-8")
    run(tmp_path, "git", "init", "-q")
    for version, reason in (("10.5", "Service Unavailable"), ("10.6", "Service Overloaded")):
        (tmp_path / "catalogue.yaml").write_text(text.replace("Service Unavailable", reason), encoding="utf-8")
        run(tmp_path, "git", "add", "-A")
        run(tmp_path, "git", "commit", "-q", "-m", version)
        run(tmp_path, "mike", "-q", "deploy", "--update-aliases", version, "latest")
    run(tmp_path, "mike", "-q", "set-default", "latest")
    run(tmp_path, "git", "clone", "-q", "--branch", "gh-pages", ".", "published")
    site = tmp_path / "published"
    titles = {version: title(site / version) for version in ("10.5", "10.6", "latest")}
    assert titles == {
        "10.5": "503 Service Unavailable",
        "10.6": "503 Service Overloaded",
        "latest": "503 Service Overloaded",
    }
    for version in titles:
        pages = parsed_pages(site / version)
        links = [
            (page, a.get("href", "")) for page, tree in pages.items() if page != "404.html" for a in tree.iter("a")
        ]
        faults = [fault for page, href in links if (fault := broken(site / version, pages, page, href))]
        assert faults == []


def title(version: Path) -> str:
    page = parsed_pages(version / "my-api" / "codes" / "503")["index.html"]
    return text_of(next(page.iter("h1"))).removesuffix("¶")
