"""The client's project on disk: source files by path, and modules by the names that imports use.

Modules are looked for on demand and without a configuration: beside the importing file, from the top of its
package, in the folders that the run was given and their `src`, and, for packages that are installed under a longer
name than their checkout has, by the tail of the dotted name. Nothing is ever imported.
"""

from __future__ import annotations

import os

from errdex.lint.files import Source, Unread, parse, read_source

TYPE_CHECKING = False
if TYPE_CHECKING:
    import ast
    from collections.abc import Iterable, Iterator, Mapping

    from errdex.lint.interpreter.imagined import Imagined
    from errdex.lint.values import Change, Class, Frame, Function, Place


class SourceModule:
    """One parsed file."""

    __slots__ = ("definitions", "folder", "frame", "lines", "package", "path", "source", "tree")

    def __init__(self, path: str, tree: ast.Module, source: Source, package: str) -> None:
        self.path = path
        self.tree = tree
        self.source = source
        self.lines = tuple(source.lines)
        self.package = package
        """The dotted name of the package that relative imports start from; empty outside packages."""
        self.folder = os.path.dirname(path)
        self.frame: Frame | None = None
        """The module's names, once they were evaluated."""
        self.definitions: dict[ast.AST, tuple[Function, object]] = {}
        """By `def` statement: the function as written, and what its decorators made of it."""

    def __repr__(self) -> str:
        return self.path

    @property
    def is_test(self) -> bool:
        """Whether pytest and unittest would take the file for one of tests, by its name."""
        name = os.path.basename(self.path)
        return name.startswith("test") or name.endswith("_test.py") or name == "conftest.py"


