"""What it costs to import generated modules, side by side with the exceptions of botocore and openai.

Each import is a process of its own, in turn, so that all of them meet the same disturbances; what is told is CPU
time beyond the interpreter's start. Bytecode is compiled before.

    python -m venv /tmp/peers && /tmp/peers/bin/pip install botocore openai
    python benchmarks/module_import.py --python /tmp/peers/bin/python [CATALOGUE ...]
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from errdex.catalogue.load import load_catalogue
from errdex.pymodule.render import render_module

ROOT = Path(__file__).parent.parent
PEERS = ("import typing", "import botocore.exceptions", "import openai")
MEASURE = """
import sys, time
before, start = len(sys.modules), time.process_time()
{statement}
print(1000 * (time.process_time() - start), len(sys.modules) - before)
"""
LARGE = """\
catalogue: 1
api: {{id: large, title: Large}}
operations:
{operations}
responses:
  200: {{summary: Done.}}
  401: {{summary: Who are you?}}
  404: {{summary: Gone.}}
  429: {{summary: Slower., retryable: true}}
  503: {{summary: Busy., retryable: true}}
"""


def main() -> None:
    """Print a Markdown table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("catalogues", nargs="*", metavar="CATALOGUE", help="more to measure, beside the project's own")
    parser.add_argument("--python", default=sys.executable, help="an interpreter that has botocore and openai")
    parser.add_argument("--runs", type=int, default=11)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        statements = [*PEERS, *generated(Path(folder), options.catalogues)]
        subprocess.run([options.python, "-m", "compileall", "-q", folder], check=True)  # noqa: S603
        print("| what | CPU ms, least | median | modules |")
        print("|---|---|---|---|")
        for statement, runs in measured(options.python, folder, statements, options.runs).items():
            times = [milliseconds for milliseconds, _ in runs]
            print(f"| `{statement}` | {min(times):.1f} | {statistics.median(times):.1f} | {runs[0][1]} |")


def generated(folder: Path, catalogues: list[str]) -> list[str]:
    """Write the modules and return the statements that import them."""
    statements: list[str] = []
    lines = (f"  thing-{n}: {{title: Thing {n}, endpoints: [GET /things/{n}]}}" for n in range(500))
    large = load_catalogue("large.yaml", LARGE.format(operations="\n".join(lines)))
    for catalogue in [
        load_catalogue(str(ROOT / "codes/netwrix-auditor.yaml")),
        large,
        *map(load_catalogue, catalogues),
    ]:
        files = render_module(catalogue)
        for name, text in files.items():
            path = folder / name
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
        module = next(iter(files)).split("/")[0].removesuffix(".py")
        statements.append(f"import {module}")
        if len(files) > 1:
            statements.append(f"from {module} import Operation, raise_for_status")
            statements.append(f"import {module} as m; m.errors_of({catalogue.operations[0].id!r})")
    return statements


def measured(python: str, folder: str, statements: list[str], runs: int) -> dict[str, list[tuple[float, int]]]:
    """Return (CPU milliseconds, modules) of each run of each statement."""
    environment = {**os.environ, "PYTHONPATH": folder}
    results: dict[str, list[tuple[float, int]]] = {statement: [] for statement in statements}
    for _ in range(runs):
        for statement, told in results.items():
            command = [python, "-c", MEASURE.format(statement=statement)]
            run = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)  # noqa: S603
            milliseconds, modules = run.stdout.split()
            told.append((float(milliseconds), int(modules)))
    return results


if __name__ == "__main__":
    main()
