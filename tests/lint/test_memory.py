"""What runs learn: the same report with it and without it, whatever happens to the files in between."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import chdir
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from errdex.catalogue.load import load_catalogue
from errdex.kept import SETTLED, read_kept, write_kept
from errdex.lint import memory
from errdex.lint.run import Settings, check
from tests.conftest import clean_environment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from errdex.lint.report import Report
    from tests.conftest import Errdex

CATALOGUE = """
catalogue: 1
api: {id: shelf, title: Shelf, version: "1", servers: ["https://shelf.test"]}
operations:
  list-books: {title: List books, endpoints: [GET /books]}
  list-loans: {title: List loans, endpoints: [GET /loans]}
responses:
  200: {for: {list-books: {}, list-loans: {}}}
  404: {for: {list-books: {}}}
  503: {for: {list-books: {}, list-loans: {}}}
"""
FETCH = "import requests\n\n\ndef fetch(path):\n    return requests.get('https://shelf.test' + path)\n"
CHECKED = """import requests


def fetch(path):
    response = requests.get('https://shelf.test' + path)
    response.raise_for_status()
    return response
"""
ELSEWHERE = FETCH.replace("shelf.test", "other.test")
READ = "\n\ndef read():\n    return fetch('/books').json()\n"
DIRECT = """import requests


def direct():
    return requests.get("https://shelf.test/loans").json()
"""
TEXTS = [
    "", "x = 1\n", FETCH, CHECKED, ELSEWHERE, DIRECT,
    f"from fetching import fetch{READ}", f"from app.fetching import fetch{READ}", f"from lib.shared import fetch{READ}",
    "from .deep import part\n\n\ndef read():\n    return part.fetch('/loans').json()\n",
    "from fetching import fetch\n", "from lib.shared import *\n",
    "import requests\n\n\ndef load(url):\n    return requests.get(url).json()\n",
    "def broken(:\n", "x = 1  # errdex: ignore\n", "import requests  # errdex: nonsense\n",
    DIRECT.replace("json()", "json()  # errdex: ignore[dropped-status] they know"),
]  # fmt: skip
PATHS = [
    "app/main.py", "app/fetching.py", "app/fetching/__init__.py", "app/__init__.py", "app/deep/__init__.py",
    "app/deep/part.py", "lib/shared.py", "lib/__init__.py", "lib/shared/__init__.py",
]  # fmt: skip


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Path]:
    (tmp_path / "shelf.yaml").write_text(CATALOGUE)
    with chdir(tmp_path):
        yield tmp_path


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    path = tmp_path_factory.mktemp("catalogue") / "shelf.yaml"
    path.write_text(CATALOGUE)
    return Settings(paths=("app",), catalogues=(load_catalogue(str(path)),), cache_dir=".cache", known="shelf", jobs=1)


def write(path: str, text: str | None) -> None:
    place = Path(path)
    if text is None:
        place.unlink(missing_ok=True)
        return
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(text)


def told(report: Report) -> Report:
    return report._replace(seconds=0)


def same(asked: Settings) -> Report:
    """Run with what was learnt, and without; what they say is the same, to the last field."""
    plain = told(check(asked._replace(cache_dir=None)))
    for _ in range(2):
        assert repr(told(check(asked))) == repr(plain)
    return plain


@pytest.fixture
def believing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Believe what the system says of files at once: no test writes twice within a tick of the clock."""
    monkeypatch.setattr(memory, "SETTLED", 0)


def kept(kind: str) -> Path:
    (found,) = Path(".cache").glob(f"lint-*-{kind}.json")
    return found


def bend(kind: str) -> None:
    """Have what is kept say something else, so that its use can be seen."""
    payload = read_kept(str(kept(kind)), f"lint {kind}")
    assert payload is not None
    assert payload.count(b"nothing looks at the status") == 1, payload
    write_kept(
        str(kept(kind)), f"lint {kind}", payload.replace(b"nothing looks at the status", b"somebody looks at it")
    )


def messages(asked: Settings) -> list[str]:
    return [finding.message.rpartition(", and ")[2] for finding in check(asked).findings]


