"""Run a snippet of client code against every documented answer, and say what it does with each.

A snippet is a section of a Markdown page: its Python blocks are the files of a small project (`title="x.py"` names
one, `client.py` otherwise). Comments say the rest:

- `# verdict: get-record: 404 discriminated; 429 503 dropped` above a call: its operation, and what becomes of each
  documented error there;
- `# run: fetch(7)`: the expression that starts the code, in the names of the last file; without it the last file
  is run as a script.

While a snippet runs, the catalogue's host is replaced by the address of the fault server, so that line numbers stay.
"""

from __future__ import annotations

import contextlib
import importlib
import os
import re
import runpy
import sys
from functools import cache
from typing import TYPE_CHECKING

from errdex.catalogue.load import load_catalogue
from errdex.faults.judge import judge
from errdex.faults.observe import Client
from errdex.faults.passages import passages
from errdex.faults.trials import attempt
from errdex.pymodule.render import render_module
from errdex.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from errdex.faults.judge import Judgement
    from errdex.faults.plan import Asked
    from errdex.faults.server import FaultServer
    from errdex.faults.trials import Trial

HOST = "api.records.test"
CATALOGUE = os.path.join(os.path.dirname(__file__), "records.yaml")


class Expected(NamedTuple):
    """What a `# verdict:` comment says of the call below it."""

    path: str
    line: int
    """The line of the call."""
    operation: str
    verdicts: tuple[tuple[str, str], ...]
    """(status, verdict) in the comment's order."""


class Snippet(NamedTuple):
    """A section of a page."""

    name: str
    files: tuple[tuple[str, str], ...]
    """(name, text); the last one is run."""
    entry: str
    """An expression; empty for a script."""
    expected: tuple[Expected, ...]


def snippets(page: str) -> Iterator[Snippet]:
    """Return the snippets of a page, in order; ValueError when one expects nothing."""
    for section in re.split(r"^## ", page, flags=re.MULTILINE)[1:]:
        name, _, rest = section.partition("\n")
        blocks = re.findall(r"^```python(?: title=\"([^\"]+)\")?\n(.*?)^```$", rest, flags=re.MULTILINE | re.DOTALL)
        if not blocks:
            continue
        files = tuple((title or "client.py", text) for title, text in blocks)
        expected = tuple(one for file, text in files for one in _expected(file, text))
        if not expected:
            raise ValueError(f"snippet {name!r} has no verdict comment")
        runs = re.findall(r"^# run: (.*)$", files[-1][1], flags=re.MULTILINE)
        yield Snippet(name.strip(), files, runs[-1] if runs else "", expected)


def _expected(file: str, text: str) -> Iterator[Expected]:
    lines = text.splitlines()
    for index, line in enumerate(lines):
        match = re.match(r"\s*# verdict: ([a-z-]+): (.*)$", line)
        if not match:
            continue
        said = tuple((status, group.split()[-1]) for group in match[2].split(";") for status in group.split()[:-1])
        call = next(at for at in range(index + 1, len(lines)) if not lines[at].lstrip().startswith("#"))
        yield Expected(file, call + 1, match[1], said)


def judgements(snippet: Snippet, operation: str, server: FaultServer, folder: Path) -> tuple[Judgement, ...]:
    """Run the snippet's files, written to the folder, until each documented error of the operation is judged."""
    client = prepared(snippet, server, folder)
    known = {name: passages(client.files[path]) for path, name in client.names.items()}

    def run(asked: Asked) -> Trial:
        return attempt(client, server, operation, asked)

    return judge(run, server.plan.responses[operation], client.files.values(), known)


def prepared(snippet: Snippet, server: FaultServer, folder: Path) -> Client:
    """Write the snippet's files with the server's address in them; `run` starts them with fresh modules."""
    address = server.origin.removeprefix("http://")
    files, names = {}, {}
    for name, text in snippet.files:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.replace(HOST, address))
        files[str(path)], names[str(path)] = text, name
    write_module(snippet, folder)
    main = folder / snippet.files[-1][0]
    modules = {name.removesuffix(".py").replace("/", ".").removesuffix(".__init__") for name, _ in snippet.files}
    packages = {module.partition(".")[0] for module in modules}

    def run() -> object:
        with _importable(folder, packages):
            if not snippet.entry:
                runpy.run_path(str(main), run_name="__main__")
                return None
            module = importlib.import_module(snippet.files[-1][0].removesuffix(".py").replace("/", "."))
            return eval(snippet.entry, vars(module))

    return Client(files, names, run)


def write_module(snippet: Snippet, folder: Path) -> None:
    """Write the exception module of the catalogue beside the files of a snippet that uses it."""
    if any("records_errors" in text for _, text in snippet.files):
        (folder / "records_errors.py").write_text(_module())


@cache
def _module() -> str:
    (text,) = render_module(load_catalogue(CATALOGUE)).values()
    return text


@contextlib.contextmanager
def _importable(folder: Path, packages: set[str]) -> Iterator[None]:
    """Let the folder's modules be imported, anew each time."""
    sys.path.insert(0, str(folder))
    try:
        yield
    finally:
        sys.path.remove(str(folder))
        for name in [name for name in sys.modules if name.partition(".")[0] in packages]:
            del sys.modules[name]
