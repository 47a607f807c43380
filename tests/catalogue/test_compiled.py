from __future__ import annotations

import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from errdex.catalogue import compiled, model
from errdex.catalogue.compiled import load_cached
from errdex.catalogue.load import load_catalogue
from errdex.errors import CatalogueError
from errdex.kept import header

NETWRIX = str(Path(__file__).parents[2] / "codes" / "netwrix-auditor.yaml")
EVERYTHING = """\
catalogue: 1
api: {id: shop, title: "Shöp \\U0001F6D2", servers: [{url: "https://{host}/", variables: {host: localhost}}]}
links: {guide: {title: Guide}, book: {title: Book, url: "https://example.com"}}
bodies:
  empty: {kind: empty}
  error: {kind: error, problem: {json: a.b}, problems: [Slow, Other], open: true, example: {text/plain: "a\\nb"}}
causes: {slow: {says: Slow., remedies: [wait], retryable: true}, same: Slow.}
remedies: {wait: Wait.}
problems: {Slow: {causes: [slow], remedies: [wait], retryable: false, type: "about:blank"}}
operations:
  read: {title: Read, endpoints: [GET /x, POST /x], limits: [One.], tags: [a, b], since: "1", deprecated: {use: list}}
  list: {title: List, endpoints: [GET /y], doc_url: "https://example.com"}
groups: {all: {title: All, operations: [read, list]}}
responses:
  200: {}
  404: {for: {read: not-applicable}}
  500: {for: {all: {body: error, causes: [slow, same], headers: {X-A: How., X-B: {required: true}}, related: [404]}}}
  503: {body: empty, retryable: false, deprecated: true, client: ignore}
notes: [One., Two.]
"""


@pytest.fixture
def kept(tmp_path: Path) -> str:
    return str(tmp_path / "cache")


def written(path: Path, text: str = EVERYTHING) -> str:
    path.write_text(text, encoding="utf-8")
    return str(path)


def the_file(kept: str) -> Path:
    (found,) = Path(kept).glob("catalogue-*")
    return found


def exactly(catalogue: model.Catalogue) -> str:
    """Tell types apart too: a NamedTuple equals any tuple."""
    return repr(catalogue)


def test_a_kept_catalogue_is_the_same_in_every_field(tmp_path: Path, kept: str) -> None:
    for path in (NETWRIX, written(tmp_path / "shop.yaml")):
        plain = load_catalogue(path)
        for _ in range(3):
            assert exactly(load_cached(path, kept)) == exactly(plain)


def test_what_was_one_record_is_one_record_again(kept: str) -> None:
    load_cached(NETWRIX, kept)
    catalogue = load_cached(NETWRIX, kept)
    bodies = {id(r.body) for r in catalogue.responses() if r.body and r.body.id == "empty"}
    assert len(bodies) == 1


def test_nothing_is_kept_without_a_folder_for_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert exactly(load_cached(NETWRIX, "")) == exactly(load_catalogue(NETWRIX))
    assert list(tmp_path.iterdir()) == []


def test_the_second_time_neither_yaml_nor_the_loader_is_imported(kept: str) -> None:
    code = f"""
import sys, errdex.catalogue.model
before = set(sys.modules)
from errdex.catalogue.compiled import load_cached
from errdex.kept import header
load_cached({NETWRIX!r}, {kept!r})
print(sorted(name for name in set(sys.modules) - before if not name.startswith("_")))
"""
    runs = [
        subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment()
        ).stdout
        for _ in range(2)
    ]
    assert "'yaml'" in runs[0]
    allowed = {"errdex.catalogue.compiled", "errdex.kept", "errdex.errors", "gc", "itertools", "operator", "zlib"}
    assert {name for name in json.loads(runs[1].replace("'", '"')) if name.split(".")[0] != "json"} <= allowed


def environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(Path(compiled.__file__).parents[2])}


def test_a_change_of_the_source_is_seen(tmp_path: Path, kept: str) -> None:
    path = written(tmp_path / "shop.yaml")
    stat = os.stat(path)
    load_cached(path, kept)
    written(tmp_path / "shop.yaml", EVERYTHING.replace("Two.", "Owt."))
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))  # same size, same time
    assert load_cached(path, kept).notes == ("One.", "Owt.")
    assert load_cached(path, kept).notes == ("One.", "Owt.")


