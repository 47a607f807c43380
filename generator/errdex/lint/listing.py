"""Requests of files that hold no piece of any operation's URL: each is counted, none is followed.

What a call is, is told from the names in its own file alone: those that imports bind to a library's functions and
client classes, and what is assigned or annotated with these. A request whose URL begins with a host is one of another
API, since no host of a catalogue stands in the file; any other cannot be resolved.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from errdex.lint.libraries import canonical
from errdex.lint.libraries.clients import CLIENTS, FUNCTIONS, VERBS
from errdex.lint.values import Place
from errdex.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from errdex.lint.project import SourceModule

_METHODS = VERBS | {"request", "stream", "urlopen", "open", "putrequest"}
_OPENING = frozenset({
    "urllib.request.urlopen", "ansible.module_utils.urls.open_url", "ansible.module_utils.urls.fetch_url",
})  # fmt: skip
#: Where the URL stands among the arguments, when it is not the first.
_SECOND = frozenset({"request", "stream", "urlopen", "putrequest", "fetch_url"})


_KINDS = (ast.Import, ast.ImportFrom, ast.Assign, ast.AnnAssign, ast.withitem, ast.arg, ast.ClassDef, ast.Call)
_LEAVES = (ast.Name, ast.Constant, ast.expr_context, ast.operator)


class Names(NamedTuple):
    """What the names of a file stand for."""

    libraries: dict[str, str]
    """Dotted names of libraries, by what imports bind."""
    clients: dict[str, bool]
    """Names and attributes that hold clients, and whether the client itself says its host."""
    values: dict[str, ast.expr]
    """What is assigned to names and attributes, by their last part; the last assignment of each."""


def listed(module: SourceModule) -> Iterator[tuple[Place, str]]:
    """Yield the requests that a file sends by itself to an address that cannot be known, with the reason."""
    nodes = _nodes(module.tree)
    names = _names(nodes)
    for node in nodes:
        if isinstance(node, ast.Call) and (found := _url(node, names)) is not None:
            hosted, url = found
            pieces = list(_pieces(url, names))
            if not hosted and not any("://" in piece for piece in pieces):
                place = Place(module.path, node.lineno, node.col_offset, node.end_lineno or 0, node.end_col_offset or 0)
                known = any("/" in piece for piece in pieces)
                yield place, "no catalogue has that path" if known else "the URL is not known here"


def _nodes(tree: ast.AST) -> list[ast.AST]:
    """Return the nodes of a tree that bind names or call something; a third of the time of `ast.walk`."""
    found: list[ast.AST] = []
    pending: list[ast.AST] = [tree]
    while pending:
        node = pending.pop()
        if isinstance(node, _KINDS):
            found.append(node)
        for field in node._fields:
            value = getattr(node, field, None)
            if isinstance(value, list):
                pending.extend(one for one in value if isinstance(one, ast.AST))
            elif isinstance(value, ast.AST) and not isinstance(value, _LEAVES):
                pending.append(value)
    return found


def _names(nodes: list[ast.AST]) -> Names:
    names = Names({}, {}, {})
    for node in nodes:
        match node:
            case ast.Import():
                for alias in node.names:
                    names.libraries[alias.asname or alias.name.split(".")[0]] = (
                        alias.name if alias.asname else alias.name.split(".")[0]
                    )
            case ast.ImportFrom(module=str(dotted), level=0):
                for alias in node.names:
                    names.libraries[alias.asname or alias.name] = f"{dotted}.{alias.name}"
            case ast.Assign(targets=targets, value=value):
                names.values.update((_last(target), value) for target in targets)
            case ast.AnnAssign(target=target, value=ast.expr() as value):
                names.values[_last(target)] = value
            case _:
                continue
    for node in nodes:
        for name, hosted in _holders(node, names):
            names.clients[name] = hosted and names.clients.get(name, True)
    return names


def _holders(node: ast.AST, names: Names) -> Iterator[tuple[str, bool]]:
    """Yield the names that a node binds to clients, and whether the client says its host."""
    match node:
        case ast.Assign(targets=targets, value=value):
            made = _made(value, names)
            if made is not None:
                yield from ((_last(target), made) for target in targets)
        case ast.withitem(context_expr=value, optional_vars=ast.expr() as target):
            made = _made(value, names)
            if made is not None:
                yield _last(target), made
        case ast.AnnAssign(target=target, annotation=annotation) if _is_client(annotation, names):
            yield _last(target), False
        case ast.arg(arg=name, annotation=ast.expr() as annotation) if _is_client(annotation, names):
            yield name, False
        case ast.ClassDef(bases=bases) if any(_is_client(base, names) for base in bases):
            yield from (("self", False), ("super", False))
        case _:
            return


def _is_client(annotation: ast.expr, names: Names) -> bool:
    return any(_dotted(one, names) in CLIENTS for one in ast.walk(annotation) if isinstance(one, ast.expr))


def _made(value: ast.expr, names: Names) -> bool | None:
    """Return whether the client that an expression makes says its host, None when it makes none."""
    if isinstance(value, ast.Await):
        value = value.value
    if not isinstance(value, ast.Call) or _dotted(value.func, names) not in CLIENTS:
        return None
    given = [*value.args, *(keyword.value for keyword in value.keywords if keyword.arg in ("base_url", "host"))]
    library = CLIENTS[_dotted(value.func, names)]
    return any(
        "://" in piece or (library in ("http.client", "urllib3") and "." in piece)
        for one in given
        for piece in _pieces(one, names)
    )


def _url(node: ast.Call, names: Names) -> tuple[bool, ast.expr | None] | None:
    """Return whether a request's client says its host, and its URL; None for calls that send none."""
    dotted = _dotted(node.func, names)
    name = dotted.rpartition(".")[2]
    if dotted in _OPENING:
        return False, _argument(node, second=name in _SECOND)
    if dotted in FUNCTIONS:
        return False, _argument(node, second=FUNCTIONS[dotted][1] is None)
    if not isinstance(node.func, ast.Attribute) or node.func.attr not in _METHODS:
        return None
    receiver = node.func.value
    hosted = _made(receiver, names)
    if hosted is None:
        hosted = names.clients.get(_last(receiver))
    return None if hosted is None else (hosted, _argument(node, second=node.func.attr in _SECOND))


def _argument(node: ast.Call, *, second: bool) -> ast.expr | None:
    by_name = next((keyword.value for keyword in node.keywords if keyword.arg in ("url", "str_or_url")), None)
    return by_name or next(iter(node.args[1 if second else 0 :]), None)


def _pieces(node: ast.expr | None, names: Names) -> Iterator[str]:
    """Yield the strings that an expression is made of, names looked up among the file's assignments."""
    pending: list[ast.expr] = [] if node is None else [node]
    seen: set[str] = set()
    while pending:
        for one in ast.walk(pending.pop()):
            if isinstance(one, ast.Constant) and isinstance(one.value, str):
                yield one.value
            elif isinstance(one, ast.Name | ast.Attribute) and (name := _last(one)) not in seen:
                seen.add(name)
                pending.extend([names.values[name]] if name in names.values else [])


def _dotted(node: ast.expr, names: Names) -> str:
    """Return the library's dotted name that an expression stands for, empty for others."""
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    if not isinstance(node, ast.Name) or node.id not in names.libraries:
        return ""
    return canonical(".".join([names.libraries[node.id], *reversed(parts)]))


def _last(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    if isinstance(node, ast.Call):
        return "super" if _last(node.func) == "super" else ""
    return node.id if isinstance(node, ast.Name) else ""
