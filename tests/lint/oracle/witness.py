"""Whether a finding's witness goes the way that its status goes when the code runs."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from errdex.faults.observe import Line
from errdex.faults.passages import passages

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from errdex.faults.observe import Client
    from errdex.lint.report import Finding


def astray(finding: Finding, folder: Path, client: Client, ran: Sequence[Line]) -> str:
    """Return what is wrong with the witness, nothing when it is right; the folder is the one that was linted."""
    steps = [Line(os.path.relpath(step.path, folder), step.line) for step in finding.witness]
    if not _in_order(steps, ran):
        return f"steps {[step.line for step in steps]}, ran {[line.line for line in ran]}"
    left = _exits(ran, client)
    return "" if steps[-1] in left else f"ends in line {steps[-1].line}, ran to line {left[0].line}"


def _exits(ran: Sequence[Line], client: Client) -> tuple[Line, Line]:
    """Return the last line that says where the status ended, and the same for a loop that just ends.

    Every way out goes through `with` and `finally`; a loop that has no more rounds comes back to its head.
    """
    known = {name: passages(client.files[path]) for path, name in client.names.items()}
    said = [line for line in ran if line.line not in known[line.path].always]
    return said[-1], next((line for line in reversed(said) if line.line not in known[line.path].loops), said[-1])


def _in_order(steps: Iterable[Line], ran: Iterable[Line]) -> bool:
    """Say whether the steps are among the lines that ran, in their order; a step may repeat the line before it."""
    rest = iter(ran)
    last: Line | None = None
    for step in steps:
        if step != last and step not in rest:
            return False
        last = step
    return True
