"""Pages are rendered once: what has not changed is taken from where the last build kept it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from errdex.kept import read_kept, write_kept
from tests.pages.building import CONFIG, NETWRIX, build

if TYPE_CHECKING:
    from pathlib import Path

TEXT = NETWRIX.read_text(encoding="utf-8")
SAID = "Service is busy or cannot be reached"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "docs").mkdir()
    (tmp_path / "mkdocs.yml").write_text(CONFIG, encoding="utf-8")
    (tmp_path / "catalogue.yaml").write_text(TEXT, encoding="utf-8")
    return tmp_path


def kept(project: Path) -> Path:
    (file,) = (project / ".errdex_cache").glob("pages-*.json")
    return file


def kind(file: Path) -> str:
    return " ".join(file.read_text(encoding="utf-8").partition("\n")[0].split(" ")[1:3])


def shown(site: Path) -> str:
    return (site / "codes" / "503" / "index.html").read_text(encoding="utf-8")


def test_what_was_kept_is_what_is_shown(project: Path) -> None:
    assert SAID in shown(build(project, project / "site"))
    file = kept(project)
    payload = read_kept(str(file), kind(file))
    assert payload is not None
    write_kept(str(file), kind(file), payload.replace(b"Service is busy", b"Service is kept"))
    assert "Service is kept" in shown(build(project, project / "site"))


def test_an_edit_is_rendered(project: Path) -> None:
    build(project, project / "site")
    (project / "catalogue.yaml").write_text(TEXT.replace(SAID, "Service is closed"), encoding="utf-8")
    assert "Service is closed" in shown(build(project, project / "site"))
    config = CONFIG.replace("catalogue.yaml}", "catalogue.yaml, source_url: 'https://git.example.org/{path}#L{line}'}")
    (project / "mkdocs.yml").write_text(config, encoding="utf-8")
    assert "https://git.example.org/catalogue.yaml#L" in shown(build(project, project / "site"))


@pytest.mark.parametrize("payload", [b"", b"no JSON", b"no JSON\n", b"[1]\n", b'["", [{"a": 1}, {}, {}], []]\n'])
def test_what_is_no_page_is_rendered_anew(project: Path, payload: bytes) -> None:
    build(project, project / "site")
    file = kept(project)
    write_kept(str(file), kind(file), payload)
    assert SAID in shown(build(project, project / "site"))


def test_nothing_is_kept_where_nothing_shall_be(project: Path) -> None:
    config = CONFIG.replace("catalogue.yaml}", "catalogue.yaml, cache_dir: ''}")
    (project / "mkdocs.yml").write_text(config, encoding="utf-8")
    assert SAID in shown(build(project, project / "site"))
    assert not (project / ".errdex_cache").exists()
