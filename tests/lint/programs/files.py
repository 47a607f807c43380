"""Programs of two files: what a function needs stands in another module."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.lint.programs.draw import Draw

_HEAD = "# file: "


def apart(text: str, draw: Draw) -> str:
    """Return a program with all but its last function or class in a module of its own."""
    tree = ast.parse(text)
    last = tree.body[-1]
    if not isinstance(last, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return text
    lines = text.splitlines()
    first = min((last.lineno, *(one.lineno for one in last.decorator_list)))
    head = [line for line in lines[: first - 1] if not line.startswith("# run: ")]
    entry = next(line for line in lines if line.startswith("# run: "))
    known = _defined(tree.body[:-1])
    used = {node.id for node in ast.walk(last) if isinstance(node, ast.Name)} & known
    imports = [
        ast.get_source_segment(text, one) or "" for one in tree.body if isinstance(one, ast.Import | ast.ImportFrom)
    ]
    body = "\n".join(lines[first - 1 :])
    if used and draw.chance(25):
        taken = ["from transport import *"]
    else:
        taken = [f"from transport import {name}" for name in sorted(used)]
    parts = [f"{_HEAD}transport.py", *head, f"{_HEAD}client.py", *imports, *taken, "", entry, "", "", body]
    return "\n".join(parts) + "\n"


def _defined(body: list[ast.stmt]) -> set[str]:
    found = {one.name for one in body if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)}
    for one in body:
        if isinstance(one, ast.Assign):
            found.update(target.id for target in one.targets if isinstance(target, ast.Name))
    return found


def files(text: str) -> Iterator[tuple[str, str]]:
    """Yield the name and the text of each file of a program, the one that is run last."""
    if not text.startswith(_HEAD):
        yield "client.py", text
        return
    for part in text.split(_HEAD)[1:]:
        name, _, content = part.partition("\n")
        yield name, content
