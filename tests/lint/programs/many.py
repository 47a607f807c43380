"""Compare many programs by hand: `python -m tests.lint.programs.many 10000`.

Prints each disagreement with the smallest program that still shows one, and the counts at the end; exits with 1 when
there was any.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections import Counter
from functools import partial
from multiprocessing import Pool
from pathlib import Path
from typing import TYPE_CHECKING

import trustme

from errdex.faults.server import FaultServer
from errdex.records import NamedTuple
from tests.lint.programs.compare import CATALOGUE, compared
from tests.lint.programs.files import files
from tests.lint.programs.layouts import program
from tests.lint.programs.shrink import shrunk

if TYPE_CHECKING:
    from tests.lint.programs.compare import Comparison, Disagreement


class Outcome(NamedTuple):
    """What came of one program."""

    seed: int
    comparison: Comparison
    smallest: str
    """A program that shows a disagreement of the same kind, when there is one."""


def outcome(seed: int, *, shrinks: bool, server: FaultServer) -> Outcome:
    """Compare one program."""
    text = program(seed)
    comparison = compared(text, server)
    if not comparison.disagreements or not shrinks or len(tuple(files(text))) > 1:
        return Outcome(seed, comparison, text if comparison.disagreements else "")
    kinds = set(map(_kind, comparison.disagreements))

    def shows(smaller: str) -> bool:
        try:
            return any(_kind(one) in kinds for one in compared(smaller, server).disagreements)
        except SyntaxError:
            return False

    return Outcome(seed, comparison, shrunk(text, shows))


def _kind(one: Disagreement) -> tuple[object, ...]:
    return (one.said, one.seen) if one.seen else ("witness",)


def main() -> int:
    """Compare as many programs as asked for, on all processors."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("programs", type=int, help="how many")
    parser.add_argument("--first", type=int, default=0, help="the number of the first one")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--no-shrink", dest="shrinks", action="store_false")
    asked = parser.parse_args()
    counts: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder, Pool(asked.jobs) as pool:
        # httpx reads the authorities of the world for each client, which takes longer than all its requests.
        authority = Path(folder, "authority.pem")
        trustme.CA().cert_pem.write_to_path(str(authority))
        run = partial(_apart, shrinks=asked.shrinks, authority=str(authority))
        for done in pool.imap_unordered(run, range(asked.first, asked.first + asked.programs)):
            counts["programs"] += 1
            counts["judged"] += done.comparison.statuses > 0
            counts["statuses"] += done.comparison.statuses
            counts["witnesses"] += done.comparison.witnesses
            counts["disagreeing"] += bool(done.comparison.disagreements)
            if done.comparison.disagreements:
                _show(done)
            if counts["programs"] % 250 == 0:
                sys.stderr.write(f"{counts['programs']} programs so far\n")
    sys.stdout.write(", ".join(f"{number} {name}" for name, number in counts.items()) + "\n")
    return 1 if counts["disagreeing"] else 0


def _apart(seed: int, *, shrinks: bool, authority: str) -> Outcome:
    os.environ["SSL_CERT_FILE"] = authority
    return outcome(seed, shrinks=shrinks, server=_server())


_running: list[FaultServer] = []


def _server() -> FaultServer:
    """Return this process's server."""
    if not _running:
        _running.append(FaultServer(CATALOGUE).__enter__())
    return _running[0]


def _show(done: Outcome) -> None:
    lines = [f"program {done.seed}:"]
    lines += [
        f"  {one.status}: {one.said or 'not seen'}, not {' or '.join(one.seen)}: {one.reason}"
        for one in done.comparison.disagreements
    ]
    sys.stdout.write("\n".join([*lines, done.smallest, ""]) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
