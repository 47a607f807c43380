"""The GitHub Action and the GitLab template: valid, safe, and their scripts run as the services would run them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.cli.test_fixing import CLIENT, FIXED
from tests.conftest import ROOT, clean_environment

ACTION = ROOT / "action.yml"
GITLAB = ROOT / "templates/gitlab.yml"
TOOLS = Path(sys.executable).parent


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "project"
    (folder / "src dir").mkdir(parents=True)
    catalogue = json.dumps(str(ROOT / "codes/netwrix-auditor.yaml"))
    (folder / "errdex.toml").write_text(f"catalogues = [{catalogue}]\n", encoding="utf-8")
    (folder / "client.py").write_text(CLIENT, encoding="utf-8")
    (folder / "netwrix_auditor_errors.py").write_bytes((ROOT / "examples/netwrix_auditor_errors.py").read_bytes())
    tools = tmp_path / "temp/errdex-env/bin"
    tools.mkdir(parents=True)
    (tools / "errdex").write_text(f"#!/bin/sh\nexec '{sys.executable}' -m errdex \"$@\"\n", encoding="utf-8")
    (tools / "errdex").chmod(0o755)
    return folder


@pytest.mark.parametrize(
    ("schema", "path"), [("vendor.github-actions", ACTION), ("vendor.gitlab-ci", GITLAB)], ids=["github", "gitlab"]
)
def test_it_is_what_the_service_takes(schema: str, path: Path) -> None:
    command = [str(TOOLS / "check-jsonschema"), "--builtin-schema", schema, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_nothing_of_the_action_can_be_injected() -> None:
    command = [str(TOOLS / "zizmor"), "--offline", "--no-progress", "--persona", "pedantic", str(ACTION)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    steps = yaml.safe_load(ACTION.read_text(encoding="utf-8"))["runs"]["steps"]
    assert [step["name"] for step in steps if "${{" in step["run"]] == []


def action(project: Path, **inputs: str) -> subprocess.CompletedProcess[str]:
    """Run the step that checks as GitHub does: bash with its flags, inputs by the environment."""
    whole: dict[str, Any] = yaml.safe_load(ACTION.read_text(encoding="utf-8"))
    step = whole["runs"]["steps"][1]
    values = {name: spec["default"] for name, spec in whole["inputs"].items()} | inputs
    values["runner.temp"] = os.fspath(project.parent / "temp")
    env = {}
    for name, text in step["env"].items():
        env[name] = text
        for key, value in values.items():
            env[name] = env[name].replace(f"${{{{ inputs.{key} }}}}", value).replace(f"${{{{ {key} }}}}", value)
    command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]]
    return subprocess.run(
        command, cwd=project, env=clean_environment(**env), capture_output=True, text=True, check=False
    )


def test_the_action_finds_and_annotates(project: Path) -> None:
    done = action(project, paths="client.py", sarif="out.sarif")
    assert done.returncode == 1
    assert done.stdout.startswith("::")
    assert "file=client.py,line=7" in done.stdout
    report = json.loads((project / "out.sarif").read_text(encoding="utf-8"))
    assert [result["ruleId"] for result in report["runs"][0]["results"]] == ["dropped-status"]


def test_the_action_is_silent_when_all_is_well(project: Path) -> None:
    (project / "client.py").write_text(FIXED, encoding="utf-8")
    assert action(project).returncode == 0
    assert action(project, strict="true", paths="client.py netwrix_auditor_errors.py").returncode == 0


@pytest.mark.parametrize("paths", ["$(touch hacked)", "`touch hacked`", "; touch hacked", "--help", "*.toml"])
def test_what_the_inputs_say_is_never_run(paths: str, project: Path) -> None:
    done = action(project, paths=paths, catalogue=str(ROOT / "codes/netwrix-auditor.yaml"))
    assert not (project / "hacked").exists()
    assert done.returncode in {1, 2}
    assert "usage" not in done.stdout


def test_the_gitlab_job_reports_and_fails(project: Path) -> None:
    job = yaml.safe_load(GITLAB.read_text(encoding="utf-8"))["errdex"]
    path = f"{project.parent / 'temp/errdex-env/bin'}:{os.environ['PATH']}"
    env = clean_environment(**{**job["variables"], "PATH": path, "ERRDEX_PATHS": "client.py"})
    first, second = (["bash", "-eo", "pipefail", "-c", line] for line in job["script"])
    assert subprocess.run(first, cwd=project, env=env, check=False).returncode == 0
    report = json.loads((project / "gl-code-quality-report.json").read_text(encoding="utf-8"))
    assert [each["check_name"] for each in report] == ["errdex/dropped-status"]
    assert job["artifacts"]["reports"]["codequality"] == "gl-code-quality-report.json"
    done = subprocess.run(second, cwd=project, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "413 and 503" in done.stdout
