"""Whether type checkers and ruff have anything to say of the modules of real APIs, and how long they take.

    python benchmarks/module_types.py CATALOGUE...

Each module is written to a folder of its own, beside a client that matches over every error of every operation
and ends in `assert_never`. mypy and pyright run at their strictest, ruff with every rule but those that
docs/reference/module.md lists. Exits 1 when one of them has something to say.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from errdex.catalogue.load import load_catalogue
from errdex.pymodule.outline import outline
from errdex.pymodule.render import render_module

if TYPE_CHECKING:
    from errdex.catalogue.model import Catalogue

RUFF = ("--select=ALL", "--ignore=CPY001,D203,D213,INP001", "--target-version=py39", "--no-cache", "--isolated")
"""D203 and D213 contradict others; the reference has the reasons for the rest."""


def main() -> int:
    """Print a Markdown table, and what was said below it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("catalogues", nargs="+", metavar="CATALOGUE", help="a catalogue or an OpenAPI document")
    print("| API | operations | errors | mypy --strict | pyright strict | ruff ALL | ruff format |")
    print("|---|---|---|---|---|---|---|")
    said: list[str] = []
    for path in parser.parse_args().catalogues:
        catalogue = load_catalogue(path)
        with tempfile.TemporaryDirectory() as folder:
            errors = write(catalogue, Path(folder))
            cells = []
            for judge in (mypy, pyright, ruff_check, ruff_format):
                start = time.perf_counter()
                faults = judge(folder)
                cells.append(f"{len(faults) or 'clean'}, {time.perf_counter() - start:.1f} s")
                said += [f"{catalogue.api.id}: {judge.__name__}: {fault}" for fault in faults]
        print(f"| {catalogue.api.title} | {len(catalogue.operations)} | {errors} | {' | '.join(cells)} |", flush=True)
    print("", *said[:100], sep="\n")
    return int(bool(said))


def write(catalogue: Catalogue, folder: Path) -> int:
    """Write the module and its client; return how many errors of operations there are."""
    for name, text in render_module(catalogue).items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        # The mark keeps formatters of other line lengths away; the default one is asked here.
        path.write_text(text.replace("# fmt: off\n", ""), encoding="utf-8")
    module = outline(catalogue)
    lines = ["from typing import assert_never, assert_type", f"import {module.names.module} as api"]
    for number, operation in enumerate(module.operations):
        lines += [f"def f{number}(response: api.Response) -> int:"]
        lines += [f"    error = api.from_response(api.Operation.{operation.member}, response)", "    match error:"]
        lines += ["        case None | api.UndocumentedError():", "            return 0"]
        for error in operation.documented:
            lines += [f"        case api.{error}():", "            return error.status"]
        lines += ["        case _:", "            assert_never(error)"]
        if operation.union:
            lines += [f"def g{number}() -> None:"]
            lines += [f"    assert_type(api.errors_of(api.Operation.{operation.member}), api.{operation.types})"]
    (folder / "clients").mkdir()
    (folder / "clients/client.py").write_text("\n".join([*lines, ""]))
    return sum(len(operation.errors) for operation in module.operations)


def mypy(folder: str) -> list[str]:
    """Return the complaints of mypy."""
    options = ["--strict", "--no-error-summary", f"--cache-dir={os.devnull}"]
    return run([sys.executable, "-m", "mypy", *options, "."], folder).splitlines()


def pyright(folder: str) -> list[str]:
    """Return the complaints of pyright, about the module for Python 3.9."""
    settings = {
        "strict": ["."],
        "executionEnvironments": [
            {"root": "clients", "pythonVersion": "3.12", "extraPaths": ["."]},
            {"root": ".", "pythonVersion": "3.9"},
        ],
    }
    (Path(folder) / "pyrightconfig.json").write_text(json.dumps(settings))
    command = [sys.executable, "-m", "pyright", "--outputjson", "--pythonpath", sys.executable, "-p", "."]
    said = json.loads(run(command, folder))
    if not said["summary"]["filesAnalyzed"]:
        return ["no file was looked at"]
    return [f"{fault['file']}: {fault['message']}" for fault in said["generalDiagnostics"]]


def ruff_check(folder: str) -> list[str]:
    """Return the complaints of ruff's rules."""
    command = [sys.executable, "-m", "ruff", "check", *RUFF, "--exclude=clients", "--output-format=concise", "--quiet"]
    return run([*command, "."], folder).splitlines()


def ruff_format(folder: str) -> list[str]:
    """Return the files that ruff would lay out otherwise."""
    command = [sys.executable, "-m", "ruff", "format", "--isolated", "--check", "--exclude=clients", "--quiet", "."]
    return run(command, folder).splitlines()


def run(command: list[str], folder: str) -> str:
    """Return what a checker prints; end with what it says when it fails itself."""
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode not in (0, 1) or (done.returncode and not done.stdout):
        sys.exit(f"{' '.join(command)} failed: {done.stdout}{done.stderr}")
    return done.stdout


if __name__ == "__main__":
    sys.exit(main())
