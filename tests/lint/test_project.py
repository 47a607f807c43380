"""Where the packages of client code begin, which decides what a dotted name means."""

from __future__ import annotations

from typing import TYPE_CHECKING

from errdex.lint.project import Project, SourceModule

if TYPE_CHECKING:
    from pathlib import Path


def test_a_package_begins_in_the_first_folder_that_is_none(tmp_path: Path) -> None:
    inner = tmp_path / "src" / "shop" / "api"
    inner.mkdir(parents=True)
    for folder in (inner, inner.parent):
        (folder / "__init__.py").touch()
    for path in (inner / "client.py", tmp_path / "src" / "script.py"):
        path.write_text("import requests\n", encoding="utf-8")
    project = Project((str(tmp_path),))
    assert project.top(str(inner)) == str(tmp_path / "src")
    assert project.top(str(tmp_path / "src")) == str(tmp_path / "src")
    client, script = (project.load(str(path)) for path in (inner / "client.py", tmp_path / "src" / "script.py"))
    assert isinstance(client, SourceModule)
    assert isinstance(script, SourceModule)
    assert (client.package, script.package) == ("shop.api", "")
