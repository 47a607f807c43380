"""What stands in URLs, kept: a run that reaches nothing reads no catalogue, and says what it says without that."""

from __future__ import annotations

import json
from contextlib import chdir
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from errdex.catalogue.load import load_catalogue
from errdex.kept import read_kept, write_kept
from errdex.lint.run import Settings, check
from tests.lint.test_memory import CATALOGUE, DIRECT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from errdex.catalogue.model import Catalogue


class Asked:
    """A catalogue that notes when it is read."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self.times = 0

    def __iter__(self) -> Iterator[Catalogue]:
        self.times += 1
        yield self.catalogue


@pytest.fixture
def asked(tmp_path: Path) -> Iterator[tuple[Settings, Asked]]:
    (tmp_path / "shelf.yaml").write_text(CATALOGUE)
    (tmp_path / "client.py").write_text(DIRECT)
    (tmp_path / "other.py").write_text("x = 1\n")
    with chdir(tmp_path):
        catalogues = Asked(load_catalogue("shelf.yaml"))
        yield Settings(("client.py",), catalogues, cache_dir=".cache", known="shelf", jobs=1), catalogues


def messages(settings: Settings) -> list[str]:
    return [finding.message for finding in check(settings).findings]


def kept() -> list[Path]:
    return list(Path(".cache").glob("lint-*-pieces.json"))


def test_a_catalogue_is_read_when_something_reaches_it(asked: tuple[Settings, Asked]) -> None:
    settings, catalogues = asked
    plain = messages(settings._replace(cache_dir=None))
    assert len(plain) == 1
    assert [messages(settings) for _ in range(3)] == [plain] * 3
    before = catalogues.times
    assert messages(settings._replace(paths=("other.py",))) == []
    assert catalogues.times == before
    assert len(kept()) == 1


def test_it_is_read_each_time_when_nothing_is_kept(asked: tuple[Settings, Asked]) -> None:
    settings, catalogues = asked
    for without in ({"cache_dir": None}, {"known": ""}):
        before = catalogues.times
        assert messages(settings._replace(paths=("other.py",), **without)) == []
        assert catalogues.times == before + 1
    assert kept() == []


def test_what_is_kept_is_of_these_catalogues_and_servers(asked: tuple[Settings, Asked]) -> None:
    settings, _ = asked
    for other in (settings, settings._replace(known="x"), settings._replace(servers=(("shelf", ("http://a.test",)),))):
        check(other)
    assert len(kept()) == 3


def test_it_is_used(asked: tuple[Settings, Asked]) -> None:
    settings, _ = asked
    check(settings)
    (place,) = kept()
    words, _ = json.loads(read_kept(str(place), "lint pieces") or b"")
    assert "loans" in words
    write_kept(str(place), "lint pieces", b'[["nothing"], false]')
    assert messages(settings) == []


@pytest.mark.parametrize(
    "bent", [b"", b"[]", b"{}", b"[[1], false]", b"[null, false]", b'[["\xc4\x80"], false]', b"[" * 9999]
)
def test_what_somebody_else_wrote_was_never_there(bent: bytes, asked: tuple[Settings, Asked]) -> None:
    settings, _ = asked
    plain = messages(settings)
    (place,) = kept()
    whole = place.read_bytes()
    write_kept(str(place), "lint pieces", bent)
    assert messages(settings) == plain
    assert place.read_bytes() == whole  # and it is mended
    place.write_bytes(whole[:-1])
    assert messages(settings) == plain
    assert place.read_bytes() == whole
