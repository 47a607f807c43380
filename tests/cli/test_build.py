"""`errdex build`: everything that is configured, whole or not at all."""

from __future__ import annotations

import os
import random
import re
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from tests.conftest import ROOT, clean_environment

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Errdex

NETWRIX = (ROOT / "codes/netwrix-auditor.yaml").read_text(encoding="utf-8")
CONFIG = """\
catalogues = ["codes/*.yaml"]
[module]
output = "src/{api}_errors.py"
[pages]
output = "docs/{api}"
"""
KILLS = int(os.environ.get("ERRDEX_KILLS", "24"))
"""How often `errdex build` is killed; 200 and more by hand."""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "codes").mkdir()
    (tmp_path / "codes/netwrix-auditor.yaml").write_text(NETWRIX, encoding="utf-8")
    (tmp_path / "errdex.toml").write_text(CONFIG)
    return tmp_path


def outputs(project: Path) -> dict[str, bytes]:
    """Return the bytes of everything that was built."""
    return {
        str(path.relative_to(project)): path.read_bytes()
        for folder in ("src", "docs")
        for path in sorted((project / folder).rglob("*"))
        if path.is_file()
    }


def test_it_says_where_everything_is(errdex: Errdex, project: Path) -> None:
    ran = errdex("build", cwd=project)
    assert (ran.code, ran.err) == (0, "")
    assert [line.split(" (")[0] for line in ran.out.splitlines()[1:]] == [
        "module    src/netwrix_auditor_errors.py",
        "pages     docs/netwrix-auditor",
    ]
    assert ran.out.startswith("catalogue codes/netwrix-auditor.yaml: Netwrix Auditor Integration API: 3 operations")
    assert (project / "src/netwrix_auditor_errors.py").is_file()
    assert (project / "docs/netwrix-auditor/index.md").is_file()


def test_from_a_folder_below(errdex: Errdex, project: Path) -> None:
    (project / "src").mkdir()
    ran = errdex("build", cwd=project / "src")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("folder    ..\n")
    assert "module    src/netwrix_auditor_errors.py\n" in ran.out
    from_below = outputs(project)
    assert "pages     docs/netwrix-auditor (unchanged)\n" in errdex("build", cwd=project).out
    assert outputs(project) == from_below


def test_check_writes_nothing_and_names_what_is_stale(errdex: Errdex, project: Path) -> None:
    before = sorted(project.rglob("*"))
    ran = errdex("build", "--check", cwd=project)
    assert ran.code == 1
    assert "src/netwrix_auditor_errors.py: missing\n" in ran.out
    assert "docs/netwrix-auditor/index.md: missing\n" in ran.out
    assert sorted(path for path in project.rglob("*") if ".errdex_cache" not in path.parts) == before
    errdex("build", cwd=project)
    assert errdex("build", "--check", cwd=project).code == 0
    (project / "docs/netwrix-auditor/index.md").write_text("by hand")
    (project / "docs/netwrix-auditor/mine.md").write_text("by hand")
    ran = errdex("build", "--check", cwd=project)
    assert ran.code == 1
    assert ran.out.splitlines()[1:] == ["docs/netwrix-auditor/index.md: out of date"]


def test_a_broken_catalogue_changes_nothing(errdex: Errdex, project: Path) -> None:
    errdex("build", cwd=project)
    before = outputs(project)
    (project / "codes/broken.yaml").write_text("catalogue: 1\n")
    ran = errdex("build", cwd=project)
    assert ran.code == 2
    assert ran.err.startswith("codes/broken.yaml:1:1: the catalogue has no 'api'\n")
    assert outputs(project) == before


@pytest.mark.parametrize(
    ("config", "message"),
    [
        ("", "errdex: no catalogue is named: give its file, or set 'catalogues' in errdex.toml\n"),
        ("catalogue = []\n", "errdex.toml:1:1: unknown key 'catalogue'; did you mean 'catalogues'?\n"),
        ("catalogues = ['none.yaml']\n", "none.yaml: no such file or directory\n"),
        (
            "catalogues = ['codes/netwrix-auditor.yaml']\n[check]\npaths = ['.']\nselect = ['droped-status']\n",
            "errdex.toml:4:12: there is no rule 'droped-status'; did you mean 'dropped-status'?\n",
        ),
    ],
)
def test_wrong_configuration(errdex: Errdex, project: Path, config: str, message: str) -> None:
    (project / "errdex.toml").write_text(config)
    ran = errdex("build", cwd=project)
    assert ran.code == 2
    assert ran.err.startswith(message)


def test_two_apis_need_two_places(errdex: Errdex, project: Path) -> None:
    (project / "codes/b.yaml").write_text(NETWRIX.replace("id: netwrix-auditor", "id: other"), encoding="utf-8")
    assert errdex("build", cwd=project).code == 0
    assert sorted(path.name for path in (project / "src").iterdir()) == [
        "netwrix_auditor_errors.py",
        "other_errors.py",
    ]
    (project / "errdex.toml").write_text(CONFIG.replace("{api}_errors", "errors"))
    ran = errdex("build", cwd=project)
    assert ran.code == 2
    assert "the module of 2 APIs cannot all be src/errors.py" in ran.err
    (project / "codes/c.yaml").write_text(NETWRIX, encoding="utf-8")
    ran = errdex("build", cwd=project)
    assert ran.code == 2
    assert "codes/c.yaml and codes/netwrix-auditor.yaml are both of the API 'netwrix-auditor'" in ran.err


