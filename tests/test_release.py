"""What is released installs in an empty environment, works, is the same whoever builds it, and says what it needs."""

from __future__ import annotations

import base64
import csv
import hashlib
import importlib.metadata
import io
import json
import os
import re
import subprocess
import sys
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest
import yaml

from errdex import __version__
from tests.conftest import ROOT

PUBLISH = ROOT / ".github/workflows/publish.yml"
NEEDED = ("PyYAML", "Jinja2", "MarkupSafe")
TIME = "1700000000"


def run(*command: str | Path, cwd: Path = ROOT, **env: str) -> str:
    words = [str(word) for word in command]
    done = subprocess.run(
        words, cwd=cwd, env={**os.environ, **env}, capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder that release/build has filled; it builds everything twice."""
    folder = tmp_path_factory.mktemp("dist")
    run(ROOT / "release/build", folder, PYTHON=sys.executable, SOURCE_DATE_EPOCH=TIME)
    return folder


@pytest.fixture(scope="module")
def wheelhouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder of wheels of what errdex needs, packed anew from what is installed here."""
    folder = tmp_path_factory.mktemp("wheelhouse")
    waiting, done = ["errdex", "hatchling"], set[str]()
    while waiting:
        name = waiting.pop().lower()
        if name not in done:
            done.add(name)
            if name != "errdex":
                packed(name, folder)
            said = (each for each in importlib.metadata.requires(name) or () if ";" not in each)
            waiting += [re.split(r"[^\w.-]", each)[0] for each in said]
    return folder


def packed(name: str, folder: Path) -> None:
    """Pack an installed distribution as a wheel."""
    distribution = importlib.metadata.distribution(name)
    files = [each for each in distribution.files or () if ".." not in each.parts and "__pycache__" not in each.parts]
    info = next(each.parent for each in files if each.name == "METADATA")
    tag = re.findall(r"^Tag: (.*)$", distribution.read_text("WHEEL") or "", re.MULTILINE)[0]
    stem = str(info).removesuffix(".dist-info")
    rows = io.StringIO()
    with zipfile.ZipFile(folder / f"{stem}-{tag}.whl", "w") as wheel:
        for each in files:
            if each.parent == info and each.name in {"RECORD", "INSTALLER", "REQUESTED", "direct_url.json"}:
                continue
            data = Path(str(distribution.locate_file(each))).read_bytes()
            wheel.writestr(str(each), data)
            digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
            csv.writer(rows, lineterminator="\n").writerow([str(each), f"sha256={digest}", len(data)])
        rows.write(f"{info}/RECORD,,\n")
        wheel.writestr(f"{info}/RECORD", rows.getvalue())


@pytest.mark.parametrize("kind", ["*.whl", "*.tar.gz"])
def test_it_installs_in_an_empty_environment_and_works(
    kind: str, built: Path, wheelhouse: Path, tmp_path: Path
) -> None:
    venv.create(tmp_path / "env", with_pip=True)
    tool = tmp_path / "env/bin"
    (package,) = built.glob(kind)
    run(
        tool / "pip",
        "install",
        "--no-index",
        "--find-links",
        wheelhouse,
        package,
        PIP_CONFIG_FILE=os.devnull,
        PIP_FIND_LINKS="",
    )
    installed = {line.partition("==")[0].lower() for line in run(tool / "pip", "freeze").splitlines()}
    assert {name.partition(" @ ")[0] for name in installed} == {name.lower() for name in (*NEEDED, "errdex")}
    work = tmp_path / "work"
    work.mkdir()
    assert run(tool / "errdex", "--version", cwd=work) == f"errdex {__version__}\n"
    run(tool / "errdex", "init", cwd=work)
    run(tool / "errdex", "build", cwd=work)
    assert "no findings" in run(tool / "errdex", "check", cwd=work)
    assert "# dropped-status" in run(tool / "errdex", "explain", "dropped-status", cwd=work)
    run(tool / "python", "-W", "error", "-c", "import work_errors", cwd=work)
    for command, extra in (("mock codes/work.yaml", "mock"), ("lsp", "lsp")):
        words = command.split()
        done = subprocess.run([tool / "errdex", *words], cwd=work, capture_output=True, text=True, check=False)
        assert (done.returncode, f"errdex[{extra}]" in done.stderr) == (2, True), done.stderr


def test_whoever_builds_it_gets_the_same(built: Path, tmp_path: Path) -> None:
    (sdist,) = built.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        archive.extractall(tmp_path / "there", filter="data")
    (there,) = (tmp_path / "there").iterdir()
    for path in there.rglob("*"):
        os.utime(path, (1, 1))
        path.chmod(0o777 if path.is_dir() or path.stat().st_mode & 0o100 else 0o606)
    for kind in ("wheel", "sdist"):
        run(
            sys.executable, "-m", "hatchling", "build", "-t", kind, "-d", tmp_path / "again",
            cwd=there, SOURCE_DATE_EPOCH=TIME, TZ="Asia/Tokyo", LC_ALL="C", PYTHONHASHSEED="7", HOME=str(tmp_path),
        )  # fmt: skip
    again = {path.name: path.read_bytes() for path in (tmp_path / "again").iterdir()}
    assert again == {path.name: path.read_bytes() for path in built.iterdir() if path.name in again}
    assert len(again) == 2


def test_the_sdist_holds_sources_and_nothing_else(built: Path) -> None:
    (sdist,) = built.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert {"PKG-INFO", "pyproject.toml", "LICENSE", "README.md", "generator/errdex/cli/__init__.py"} <= names
    tops = {name.partition("/")[0] for name in names}
    assert tops <= {*(path.name for path in ROOT.iterdir()), "PKG-INFO"}
    assert [name for name in names if "__pycache__" in name or name.endswith((".pyc", ".so"))] == []


def test_the_bill_of_materials(built: Path) -> None:
    pytest.importorskip("cyclonedx")
    from cyclonedx.schema import SchemaVersion
    from cyclonedx.validation.json import JsonStrictValidator

    text = (built / "errdex.cdx.json").read_text(encoding="utf-8")
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is None
    bill = json.loads(text)
    (wheel,) = built.glob("*.whl")
    own = bill["metadata"]["component"]
    assert own["hashes"][0]["content"] == hashlib.sha256(wheel.read_bytes()).hexdigest()
    scopes = {each["name"]: each["scope"] for each in bill["components"]}
    assert {name for name, scope in scopes.items() if scope == "required"} == {"pyyaml", "jinja2"}
    assert {"mkdocs", "aiohttp", "pygls"} <= scopes.keys()
    assert "pytest" not in scopes


@pytest.mark.parametrize("tool", ["zizmor", "check-jsonschema"])
def test_the_workflow_is_sound(tool: str) -> None:
    where = Path(sys.executable).with_name(tool)
    if tool == "zizmor":
        run(where, "--offline", "--no-progress", "--persona", "pedantic", PUBLISH)
    else:
        run(where, "--builtin-schema", "vendor.github-workflows", PUBLISH)


def test_the_workflow_publishes_without_a_token() -> None:
    workflow = yaml.safe_load(PUBLISH.read_text(encoding="utf-8"))
    assert workflow["permissions"] == {}
    jobs = workflow["jobs"]
    assert {name: sorted(job["permissions"]) for name, job in jobs.items()} == {
        "build": ["contents"],
        "attest": ["attestations", "id-token"],
        "publish": ["id-token"],
    }
    assert jobs["publish"]["environment"] == "pypi"
    uses = [step["uses"] for job in jobs.values() for step in job["steps"] if "uses" in step]
    assert [each for each in uses if not re.fullmatch(r"[\w./-]+@[0-9a-f]{40}", each)] == []
    assert "secrets." not in PUBLISH.read_text(encoding="utf-8")
    scripts = [step["run"].split()[0] for job in jobs.values() for step in job["steps"] if "run" in step]
    assert [each for each in scripts if "/" in each and not (ROOT / each).exists()] == []
