"""How a client file speaks of the generated module: the names that it has, and the import of those that it has not."""

from __future__ import annotations

import ast
import os
import re
from typing import TYPE_CHECKING

from errdex.catalogue.class_names import module_names
from errdex.lint.files import Source, read_source
from errdex.lint.fixing.edits import Edit
from errdex.lint.interpreter.generated import is_generated
from errdex.lint.project import SourceModule
from errdex.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from errdex.catalogue.class_names import ModuleNames
    from errdex.catalogue.model import Catalogue
    from errdex.lint.fixing.edits import Draft
    from errdex.lint.project import Project

PARTS_OF_A_PACKAGE = 400
"""Files of a package that are read."""


class Generated(NamedTuple):
    """The client's copy of a generated module; it may be older than the catalogue."""

    path: str
    """Its file, or the `__init__.py` of the package."""
    text: str
    """Of all its files."""
    names: ModuleNames
    """What a module of the catalogue as it is now would have."""

    def operation(self, id_: str) -> str:
        """Return the member of `Operation`, empty when this copy has none."""
        name = next((one.name for one in self.names.operations if one.value == id_), "")
        said = rf"^Operation\.{name} = Operation\(\s*[\"']{re.escape(id_)}[\"']"
        return name if name and re.search(said, self.text, re.MULTILINE) else ""

    def status(self, code: str) -> str:
        """Return the member of `Status`, empty when this copy has none."""
        name = next((one.name for one in self.names.statuses if one.value == code), "")
        return name if name and re.search(rf"^    {name} = {code}$", self.text, re.MULTILINE) else ""

    def error(self, operation: str, code: str) -> str:
        """Return the class of an operation's status, empty when this copy has none."""
        names = self.names.errors
        name = next((one.name for one in names if (one.operation, one.status) == (operation, code)), "")
        return name if name and re.search(rf"^class {name}\(", self.text, re.MULTILINE) else ""


class Naming(NamedTuple):
    """How names of the generated module are written in a file."""

    written: Mapping[str, str]
    """By name: `Status`, `errors.Status`."""
    edits: tuple[Edit, ...]
    """The import that this needs."""

    def put(self, text: str) -> str:
        r"""Return the text with the names that are marked by `\0`."""
        return re.sub("\0([A-Za-z_]+[A-Za-z_0-9]*)", lambda found: self.written[found[1]], text)


class _Import(NamedTuple):
    node: ast.Import | ast.ImportFrom
    prefix: str
    """What names are written after, when the whole module is imported."""


def generated(
    project: Project, module: SourceModule, catalogue: Catalogue, configured: Iterable[str]
) -> Generated | None:
    """Return the generated module that a file imports, else the one that the configuration names; None without one."""
    imported = (found for one in module.tree.body for found in _modules(project, module, one))
    for path in dict.fromkeys((*(path for path, _ in imported), *configured)):
        loaded = project.load(path)
        if isinstance(loaded, SourceModule) and is_generated(loaded):
            found = Generated(path, _text(path), module_names(catalogue))
            if any(found.operation(operation.id) for operation in catalogue.operations):
                return found
    return None


def own_names(project: Project, module: SourceModule, path: str) -> frozenset[str]:
    """Return how the file writes what it has of the generated module; what ends in a dot stands before any name."""
    names: set[str] = set()
    for node in module.tree.body:
        for found, prefix in _modules(project, module, node):
            if os.path.normpath(found) == os.path.normpath(path):
                names.add(prefix)
                if not prefix and isinstance(node, ast.ImportFrom):
                    names.update(alias.asname or alias.name for alias in node.names)
    return frozenset(names - {""})


def naming(project: Project, module: SourceModule, draft: Draft, path: str, wanted: Iterable[str]) -> Naming | None:
    """Return how a file is to write names of the generated module at that path; None when no import reaches it."""
    names = tuple(dict.fromkeys(wanted))
    imports = [
        _Import(node, prefix)
        for node in module.tree.body
        if isinstance(node, ast.Import | ast.ImportFrom)
        for found, prefix in _modules(project, module, node)
        if os.path.normpath(found) == os.path.normpath(path)
    ]
    whole = next((one for one in imports if one.prefix), None)
    if whole:
        return Naming({name: whole.prefix + name for name in names}, ())
    known = {
        alias.name: alias.asname or alias.name
        for one in imports
        if isinstance(one.node, ast.ImportFrom)
        for alias in one.node.names
    }
    star = "*" in known
    missing = [] if star else [name for name in names if name not in known]
    taken = _taken(module.tree)
    if not taken.isdisjoint(missing):
        return _whole(project, module, draft, path, names, taken)
    written = {name: known.get(name, name) for name in names}
    if not missing:
        return Naming(written, ())
    if imports and isinstance(imports[0].node, ast.ImportFrom):
        return Naming(written, (_extended(draft, imports[0].node, missing),))
    reached = _reached(project, module, path)
    if reached is None:
        return None
    lines = _from(draft, f"from {reached} import ", sorted(missing, key=_order))
    return Naming(written, (_added(project, module, draft, lines),))


def _whole(
    project: Project, module: SourceModule, draft: Draft, path: str, names: Iterable[str], taken: frozenset[str]
) -> Naming | None:
    """Import the module itself, where the file has other uses for the names."""
    reached = _reached(project, module, path)
    name = (reached or "").rpartition(".")[2]
    if reached is None or name in taken:
        return None
    folder = reached.removesuffix(name)
    line = f"from {folder.rstrip('.') or folder} import {name}" if folder else f"import {name}"
    return Naming({one: f"{name}.{one}" for one in names}, (_added(project, module, draft, [line]),))


