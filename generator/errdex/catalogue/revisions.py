"""Catalogues as they were: read from a revision of the git repository that they are kept in.

A catalogue may be a folder, or refer to files beside it, so all that could be a part of one is taken from the revision
into a folder of its own. Places are told by what git calls the file: `HEAD~1:codes/shop.yaml`.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
from typing import TYPE_CHECKING

from errdex.catalogue.load import load_catalogue
from errdex.errors import CatalogueError, UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from errdex.catalogue.model import Catalogue

_SUFFIXES = (".yaml", ".yml", ".json")


def is_revision(word: str) -> bool:
    """Return whether git knows a revision of that name in the repository of the current folder."""
    if not word or word.startswith("-"):
        return False
    asked = ["rev-parse", "--verify", "--quiet", "--end-of-options", f"{word}^{{commit}}"]
    return _run(os.curdir, asked).returncode == 0


def load_revision(revision: str, path: str) -> tuple[Catalogue, str]:
    """Read a catalogue as it was, and return it with the folder whose name stands for the revision in its places.

    Raises UsageError when the file was not there, and CatalogueError when it cannot be used.
    """
    folder = path if os.path.isdir(path) else os.path.dirname(os.path.abspath(path))
    while not os.path.isdir(folder):  # it is gone since
        folder = os.path.dirname(folder)
    top = _output(folder, ["rev-parse", "--show-toplevel"]).decode("utf-8", "surrogateescape").rstrip("\n")
    inside = os.path.relpath(os.path.realpath(path), os.path.realpath(top)).replace(os.sep, "/")
    around = inside if os.path.isdir(path) else os.path.dirname(inside)
    with tempfile.TemporaryDirectory() as scratch:
        listed = _output(top, ["ls-tree", "-r", "-z", "--name-only", revision, "--", f"{around or '.'}"])
        names = [os.fsdecode(name) for name in listed.split(b"\0") if name]
        for name in names:
            if name.endswith(_SUFFIXES):
                target = os.path.join(scratch, *name.split("/"))
                os.makedirs(os.path.dirname(target), exist_ok=True)
                with open(target, "wb") as file:
                    file.write(_output(top, ["cat-file", "blob", f"{revision}:{name}"]))
        kept = os.path.join(scratch, *inside.split("/"))
        if not os.path.exists(kept):
            raise UsageError(f"{path} is not in the revision {revision}")
        try:
            return load_catalogue(kept), scratch + os.sep
        except CatalogueError as error:
            problems = [
                problem._replace(
                    location=problem.location._replace(
                        path=problem.location.path.replace(scratch + os.sep, f"{revision}:")
                    ),
                    message=problem.message.replace(scratch + os.sep, f"{revision}:"),
                )
                for problem in error.problems
            ]
            raise CatalogueError(problems) from None


def _output(folder: str, words: Sequence[str]) -> bytes:
    done = _run(folder, words)
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise UsageError(f"git {words[0]}: {said[-1] if said else 'it failed'}")
    return done.stdout


def _run(folder: str, words: Sequence[str]) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(["git", *words], cwd=folder, capture_output=True, check=False)  # noqa: S603, S607
    except OSError as error:
        raise UsageError("git cannot be started: a revision needs it") from error
