"""Search by hand for as long as there is time: `python -m tests.fuzz.many client --seconds 1800`.

Prints each failure with the input that brings it up, cut as far as it still does, and the counts at the end; exits
with 1 when there was any. With `--guided` and atheris installed, coverage chooses what is tried next, and the search
ends at the first failure; `--keep` adds small inputs that reached something new to tests/fuzz/corpus, where later
searches and the tests begin.
"""

from __future__ import annotations

import argparse
import faulthandler
import os
import random
import resource
import sys
import tempfile
import time
import traceback
from importlib import import_module
from pathlib import Path

from tests.fuzz.editing import PIECES, Edit, edited

LONGEST = 10.0
"""Seconds for one input."""
LARGEST_KEPT = 300
"""Bytes of an input that is added to the corpus."""


def failure(target: str, data: bytes) -> str:
    """Return what an input brings up: where and what; empty for nothing."""
    targets = import_module("tests.fuzz.targets")
    start = time.process_time()
    faulthandler.dump_traceback_later(LONGEST * 12, exit=True)
    try:
        targets.TARGETS[target](data)
    except Exception as error:  # noqa: BLE001 - whatever it is
        last = traceback.extract_tb(error.__traceback__)[-1]
        return f"{type(error).__name__} in {Path(last.filename).name}:{last.lineno}: {str(error)[:200]}"
    finally:
        faulthandler.cancel_dump_traceback_later()
    seconds = time.process_time() - start
    return f"took more than {LONGEST:.0f} s" if seconds > LONGEST else ""


def smaller(target: str, data: bytes, said: str) -> bytes:
    """Return an input without what it can do without, for a minute."""
    kind = said.partition(":")[0]
    end = time.monotonic() + 60
    step = len(data) // 2
    while step and time.monotonic() < end:
        start = 0
        while start < len(data) and time.monotonic() < end:
            shorter = data[:start] + data[start + step :]
            if failure(target, shorter).partition(":")[0] == kind:
                data = shorter
            else:
                start += step
        step //= 2
    return data


def search(target: str, seconds: float, first: int) -> int:
    """Try inputs one after the other; return how many kinds of failure there are."""
    seeds = import_module("tests.fuzz.seeds").seeds(target)
    found: dict[str, bytes] = {}
    end, number = time.monotonic() + seconds, first
    while time.monotonic() < end:
        draw = random.Random(number)
        edits = [
            Edit(draw.randrange(9), draw.randrange(1 << 20), draw.randrange(200), draw.randrange(len(PIECES)))
            for _ in range(draw.choice((1, 1, 2, 3, 5, 8, 20)))
        ]
        data = edited(seeds, draw.randrange(1 << 20), edits)
        said = failure(target, data)
        if said and said.partition(":")[0] not in found:
            found[said.partition(":")[0]] = data
            sys.stdout.write(f"{number}: {said}\n{smaller(target, data, said)!r}\n")
            sys.stdout.flush()
        number += 1
    mib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    sys.stdout.write(f"{target}: {number - first} inputs, {len(found)} kinds of failure, {mib} MiB\n")
    return len(found)


def guided(target: str, seconds: float, *, keep: bool) -> int:
    """Let atheris search, in a process of its own, which it ends; return 1 when something failed.

    What brings up a failure is left in the current folder, in a file whose name libFuzzer prints.
    """
    with tempfile.TemporaryDirectory() as folder:
        child = os.fork()
        if not child:
            _search_by_coverage(target, seconds, folder)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        grown = [path for path in Path(folder).iterdir() if not path.name.isdecimal()]
        # What came late reached what was hard to reach.
        latest = sorted(grown, key=lambda path: -path.stat().st_mtime_ns)
        small = [path.read_bytes() for path in latest if path.stat().st_size <= LARGEST_KEPT]
    if keep and small:
        seeds = import_module("tests.fuzz.seeds")
        seeds.write_corpus(target, [*small, *seeds.corpus(target)])
    return int(status != 0)


def _search_by_coverage(target: str, seconds: float, folder: str) -> None:
    atheris = import_module("atheris")
    with atheris.instrument_imports(include=["errdex"]):
        targets = import_module("tests.fuzz.targets")
    for number, data in enumerate(import_module("tests.fuzz.seeds").seeds(target)):
        Path(folder, str(number)).write_bytes(data)
    limits = ["-rss_limit_mb=1024", "-timeout=10", f"-max_total_time={seconds:.0f}", "-print_final_stats=1"]
    atheris.Setup([sys.argv[0], *limits, "-max_len=20000", folder], targets.TARGETS[target])
    atheris.Fuzz()


def main() -> None:
    """Search as the command line says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("target", help="catalogue, description, module, pages or client")
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--first", type=int, default=0, help="the number of the first input")
    parser.add_argument("--guided", action="store_true")
    parser.add_argument("--keep", action="store_true", help="of a guided search, what it grew")
    options = parser.parse_args()
    if options.guided:
        sys.exit(guided(options.target, options.seconds, keep=options.keep))
    sys.exit(bool(search(options.target, options.seconds, options.first)))


if __name__ == "__main__":
    main()