def test_nothing_is_kept_without_being_asked(project: Path, asked: Settings) -> None:
    write("app/main.py", DIRECT)
    check(asked._replace(cache_dir=None))
    check(asked._replace(known=""))
    assert not (project / ".cache").exists()
    check(asked._replace(stdin=("app/main.py", DIRECT)))
    check(asked._replace(paths=("app/main.py",)))
    assert {name.stem.rpartition("-")[2] for name in Path(".cache").glob("lint-*")} == {"pieces"}  # nothing of files


@pytest.mark.usefixtures("project", "believing")
def test_a_second_run_asks_nothing_again(asked: Settings) -> None:
    write("app/main.py", DIRECT)
    assert messages(asked)[0].endswith("nothing looks at the status")
    bend("report")
    assert messages(asked)[0].endswith("somebody looks at it")


@pytest.mark.usefixtures("project", "believing")
def test_a_part_is_not_asked_again_when_another_changes(asked: Settings) -> None:
    write("app/main.py", FETCH + READ)
    write("app/other.py", "x = 1\n")
    before = messages(asked)
    assert len(before) == 1
    bend("parts")
    write("app/other.py", "x = 2\n")
    assert messages(asked)[0].endswith("somebody looks at it")
    write("app/main.py", FETCH + READ + "\n")
    assert messages(asked) == before


@pytest.mark.usefixtures("project", "believing")
def test_little_is_learnt_again_and_not_kept(asked: Settings) -> None:
    long = "#" * 2500  # so that files without a client are not parsed
    for number in range(450):
        write(f"app/part{number}.py", f"x = {number}\n{long}\n")
    write("app/main.py", FETCH + READ)
    assert len(same(asked).findings) == 1
    before = kept("parts").read_bytes()
    for text in ("x = 'a'\n", "import os\n", "x = 'b'\n"):
        write("app/part7.py", text + long)
        assert len(same(asked).findings) == 1
        assert kept("parts").read_bytes() == before
    for edits in (
        {f"app/part{number}.py": "x = 'c'\n" for number in range(3)},  # too many
        {"app/main.py": FETCH + READ + "\n"},  # too dear
        {"app/new.py": "x = 1\n"},  # what all import has to be found anew
    ):
        before = kept("parts").read_bytes()
        for path, text in edits.items():
            write(path, text)
        assert same(asked).files == 451 + ("app/new.py" in edits)
        assert kept("parts").read_bytes() != before


@pytest.mark.usefixtures("project")
def test_what_was_just_written_is_read_again(asked: Settings) -> None:
    write("app/main.py", DIRECT)
    check(asked)
    assert list(Path(".cache").glob("lint-*-report.json")) == []
    signs = json.loads(read_kept(str(kept("parts")), "lint parts") or b"")["signs"]
    assert set(signs) == {0}


BEFORE = {"app/main.py": f"from fetching import fetch{READ}", "app/fetching.py": FETCH}


@pytest.mark.usefixtures("project", "believing")
@pytest.mark.parametrize(
    ("files", "edits"),
    [
        (BEFORE, {"app/fetching.py": CHECKED}),
        (BEFORE, {"app/fetching.py": ELSEWHERE}),
        (BEFORE, {"app/fetching.py": None}),
        (BEFORE, {"app/fetching.py": "def broken(:\n"}),
        (BEFORE, {"app/main.py": "x = 1\n"}),
        # A package goes before a module of the same name in another folder, and comes after it in the same.
        (BEFORE, {"app/fetching.py": None, "app/fetching/__init__.py": CHECKED}),
        ({"app/main.py": BEFORE["app/main.py"], "fetching.py": FETCH}, {"app/fetching.py": CHECKED}),
        ({"app/main.py": BEFORE["app/main.py"]}, {"fetching.py": FETCH}),
        ({"app/main.py": BEFORE["app/main.py"]}, {"app/fetching.py": FETCH}),
        # Files outside of the run.
        ({"app/main.py": f"from lib.shared import fetch{READ}", "lib/shared.py": FETCH}, {"lib/shared.py": CHECKED}),
        ({"app/main.py": f"from lib.shared import fetch{READ}", "lib/shared.py": FETCH}, {"lib/shared.py": None}),
        (
            {"app/main.py": f"from lib.a import fetch{READ}", "lib/a.py": "from lib.b import *\n", "lib/b.py": FETCH},
            {"lib/b.py": CHECKED},
        ),
        # Files that are not walked.
        ({"app/main.py": "x = 1\n"}, {"app/main.py": "def broken(:\n"}),
        ({"app/main.py": "x = 1\n"}, {"app/main.py": "x = 1  # errdex: ignore\n"}),
        ({"app/main.py": TEXTS[12]}, {"app/main.py": "\n" + TEXTS[12]}),
        ({"app/main.py": "x = 1\n"}, {"app/two.py": "x = 1\n"}),
        ({"app/main.py": "x = 1\n", "app/two.py": "x = 1\n"}, {"app/two.py": None}),
    ],
)
def test_a_change_is_noticed(files: dict[str, str], edits: dict[str, str | None], asked: Settings) -> None:
    for path, text in files.items():
        write(path, text)
    before = same(asked)
    for path, edit in edits.items():
        write(path, edit)
    assert same(asked) != before
    for path in edits:
        write(path, files.get(path))
    assert same(asked) == before


