"""Files: which are found, how they are decoded, and that nothing strange stops a run."""

from __future__ import annotations

import ast
import os
import shutil
import socket
from typing import TYPE_CHECKING

import pytest

from errdex.lint import files
from errdex.lint.files import Source, Unread

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def plant(root: Path, *names: str) -> None:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x = 1\n", encoding="utf-8")


def test_a_folder_is_walked_in_the_order_of_names(here: Path) -> None:
    plant(here, "b.py", "a/z.py", "a/b/c.py", "B.py", "c.pyw", "notes.txt", "stub.pyi", ".github/bot.py")
    assert list(files.find(["."])) == ["./B.py", "./b.py", "./c.pyw", "./.github/bot.py", "./a/z.py", "./a/b/c.py"]


@pytest.mark.parametrize("folder", sorted(files.SKIPPED_FOLDERS))
def test_folders_without_code_of_the_project_are_skipped_unless_named(here: Path, folder: str) -> None:
    plant(here, f"{folder}/a.py")
    assert list(files.find(["."])) == []
    assert list(files.find([folder])) == [f"{folder}/a.py"]
    assert list(files.find([f"{folder}/a.py"])) == [f"{folder}/a.py"]


def test_a_virtual_environment_of_any_name_is_skipped(here: Path) -> None:
    plant(here, "py311/lib/a.py", "py311/pyvenv.cfg", "src/a.py")
    assert list(files.find(["."])) == ["./src/a.py"]


def test_a_named_file_is_yielded_once_whatever_its_name(here: Path) -> None:
    plant(here, "script", "a.py")
    assert list(files.find(["script", "a.py", ".", "./a.py", "gone.py"])) == ["script", "a.py", "gone.py"]


def test_excluded_files_are_not_found_but_can_be_named(here: Path) -> None:
    plant(here, "src/a.py", "src/gen/b.py", "tests/c.py")
    assert list(files.find(["."], exclude=["tests", "gen/*.py"])) == ["./src/a.py"]
    assert list(files.find(["tests/c.py"], exclude=["tests"])) == ["tests/c.py"]


def test_a_folder_that_goes_meanwhile_hides_no_other(here: Path) -> None:
    plant(here, "a.py", "b/c.py", "d/e.py")
    found = iter(files.find(["."]))
    assert next(found) == "./a.py"
    shutil.rmtree(here / "b")
    gone, other = found
    assert isinstance(gone, files.Unread)
    assert (gone.path, other) == ("./b", "./d/e.py")


def test_what_comes_after_an_excluded_name_is_found(here: Path) -> None:
    plant(here, "a.py", "b.py", "c/d.py", "e/f.py")
    assert list(files.find(["."], exclude=["a.py", "c"])) == ["./b.py", "./e/f.py"]


def test_links_to_folders_are_not_followed_and_links_to_found_files_are_not_doubled(here: Path) -> None:
    plant(here, "project/a.py", "outside.py")
    os.symlink(".", here / "project/loop")
    os.symlink("a.py", here / "project/again.py")
    os.symlink("../outside.py", here / "project/borrowed.py")
    os.symlink("nowhere", here / "project/.#a.py")
    os.symlink("nowhere", here / "project/broken.py")
    assert list(files.find(["project"])) == ["project/a.py", "project/borrowed.py", "project/broken.py"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may list every folder")
def test_a_folder_that_cannot_be_listed_is_said(here: Path) -> None:
    plant(here, "a/x.py", "b/y.py")
    (here / "a").chmod(0)
    assert list(files.find(["."])) == [Unread("./a", "permission denied"), "./b/y.py"]


@pytest.mark.parametrize(
    ("path", "pattern", "expected"),
    [
        ("src/a.py", "b.py", False),
        ("src/tests_a.py", "tests", False),
        ("src/a.py", "/a.py", False),
        ("src/gen/a.py", "src/*.py", False),
        ("src/a.py", "*.py", True),
        ("src/a.py", "a.py", True),
        ("./src/a.py", "src/a.py", True),
        ("./src/a.py", "/src", True),
        ("/home/me/src/a.py", "src/*.py", True),
        ("src/tests/unit/a.py", "tests", True),
        ("src/tests/unit/a.py", "tests/", True),
        ("src/tests/unit/a.py", "tests/**", True),
        ("src/tests/unit/a.py", "src/**/a.py", True),
        ("src/a.py", "src/**/a.py", True),
        ("src/ab.py", "src/a?.py", True),
        ("src/a[1].py", "a[1].py", True),
        ("src/new\nline.py", "new*", True),
    ],
)
def test_globs(path: str, pattern: str, *, expected: bool) -> None:
    assert files.matches(path, pattern) is expected


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"", ""),
        (b"x = 'caf\xc3\xa9'\n", "x = 'café'\n"),
        (b"\xef\xbb\xbfx = 1\r\n", "x = 1\r\n"),
        (b"# -*- coding: latin-1 -*-\nx = 'caf\xe9'\n", "# -*- coding: latin-1 -*-\nx = 'café'\n"),
        (b"#!/usr/bin/python\r\n# vim: set fileencoding=cp1252 :\r\nx = '\x80'\r\n", None),
        (b"# one\r# coding: latin-1\rx = '\xe9'\r", "# one\r# coding: latin-1\rx = 'é'\r"),
        (b"x = 'encoding'\n# coding: nonsense on line three does not count\n\n", None),
    ],
)
def test_text_is_decoded_as_python_does(data: bytes, text: str | None) -> None:
    source = files.decode("a.py", data)
    assert isinstance(source, Source)
    if text is not None:
        assert source.text == text
    assert ast.dump(ast.parse(data)) == ast.dump(ast.parse(source.text))


