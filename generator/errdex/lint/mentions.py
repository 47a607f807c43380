"""What the text of each function names: what may send a request by itself, and what else may lead to one.

Nothing is evaluated. A name is whatever stands for a thing in the text, so that a table of functions, a callback or an
override leads on like a call does.
"""

from __future__ import annotations

import ast
import re
from collections import Counter
from itertools import chain
from typing import TYPE_CHECKING

from errdex.lint.libraries.clients import VERBS, holds_data
from errdex.lint.nodes import children
from errdex.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from errdex.lint.project import SourceModule

#: Methods and functions of client libraries that send a request, or that finish one.
SENDING = VERBS | {
    "request", "async_request", "_request", "stream", "send", "urlopen", "putrequest", "endheaders", "getresponse",
    "request_encode_body", "request_encode_url", "ws_connect", "open_url", "fetch_url", "methodcaller",
}  # fmt: skip
#: What makes a request that something else sends, when it is called.
_MAKING = frozenset({"Request", "build_request", "PreparedRequest", "build_opener"})
#: Functions that keep the function that they are given, and call it when they are called.
_PARTIAL = frozenset({"partial", "partialmethod", "wraps", "MethodType"})
#: Modules that functions which send requests are imported from.
_HTTP = re.compile(r"(?i)request|http|urllib|client|session|api")
#: Nodes that statements stand in.
_BLOCKS = (ast.stmt, ast.excepthandler, ast.match_case)
#: Objects that send a request when they are asked for a word, unlike a mapping.
_CLIENT = re.compile(r"(?i)client|session|http|api|conn|request|^(self|cls|s|c|r)$")


#: What stands before a name that a method asks its class's bases for.
BASE = "super()."


class Mention(NamedTuple):
    """What the text of a function names, or that of a module outside its functions."""

    names: frozenset[str]
    held: frozenset[str]
    """Those of the names that it does not only call: it may hand on what they name."""
    opens: bool
    """Something in it may send a request by itself."""
    objects: frozenset[str]
    """Names of the classes of objects that it makes, and calls like clients: they may be such."""
    hands_on: bool
    """It may hand on a client's function that sends requests."""
    nests: bool
    """Functions are defined in it: what it gives may be one of them."""


class Given(NamedTuple):
    """A name, and what it can lead to."""

    name: str
    meant: frozenset[str]
    """Names that it may stand for."""
    makers: frozenset[str]
    """Names of what gives it when that is called: of classes and functions."""


class Text(NamedTuple):
    """What a module's text names."""

    mentions: dict[ast.AST, Mention]
    """By `def` statement, and by the module's tree."""
    given: tuple[Given, ...]
    """What it gives names to."""


_NONE = frozenset[str]()
NOTHING = Mention(_NONE, _NONE, opens=False, objects=_NONE, hands_on=False, nests=False)


class _Scope:
    """A function, or a module outside its functions, while its text is read."""

    def __init__(self, name: str = "") -> None:
        self.name = name
        self.names: set[str] = set()
        self.held: set[str] = set()
        self.opens = self.nests = self.hands_on = False
        self.asked: set[str] = set()
        """Variables that are called like clients."""
        self.stored: Counter[str] = Counter()
        """How often each variable is given something."""
        self.objects: dict[str, list[str]] = {}
        """The classes whose objects each variable is given."""

    def bind(self, node: ast.AST) -> None:
        """Note what a node gives a variable."""
        match node:
            case ast.Name(id=name, ctx=ast.Store()) | ast.arg(arg=name):
                self.stored[name] += 1
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Call(func=function)):
                self.objects.setdefault(name, []).extend(one for one in _name(function) if one[:1].isupper())
            case _:
                pass

    def mention(self) -> Mention:
        """Return what there is in it."""
        of_class = {name: made for name, made in self.objects.items() if len(made) == self.stored[name]}
        opens = self.opens or self.hands_on or not self.asked <= of_class.keys()
        objects = frozenset(chain.from_iterable(of_class.get(name, ()) for name in self.asked))
        return Mention(frozenset(self.names), frozenset(self.held), opens, objects, self.hands_on, self.nests)


class _Around(NamedTuple):
    """What is known of the module and of the class that a statement stands in."""

    imported: frozenset[str]
    """Names that the module imports."""
    decorators: tuple[ast.expr, ...] = ()
    """Those of the class, and of the classes around it."""
    is_client: bool = False
    """A base of the class is called like a client: it may inherit methods that send requests."""


