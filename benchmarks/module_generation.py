"""How long a module takes to be generated, side by side with openapi-python-client on the same document.

Whole processes, in turn, CPU time of them and of what they start, nothing kept from earlier runs. The peer runs as
it comes, which is with ruff as its formatter, and without that; errdex writes formatted text itself.

    python -m venv /tmp/peers && /tmp/peers/bin/pip install openapi-python-client
    python benchmarks/module_generation.py --peer /tmp/peers/bin/openapi-python-client DOCUMENT
"""

from __future__ import annotations

import argparse
import compileall
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import errdex


def main() -> None:
    """Print a Markdown table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("document", metavar="DOCUMENT", help="an OpenAPI 3 document")
    parser.add_argument("--peer", required=True, help="the command openapi-python-client")
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    document = str(Path(options.document).resolve())
    # Both may keep their bytecode, and the peer's formatter lies beside it: it is skipped when it cannot be found.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment["PATH"] = os.pathsep.join([str(Path(options.peer).absolute().parent), environment["PATH"]])
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "config.yml").write_text("post_hooks: []\n")
        module = [sys.executable, "-m", "errdex", "module", document, "-o", "ours"]
        peer = [options.peer, "generate", "--path", document, "--output-path", "theirs"]
        commands = {
            "errdex module": (module, "ours"),
            "openapi-python-client generate": (peer, "theirs"),
            "the same, `post_hooks: []`": ([*peer, "--config", "config.yml"], "theirs"),
        }
        # As pip does for what it installs.
        compileall.compile_dir(str(Path(errdex.__file__).parent), quiet=1)
        times: dict[str, list[tuple[float, float]]] = {name: [] for name in commands}
        for _ in range(options.runs):
            for what, (command, output) in commands.items():
                for kept in (output, ".errdex_cache"):
                    shutil.rmtree(folder / kept, ignore_errors=True)
                times[what].append(timed(command, folder, environment))
        print("| what | CPU s, median | wall s, median | files | KB |")
        print("|---|---|---|---|---|")
        for what, (_, output) in commands.items():
            files = [path for path in (folder / output).rglob("*") if path.is_file()]
            size = sum(path.stat().st_size for path in files) // 1000
            cpu, wall = (statistics.median(column) for column in zip(*times[what], strict=True))
            print(f"| {what} | {cpu:.2f} | {wall:.2f} | {len(files)} | {size} |")


def timed(command: list[str], folder: Path, environment: dict[str, str]) -> tuple[float, float]:
    """Run a command; return (CPU seconds, wall seconds)."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=True)  # noqa: S603
    wall, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, wall


if __name__ == "__main__":
    main()
