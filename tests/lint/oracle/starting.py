"""Start any function of a snippet: arguments are made from the annotations of its parameters."""

from __future__ import annotations

import ast
import asyncio
import collections
import inspect
import itertools
import pathlib
import queue
from typing import TYPE_CHECKING

import aiohttp
import httpx
import httpx2
import requests
import urllib3

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

#: What a parameter without annotation gets: a queue takes what it is given.
VALUES: dict[str, Callable[[], object]] = {
    "": queue.SimpleQueue,
    "Path": lambda: pathlib.Path("x"),
    "bool": lambda: False,
    "bytes": lambda: b"x",
    "dict": lambda: collections.defaultdict(lambda: "x", {"name": "x"}),
    "dict[str, str]": lambda: {"name": "x"},
    "float": lambda: 1.0,
    "int": lambda: 1,
    "list": lambda: [{"name": "x"}, {"name": "y"}],
    "list[dict]": lambda: [{"name": "x"}, {"name": "y"}],
    "list[str]": lambda: ["x"],
    "object": lambda: {"name": "x"},
    "pathlib.Path": lambda: pathlib.Path("x"),
    "str": lambda: "x",
    "aiohttp.ClientSession": aiohttp.ClientSession,
    "httpx.AsyncClient": httpx.AsyncClient,
    "httpx.Client": httpx.Client,
    "httpx2.AsyncClient": httpx2.AsyncClient,
    "httpx2.Client": httpx2.Client,
    "requests.Session": requests.Session,
    "urllib3.PoolManager": urllib3.PoolManager,
}


def starts(source: str) -> Iterator[str]:
    """Yield an expression for each public function of a file, for each public method of its classes, and for itself."""
    yield "None"
    yield "__import__('runpy').run_path(__file__, run_name='__main__')"
    here = f"__import__({__name__!r}, fromlist=['start'])"
    for node in ast.parse(source).body:
        if isinstance(node, ast.ClassDef) and not node.bases:
            for method in node.body:
                if isinstance(method, (ast.FunctionDef, ast.AsyncFunctionDef)) and not method.name.startswith("_"):
                    yield f"{here}.start({here}.start({node.name}).{method.name})"
        elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and not node.name.startswith("_"):
            yield f"{here}.start({node.name})"


def start(function: Callable[..., object]) -> object:
    """Call a function with made-up arguments; a coroutine is run, with sessions that are closed behind it."""
    if not inspect.iscoroutinefunction(inspect.unwrap(function)):
        result = function(**arguments(function))
        return list(itertools.islice(result, 5)) if inspect.isgenerator(result) else result

    async def run() -> object:
        made = arguments(function)
        try:
            result = function(**made)
            return await result if inspect.isawaitable(result) else result
        finally:
            for value in made.values():
                if isinstance(value, aiohttp.ClientSession):
                    await value.close()

    return asyncio.run(run())


def arguments(function: Callable[..., object]) -> dict[str, object]:
    """Return an argument for each parameter without a default; LookupError for one of an unknown type."""
    parameters = inspect.signature(inspect.unwrap(function)).parameters.values()
    needed = [one for one in parameters if one.default is one.empty and one.kind is one.POSITIONAL_OR_KEYWORD]
    known = getattr(inspect.unwrap(function), "__globals__", {})
    return {one.name: _value(one.annotation, known) for one in needed if one.name != "self"}


def _value(annotation: object, known: Mapping[str, object]) -> object:
    """Return a value of that type; a class of the snippet is made in the same way."""
    name = _spelt(annotation)
    own = known.get(name)
    return start(own) if isinstance(own, type) and name not in VALUES else VALUES[name]()


def _spelt(annotation: object) -> str:
    if annotation is inspect.Parameter.empty:
        return ""
    if isinstance(annotation, str):
        return annotation
    if isinstance(annotation, type) and not hasattr(annotation, "__args__"):
        module = annotation.__module__.partition(".")[0]
        known = f"{module}.{annotation.__qualname__}"
        return known if known in VALUES else annotation.__qualname__
    return str(annotation)
