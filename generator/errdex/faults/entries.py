"""Client code that the user says how to start: imported afresh for each run, its base URL on a fault server."""

from __future__ import annotations

import asyncio
import contextlib
import importlib
import inspect
import os
import sys
from typing import TYPE_CHECKING

from errdex.errors import UsageError
from errdex.faults.observe import Client
from errdex.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence


class Entry(NamedTuple):
    """A way to start client code."""

    name: str
    module: str
    """A module that can be imported from the folders."""
    expression: str
    """Evaluated in the names of the module; an awaitable is awaited."""


class Surroundings(NamedTuple):
    """What client code finds when it runs."""

    files: Mapping[str, str]
    """Its source texts by path, as reports name them."""
    folders: Sequence[str]
    """Where its modules are imported from."""
    base_urls: Mapping[str, str]
    """What dotted names, such as `client.settings.BASE_URL`, are set to before each run."""
    environment: Mapping[str, str]
    """Environment variables that are set during each run."""


def entry(name: str, text: str, urls: Mapping[str, str]) -> Entry:
    """Read `module:expression`; `{api-id}` in it becomes that API's URL. UsageError when it is not that."""
    module, colon, expression = text.partition(":")
    if not colon or not all(part.isidentifier() for part in module.strip().split(".")) or not expression.strip():
        raise UsageError(f"prove entry {name!r} is not module:expression: {text!r}")
    return Entry(name, module.strip(), placed(expression.strip(), urls))


def placed(text: str, urls: Mapping[str, str]) -> str:
    """Return the text with the URL of each API in place of its id in braces."""
    for api, url in urls.items():
        text = text.replace(f"{{{api}}}", url)
    return text


def client_of(start: Entry, around: Surroundings) -> Client:
    """Return client code that runs from that entry.

    Its modules are imported anew for each run, so that nothing is left of the run before.
    """
    files = {os.path.realpath(path): text for path, text in around.files.items()}
    names = {os.path.realpath(path): path for path in around.files}

    def run() -> object:
        with _importable(around.folders, set(files)), _environment(around.environment):
            for name, url in around.base_urls.items():
                _set(name, url)
            module = importlib.import_module(start.module)
            value = eval(start.expression, vars(module))  # noqa: S307 - the user's own words, in the user's own project
            return asyncio.run(_awaited(value)) if inspect.isawaitable(value) else value

    return Client(files, names, run)


async def _awaited(value: object) -> object:
    return await value if inspect.isawaitable(value) else value


def _set(name: str, url: str) -> None:
    """Set a dotted name, of which the first parts are a module."""
    parts = name.split(".")
    for end in range(len(parts) - 1, 0, -1):
        try:
            owner: object = importlib.import_module(".".join(parts[:end]))
        except ModuleNotFoundError as error:
            # Only what the name itself leaves open: a module that the client misses is the client's fault.
            if end > 1 and error.name == ".".join(parts[:end]):
                continue
            raise
        for part in parts[end:-1]:
            owner = getattr(owner, part)
        getattr(owner, parts[-1])
        setattr(owner, parts[-1], url)
        return


@contextlib.contextmanager
def _importable(folders: Sequence[str], files: set[str]) -> Iterator[None]:
    added = [os.path.realpath(folder) for folder in folders]
    before = list(sys.path)
    sys.path[:0] = added
    _forget(files)
    try:
        yield
    finally:
        sys.path[:] = before
        _forget(files)


def _forget(files: set[str]) -> None:
    """Take the client's modules out of those that are imported."""
    names = {os.path.basename(file) for file in files}
    for name, module in list(sys.modules.items()):
        file = getattr(module, "__file__", None)
        # The name first: to resolve the path of every module takes longer than a run.
        if file and os.path.basename(file) in names and os.path.realpath(file) in files:
            del sys.modules[name]


@contextlib.contextmanager
def _environment(variables: Mapping[str, str]) -> Iterator[None]:
    before = dict(os.environ)
    os.environ.update(variables)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)