@pytest.mark.usefixtures("project", "believing")
def test_a_change_that_leaves_size_and_time_alone_is_noticed(asked: Settings) -> None:
    write("app/main.py", DIRECT)
    before, status = same(asked), os.stat("app/main.py")
    write("app/main.py", DIRECT.replace("loans", "books"))
    os.utime("app/main.py", ns=(status.st_atime_ns, status.st_mtime_ns))
    assert os.stat("app/main.py").st_size == status.st_size
    assert same(asked) != before


@pytest.mark.usefixtures("project", "believing")
def test_a_file_that_cannot_be_read_and_then_can(asked: Settings) -> None:
    write("app/main.py", DIRECT)
    os.symlink("nowhere.py", "app/link.py")
    assert [finding.rule for finding in same(asked).findings] == ["unread-file", "unchecked-response"]
    write("app/nowhere.py", "x = 1\n")
    assert [finding.rule for finding in same(asked).findings] == ["unchecked-response"]


@pytest.mark.usefixtures("project", "believing")
def test_other_settings_and_catalogues_are_another_run(asked: Settings) -> None:
    write("app/main.py", DIRECT)
    (found,) = same(asked).findings
    for other in (
        asked._replace(ignore=frozenset({found.rule})),
        asked._replace(select=frozenset({"broad-except"})),
        asked._replace(ambient=frozenset({"401"})),
        asked._replace(exclude=("main.py",)),
        asked._replace(per_file_ignores=(("main.py", frozenset({found.rule})),)),
        asked._replace(known="another"),
        asked._replace(paths=("app", "lib")),
        asked._replace(whole=True),
        asked._replace(strict=True),
    ):
        same(other)
    assert same(asked).findings == (found,)
    assert len(list(Path(".cache").glob("lint-*-parts.json"))) == 10


