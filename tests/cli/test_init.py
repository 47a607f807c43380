"""`errdex init`: a start that works, and nothing overwritten."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Errdex

OPENAPI = """\
openapi: 3.1.0
info: {title: Shop, version: "1"}
paths:
  /items:
    get: {operationId: listItems, responses: {"200": {description: Fine.}, "404": {description: Gone.}}}
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "Acme Shop"
    folder.mkdir()
    return folder


def test_an_empty_folder(errdex: Errdex, project: Path) -> None:
    ran = errdex("init", cwd=project)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines() == [
        "written   codes/catalogue-1.schema.json",
        "written   codes/acme-shop.yaml",
        "written   errdex.toml",
        "written   .pre-commit-config.yaml",
        "Next: errdex build",
    ]
    ran = errdex("validate", "--strict", cwd=project)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("codes/acme-shop.yaml: Acme shop API: 3 operations")
    assert "title: Acme shop API" in (project / "codes/acme-shop.yaml").read_text()


def test_the_start_builds(errdex: Errdex, project: Path) -> None:
    errdex("init", cwd=project)
    ran = errdex("build", cwd=project)
    assert (ran.code, ran.err) == (0, "")
    assert (project / "acme_shop_errors.py").is_file()
    assert (project / "docs/reference/index.md").is_file()
    assert errdex("build", "--check", cwd=project).code == 0


def test_openapi_document_and_clients_are_found(errdex: Errdex, project: Path) -> None:
    files = {
        "spec/shop.yaml": OPENAPI,
        "spec/other.yaml": "version: 1\n",
        "package.json": '{"name": "shop"}',
        ".venv/openapi.yaml": OPENAPI,
        "src/shop/client.py": "import requests\n",
        "src/shop/other.py": "import json\n",
        "tools/go.py": "from httpx import Client\n",
        "lib/plain.py": "x = 'requests'\n",
        "sync.py": "import aiohttp\n",
    }
    for name, text in files.items():
        (project / name).parent.mkdir(parents=True, exist_ok=True)
        (project / name).write_text(text)
    ran = errdex("init", cwd=project)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines() == [
        "found     spec/shop.yaml, an OpenAPI document",
        "found     src, which sends requests",
        "found     sync.py, which sends requests",
        "found     tools, which sends requests",
        "written   errdex.toml",
        "written   .pre-commit-config.yaml",
        "Next: errdex build",
    ]
    config = (project / "errdex.toml").read_text()
    assert 'catalogues = ["spec/shop.yaml"]' in config
    assert 'paths = ["src", "sync.py", "tools"]' in config
    assert errdex("validate", cwd=project).out.startswith("spec/shop.yaml: Shop: 1 operation, 2 statuses")


def test_nothing_is_overwritten(errdex: Errdex, project: Path) -> None:
    (project / "codes").mkdir()
    (project / "codes/acme-shop.yaml").write_text("mine")
    (project / ".pre-commit-config.yaml").write_text("repos: []\n")
    (project / "pyproject.toml").write_text("[tool.errdex]\ncatalogues = ['codes/acme-shop.yaml']\n")
    ran = errdex("init", cwd=project)
    assert ran.code == 0
    assert "kept      codes/acme-shop.yaml\n" in ran.out
    assert "add this to .pre-commit-config.yaml" in ran.out
    assert "- id: errdex-check" in ran.out
    assert (project / "codes/acme-shop.yaml").read_text() == "mine"
    assert (project / ".pre-commit-config.yaml").read_text() == "repos: []\n"
    assert not (project / "errdex.toml").exists()
    before = {path: path.stat().st_mtime_ns for path in project.rglob("*")}
    assert "written" not in errdex("init", cwd=project).out
    assert {path: path.stat().st_mtime_ns for path in project.rglob("*")} == before
