"""What a configuration says, and what is said of a wrong one."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import pytest

from errdex.config import Check, Config, load_config
from errdex.errors import ConfigError
from errdex.kept import read_kept, write_kept

if TYPE_CHECKING:
    from pathlib import Path

FULL = """\
catalogues = ["codes/shop.yaml", "openapi.json"]
cache-dir = "cache"
[module]
output = "src/{api}_errors.py"
[pages]
output = "docs/{api}"
[site]
[check]
paths = ["src", "tools/x.py"]
select = ["dropped-status"]
ignore = ["broad-except"]
exclude = ["vendor"]
strict = true
ambient = [401, "5XX"]
baseline = "errdex-baseline.json"
report = "report.json"
per-file-ignores = {"tests/**" = ["dropped-status", "broad-except"]}
[build]
exit-zero = true
[servers]
shop = ["https://shop.example.com", "/v1.56"]
[wrappers]
"acme.http.get" = "GET"
"""
SAID = Config(
    path="errdex.toml",
    root=".",
    catalogues=("codes/shop.yaml", "openapi.json"),
    cache_dir="cache",
    module="src/{api}_errors.py",
    pages="docs/{api}",
    site_config="mkdocs.yml",
    site="site",
    check=Check(
        paths=("src", "tools/x.py"),
        select=("dropped-status",),
        ignore=("broad-except",),
        exclude=("vendor",),
        strict=True,
        baseline="errdex-baseline.json",
        ambient=("401", "5XX"),
        report="report.json",
        per_file_ignores=(("tests/**", ("dropped-status", "broad-except")),),
    ),
    exit_zero=True,
    servers=(("shop", ("https://shop.example.com", "/v1.56")),),
    wrappers=(("acme.http.get", "GET"),),
)


@pytest.fixture(autouse=True)
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    "files",
    [
        {},
        {"pyproject.toml": "[tool.other]\nx = 1\n"},
        {"pyproject.toml": "[tool.other]\nabout = 'errdex'\n"},
        {"sub/errdex.toml": FULL},
    ],
)
def test_no_configuration(project: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (project / name).parent.mkdir(exist_ok=True)
        (project / name).write_text(text)
    assert load_config() == Config()


def test_the_toml_parser_is_not_imported_for_nothing(project: Path) -> None:
    import subprocess

    (project / "pyproject.toml").write_text("[project]\nname = 'x'\n")
    code = "import sys; from errdex.config import load_config; load_config(); sys.exit('tomllib' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_everything(project: Path) -> None:
    (project / "errdex.toml").write_text(FULL)
    assert load_config() == SAID


def test_pyproject(project: Path) -> None:
    tables = FULL.replace("\n[", "\n[tool.errdex.")
    (project / "pyproject.toml").write_text(f"[project]\nname = 'x'\n[tool.errdex]\n{tables}")
    assert load_config() == SAID._replace(path="pyproject.toml")


def test_errdex_toml_wins(project: Path) -> None:
    (project / "pyproject.toml").write_text("[tool.errdex]\ncache-dir = 'other'\n")
    (project / "errdex.toml").write_text("cache-dir = 'this'\n")
    assert load_config().cache_dir == "this"


def test_the_nearest_file_counts_and_paths_are_seen_from_here(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (project / "errdex.toml").write_text(FULL)
    (project / "src/deep").mkdir(parents=True)
    (project / "src/pyproject.toml").write_text("[project]\nname = 'x'\n")
    monkeypatch.chdir(project / "src/deep")
    config = load_config()
    assert (config.path, config.root) == ("../../errdex.toml", "../..")
    assert config.catalogues == ("../../codes/shop.yaml", "../../openapi.json")
    assert config.module == "../{api}_errors.py"
    assert config.check.paths == ("..", "../../tools/x.py")
    (project / "src/pyproject.toml").write_text("[tool.errdex]\ncache-dir = 'near'\n")
    assert load_config().cache_dir == "../near"


def test_the_search_ends_at_the_checkout(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (project / "errdex.toml").write_text(FULL)
    (project / "inner/.git").mkdir(parents=True)
    monkeypatch.chdir(project / "inner")
    assert load_config() == Config()


def test_patterns(project: Path) -> None:
    (project / "codes").mkdir()
    for name in ("b.yaml", "a.yaml", "c.txt"):
        (project / "codes" / name).touch()
    (project / "errdex.toml").write_text("catalogues = ['codes/*.yaml']\n")
    assert load_config().catalogues == ("codes/a.yaml", "codes/b.yaml")


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("catalogs = []\n", ["1:1: unknown key 'catalogs'; did you mean 'catalogues'? | catalogs = []"]),
        (
            "[check]\npaths = []\nselct = []\n",
            ["3:1: unknown key 'selct'; did you mean 'select'? | selct = []"],
        ),
        ("\n# chek\n[chek]\n", ["3:2: unknown key 'chek'; did you mean 'check'? | [chek]"]),
        (
            "[check]\npaths = [\n  'a',\n  1,\n]\nstrict = 'yes'\n",
            [
                "2:1: 'paths' must be a list of strings | paths = [",
                "6:1: 'strict' must be true or false | strict = 'yes'",
            ],
        ),
        (
            "check = {paths = ['a'], zzz = 1}\n",
            [
                (
                    "1:25: unknown key 'zzz'; known keys: ambient, baseline, exclude, ignore, paths, per-file-ignores,"
                    " report, select, strict | check = {paths = ['a'], zzz = 1}"
                )
            ],
        ),
        ("check = 1\n", ["1:1: 'check' must be a table | check = 1"]),
        (
            "[check]\nambient = [1000]\n",
            ["2:1: 'ambient' must be a list of statuses such as 401 or '5XX' | ambient = [1000]"],
        ),
        ("[servers]\nshop = 'x'\n", ["1:2: 'servers' must be a table of lists of strings | [servers]"]),
        (
            "[module]\noutput = '../x.py'\n",
            ["2:1: 'output' is '../x.py', which is not inside the project | output = '../x.py'"],
        ),
        (
            "[site]\noutput = '.'\n",
            ["2:1: 'output' is '.', which is not inside the project | output = '.'"],
        ),
        (
            "catalogues = ['x.yaml', 'none/*.yaml']\n",
            ["1:26: no file is named like 'none/*.yaml' | catalogues = ['x.yaml', 'none/*.yaml']"],
        ),
        ("x = 1\ny = = 2\n", ["2:5: invalid value | y = = 2"]),
        ("x = [", ["1:6: invalid value | x = ["]),
    ],
)
def test_wrong_configuration(project: Path, text: str, problems: list[str]) -> None:
    (project / "errdex.toml").write_text(text)
    with pytest.raises(ConfigError) as caught:
        load_config()
    told = [
        f"{problem.location.line}:{problem.location.column}: {problem.message} | {problem.source}"
        for problem in caught.value.problems
    ]
    assert told == problems


def test_outputs_cannot_leave_through_a_link(project: Path) -> None:
    os.symlink("/", project / "out")
    (project / "errdex.toml").write_text("[pages]\noutput = 'out/tmp/pages'\n")
    with pytest.raises(ConfigError, match="not inside the project"):
        load_config()


def test_not_utf8(project: Path) -> None:
    (project / "errdex.toml").write_bytes(b"cache-dir = '\xff'\n")
    with pytest.raises(ConfigError, match=r"errdex\.toml: cannot be read: not UTF-8"):
        load_config()


def test_what_is_kept_says_what_the_file_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    text = FULL.replace('cache-dir = "cache"\n', "")
    for name, whole in (("errdex.toml", text), ("pyproject.toml", PYPROJECT)):
        (tmp_path / name).write_text(whole)
        plain = load_config()
        assert [load_config(keep=True) for _ in range(2)] == [plain] * 2
        kept = tmp_path / ".errdex_cache" / f"config-{name}.json"
        payload = read_kept(str(kept), "config") or b""
        write_kept(str(kept), "config", payload.replace(b"codes/", b"other/"))
        assert load_config(keep=True).catalogues == ("other/shop.yaml", *plain.catalogues[1:])  # it is used
        assert load_config() == plain
        (tmp_path / name).write_text(whole.replace("codes/", "new/"))
        assert load_config(keep=True).catalogues == ("new/shop.yaml", *plain.catalogues[1:])
        (tmp_path / name).unlink()
    assert (tmp_path / ".errdex_cache" / ".gitignore").exists()


PYPROJECT = """\
[project]
released = 2026-11-29
[tool.errdex]
catalogues = ["codes/shop.yaml"]
"""


@pytest.mark.parametrize("text", [FULL, "check = {select = [2026-11-29]}\n", "catalogues = [\n", "catalogues = 1\n"])
def test_what_is_not_kept(text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "errdex.toml").write_text(text)

    def said(*, keep: bool) -> object:
        try:
            return load_config(keep=keep)
        except ConfigError as error:
            return str(error)

    assert said(keep=True) == said(keep=True) == said(keep=False)
    assert not (tmp_path / ".errdex_cache").exists() or text == "catalogues = 1\n"


@pytest.mark.parametrize("bent", [b"", b"[]", b"{}", b"[1, 2]", b'["x", {}]', b"[" * 9999])
def test_what_somebody_else_kept_was_never_there(bent: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "errdex.toml").write_text("catalogues = ['shop.yaml']\n")
    plain = load_config(keep=True)
    kept = tmp_path / ".errdex_cache" / "config-errdex.toml.json"
    whole = kept.read_bytes()
    write_kept(str(kept), "config", bent)
    assert load_config(keep=True) == plain
    assert kept.read_bytes() == whole  # and it is mended
