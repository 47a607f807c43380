"""What is asked of every command, whatever it is given: an end, an answer in words, and nothing outside its folder."""

from __future__ import annotations

import ast
import json
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import IO

HERE = Path(__file__).parent
CLIENT = "import requests\n\n\ndef look():\n    return requests.get('https://example.com/look').json()\n"
MOST_SECONDS = 10.0
"""Of computing, for one command."""
MOST_MIB = 1024
HARMLESS = re.compile(
    # Nothing that could command a terminal, turn the direction of text, or be no text,
    r"[^\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]*"
)
COMMAND = re.compile(
    # ... or command the runner of a workflow: actions/runner, ActionCommand.cs; Azure Pipelines, Logging commands.
    r"^\s*::(?!(?:error|warning|notice) file=)|^(?!::).*##(?:vso)?\[",
    re.MULTILINE,
)


class Case(NamedTuple):
    """Something that no friend would write."""

    name: str
    make: bytes | Callable[[Path], object]
    """The content of the file that is tried, or what lays it out in a folder."""
    file: str = "api.yaml"
    """What is tried, in that folder."""
    nobody: bool = False
    """Whether it is tried as a user who may do little."""


class Ended(NamedTuple):
    """How a command ended."""

    words: list[str]
    code: int
    out: str
    err: str
    seconds: float
    mib: int


class Driver(NamedTuple):
    """The process that runs commands in copies of itself."""

    requests: IO[str]
    answers: IO[str]

    def run(self, folder: Path, commands: Sequence[Sequence[str]], *, nobody: bool) -> list[Ended]:
        """Run the commands in that folder."""
        asked = {"folder": str(folder), "commands": commands, "nobody": nobody}
        self.requests.write(f"{json.dumps(asked)}\n")
        self.requests.flush()
        ended: list[Ended] = []
        for line in self.answers:
            answer = json.loads(line)
            if "ended" in answer:
                assert not answer["ended"], f"{commands[len(ended)]} ended the process: {answer['ended']}"
                break
            ended.append(Ended(**answer))
        return ended


def try_all(case: Case, folder: Path, commands: Sequence[Sequence[str]], driver: Driver) -> list[Ended]:
    """Lay out a case in `folder`/here, run the commands there, and check what must hold for each of them."""
    here = folder / "here"
    here.mkdir(exist_ok=True)
    (here / "client.py").write_text(CLIENT)
    (folder / "outside.txt").write_text("not to be touched")
    if callable(case.make):
        case.make(here)
    else:
        (here / case.file).write_bytes(case.make)
    outside = seen(folder, here)
    ended = driver.run(here, commands, nobody=case.nobody)
    assert len(ended) == len(commands)
    for one in ended:
        check(one)
    assert seen(folder, here) == outside
    for path in here.glob("out*"):
        for file in [path] if path.is_file() else path.rglob("*.py"):
            ast.parse(file.read_text(encoding="utf-8"))
    return ended


def check(one: Ended) -> None:
    """Check what must hold for every command, whatever it was given."""
    said = one.out + one.err
    assert one.code in (0, 1, 2), f"{one.words}: {one.code}: {one.err}"
    assert "Traceback" not in said
    assert one.code != 2 or re.match(r"errdex: |[^\n]+:\d+(:\d+)?: |[^\n]+: ", one.err), one.err
    assert one.seconds < MOST_SECONDS, f"{one.words} took {one.seconds:.0f} s"
    assert one.mib < MOST_MIB, f"{one.words} took {one.mib} MiB"
    assert HARMLESS.fullmatch(said), f"{one.words}: {one.out[:500]!a} {one.err[:500]!a}"
    product = one.words[0] == "export" or {"json", "sarif", "gitlab", "junit"} & set(one.words)
    command = None if product else COMMAND.search(said)
    assert not command, f"{one.words}: {said[max(command.start() - 50, 0) :][:200]!a}"


def seen(folder: Path, but: Path) -> dict[str, Any]:
    """Return the files of a folder, with their content, but for one folder."""
    found: dict[str, Any] = {}
    for root, folders, files in os.walk(folder):
        if root == str(folder) and but.name in folders:
            folders.remove(but.name)
        found |= dict.fromkeys(folders) | {name: Path(root, name).read_bytes() for name in files}
    return found


def outcome(ended: Sequence[Ended]) -> str:
    """Return in a few lines what happens: the end of each command, once for all that end alike."""
    lines: dict[str, list[str]] = {}
    for one in ended:
        said = next(iter(one.err.splitlines()), "")
        lines.setdefault(f"{one.code}{f'  {said[:160]}' if said else ''}", []).append(one.words[0])
    return "\n".join(f"  {', '.join(dict.fromkeys(words))}: {says}" for says, words in lines.items())


class Written:
    """The file in which stands what happens in each case; `--update` writes it anew."""

    def __init__(self, name: str, cases: Sequence[Case]) -> None:
        self._path = HERE / name
        self._cases = cases
        text = self._path.read_text(encoding="utf-8") if self._path.exists() else ""
        self.happens: dict[str, str] = dict(re.findall(r"^(\S.*):\n((?:  .*\n)+)", text, re.MULTILINE))

    def compare(self, case: Case, happens: str, *, update: bool) -> None:
        """Fail unless what happens is what is written."""
        if update:
            self.happens[case.name] = f"{happens}\n"
            names = [one.name for one in self._cases if one.name in self.happens]
            self._path.write_text("".join(f"{name}:\n{self.happens[name]}" for name in names), encoding="utf-8")
        assert self.happens.get(case.name) == f"{happens}\n"