def damages(whole: bytes) -> Iterator[bytes]:
    yield from (b"", b"\n", b"{}", whole[:-1], whole + b" ", whole[: len(whole) // 2], whole[50:], b"\x00" * 1000)
    yield from (whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :] for at in range(0, len(whole), 211))


@pytest.mark.usefixtures("project", "believing")
@pytest.mark.parametrize("kind", ["parts", "report"])
def test_a_damaged_file_was_never_there(kind: str, asked: Settings) -> None:
    for path, text in BEFORE.items():
        write(path, text)
    plain = same(asked)
    whole = kept(kind).read_bytes()
    for data in damages(whole):
        kept(kind).write_bytes(data)
        if kind == "parts":
            kept("report").unlink(missing_ok=True)
        assert told(check(asked)) == plain
        assert kept(kind).read_bytes() == whole  # and it is mended


BENT: dict[str, object] = {
    "a list": [],
    "nothing": {},
    "no paths": {"paths": None},
    "paths that are none": {"paths": [1, 2]},
    "too few signs": {"signs": [1]},
    "marks that are none": {"marks": [None, None]},
    "no marks": {"marks": []},
    "truths that are none": {"told": [None, "x"]},
    "files that are not there": {"edges": [[99, [99]]]},
    "edges that are none": {"edges": [1]},
    "parts that are none": {"parts": [["key", [], [], []]]},
    "no folders": {"folders": []},
    "folders that are none": {"folders": {}, "listings": {}},
    "another tree": {"tree": "0"},
    "files as a list": {"files": [1]},
    "folders as a text": {"folders": "x"},
    "a report that is none": {"report": [[["x"]], [], [], 1]},
    "a report with a number for a text": {"report": [[], [], [[["main.py", 1, 1, 1, 1], 5]], 1]},
    "a report with a text for a number": {"report": [[], [], [[["main.py", "1", 1, 1, 1], "x"]], 1]},
}


@pytest.mark.usefixtures("project", "believing")
@pytest.mark.parametrize("kind", ["parts", "report"])
@pytest.mark.parametrize("bent", BENT.values(), ids=BENT)
def test_a_file_that_somebody_else_wrote_was_never_there(bent: Any, kind: str, asked: Settings) -> None:
    for path, text in BEFORE.items():
        write(path, text)
    plain = same(asked)
    document = json.loads(read_kept(str(kept(kind)), f"lint {kind}") or b"")
    payload = json.dumps({**document, **bent} if bent else bent).encode()
    write_kept(str(kept(kind)), f"lint {kind}", payload)
    if kind == "parts":
        kept("report").unlink()
    assert told(check(asked)) == plain


@pytest.mark.usefixtures("project", "believing")
def test_a_folder_that_cannot_be_written(asked: Settings) -> None:
    write("app/main.py", DIRECT)
    write("file", "not a folder")
    for folder in ("file", "file/below", "/proc/nowhere", "\0"):
        same(asked._replace(cache_dir=folder))
    assert Path("file").read_text() == "not a folder"


@pytest.mark.usefixtures("project", "believing")
def test_only_so_many_ways_to_run_are_kept(asked: Settings) -> None:
    write("app/main.py", DIRECT)
    for number in range(30):
        check(asked._replace(known=str(number)))
    assert len(list(Path(".cache").glob("lint-*"))) == 72


EDITS = st.lists(st.tuples(st.sampled_from(PATHS), st.sampled_from([*TEXTS, None])), min_size=1, max_size=4)


@pytest.mark.parametrize("settled", [0, SETTLED])
@settings(max_examples=30, deadline=None)
@given(steps=st.lists(EDITS, min_size=2, max_size=6))
def test_any_edits(settled: int, steps: list[list[tuple[str, str | None]]], asked: Settings) -> None:
    with (
        pytest.MonkeyPatch.context() as patch,
        tempfile.TemporaryDirectory() as folder,
        chdir(folder),
    ):
        patch.setattr(memory, "SETTLED", settled)
        os.mkdir("app")
        for edits in steps:
            for path, text in edits:
                write(path, text)
            same(asked)


@pytest.mark.usefixtures("project")
def test_twenty_runs_at_the_same_time(errdex: Errdex) -> None:
    for path, text in BEFORE.items():
        write(path, text)
    words = ["check", "app", "--catalogue", "shelf.yaml", "--format", "concise"]
    plain = errdex(*words, "--no-cache", cwd=Path.cwd())
    assert plain.code == 1
    assert not Path(".errdex_cache").exists()

    def run(_: int) -> tuple[int, str]:
        command = [sys.executable, "-m", "errdex", *words]
        done = subprocess.run(command, env=clean_environment(), capture_output=True, text=True, check=False)
        return done.returncode, done.stdout + done.stderr

    with ThreadPoolExecutor(20) as pool:
        outputs = list(pool.map(run, range(20)))
    assert set(outputs) == {(1, plain.out)}
    names = sorted(path.name.partition("-")[0] for path in Path(".errdex_cache").iterdir())
    assert set(names) - {"sources"} == {".gitignore", "catalogue", "lint"}
    assert [name for name in Path(".errdex_cache").iterdir() if not name.name.endswith((".json", "ignore"))] == []


def test_a_changed_catalogue_is_noticed(project: Path, errdex: Errdex) -> None:
    write("app/main.py", DIRECT)
    words = ["check", "app", "--catalogue", "shelf.yaml", "--format", "concise"]
    before = [errdex(*words, cwd=project).out for _ in range(2)]
    assert before[0] == before[1]
    assert "404" not in before[0]
    write("shelf.yaml", CATALOGUE.replace("404: {for: {list-books: {}}}", "404: {}"))
    assert "404 and 503" in errdex(*words, cwd=project).out
