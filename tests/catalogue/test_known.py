from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from errdex.catalogue import known
from errdex.catalogue.known import know
from errdex.catalogue.load import load_catalogue
from errdex.errors import CatalogueError, UsageError
from errdex.kept import read_kept, write_kept

TEXT = """\
catalogue: 1
api: {id: shelf, title: Shelf, version: "1"}
operations: {read: {title: Read, endpoints: [GET /x]}}
responses: {200: {for: {read: {}}}}
notes: [One.]
"""
OPENAPI = """\
openapi: 3.0.3
info: {title: Shelf, version: '1'}
paths: {/x: {get: {operationId: read, responses: {'404': {$ref: 'parts.yaml#/Gone'}}}}}
"""


@pytest.fixture
def kept(tmp_path: Path) -> str:
    return str(tmp_path / "cache")


@pytest.fixture
def believing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Believe what the system says of files at once: no test writes twice within a tick of the clock."""
    monkeypatch.setattr(known, "SETTLED", 0)


def written(path: Path, text: str = TEXT) -> str:
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return str(path)


def file(kept: str, kind: str) -> Path:
    (found,) = Path(kept).glob(f"{kind}-*")
    return found


def notes(path: str, kept: str) -> tuple[str, ...]:
    """What the catalogue says, known for the first time or again, and that its mark stands for exactly that."""
    one, two = know(path, kept), know(path, kept)
    assert one.mark == two.mark != ""
    assert repr(one.read()) == repr(two.read()) == repr(load_catalogue(path))
    assert one.api == two.api == one.read().api.id
    return one.read().notes


def mark_is_kept(path: str, kept: str) -> bool:
    """Return whether what stands for the sources is what was kept, not what they hold."""
    place = file(kept, "sources")
    document = json.loads(read_kept(str(place), "catalogue sources") or b"")
    lying = {**document, "digests": dict.fromkeys(document["digests"], "0")}
    before = know(path, kept).mark
    write_kept(str(place), "catalogue sources", json.dumps(lying).encode())
    after = know(path, kept).mark
    write_kept(str(place), "catalogue sources", json.dumps(document).encode())
    return before != after


def test_nothing_is_kept_without_a_folder_for_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(tmp_path / "shelf.yaml")
    monkeypatch.chdir(tmp_path)
    assert (know(path, "").mark, know(path, "").read()) == ("", load_catalogue(path))
    assert [one.name for one in tmp_path.iterdir()] == ["shelf.yaml"]


def test_what_was_just_written_is_not_believed(tmp_path: Path, kept: str) -> None:
    assert notes(written(tmp_path / "shelf.yaml"), kept) == ("One.",)
    assert list(Path(kept).glob("sources-*")) == []


@pytest.mark.usefixtures("believing")
def test_sources_are_not_read_again(tmp_path: Path, kept: str) -> None:
    path = written(tmp_path / "shelf.yaml")
    assert notes(path, kept) == ("One.",)
    assert mark_is_kept(path, kept)


@pytest.mark.usefixtures("believing")
def test_changes_are_seen(tmp_path: Path, kept: str) -> None:
    path = written(tmp_path / "shelf.yaml")
    stat = os.stat(path)
    assert notes(path, kept) == ("One.",)
    written(tmp_path / "shelf.yaml", TEXT.replace("One.", "Two."))
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))  # same size, same time
    assert notes(path, kept) == ("Two.",)
    other = written(tmp_path / "other.yaml", TEXT.replace("One.", "Six."))
    os.utime(other, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    os.replace(other, path)
    assert notes(path, kept) == ("Six.",)
    written(tmp_path / "shelf.yaml", TEXT + "nonsense: 1\n")
    with pytest.raises(CatalogueError, match="unknown key 'nonsense'"):
        know(path, kept)
    os.unlink(path)
    with pytest.raises(CatalogueError, match="no such file"):
        know(path, kept)


@pytest.mark.usefixtures("believing")
def test_a_file_that_comes_to_a_folder_or_goes_is_seen(tmp_path: Path, kept: str) -> None:
    path = str(tmp_path / "codes")
    written(tmp_path / "codes" / "a.yaml")
    assert notes(path, kept) == ("One.",)
    written(tmp_path / "codes" / "b.yaml", "catalogue: 1\nnotes: [Two.]\n")
    assert notes(path, kept) == ("One.", "Two.")
    os.unlink(tmp_path / "codes" / "b.yaml")
    assert notes(path, kept) == ("One.",)


@pytest.mark.usefixtures("believing")
def test_a_file_that_a_description_refers_to_is_watched_too(tmp_path: Path, kept: str) -> None:
    path = written(tmp_path / "api.yaml", OPENAPI)
    parts = written(tmp_path / "parts.yaml", "Gone: {description: It is gone.}\n")
    os.utime(parts, (0, 0))
    assert [know(path, kept).read().responses()[0].summary for _ in range(3)] == ["It is gone."] * 3
    assert mark_is_kept(path, kept)
    written(tmp_path / "parts.yaml", "Gone: {description: It is lost.}\n")
    os.utime(parts, (0, 0))
    assert [know(path, kept).read().responses()[0].summary for _ in range(3)] == ["It is lost."] * 3


@pytest.mark.usefixtures("believing")
def test_a_catalogue_that_is_no_longer_kept_is_read_from_its_sources(tmp_path: Path, kept: str) -> None:
    path = written(tmp_path / "shelf.yaml")
    know(path, kept)
    for damage in (b"", b"{}", file(kept, "catalogue").read_bytes()[:-1]):
        file(kept, "catalogue").write_bytes(damage)
        assert notes(path, kept) == ("One.",)


@pytest.mark.usefixtures("believing")
def test_a_catalogue_of_other_sources_is_not_taken_for_it(tmp_path: Path, kept: str) -> None:
    path = written(tmp_path / "shelf.yaml")
    know(path, kept)
    early = know(path, kept)
    written(tmp_path / "shelf.yaml", TEXT.replace("One.", "Two."))
    assert notes(path, kept) == ("Two.",)  # by another run; what is kept is the new one now
    with pytest.raises(UsageError, match="was changed while it was used"):
        early.read()


BENT: dict[str, object] = {
    "a list": [],
    "nothing": {},
    "no text": {"api": 1},
    "no digests": {"digests": {}},
    "digests of nothing": {"digests": None},
    "digests that are none": {"digests": {"shelf.yaml": 1}},
    "signs of another file": {"signs": {"other.yaml": [1, 2, 3, 4]}},
    "signs that are none": {"signs": {"shelf.yaml": 1}},
    "no signs": {"signs": {}},
}


@pytest.mark.usefixtures("believing")
@pytest.mark.parametrize("bent", BENT.values(), ids=BENT)
def test_a_file_that_somebody_else_wrote_was_never_there(
    bent: object, tmp_path: Path, kept: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    written(tmp_path / "shelf.yaml")
    monkeypatch.chdir(tmp_path)
    assert notes("shelf.yaml", kept) == ("One.",)
    place = file(kept, "sources")
    whole = place.read_bytes()
    document = json.loads(read_kept(str(place), "catalogue sources") or b"")
    said = {**document, **bent} if isinstance(bent, dict) and bent else bent
    write_kept(str(place), "catalogue sources", json.dumps(said).encode())
    assert notes("shelf.yaml", kept) == ("One.",)
    assert place.read_bytes() == whole  # and it is mended
    place.write_bytes(whole[:-1])
    assert notes("shelf.yaml", kept) == ("One.",)
    assert place.read_bytes() == whole