def test_a_source_that_breaks_is_not_covered_up(tmp_path: Path, kept: str) -> None:
    path = written(tmp_path / "shop.yaml")
    load_cached(path, kept)
    written(tmp_path / "shop.yaml", EVERYTHING + "nonsense: 1\n")
    with pytest.raises(CatalogueError, match="unknown key 'nonsense'"):
        load_cached(path, kept)
    os.unlink(path)
    with pytest.raises(CatalogueError, match="no such file"):
        load_cached(path, kept)


def test_a_broken_source_is_not_kept(tmp_path: Path, kept: str) -> None:
    path = written(tmp_path / "shop.yaml", "catalogue: 2\n")
    for _ in range(2):
        with pytest.raises(CatalogueError, match="'catalogue' is 2"):
            load_cached(path, kept)
    assert not Path(kept).exists()


def test_a_folder_is_read_again_when_a_file_comes_goes_or_changes(tmp_path: Path, kept: str) -> None:
    folder = tmp_path / "codes"
    folder.mkdir()
    written(folder / "a.yaml")
    path = str(folder)
    assert [load_cached(path, kept).notes for _ in range(2)] == [("One.", "Two.")] * 2
    written(folder / "b.yaml", "catalogue: 1\nnotes: [Three.]\n")
    assert [load_cached(path, kept).notes for _ in range(2)] == [("One.", "Two.", "Three.")] * 2
    written(folder / "b.yaml", "catalogue: 1\nnotes: [Four.]\n")
    assert load_cached(path, kept).notes == ("One.", "Two.", "Four.")
    os.unlink(folder / "b.yaml")
    assert load_cached(path, kept).notes == ("One.", "Two.")


def test_a_file_that_a_description_refers_to_is_watched_too(tmp_path: Path, kept: str) -> None:
    path = written(
        tmp_path / "api.yaml",
        "openapi: 3.0.3\ninfo: {title: X, version: '1'}\npaths: {/x: {get: {operationId: read, responses: "
        "{'404': {$ref: 'parts.yaml#/Gone'}}}}}\n",
    )
    parts = written(tmp_path / "parts.yaml", "Gone: {description: It is gone.}\n")
    os.utime(parts, (0, 0))
    assert [load_cached(path, kept).responses()[0].summary for _ in range(2)] == ["It is gone."] * 2
    assert len(list(Path(kept).glob("catalogue-*"))) == 1
    written(tmp_path / "parts.yaml", "Gone: {description: It is lost.}\n")
    assert load_cached(path, kept).responses()[0].summary == "It is lost."
    os.utime(parts)  # so new that it may have changed since it was parsed
    os.unlink(the_file(kept))
    load_cached(path, kept)
    assert list(Path(kept).glob("catalogue-*")) == []


