"""A large API's module is a package that loads a class when it is asked for."""

from __future__ import annotations

import pickle
import subprocess
import sys
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from errdex.pymodule import render
from errdex.pymodule.render import render_module
from errdex.pymodule.shards import ONE_SHARD
from tests.pymodule import catalogues
from tests.pymodule.importing import write

if TYPE_CHECKING:
    from pathlib import Path


def loaded() -> set[str]:
    return {name.removeprefix("large_errors.") for name in sys.modules if name.startswith("large_errors.")}


def test_one_file_has_no_more_than_300_errors() -> None:
    assert list(render_module(catalogues.large(render.ONE_FILE // 3))) == ["large_errors.py"]
    files = render_module(catalogues.large(render.ONE_FILE // 3 + 1))
    assert {name.split("/")[0] for name in files} == {"large_errors"}
    assert files["large_errors/py.typed"] == ""


def test_a_shard_has_the_operations_of_one_tag_and_no_more_than_it_can_load_quickly() -> None:
    files = render_module(catalogues.large())
    assert sorted(name for name in files if "_area_1_" in name) == [
        "large_errors/_area_1_errors.py",
        "large_errors/_area_1_errors_2.py",
        "large_errors/_area_1_errors_3.py",
    ]
    for name, text in files.items():
        if "_area_" in name:
            assert text.count("\nclass ") <= ONE_SHARD


def test_nothing_is_loaded_before_it_is_asked_for(large: Any) -> None:
    assert loaded() == set()
    assert large.Operation.THING_7 == "thing-7"
    assert loaded() == {"_operations"}
    assert large.from_response("thing-7", SimpleNamespace(status=200, headers={})) is None
    assert loaded() == {"_operations", "_functions", "_errors"}
    error = large.from_response("thing-7", SimpleNamespace(status=503, headers={}))
    assert str(error) == "thing-7: 503 Service Unavailable: Thing 7 is busy."
    assert loaded() == {"_operations", "_functions", "_errors", "_area_0_errors"}
    assert type(error) is large.Thing7ServiceUnavailableError
    assert large.errors_of("thing-7")[2] is type(error)


def test_what_is_not_there_is_not_there(large: Any) -> None:
    with pytest.raises(AttributeError, match="has no attribute 'Thing9000NotFoundError'"):
        _ = large.Thing9000NotFoundError
    with pytest.raises(ValueError, match="there is no operation 'thing-9000'"):
        large.errors_of("thing-9000")


def test_every_name_can_be_had(large: Any) -> None:
    for name in large.__all__:
        assert getattr(large, name) is not None
    assert set(large.__all__) <= set(dir(large))
    everything: dict[str, Any] = {}
    exec("from large_errors import *", everything)
    assert everything["Thing7NotFoundError"] is large.Thing7NotFoundError


def test_a_class_is_the_packages_whatever_file_it_is_in(large: Any) -> None:
    for name in ("LargeError", "ClientError", "NotFoundError", "Thing7NotFoundError"):
        assert getattr(large, name).__module__ == "large_errors"

    class Own(large.NotFoundError):  # type: ignore[misc]  # its user's, therefore
        pass

    assert Own.__module__ == __name__


def test_an_error_pickles_into_a_process_that_has_loaded_nothing(large: Any, tmp_path: Path) -> None:
    error = large.from_response("thing-7", SimpleNamespace(status=503, headers={}))
    (tmp_path / "error").write_bytes(pickle.dumps(error))
    script = "import pickle; print(repr(pickle.load(open('error', 'rb'))))"
    run = subprocess.run([sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert run.stdout.strip() == repr(error)


def test_the_same_api_says_the_same_as_a_file_and_as_a_package(
    odd: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(render, "ONE_FILE", 0)
    name = write(render_module(catalogues.odd()), tmp_path)
    script = f"import {name} as m; print([(n, m.__dict__.get(n) or getattr(m, n)) for n in m.__all__])"
    run = subprocess.run([sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True, check=True)
    shown = run.stdout
    for exported in odd.__all__:
        assert f"('{exported}', " in shown
