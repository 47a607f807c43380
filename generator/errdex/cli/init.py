"""`errdex init`: write a starting catalogue, configuration and pre-commit entry, and touch nothing that is there."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

from errdex.errors import UsageError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

CONFIG = "errdex.toml"
PRE_COMMIT = ".pre-commit-config.yaml"
SCHEMA = "codes/catalogue-1.schema.json"
SUFFIXES = (".yaml", ".yml", ".json")
DEEPEST = 4
"""How many folders down an OpenAPI document is looked for."""
_VERSION = re.compile(rb"""^\s*[{]?\s*["']?(openapi|swagger)["']?\s*:\s*["']?[23]\b""", re.MULTILINE)
HEAD = 4096
"""How many bytes of a file tell whether it is an OpenAPI document."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments: there are none, the folder says it all."""
    del parser


def run(arguments: argparse.Namespace) -> int:
    """Write what is missing and say what was found, written and kept."""
    del arguments
    from errdex.cli import CLEAN, terminal
    from errdex.cli.write import Staging

    documents, clients = list(find_documents(".")), sorted(find_clients("."))
    files = dict(starting_files(os.path.basename(os.getcwd()), documents, clients))
    if _is_configured():
        del files[CONFIG]
    kept = [path for path in files if os.path.lexists(path)]
    here = os.path.realpath(".")
    for path in sorted(files.keys() - kept):
        if os.path.dirname(os.path.realpath(path)) not in (here, os.path.join(here, os.path.dirname(path))):
            raise UsageError(f"{path} is not below this folder: a part of its path is a link")
    with Staging() as staging:
        for path, text in files.items():
            if path not in kept:
                staging.file(path, text.encode())
        staging.commit()
    lines = [f"found     {path}, an OpenAPI document" for path in documents]
    lines += [f"found     {path}, which sends requests" for path in clients]
    lines += [f"{'kept' if path in kept else 'written':<9} {path}" for path in files]
    terminal.say(*lines)
    if PRE_COMMIT in kept:
        print(f"To check client code before every commit, add this to {PRE_COMMIT}:\n\n{files[PRE_COMMIT]}")
    print("Next: errdex build")
    return CLEAN


def starting_files(folder: str, documents: list[str], clients: list[str]) -> Iterator[tuple[str, str]]:
    """Yield each file of a start, and its text."""
    from errdex.catalogue.naming import slug

    api = re.sub(r"^[^a-z]+", "", slug(folder)) or "my-api"
    catalogue = f"codes/{api}.yaml"
    if not documents:
        yield SCHEMA, _text("catalogue", "schema.json")
        title = api.replace("-", " ").capitalize()
        text = _text("cli", "starting", "catalogue.yaml")
        yield catalogue, text.replace("Example API", f"{title} API").replace("example-api", api)
    name = "{api}" if len(documents) > 1 else ""
    config = _text("cli", "starting", "errdex.toml")
    for key, value in (
        ("catalogues", documents or [catalogue]),
        ("module", f"{name or api.replace('-', '_')}_errors.py"),
        ("pages", f"docs/reference/{name}".rstrip("/")),
        ("paths", clients or ["."]),
    ):
        config = config.replace(f"@{key}@", _toml(value))
    yield CONFIG, config
    yield PRE_COMMIT, _text("cli", "starting", "pre-commit.yaml")


def find_documents(folder: str, depth: int = DEEPEST) -> Iterator[str]:
    """Yield the OpenAPI and Swagger documents below the folder, by name, without following links."""
    from errdex.lint.files import SKIPPED_FOLDERS

    def is_looked_into(entry: os.DirEntry[str]) -> bool:
        return (
            entry.is_dir(follow_symlinks=False) and not entry.name.startswith(".") and entry.name not in SKIPPED_FOLDERS
        )

    with os.scandir(folder) as entries:
        found = sorted(entries, key=lambda entry: entry.name)
    for entry in found:
        path = os.path.normpath(entry.path)
        if entry.is_file(follow_symlinks=False) and entry.name.lower().endswith(SUFFIXES):
            with open(path, "rb") as stream:
                if _VERSION.search(stream.read(HEAD)):
                    yield path
        elif (
            depth and entry.is_dir(follow_symlinks=False) and entry.name not in SKIPPED_FOLDERS and entry.name[0] != "."
        ):
            yield from find_documents(path, depth - 1)


def find_clients(folder: str) -> Iterator[str]:
    """Yield the folders and files at the top of the folder in which Python code imports an HTTP client."""
    from errdex.lint.files import CLIENT_WORDS, find, read

    imports = re.compile(
        rb"^\s*(?:import|from)\s+(?:" + b"|".join(map(re.escape, CLIENT_WORDS)) + rb")\b", re.MULTILINE
    )
    seen: set[str] = set()
    for path in find([folder]):
        if not isinstance(path, str):
            continue
        top = os.path.normpath(path).split(os.sep)[0]
        data = b"" if top in seen else read(path)
        if isinstance(data, bytes) and imports.search(data):
            seen.add(top)
            yield top


def _is_configured() -> bool:
    """Tell whether this folder says already what errdex is to do."""
    from errdex.config import find_source

    source = find_source(".")
    return source is not None and os.path.dirname(source.path) == ""


def _text(*path: str) -> str:
    """Return a file of the package."""
    with open(os.path.join(os.path.dirname(__file__), os.pardir, *path), encoding="utf-8") as stream:
        return stream.read()


def _toml(value: str | list[str]) -> str:
    """Return the value as TOML: its basic strings are JSON's, but for lone surrogates, which no file holds."""
    import json

    return json.dumps(value, ensure_ascii=False)