def test_lines_are_those_of_the_parser() -> None:
    source = files.decode("a.py", b"a = 1\r\nb = 2\rc = '''\x0c\x1c\xe2\x80\xa8'''\nd = 3")
    assert isinstance(source, Source)
    assert [line[:1] for line in source.lines] == ["a", "b", "c", "d"]
    tree = files.parse(source)
    assert isinstance(tree, ast.Module)
    assert [node.lineno for node in tree.body] == [1, 2, 3, 4]


@pytest.mark.parametrize(
    ("data", "unread"),
    [
        (b"x = 1\r\ny = '\xc3\xa9\xff'\n", Unread("a.py", "it is not utf-8", 2, 7)),
        (b"# caf\xe9\n", Unread("a.py", "it is not utf-8", 1, 6)),
        (b"# coding: ascii\n\nx = '\xe9'\n", Unread("a.py", "it is not ascii", 3, 6)),
        (b"# coding: klingon\n", Unread("a.py", "its encoding is not known to Python (unknown encoding: klingon)")),
    ],
)
def test_text_that_cannot_be_decoded(data: bytes, unread: Unread) -> None:
    assert files.decode("a.py", data) == unread


def test_a_codec_that_is_not_of_text() -> None:
    unread = files.decode("a.py", b"# coding: rot13\nx = 1\n")
    assert isinstance(unread, Unread)
    assert unread.reason.startswith("its encoding is not one of text")


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("x = (1\ny = 2\n", 1, "'(' was never closed"),
        ("def f():\n\tif x:\n        y\n", 3, "inconsistent use of tabs"),
        ("print 'two'\n", 1, "Missing parentheses"),
        ("type X = = int\n", 1, "invalid syntax"),
        ("x = 1\x00\n", 1, "null bytes"),
        ("(" * 5000 + ")" * 5000, 1, "too"),
        ("x = '\udc80'\n", 1, "surrogates"),
    ],
)
def test_what_python_cannot_parse_is_unread(text: str, line: int, reason: str) -> None:
    unread = files.parse(Source("a.py", b"", text))
    assert isinstance(unread, Unread)
    assert unread.line == line
    assert reason in unread.reason
    assert "\n" not in unread.reason


def test_a_deep_tree_is_parsed_or_unread() -> None:
    assert isinstance(files.parse(Source("a.py", b"", "x = " + "1+" * 150_000 + "1\n")), ast.Module | Unread)


def test_invalid_escapes_do_not_warn() -> None:
    assert isinstance(files.parse(Source("a.py", b"", r"x = '\d'")), ast.Module)


def test_a_file_that_is_too_large_is_said(here: Path) -> None:
    with open(here / "huge.py", "wb") as file:
        file.truncate(files.MOST_BYTES + 1)
    assert files.read_source("huge.py") == Unread("huge.py", "it is larger than 64 MiB")
    data = b"#" * (files.MOST_PARSED_BYTES + 1)
    assert files.parse(Source("a.py", data, data.decode())) == Unread("a.py", "it is larger than 4 MiB")


def test_only_regular_files_are_opened(here: Path) -> None:
    os.mkfifo(here / "fifo.py")
    os.symlink("/dev/zero", here / "endless.py")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("socket.py")
        assert [files.read_source(path) for path in ("fifo.py", "endless.py")] == [
            Unread("fifo.py", "it is not a regular file"),
            Unread("endless.py", "it is not a regular file"),
        ]
        assert isinstance(files.read_source("socket.py"), Unread)
    assert files.read_source(".") == Unread(".", "it is not a regular file")


def test_a_file_that_vanished_is_said(here: Path) -> None:
    assert files.read_source("gone.py") == Unread("gone.py", "no such file or directory")
    assert files.read_source("nul\0.py") == Unread("nul\0.py", "embedded null byte")
    os.symlink("self.py", here / "self.py")
    assert files.read_source("self.py") == Unread("self.py", "too many levels of symbolic links")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_a_file_that_may_not_be_read_is_said(here: Path) -> None:
    plant(here, "secret.py")
    (here / "secret.py").chmod(0)
    assert files.read_source("secret.py") == Unread("secret.py", "permission denied")


def test_an_unread_file_is_a_finding() -> None:
    finding = files.unread_file(Unread("a.py", "permission denied", 3, 7))
    assert finding.rule == "unread-file"
    assert finding.message == "the file cannot be checked: permission denied"
    assert finding.span == ("a.py", 3, 7, 3, 8)


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (b"import os\n", False),
        (b"from .client import fetch\nfetch('/x')\n", False),
        (b"import requests\n", True),
        (b"import httpx2 as http\n", True),
        (b"from urllib3 import PoolManager\n", True),
        (b"import http.client\n", True),
        (b"from http import client\nclient.HTTPSConnection('x')\n", True),
    ],
)
def test_the_prefilter_knows_the_libraries(code: bytes, *, expected: bool) -> None:
    assert files.mentions_http(code) is expected


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("try:\n    pass\nexcept (A, B):\n    pass\n", True),
        ("try:\n    pass\nexcept A, B:\n    pass\n", True),  # PEP 758
        ("try:\n    pass\nexcept* a.B, c.D :  # why\n    pass\n", True),
        ("try:\n    pass\nexcept A, B:\n    print 'Python 2'\n", False),
        ("try:\n    pass\nexcept A, B as error:\n    pass\n", False),  # no Python reads it
    ],
)
def test_handlers_without_parentheses_are_read(text: str, *, read: bool) -> None:
    source = files.decode("client.py", text.encode())
    assert isinstance(source, files.Source)
    assert isinstance(files.parse(source), files.Unread) != read