class Project:
    """The files of one run, each read and parsed at most once."""

    def __init__(
        self,
        paths: tuple[str, ...],
        wrappers: Mapping[str, str] | None = None,
        seen: Mapping[str, Mapping[str, bool]] | None = None,
    ) -> None:
        self.wrappers = dict(wrappers or {})
        """Names of libraries by the dotted names of what the configuration says to be such a thing."""
        self._modules: dict[str, SourceModule | Unread] = {}
        self._seen = seen or {}
        """Listings of folders that were made before."""
        self.listings: dict[str, Mapping[str, bool]] = {}
        """Of every folder that was asked for: the names in it, and which of them are folders."""
        self._searched: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {}
        self._calls: dict[str, list[tuple[SourceModule, ast.Call, ast.AST | None]]] | None = None
        self._heirs: dict[str, list[tuple[SourceModule, str]]] | None = None
        self._assigned: dict[ast.AST, dict[str, list[ast.expr]]] = {}
        self._bound: dict[str, dict[int, str]] = {}
        self.steps = 0
        """How many statements were walked with supposed statuses."""
        self.imagined: dict[Class, list[Imagined]] = {}
        """Instances that walks made up, kept for later walks."""
        self.changes: list[Change] = []
        """What the walk of this moment has changed in objects of modules, so that it can be undone."""
        self._imports: dict[str, frozenset[str]] = {}
        self._found: dict[tuple[str, str], str | None] = {}
        self._tops = tuple(dict.fromkeys(top for path in paths for top in _tops(path)))

    def load(self, path: str, text: str | None = None) -> SourceModule | Unread:
        """Read and parse a file, or say why that cannot be done; `text` stands in for what the file holds."""
        known = self._modules.get(path)
        if known is None:
            known = self._modules[path] = self._read(path, text)
        return known

    def _read(self, path: str, text: str | None) -> SourceModule | Unread:
        source = read_source(path) if text is None else Source(path, text.encode("utf-8", "surrogatepass"), text)
        if isinstance(source, Unread):
            return source
        tree = parse(source)
        if isinstance(tree, Unread):
            return tree
        return SourceModule(path, tree, source, self._package(path))

    def bound(self, place: Place) -> str:
        """Return the operation that a comment says a call is, empty when none does."""
        if place.path not in self._bound:
            from errdex.lint.suppression import directives

            module = self._modules.get(place.path)
            known = directives(module.source).operations() if isinstance(module, SourceModule) else {}
            self._bound[place.path] = known
        lines = self._bound[place.path]
        return (
            next((lines[line] for line in range(place.line, place.end_line + 1) if line in lines), "") if lines else ""
        )

    def loaded(self) -> Iterator[tuple[str, bytes | Unread]]:
        """Yield every file that was asked for, and what it holds; for one that cannot be parsed, the reason."""
        for path, module in self._modules.items():
            yield path, module if isinstance(module, Unread) else module.source.data

    def modules(self, paths: Iterable[str]) -> Iterator[SourceModule]:
        """Yield those of the files that were read and parsed."""
        for path in paths:
            module = self._modules.get(path)
            if isinstance(module, SourceModule):
                yield module

    def lines(self, path: str) -> tuple[str, ...]:
        """Return the lines of a file that was loaded, none for others."""
        module = self._modules.get(path)
        return module.lines if isinstance(module, SourceModule) else ()

    def http_library(self, path: str) -> str:
        """Return the one HTTP library that a file imports, `any` when it imports none or several."""
        names = {_SAME.get(name, name) for name in self.imports(path)} & {"requests", "httpx", "aiohttp"}
        return names.pop() if len(names) == 1 else "any"

    def imports(self, path: str) -> frozenset[str]:
        """Return the packages that a file imports at its top, without their submodules."""
        known = self._imports.get(path)
        if known is None:
            module = self._modules.get(path)
            names = _imported(module.tree) if isinstance(module, SourceModule) else frozenset[str]()
            known = self._imports[path] = names
        return known

    def assigned(self, function: ast.AST) -> dict[str, list[ast.expr]]:
        """Return what plain assignments and `with ... as` in a function give to each of its names, in their order."""
        known = self._assigned.get(function)
        if known is None:
            import ast

            known = self._assigned[function] = {}
            for statement in ast.walk(function):
                if isinstance(statement, ast.withitem) and isinstance(statement.optional_vars, ast.Name):
                    known.setdefault(statement.optional_vars.id, []).append(statement.context_expr)
                elif isinstance(statement, ast.Assign):
                    for target in statement.targets:
                        if isinstance(target, ast.Name):
                            known.setdefault(target.id, []).append(statement.value)
        return known

    def calls(self, name: str) -> tuple[tuple[SourceModule, ast.Call, ast.AST | None], ...]:
        """Return the calls of a name in the files of the run, each with its module and enclosing function."""
        if self._calls is None:
            self._calls = {}
            for module in list(self._modules.values()):
                if isinstance(module, SourceModule):
                    for called, call, function in _named_calls(module.tree):
                        self._calls.setdefault(called, []).append((module, call, function))
        return tuple(self._calls.get(name, ()))

    def heirs(self, name: str) -> tuple[tuple[SourceModule, str], ...]:
        """Return the classes at the top of modules that name the class as a base, each with its module."""
        if self._heirs is None:
            self._heirs = {}
            for _, module in sorted(self._modules.items()):
                if isinstance(module, SourceModule):
                    for base, heir in _named_bases(module.tree):
                        self._heirs.setdefault(base, []).append((module, heir))
        return tuple(self._heirs.get(name, ()))

    def find(self, name: str, importer: SourceModule, level: int = 0) -> SourceModule | str | None:
        """Return the module of that dotted name, the folder of a namespace package, or None when it is not here."""
        path = self.locate(name, importer.path, level)
        if path is None or not path.endswith(".py"):
            return path
        module = self.load(path)
        return module if isinstance(module, SourceModule) else None

    def locate(self, name: str, importer: str, level: int = 0) -> str | None:
        """Return the file of the module of that dotted name, or the folder of a namespace package."""
        folder = os.path.dirname(importer)
        key = (("." * level) + name, folder)
        if key not in self._found:
            self._found[key] = next(self._candidates(name, folder, level), None)
        return self._found[key]

    def has(self, folder: str, name: str) -> bool:
        """Return whether a module or package of that name lies in the folder."""
        listed = self._listed(folder.rstrip("/"))
        return f"{name}.py" in listed or name in listed

    def _candidates(self, name: str, beside: str, level: int) -> Iterator[str]:
        parts = name.split(".") if name else []
        if level:
            folder = beside
            for _ in range(level - 1):
                folder = os.path.dirname(folder)
            yield from self._below(folder, parts)
            return
        searched, above = self._search(beside)
        for top in searched:
            yield from self._below(top, parts)
        # An installed name such as ansible_collections.community.docker.plugins.x, checked out from plugins on.
        for start in range(1, len(parts) - 1):
            for folder in above:
                yield from self._below(folder, parts[start:])

    def _search(self, beside: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return the folders that absolute imports of a folder's files start from, and those that tails start from."""
        known = self._searched.get(beside)
        if known is None:
            ancestors = [beside, *_ancestors(beside)]
            searched = tuple(dict.fromkeys([self.top(beside), *self._tops, *ancestors[:6]]))
            known = self._searched[beside] = (searched, tuple(ancestors[:8]))
        return known

    def _below(self, folder: str, parts: list[str]) -> Iterator[str]:
        for part in parts[:-1]:
            # Most names are not here at all, and their first part tells so.
            if self._listed(folder).get(part) is not True:
                return
            folder = os.path.join(folder, part)
        here = self._listed(folder)
        if not parts:
            if here.get("__init__.py") is False:
                yield os.path.join(folder, "__init__.py")
            return
        last = parts[-1]
        if here.get(f"{last}.py") is False:
            yield os.path.join(folder, f"{last}.py")
        elif here.get(last) is True:
            inside = os.path.join(folder, last)
            is_package = self._listed(inside).get("__init__.py") is False
            yield os.path.join(inside, "__init__.py") if is_package else inside

    def top(self, folder: str) -> str:
        """Return the folder that the package of a folder lies in, the folder itself when it is none."""
        while self._listed(folder).get("__init__.py") is False and os.path.dirname(folder) != folder:
            folder = os.path.dirname(folder)
        return folder

    def _package(self, path: str) -> str:
        folder = os.path.dirname(path)
        top = self.top(folder)
        return "" if folder == top else os.path.relpath(folder, top or ".").replace(os.sep, ".")

    def _listed(self, folder: str) -> Mapping[str, bool]:
        known = self.listings.get(folder)
        if known is None:
            known = self._seen.get(folder)
            self.listings[folder] = known = listing(folder) if known is None else known
        return known


def listing(folder: str) -> dict[str, bool]:
    """Return the names in a folder, and which of them are folders; none when it cannot be listed."""
    try:
        with os.scandir(folder or ".") as entries:
            return {entry.name: entry.is_dir() for entry in entries}
    except (OSError, ValueError):
        return {}


def _named_calls(tree: ast.Module) -> Iterator[tuple[str, ast.Call, ast.AST | None]]:
    """Yield the calls by the last part of their names, with the function that each stands in."""
    import ast

    from errdex.lint.nodes import children

    pending: list[tuple[ast.AST, ast.AST | None]] = [(tree, None)]
    while pending:
        node, function = pending.pop()
        if isinstance(node, ast.Call):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            yield called, node, function
        inner = node if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) else function
        pending.extend([(child, inner) for child in children(node)])


def _named_bases(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Yield the bases of the classes at the top of a module, by the last part of their names, each with its class."""
    import ast

    for node in (one for one in tree.body if isinstance(one, ast.ClassDef)):
        for base in node.bases:
            yield base.attr if isinstance(base, ast.Attribute) else getattr(base, "id", ""), node.name


#: HTTP libraries that have another's interface.
_SAME = {"niquests": "requests", "httpx2": "httpx", "requests_cache": "requests", "requests_toolbelt": "requests"}


def _imported(tree: ast.Module) -> frozenset[str]:
    import ast

    names: set[str] = set()
    for node in tree.body:
        match node:
            case ast.Import():
                names.update(alias.name.split(".")[0] for alias in node.names)
            case ast.ImportFrom(module=str(dotted), level=0):
                names.add(dotted.split(".")[0])
            case _:
                continue
    return frozenset(names)


def _ancestors(folder: str) -> list[str]:
    found: list[str] = []
    while folder and os.path.dirname(folder) != folder:
        folder = os.path.dirname(folder)
        found.append(folder)
    return found


def _tops(path: str) -> Iterator[str]:
    folder = path if os.path.isdir(path) else os.path.dirname(path)
    yield folder
    yield os.path.join(folder, "src")
