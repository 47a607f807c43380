"""The mkdocs plugin: nothing in docs/, edit links to the YAML, faults told, pages rebuilt while serving."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from typing import TYPE_CHECKING

from tests.pages.building import CONFIG, NETWRIX, ROOT, broken, build, build_catalogue, engine, parsed_pages

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def test_nothing_is_written_into_docs(tmp_path: Path) -> None:
    build_catalogue(tmp_path / "a", NETWRIX.read_text(encoding="utf-8"))
    assert list((tmp_path / "a" / "docs").iterdir()) == []


def test_two_builds_are_the_same_byte_for_byte(tmp_path: Path) -> None:
    environment = {**os.environ, "SOURCE_DATE_EPOCH": "1700000000", "NO_MKDOCS_2_WARNING": "1"}
    for name in ("first", "second"):
        # Each in a folder of its own, where nothing was kept by the other.
        project = tmp_path / "projects" / name
        for part in ("docs", "codes", "examples"):
            shutil.copytree(ROOT / part, project / part)
        shutil.copy(ROOT / "mkdocs.yml", project)
        command = [sys.executable, "-m", "mkdocs", "build", "-q", "--strict", "-d", str(tmp_path / name)]
        subprocess.run(command, cwd=project, env={**environment, "PYTHONHASHSEED": str(len(name))}, check=True)
    first, second = (
        {
            path.relative_to(tmp_path / name): path.read_bytes()
            for path in (tmp_path / name).rglob("*")
            if path.is_file()
        }
        for name in ("first", "second")
    )
    assert sorted(path for path in first.keys() | second.keys() if first.get(path) != second.get(path)) == []


def test_edit_links_lead_to_the_line_of_the_yaml(tmp_path: Path) -> None:
    config = CONFIG.replace("features: [", "features: [content.action.edit, ")
    config += "repo_url: https://git.example.org/team/api\nedit_uri: edit/main/docs/\n"
    site = build_catalogue(tmp_path / "a", NETWRIX.read_text(encoding="utf-8"), config)
    lines = (tmp_path / "a" / "catalogue.yaml").read_text(encoding="utf-8").splitlines()
    for page, line in (("codes/503", "  503:"), ("operations/search-activity-records", "  search-activity-records:")):
        html = (site / page / "index.html").read_text(encoding="utf-8")
        (number,) = re.findall(r'href="https://git.example.org/team/api/edit/main/catalogue.yaml#L(\d+)"', html)
        assert lines[int(number) - 1] == line


def test_a_catalogue_that_cannot_be_read_stops_the_build_and_says_where(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "catalogue.yaml").write_text("catalogue: 1\napi: {id: x, titel: X}\n", encoding="utf-8")
    (tmp_path / "mkdocs.yml").write_text(CONFIG, encoding="utf-8")
    built = engine("mkdocs", "build", "-q", cwd=tmp_path)
    assert built.returncode != 0
    assert "catalogue.yaml:2:14" in built.stderr
    assert "titel" in built.stderr
    assert "Traceback" not in built.stderr


def test_several_catalogues_share_a_site(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "index.md").write_text("# Home\n", encoding="utf-8")
    for name in ("one", "two"):
        text = NETWRIX.read_text(encoding="utf-8").replace(
            "title: Netwrix Auditor Integration API", f"title: API {name}"
        )
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    plugins = "".join(f"  - errdex: {{catalogue: {name}.yaml, path: {name}}}\n" for name in ("one", "two"))
    config = re.sub(r"  - errdex: .*\n", plugins, CONFIG) + "nav: [Home: index.md, One: one/, Two: two/]\n"
    (tmp_path / "mkdocs.yml").write_text(config, encoding="utf-8")
    site = build(tmp_path, tmp_path / "site")
    for name in ("one", "two"):
        assert f"API {name}" in (site / name / "index.html").read_text(encoding="utf-8")


def test_a_site_for_reading_from_a_disk_has_no_broken_link(tmp_path: Path) -> None:
    config = f"{CONFIG}use_directory_urls: false\n"
    site = build_catalogue(tmp_path / "a", NETWRIX.read_text(encoding="utf-8"), config)
    assert (site / "codes" / "401.html").is_file()
    assert (site / "codes" / "401.md").is_file()
    pages = parsed_pages(site)
    links = [(page, a.get("href", "")) for page, tree in pages.items() if page != "404.html" for a in tree.iter("a")]
    assert [fault for page, href in links if (fault := broken(site, pages, page, href))] == []


def test_serving_shows_an_edit_and_survives_a_fault(tmp_path: Path) -> None:
    folder = tmp_path / "live"
    good = NETWRIX.read_text(encoding="utf-8")
    build_catalogue(folder, good)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "mkdocs", "serve", "-a", f"127.0.0.1:{port}"]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    with subprocess.Popen(command, cwd=folder, env=environment, stderr=subprocess.PIPE, text=True) as server:
        try:
            url = f"http://127.0.0.1:{port}/codes/503/"
            wait_for(lambda: "Service Unavailable" in fetch(url))
            edit(folder, good.replace("reason: Service Unavailable", "reason: Gone fishing"))
            wait_for(lambda: "Gone fishing" in fetch(url))
            edit(folder, good.replace("retryable: true", "retryabel: true"))
            wait_for(lambda: "retryabel" in fetch(url))
            assert "Gone fishing" in fetch(url)
            edit(folder, good)
            wait_for(lambda: "retryabel" not in fetch(url))
        finally:
            server.terminate()
            said = server.communicate()[1]
    assert "'retryabel'" in said
    assert "Traceback" not in said


def edit(folder: Path, text: str) -> None:
    (folder / "catalogue.yaml").write_text(text, encoding="utf-8")


def fetch(url: str) -> str:
    try:
        with urllib.request.urlopen(url, timeout=5) as response:
            text: str = response.read().decode()
            return text
    except OSError:
        return ""


def wait_for(condition: Callable[[], bool]) -> None:
    """Wait until something holds; a minute is for machines that do other things too."""
    end = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.1)
