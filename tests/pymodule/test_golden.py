"""The module of a real API as it is committed, and the same bytes wherever it is generated."""

from __future__ import annotations

import hashlib
import pickle
import subprocess
from typing import TYPE_CHECKING

import pytest

from errdex.pymodule.render import render_module
from tests.pymodule import catalogues
from tests.pymodule.interpreters import INTERPRETERS

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Golden


def test_the_module_is_what_is_committed(golden: Golden) -> None:
    for name, text in render_module(catalogues.netwrix()).items():
        golden(catalogues.ROOT / "examples" / name, text)


SCRIPT = """
import hashlib, pickle, sys
sys.path.insert(0, sys.argv[2])
from errdex.pymodule.render import render_module
with open(sys.argv[1], "rb") as file:
    made = pickle.load(file)
for catalogue in made:
    for name, text in sorted(render_module(catalogue).items()):
        print(name, hashlib.sha256(text.encode()).hexdigest())
"""


@pytest.mark.parametrize("seed", ["0", "1"])
@pytest.mark.parametrize("python", [name for name in INTERPRETERS if name >= "3.11"])
def test_the_bytes_depend_on_nothing_but_the_catalogue(python: str, seed: str, tmp_path: Path) -> None:
    made = (catalogues.netwrix(), catalogues.odd(), catalogues.large(101))
    expected = "".join(
        f"{name} {hashlib.sha256(text.encode()).hexdigest()}\n"
        for catalogue in made
        for name, text in sorted(render_module(catalogue).items())
    )
    # Read elsewhere, so that an interpreter without any library will do.
    (tmp_path / "catalogues").write_bytes(pickle.dumps(made))
    run = subprocess.run(
        [*INTERPRETERS[python], SCRIPT, "catalogues", str(catalogues.ROOT / "generator")],
        cwd=tmp_path,
        env={"PYTHONHASHSEED": seed, "TZ": "Asia/Kathmandu", "LC_ALL": "C"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (run.stderr, run.stdout) == ("", expected)