def reading(module: SourceModule, words: frozenset[bytes]) -> Text:
    """Return what a module's text names; `words` are pieces of operations' paths."""
    top = _Scope()
    scopes: dict[ast.AST, _Scope] = {module.tree: top}
    given: list[Given] = []
    called, receivers, lookups = set[ast.AST](), set[ast.AST](), set[ast.AST]()
    # A node, the scopes that it stands in, and what else is around it.
    beginning = _Around(frozenset(_imported(module.tree)))
    pending: list[tuple[ast.AST, tuple[_Scope, ...], _Around]] = [(module.tree, (top,), beginning)]
    while pending:
        node, within, around = pending.pop()
        names: tuple[str, ...] = ()
        given.extend(_given(node, [scope.name for scope in within if scope is not top], around))
        match node:
            case ast.Name(id=name):
                names = (name,)
            case ast.Attribute(value=receiver, attr=name):
                names = () if node in lookups else (f"{BASE}{name}",) if _is_super(receiver) else (name,)
                receivers.add(receiver)
            case ast.Subscript(value=receiver):
                receivers.add(receiver)
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                for scope in (outer := within if within != (top,) else ()):
                    scope.nests = True
                within = (*outer, scopes.setdefault(node, _Scope(name)))
                pending.extend((one, within, beginning) for one in around.decorators)
                around = around._replace(decorators=())
            case ast.ClassDef(decorator_list=more, bases=bases):
                of_client = any(_CLIENT.search(name) for base in bases for name in _name(base))
                around = _Around(around.imported, (*around.decorators, *more), of_client)
            case ast.Call(func=function):
                called.add(function)
                lookups.update([function] if _looks_up(node, words) else ())
                names = tuple(_asked(node))
            case _:
                pass
        for scope in within if isinstance(node, ast.Name | ast.arg | ast.Assign) else ():
            scope.bind(node)
        is_held = node not in called and node not in receivers and not isinstance(node, ast.Call)
        sends = node not in receivers and not SENDING.isdisjoint(name.removeprefix(BASE) for name in names)
        takes = sends and (is_held or isinstance(node, ast.Call))
        for scope in within if names else ():
            scope.names.update(names)
            if is_held or (node in called and scope is not within[-1]):
                scope.held.update(names)
            if takes:
                scope.hands_on = scope.hands_on or _takes_sender(node, around)
            elif sends or (node in called and not _MAKING.isdisjoint(names)):
                match node:
                    case ast.Attribute(value=ast.Name(id=variable)) if variable not in around.imported:
                        scope.asked.add(variable)
                    case _:
                        scope.opens = True
                scope.hands_on = scope.hands_on or (sends and scope is not within[-1])
        pending.extend([(child, within, around) for child in children(node)])
    return Text({node: scope.mention() for node, scope in scopes.items()}, tuple(given))


def _imported(tree: ast.Module) -> Iterator[str]:
    """Yield the names that imports anywhere in a module give."""
    pending: list[ast.AST] = [tree]
    while pending:
        node = pending.pop()
        if isinstance(node, ast.Import | ast.ImportFrom):
            yield from (one.asname or one.name.split(".")[0] for one in node.names)
        pending.extend([one for one in children(node) if isinstance(one, _BLOCKS)])


def _takes_sender(node: ast.AST, around: _Around) -> bool:
    """Return whether what names something that sends requests, but does not call it, may be a client's function."""
    match node:
        case ast.Name(id=name):
            return name in around.imported
        case ast.Attribute(value=receiver) | ast.Call(func=ast.Name(id="getattr"), args=[receiver, *_]):
            return _is_client(receiver, around)
        case _:
            return True


def _is_client(receiver: ast.expr, around: _Around) -> bool:
    """Return whether what an attribute is taken from is a module, or called like a client."""
    match receiver:
        case ast.Name(id="self" | "cls"):
            return around.is_client
        case ast.Name(id=name) if name in around.imported:
            return True
        case ast.Call(func=function):
            return _is_super(receiver) or any(map(_CLIENT.search, _name(function)))
        case _:
            return any(map(_CLIENT.search, _name(receiver)))


def naming_statements(function: ast.AST, words: frozenset[bytes]) -> Iterator[tuple[ast.stmt, frozenset[str]]]:
    """Yield the statements of a function, each with what its own text names; of a module, those outside functions."""
    definitions = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef) if isinstance(function, ast.Module) else ()
    statements = [one for one in children(function) if not isinstance(one, definitions)]
    # What a method takes from `self` may be inherited from a client.
    around = _Around(_NONE, is_client=True)
    while statements:
        statement = statements.pop()
        names, called, receivers = set[str](), set[ast.AST](), set[ast.AST]()
        pending = [statement]
        while pending:
            node = pending.pop()
            match node:
                case ast.Name(id=name) | ast.Attribute(attr=name):
                    if name not in SENDING or node in called or (node not in receivers and _takes_sender(node, around)):
                        names.add(name)
                    receivers.update([node.value] if isinstance(node, ast.Attribute) else ())
                case ast.Call(func=function):
                    if _takes_sender(node, around):
                        names.update(_asked(node))
                    (receivers if _looks_up(node, words) else called).add(function)
                case ast.Subscript(value=receiver):
                    receivers.add(receiver)
                case _:
                    pass
            for child in children(node):
                (statements if isinstance(child, ast.stmt) else pending).append(child)
        if isinstance(statement, ast.stmt) and names:
            yield statement, frozenset(names)


