"""How long `errdex check` takes on one small client, against `python -c "import ast, argparse"` in the same run.

    python benchmarks/startup.py [RUNS]

Prints medians of wall-clock and CPU time of whole processes, run in pairs, and the ratio of each pair. Byte code is
compiled before (PYTHONDONTWRITEBYTECODE is unset), and the catalogue has been read once.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time
from pathlib import Path
from statistics import median
from typing import NamedTuple

ROOT = Path(__file__).parent.parent
BASE = [sys.executable, "-c", "import ast, argparse"]
CHECK = [sys.executable, "-m", "errdex", "check", "examples/netwrix_client.py"]


class Cost(NamedTuple):
    """What one process took, in seconds."""

    wall: float
    cpu: float


def cost(command: list[str]) -> Cost:
    """Run the command and return what it took."""
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(command, cwd=ROOT, env=env, stdout=subprocess.DEVNULL, check=False)  # noqa: S603
    wall, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    return Cost(wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def main(runs: int) -> None:
    """Print a row for each measure."""
    cost(CHECK)
    pairs = [(cost(BASE), cost(CHECK)) for _ in range(runs)]
    print(f"median of {runs} pairs        base ms  errdex check ms  ratio (min-median-max)")
    for index, name in enumerate(Cost._fields):
        ratios = [check[index] / base[index] for base, check in pairs]
        base, check = (1000 * median(pair[side][index] for pair in pairs) for side in (0, 1))
        print(f"{name:<22} {base:9.1f} {check:16.1f}  {min(ratios):.2f}-{median(ratios):.2f}-{max(ratios):.2f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 21)