def _modules(project: Project, module: SourceModule, node: ast.stmt) -> Iterator[tuple[str, str]]:
    """Yield (path, prefix) of each module that an import binds or takes names from."""
    if isinstance(node, ast.Import):
        for alias in node.names:
            found = project.find(alias.name, module)
            if isinstance(found, SourceModule):
                yield found.path, f"{alias.asname or alias.name}."
    elif isinstance(node, ast.ImportFrom):
        found = project.find(node.module or "", module, node.level)
        if isinstance(found, SourceModule) and node.module:
            yield found.path, ""
        for alias in node.names:
            dotted = f"{node.module}.{alias.name}" if node.module else alias.name
            below = project.find(dotted, module, node.level)
            if isinstance(below, SourceModule):
                yield below.path, f"{alias.asname or alias.name}."


def _reached(project: Project, module: SourceModule, path: str) -> str | None:
    """Return the name that imports of the file reach the module by; None when that is not plain to see."""
    parts = path.removesuffix(".py").removesuffix("/__init__").split("/")
    folder, name = "/".join(parts[:-1]), parts[-1]
    if os.path.normpath(folder or ".") == os.path.normpath(module.folder or "."):
        dotted, level = name, int(bool(module.package))
    else:
        top, own = project.top(folder), project.top(module.folder)
        if os.path.normpath(top or ".") != os.path.normpath(own or "."):
            return None
        inside = os.path.relpath(folder or ".", top or ".")
        dotted, level = ".".join([*(part for part in inside.split(os.sep) if part != "."), name]), 0
    found = project.locate(dotted, module.path, level)
    if found is None or os.path.normpath(found) != os.path.normpath(path):
        return None
    return "." * level + dotted if all(part.isidentifier() for part in dotted.split(".")) else None


def _extended(draft: Draft, node: ast.ImportFrom, missing: Iterable[str]) -> Edit:
    """Return the edit that adds names to an import."""
    kept = [f"{alias.name} as {alias.asname}" if alias.asname else alias.name for alias in node.names]
    start, end = (
        draft.offset(node.lineno, node.col_offset),
        draft.offset(node.end_lineno or 0, node.end_col_offset or 0),
    )
    head = draft.text[start : draft.text.index("import", start + len("from"))]
    several = node.end_lineno != node.lineno
    names = sorted([*kept, *missing], key=_order)
    lines = _from(draft, f"{head}import ", names, one_each=several)
    return Edit(start, end, draft.newline.join(lines))


def _from(draft: Draft, head: str, names: list[str], *, one_each: bool = False) -> list[str]:
    line = head + ", ".join(names)
    if not one_each and len(line) <= draft.width:
        return [line]
    return [f"{head}(", *(f"    {name}," for name in names), ")"]


def _added(project: Project, module: SourceModule, draft: Draft, lines: list[str]) -> Edit:
    """Return the edit that adds an import below those at the head of the file."""
    body = module.tree.body
    imports = [node for node in body if isinstance(node, ast.Import | ast.ImportFrom)]
    first = next((index for index, node in enumerate(body) if not _is_head(node)), len(body))
    last = next((node for node in reversed(body[:first]) if isinstance(node, ast.Import | ast.ImportFrom)), None)
    if last is None:
        docstring = body[0] if body and isinstance(body[0], ast.Expr) and not imports else None
        below = (docstring.end_lineno or 0) + 1 if docstring else 1
        return draft.above(below, ["", *lines] if docstring else [*lines, ""])
    own = isinstance(last, ast.ImportFrom) and last.level > 0
    own = own or any(True for _ in _modules(project, module, last))
    return draft.above((last.end_lineno or 0) + 1, lines if own else ["", *lines])


def _is_head(node: ast.stmt) -> bool:
    """Tell whether a statement can stand among the imports at the head of a file."""
    return isinstance(node, ast.Import | ast.ImportFrom) or (
        isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    )


def _taken(tree: ast.Module) -> frozenset[str]:
    """Return every name that the file uses for anything."""
    names: set[str] = set()
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name) | ast.arg(arg=name) | ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                names.add(name)
            case ast.AsyncFunctionDef(name=name) | ast.MatchAs(name=str(name)) | ast.MatchStar(name=str(name)):
                names.add(name)
            case ast.ExceptHandler(name=str(name)):
                names.add(name)
            case ast.alias(name=name, asname=other):
                names.add((other or name).partition(".")[0])
            case _:
                continue
    return frozenset(names)


def _order(name: str) -> tuple[int, str, str]:
    """Sort names as isort does: constants, classes, then the rest."""
    kind = 0 if name.isupper() and len(name) > 1 else 1 if name[:1].isupper() else 2
    return kind, name.lower() if kind == 2 else name, name


def _text(path: str) -> str:
    """Return the text of a module, or of all files of a package."""
    if os.path.basename(path) != "__init__.py":
        paths = [path]
    else:
        folder = os.path.dirname(path)
        found = sorted(name for name in os.listdir(folder) if name.endswith(".py"))
        paths = [os.path.join(folder, name) for name in found[:PARTS_OF_A_PACKAGE]]
    read = map(read_source, paths)
    return "\n".join(one.text for one in read if isinstance(one, Source))
