"""The baseline by the real command: accepted, narrowed, stale, and read from any folder."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Errdex

CLIENT = """
import requests

BASE = "https://auditor.example.com:9699/netwrix/api/v1"


def write(records):
    response = requests.post(f"{BASE}/activity_records/", json=records)
    if response.status_code in (400, 401, 404, 405, 413, 500):
        raise ValueError(response.status_code)
    return len(records)
"""
CHECKED = "errdex-baseline.json", "src/client.py"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "src").mkdir()
    (tmp_path / "src" / "client.py").write_text(CLIENT, encoding="utf-8")
    catalogue = ROOT / "codes/netwrix-auditor.yaml"
    (tmp_path / "errdex.toml").write_text(
        f"catalogues = [{json.dumps(str(catalogue))}]\n[check]\npaths = ['src']\nbaseline = 'errdex-baseline.json'\n",
        encoding="utf-8",
    )
    return tmp_path


def edit(project: Path, old: str, new: str) -> None:
    path = project / "src" / "client.py"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_a_baseline_that_is_not_there(errdex: Errdex, project: Path) -> None:
    ran = errdex("check", cwd=project)
    assert (ran.code, ran.out) == (2, "")
    assert "errdex-baseline.json does not exist" in ran.err


def test_what_is_accepted_is_silent_wherever_the_command_is_given(errdex: Errdex, project: Path) -> None:
    ran = errdex("check", "--update-baseline", cwd=project)
    assert (ran.code, ran.out) == (0, "baseline  errdex-baseline.json\n")
    assert errdex("check", "--update-baseline", cwd=project).out == "baseline  errdex-baseline.json (unchanged)\n"
    edit(project, "import requests", "import requests  # moved\n\n")
    for folder, words in ((project, ()), (project / "src", ()), (project / "src", ("client.py",))):
        ran = errdex("check", *words, cwd=folder)
        assert (ran.code, ran.err) == (0, "")
    assert errdex("build", cwd=project).code == 0


def test_a_new_status_is_told_by_itself(errdex: Errdex, project: Path) -> None:
    errdex("check", "--update-baseline", cwd=project)
    edit(project, "413, ", "")
    ran = errdex("check", "--format", "json", cwd=project)
    assert ran.code == 1
    assert [finding["statuses"] for finding in json.loads(ran.out)["findings"]] == [["413"]]


def test_what_is_mended_makes_it_stale(errdex: Errdex, project: Path) -> None:
    errdex("check", "--update-baseline", cwd=project)
    edit(project, "500)", "500, 503)")
    ran = errdex("check", "--format", "json", cwd=project)
    assert ran.code == 1
    assert json.loads(ran.out)["findings"] == []
    assert "errdex-baseline.json: src/client.py: dropped-status: 503 is accepted and not found" in ran.err
    assert errdex("build", cwd=project).code == 1
    errdex("check", "--update-baseline", cwd=project)
    assert errdex("check", cwd=project).code == 0


def test_what_was_not_looked_at_is_not_stale(errdex: Errdex, project: Path) -> None:
    errdex("check", "--update-baseline", cwd=project)
    (project / "other.py").write_text("", encoding="utf-8")
    assert errdex("check", "other.py", cwd=project).code == 0
    assert errdex("check", "--select", "broad-except", cwd=project).code == 0
    (project / "src" / "client.py").unlink()
    assert errdex("check", cwd=project).code == 1


@pytest.mark.parametrize(("text", "said"), [("{", ":1:2: the baseline is no JSON"), ("[]", ": the baseline cannot be")])
def test_a_broken_baseline(errdex: Errdex, project: Path, text: str, said: str) -> None:
    (project / "errdex-baseline.json").write_text(text, encoding="utf-8")
    ran = errdex("check", cwd=project)
    assert (ran.code, ran.out) == (2, "")
    assert f"errdex-baseline.json{said}" in ran.err