def test_site(errdex: Errdex, project: Path) -> None:
    (project / "docs").mkdir()
    (project / "docs/index.md").write_text("# Shop\n")
    (project / "mkdocs.yml").write_text("site_name: Shop\ntheme: {name: mkdocs}\nplugins: []\n")
    (project / "errdex.toml").write_text("catalogues = ['codes/*.yaml']\n[site]\n")
    (project / "site").mkdir()
    (project / "site/precious.txt").write_text("precious")
    ran = errdex("build", cwd=project)
    assert ran.code == 2
    assert "site holds something else than a site" in ran.err
    (project / "site/precious.txt").unlink()
    ran = errdex("build", cwd=project)
    assert (ran.code, ran.err) == (0, "")
    assert "site      site/index.html\n" in ran.out
    assert "Shop" in (project / "site/index.html").read_text()
    (project / "docs/index.md").write_text("# Shop\n\n[nowhere](nowhere.md)\n")
    before = {path: path.read_bytes() for path in (project / "site").rglob("*") if path.is_file()}
    ran = errdex("build", cwd=project)
    assert ran.code == 2
    assert "nowhere.md" in ran.err
    assert {path: path.read_bytes() for path in (project / "site").rglob("*") if path.is_file()} == before
    assert sorted(path.name for path in project.iterdir() if path.name.startswith(".errdex-")) == []


def test_report_is_kept_and_says_the_same_from_everywhere(errdex: Errdex, project: Path) -> None:
    (project / "client.py").write_bytes((ROOT / "examples/netwrix_client.py").read_bytes())
    checked = "[check]\npaths = ['client.py']\nreport = 'docs/report.json'\n"
    (project / "errdex.toml").write_text(f"catalogues = ['codes/*.yaml']\n{checked}[build]\nexit-zero = true\n")
    ran = errdex("build", cwd=project)
    assert (ran.code, ran.err) == (0, "")
    assert "report    docs/report.json\n" in ran.out
    assert "client.py:25:16: dropped-status" in ran.out
    kept = (project / "docs/report.json").read_bytes()
    assert b'"path": "client.py"' in kept
    assert errdex("build", "--check", cwd=project).code == 0
    assert "report    docs/report.json (unchanged)\n" in errdex("build", cwd=project / "docs").out
    assert (project / "docs/report.json").read_bytes() == kept
    (project / "errdex.toml").write_text(f"catalogues = ['codes/*.yaml']\n{checked}")
    assert errdex("build", cwd=project).code == 1
    (project / "client.py").write_text("")
    ran = errdex("build", "--check", cwd=project)
    assert ran.code == 1
    assert "docs/report.json: out of date\n" in ran.out


def test_several_at_the_same_time(errdex: Errdex, project: Path) -> None:
    same_time = 6
    errdex("build", cwd=project)
    wanted = outputs(project)
    (project / "codes/netwrix-auditor.yaml").write_text(changed(NETWRIX), encoding="utf-8")
    errdex("build", cwd=project)
    (project / "codes/netwrix-auditor.yaml").write_text(NETWRIX, encoding="utf-8")
    runs = [start(project) for _ in range(same_time)]
    assert [run.wait(timeout=60) for run in runs] == [0] * same_time
    assert outputs(project) == wanted


def changed(text: str) -> str:
    return text.replace("The licence of Netwrix Auditor has expired.", "The licence is used up.")


def start(project: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "errdex", "build"],
        cwd=project, env=clean_environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip


def is_staged(name: str) -> bool:
    return re.search(r"(^|/)\.errdex-[0-9a-f]{12}(/|$)", name) is not None


def test_killed_at_any_moment(errdex: Errdex, project: Path) -> None:
    """Random moments; tests/cli/test_write.py goes through the moments of writing one by one."""
    catalogue, texts = project / "codes/netwrix-auditor.yaml", [NETWRIX, changed(NETWRIX)]
    wanted = []
    for text in texts:
        catalogue.write_text(text, encoding="utf-8")
        began = time.monotonic()
        assert errdex("build", cwd=project).code == 0
        seconds = time.monotonic() - began
        wanted.append(outputs(project))
    parts = [sorted({name.split("/")[0] for name in wanted[0]})][0]
    for number in range(KILLS):
        catalogue.write_text(texts[number % 2], encoding="utf-8")
        how = (signal.SIGKILL, signal.SIGTERM, signal.SIGINT)[number % 3]
        run = start(project)
        time.sleep(random.uniform(0, 1.1 * seconds))
        run.send_signal(how)
        # Python answers an interrupt with 1 as long as it is starting itself.
        assert run.wait(timeout=60) in ({0, 1, -how} if how == signal.SIGINT else {0, -how})
        # A killed run leaves the files and folders that it made ready; the next one removes them.
        found = {name: data for name, data in outputs(project).items() if not is_staged(name)}
        for part in parts:
            old, new = ({name: data for name, data in each.items() if name.startswith(part)} for each in wanted)
            assert {name: data for name, data in found.items() if name.startswith(part)} in (old, new), (number, how)
    catalogue.write_text(texts[0], encoding="utf-8")
    assert errdex("build", cwd=project).code == 0
    assert outputs(project) == wanted[0]


def test_what_this_project_commits_is_up_to_date(errdex: Errdex) -> None:
    ran = errdex("build", "--check")
    assert (ran.code, ran.err) == (0, ""), f"{ran.out}{ran.err}run `errdex build`, read what it changed, and commit it"