def test_a_damaged_file_is_no_catalogue_and_no_error(tmp_path: Path, kept: str) -> None:
    path = written(tmp_path / "shop.yaml")
    plain = exactly(load_cached(path, kept))
    whole = the_file(kept).read_bytes()
    damaged = [b"", b"\n", b"{}", whole[:-1], whole + b" ", whole[: len(whole) // 2], whole[50:], b"\x00" * 1000]
    damaged += [whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :] for at in range(0, len(whole), 97)]
    for data in damaged:
        the_file(kept).write_bytes(data)
        assert exactly(load_cached(path, kept)) == plain
        assert the_file(kept).read_bytes() == whole  # and it is mended


BENT: dict[str, object] = {
    "a list": [],
    "nothing": {},
    "no catalogue": {"Catalogue": [0, []]},
    "too few columns": {"Catalogue": [1, [[["x"]]]]},
    "no table": {"Response": None},
    "no column": {"Response": [1, [None] * 20]},
    "columns that are no fields": {"Response": [1, [[["x"]]] * 20]},
    "records that are not there": {"Cell": [1, [[[[0]]], [[9]], [[999]]]]},
    "numbers that are not there": {"Cell": [1, [[[[0]]], [[9]], [{"from": 4_000_000, "to": 4_000_004}]]]},
    "a part of a number": {"Cell": [1, [[[[0]]], [[9]], [{"from": 0, "to": 3}]]]},
    "a column of no kind": {"Cell": [1, [[[[0]]], [[9]], [{"first": 0}]]]},
    "too few rows": {"Remedy": [5, [[["x"]], [["y"]], [[[0], [1], [1]]]]]},
    "no sources": {"sources": []},
    "another source": {"sources": {"/etc/hostname": "0"}},
}


@pytest.mark.parametrize("bent", BENT.values(), ids=BENT)
def test_a_file_that_somebody_else_wrote_is_not_trusted(bent: object, tmp_path: Path, kept: str) -> None:
    path = written(tmp_path / "shop.yaml")
    plain = exactly(load_cached(path, kept))
    _, text, numbers = the_file(kept).read_bytes().split(b"\n", 2)
    said = {**json.loads(text), **bent} if isinstance(bent, dict) and bent else bent
    payload = json.dumps(said).encode() + b"\n" + numbers
    the_file(kept).write_bytes(header(compiled._kind(), payload) + payload)
    assert exactly(load_cached(path, kept)) == plain


def test_nesting_that_no_reader_survives(tmp_path: Path, kept: str) -> None:
    path = written(tmp_path / "shop.yaml")
    plain = exactly(load_cached(path, kept))
    payload = b"[" * 100_000 + b"\n"
    the_file(kept).write_bytes(header(compiled._kind(), payload) + payload)
    assert exactly(load_cached(path, kept)) == plain


def test_a_file_of_another_version_is_not_read(tmp_path: Path, kept: str) -> None:
    path = written(tmp_path / "shop.yaml")
    load_cached(path, kept)
    first, _, payload = the_file(kept).read_bytes().partition(b"\n")
    for old, new in ((b" 0.", b" 9."), (compiled._fingerprint().encode(), b"0" * 32)):
        lying = payload.replace(b"Two.", b"Old.")
        whole = header(compiled._kind(), lying)
        assert old in first
        the_file(kept).write_bytes(whole.replace(old, new, 1) + lying)
        assert load_cached(path, kept).notes == ("One.", "Two.")


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    path = written(tmp_path / "shop.yaml")
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    for folder in (str(blocked), str(blocked / "below"), "/proc/nowhere", "\0"):
        assert load_cached(path, folder).api.id == "shop"
    assert blocked.read_text() == "not a folder"


def test_a_link_in_its_place_is_replaced_and_not_followed(tmp_path: Path, kept: str) -> None:
    path = written(tmp_path / "shop.yaml")
    load_cached(path, kept)
    victim = tmp_path / "victim"
    victim.write_text("precious")
    place = the_file(kept)
    place.unlink()
    place.symlink_to(victim)
    load_cached(path, kept)
    assert victim.read_text() == "precious"
    assert not place.is_symlink()


def test_runs_at_the_same_time_do_not_hurt_each_other(tmp_path: Path, kept: str) -> None:
    path = written(tmp_path / "shop.yaml")
    code = (
        "import sys; from errdex.catalogue.compiled import load_cached\n"
        "for _ in range(20): print(load_cached(sys.argv[1], sys.argv[2]).notes)\n"
    )

    def run(_: int) -> str:
        command = [sys.executable, "-c", code, path, kept]
        return subprocess.run(command, capture_output=True, text=True, check=True, env=environment()).stdout

    with ThreadPoolExecutor(4) as pool:
        outputs = list(pool.map(run, range(4)))
    assert outputs == ["('One.', 'Two.')\n" * 20] * 4
    assert sorted(file.name.split("-")[0] for file in Path(kept).iterdir()) == [".gitignore", "catalogue"]


def test_the_folder_stays_out_of_version_control(kept: str) -> None:
    load_cached(NETWRIX, kept)
    assert (Path(kept) / ".gitignore").read_text() == "*\n"


def test_every_record_is_written_and_after_what_it_has() -> None:
    records = {value for value in vars(model).values() if isinstance(value, type) and issubclass(value, tuple)}
    assert {record for record in records if record.__module__ == model.__name__} == set(compiled._RECORDS)
    seen = set()
    for record in compiled._RECORDS:
        for field in compiled._fields(record):
            assert not field.record or field.record in seen
            if field.kind == "plain":
                said = record.__annotations__[field.name]
                said = getattr(said, "__forward_arg__", said)
                assert said in {"str", "str | None", "bool", "bool | None", "int", "State", "ClientPolicy", "BodyKind"}
        seen.add(record.__name__)
