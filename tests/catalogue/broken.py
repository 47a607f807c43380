"""The broken catalogues of broken.txt, for every test that wants input that must be refused."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple


class Broken(NamedTuple):
    """A catalogue that cannot be used."""

    name: str
    text: str
    problems: list[str]
    """`line:column message`, in their order."""


def broken_catalogues() -> list[Broken]:
    cases: list[Broken] = []
    text: list[str] = []
    for line in Path(__file__).with_name("broken.txt").read_text(encoding="utf-8").splitlines(keepends=True):
        if line.startswith("=== "):
            text = []
            cases.append(Broken(line[4:].strip(), "", []))
        elif line.startswith(">>> "):
            cases[-1].problems.append(line[4:].rstrip("\n"))
        elif cases:
            text.append(line)
            cases[-1] = cases[-1]._replace(text="".join(text))
    return cases
