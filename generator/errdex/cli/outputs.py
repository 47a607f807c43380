"""What a catalogue becomes on disk: rendered in memory, then written as a whole or compared with what is there."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from errdex.cli import CLEAN, FOUND, terminal, write
from errdex.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from errdex.catalogue.model import Catalogue

MARKER = b"errdex"
"""What the first line of a generated module names."""


class Output(NamedTuple):
    """A file or a folder that is to be written."""

    what: str
    """`module` or `pages`."""
    path: str
    content: bytes | Mapping[str, bytes]
    """Of a file; or of the files of a folder, by path below it."""


def module_output(catalogue: Catalogue, path: str) -> Output:
    """Render the exception module; a path that does not end in `.py` is a folder for all that is rendered."""
    from errdex.pymodule.render import render_module

    files = {name: text.encode() for name, text in render_module(catalogue).items()}
    if not path.endswith(".py"):
        return Output("module", path, files)
    if len(files) > 1:
        raise UsageError(f"{path} has to be a folder: the module of {catalogue.api.id} has {len(files)} files")
    return Output("module", path, next(iter(files.values())))


def pages_output(catalogue: Catalogue, folder: str) -> Output:
    """Render the reference pages."""
    from errdex.pages.render import render_pages

    return Output("pages", folder, {name: text.encode() for name, text in render_pages(catalogue).items()})


def deliver(output: Output, *, check: bool) -> int:
    """Write the output and say where it is; or, to check, say what is stale. Return the exit code."""
    if check:
        return FOUND if print_stale(list(stale_files(output))) else CLEAN
    with write.Staging() as staging:
        changed = stage(staging, output)
        staging.commit()
    print_place(output.what, output.path, changed=changed)
    return CLEAN


def stage(staging: write.Staging, output: Output) -> bool:
    """Make the output ready; tell whether that changes anything."""
    if isinstance(output.content, bytes):
        return staging.file(output.path, output.content, marker=MARKER)
    return staging.tree(output.path, output.content)


def stale_files(output: Output) -> Iterator[write.Stale]:
    """Yield what is not up to date; nothing is written."""
    if isinstance(output.content, bytes):
        return write.stale_file(output.path, output.content)
    return write.stale(output.path, output.content)


def print_stale(stale: Sequence[write.Stale]) -> bool:
    """Print each stale file on a line of its own; tell whether there are any."""
    for file in stale:
        print(terminal.visible(f"{file.path}: {file.what}"))
    return bool(stale)


def print_place(what: str, path: str, *, changed: bool) -> None:
    """Print where an output is."""
    print(terminal.visible(f"{what:<9} {path}{'' if changed else ' (unchanged)'}"))