def _given(node: ast.AST, within: Sequence[str], around: _Around) -> Iterator[Given]:
    """Yield what a statement gives names to; it stands in the functions of the names `within`."""
    local = bool(within)
    match node:
        case ast.ClassDef(name=name, bases=bases):
            yield Given(name, frozenset(chain.from_iterable(_standing(base, around) for base in bases)), _NONE)
        case ast.Import(names=listed) | ast.ImportFrom(names=listed):
            of_client = isinstance(node, ast.ImportFrom) and _HTTP.search(node.module or "")
            yield from (
                Given(one.asname, frozenset({one.name}), _NONE)
                for one in listed
                if one.asname and (of_client or one.name not in SENDING)
            )
        case ast.Assign(value=ast.expr() as value) | ast.AnnAssign(value=ast.expr() as value):
            meant, makers = frozenset(_standing(value, around, local=local)), frozenset(_makers(value, around))
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            yield from (Given(name, meant, makers) for name in _targets(targets, local=local))
        case ast.Return(value=ast.expr() as value):
            makers = frozenset(_makers(value, around))
            yield from (Given(name, _NONE, makers) for name in within)
        case _:
            pass


def _targets(targets: Iterable[ast.expr], *, local: bool) -> Iterator[str]:
    """Yield the names that an assignment gives; a local one is only read where it is given."""
    pending = list(targets)
    while pending:
        match pending.pop():
            case ast.Name(id=name) if not local:
                yield name
            case ast.Attribute(attr=name):
                yield name
            case ast.Subscript(value=inner) | ast.Starred(value=inner):
                pending.append(inner)
            case ast.Tuple(elts=parts) | ast.List(elts=parts):
                pending.extend(parts)
            case _:
                pass


def _makers(value: ast.expr, around: _Around) -> Iterator[str]:
    """Yield the names of what is called for a value, and of what the value may be."""
    yield from _standing(value, around)
    yield from (name for node in ast.walk(value) if isinstance(node, ast.Call) for name in _name(node.func))


def _standing(value: ast.expr, around: _Around, *, local: bool = False) -> Iterator[str]:
    """Yield the names of the functions that a value may be, hold or call when it is called.

    What is called outside functions may be a decorator; inside, only what is known to keep the function that it gets.
    """
    pending: list[ast.expr | None] = [value]
    while pending:
        match pending.pop():
            case (ast.Name(id=name) | ast.Attribute(attr=name)) as node:
                if name not in SENDING or _takes_sender(node, around):
                    yield name
            case ast.Lambda(body=body):
                yield from (name for one in ast.walk(body) for name in _name(one))
            case ast.Call(func=function, args=arguments, keywords=keywords) if not local or _PARTIAL.intersection(
                _name(function)
            ):
                pending.extend(arguments)
                pending.extend(keyword.value for keyword in keywords)
            case ast.Dict(values=values) | ast.BoolOp(values=values):
                pending.extend(values)
            case ast.List(elts=parts) | ast.Tuple(elts=parts) | ast.Set(elts=parts):
                pending.extend(parts)
            case ast.IfExp(body=body, orelse=orelse):
                pending.extend((body, orelse))
            case ast.DictComp(value=inner) | ast.ListComp(elt=inner) | ast.Starred(value=inner):
                pending.append(inner)
            case ast.Subscript(value=inner) | ast.NamedExpr(value=inner):
                pending.append(inner)
            case _:
                pass


def _is_super(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "super"


def _name(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            yield name
        case _:
            pass


def _asked(call: ast.Call) -> Iterable[str]:
    """Return the names of attributes that a call may ask for."""
    match call:
        case ast.Call(func=ast.Name(id="getattr"), args=[_, ast.Constant(value=str() as name), *_]):
            return (name,)
        case ast.Call(func=ast.Name(id="getattr")):
            return SENDING
        case ast.Call(func=ast.Attribute(attr="open"), args=[ast.Name() | ast.Call(), *_]):
            # An opener of urllib.request opens a Request; a path gets a mode, if anything.
            return ("urlopen",)
        case ast.Call(func=ast.Attribute(value=receiver, attr="open")) if "opener" in "".join(_name(receiver)).lower():
            return ("urlopen",)
        case _:
            return ()


def _looks_up(call: ast.Call, words: frozenset[bytes]) -> bool:
    """Return whether a call asks a mapping for a key, not a server."""
    if not (isinstance(call.func, ast.Attribute) and call.func.attr == "get"):
        return False
    receiver = call.func.value
    name = receiver.attr if isinstance(receiver, ast.Attribute) else getattr(receiver, "id", "")
    if holds_data(name):
        return True
    match call.args:
        case [] if not any(keyword.arg in (None, "url", "path") for keyword in call.keywords):
            return True
        case [ast.Constant(value=str() as word), *_]:
            return not ("/" in word or word.encode() in words or _CLIENT.search(name))
        case [ast.Constant(), *_]:
            return True
        case _:
            return False
