"""Which roots are walked: those that can lead to a request, found from the requests outwards.

Walking every function of a large project with unknown arguments is what costs most, and few functions lead to a
request. So the first to be walked are those whose own text has what may send one. Whoever names a function that a walk
found to lead to a request is walked next, and so on: names lead, walks confirm. A name is whatever stands for a thing
in the text, so that a table of functions, a callback or an override leads on like a call does.
"""

from __future__ import annotations

import ast
import re
from itertools import chain
from typing import TYPE_CHECKING

from errdex.lint.interpreter.classes import ancestors
from errdex.lint.libraries.clients import VERBS, holds_data
from errdex.lint.roots import Heirs, nested
from errdex.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from errdex.lint.discover import Reached
    from errdex.lint.project import SourceModule
    from errdex.lint.roots import Root

#: Methods and functions of client libraries that send a request, or that finish one.
_SENDING = VERBS | {
    "request", "async_request", "_request", "stream", "send", "urlopen", "putrequest", "endheaders", "getresponse",
    "request_encode_body", "request_encode_url", "ws_connect", "open_url", "fetch_url", "methodcaller",
}  # fmt: skip
#: What makes a request that something else sends, when it is called.
_MAKING = frozenset({"Request", "build_request", "PreparedRequest", "build_opener"})
#: Functions that keep the function that they are given, and call it when they are called.
_PARTIAL = frozenset({"partial", "partialmethod", "wraps", "MethodType"})
#: Objects that send a request when they are asked for a word, unlike a mapping.
_CLIENT = re.compile(r"(?i)client|session|http|api|conn|request|^(self|cls|s|c|r)$")


#: What stands before a name that a method asks its class's bases for.
_BASE = "super()."


class Mention(NamedTuple):
    """What the text of a function names, or that of a module outside its functions."""

    names: frozenset[str]
    held: frozenset[str]
    """Those of the names that it does not only call: it may hand on what they name."""
    opens: bool
    """Something in it may send a request by itself."""
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
_NOTHING = Mention(_NONE, _NONE, opens=False, nests=False)


def reaching(
    roots: Sequence[Root],
    texts: Iterable[Text],
    walk: Callable[[Root], Reached],
    words: frozenset[str] = frozenset(),
) -> frozenset[str]:
    """Walk the roots that can lead to a request; return the names that did.

    A method that leads to one is walked as each class inherits it, too. `words` are further names that send requests:
    of what the configuration says to be a client.
    """
    mentions: dict[ast.AST, Mention] = {}
    aliases: dict[str, set[str]] = {}
    made: dict[str, set[str]] = {}
    for text in texts:
        mentions.update(text.mentions)
        for given in text.given:
            for further, leading_on in ((aliases, given.meant), (made, given.makers)):
                for name in leading_on:
                    further.setdefault(name, set()).add(given.name)
    mentioned = [mentions.get(root.node, _NOTHING) for root in roots]
    naming: dict[str, list[int]] = {}
    for index, mention in enumerate(mentioned):
        for name in mention.names:
            naming.setdefault(name, []).append(index)
    # What a function that sends requests is called otherwise, as `ask` in `self.ask = session.get`.
    words |= _reach(_SENDING | words, aliases) - _SENDING
    pending = [
        (index, not _SENDING.isdisjoint(mention.held))
        for index, mention in enumerate(mentioned)
        if mention.opens or not words.isdisjoint(mention.names)
    ]
    heirs = Heirs({root.module: None for root in roots})
    walked, inherited, leading, led = set[int](), set[int](), set[int](), set[str]()
    while pending:
        index, leads = pending.pop()
        if index not in walked:
            walked.add(index)
            leads = _leads(walk(roots[index]), mentioned[index]) or leads
        # What sends a request by itself may do so in its heirs alone: behind an attribute that is empty in the base.
        if (leads or mentioned[index].opens) and index not in inherited:
            inherited.add(index)
            for heir in heirs.of(roots[index], None if leads else mentioned[index].names):
                leads = _leads(walk(heir), mentioned[index]) or leads
        if not leads or index in leading:
            continue
        leading.add(index)
        name, owner = getattr(roots[index].node, "name", ""), roots[index].owner
        asking = naming.get(f"{_BASE}{name}", ()) if owner is not None else ()
        # A mixin leads on by itself: which class its `super()` asks is up to its heirs.
        kin = (one for one in asking if heirs.are_kin(roots[one].owner, owner))
        pending.extend((one, owner not in ancestors(roots[one].owner)) for one in kin)
        of_object = owner is not None and name.startswith("__") and name.endswith("__")
        if owner is not None and of_object:
            names = _reach([owner.name], aliases, made)
        else:
            names = _reach([name, *(made.get(name, ()) if mentioned[index].nests else ())], aliases)
        for name in sorted(names - led):
            led.add(name)
            pending.extend((one, not of_object and name in mentioned[one].held) for one in naming.get(name, ()))
    return frozenset(led)


def left_over(
    roots: Iterable[Root], texts: Iterable[Text], led: frozenset[str], reached: frozenset[ast.AST]
) -> Iterator[Root]:
    """Yield functions inside functions that can lead to a request, and that no walk has entered on the way to one.

    What makes them hands them on: to a framework that calls them, to whoever wants a function.
    """
    mentions = {node: mention for text in texts for node, mention in text.mentions.items()}
    for root in roots:
        if mentions.get(root.node, _NOTHING).nests:
            for inner in nested(root):
                mention = mentions.get(inner.node, _NOTHING)
                if inner.node not in reached and (mention.opens or not led.isdisjoint(mention.names)):
                    yield inner


def _leads(reached: Reached, mention: Mention) -> bool:
    """Return whether whoever names a function is worth a walk.

    Where not every branch could be walked, only a request of the function's own is.
    """
    return bool(reached.occurrences) or reached.awaits_caller or (reached.is_cut and mention.opens)


def _reach(names: Iterable[str], *further: dict[str, set[str]]) -> set[str]:
    """Return the names, and all that these lead to."""
    pending = [name for name in names if name]
    found = set[str]()
    while pending:
        name = pending.pop()
        if name not in found:
            found.add(name)
            pending.extend(chain.from_iterable(one.get(name, ()) for one in further))
    return found


class _Scope:
    """A function, or a module outside its functions, while its text is read."""

    def __init__(self, name: str = "") -> None:
        self.name = name
        self.names: set[str] = set()
        self.held: set[str] = set()
        self.opens = self.nests = False
        self.plain: set[str] = set()
        """Names of what may send a request, or be a variable of that name."""

    def mention(self, imported: set[str]) -> Mention:
        """Return what there is in it; what a module `imported` is no variable."""
        variables = self.plain - imported
        opens = self.opens or variables != self.plain
        return Mention(frozenset(self.names), frozenset(self.held - variables), opens, self.nests)


def reading(module: SourceModule, words: frozenset[bytes]) -> Text:
    """Return what a module's text names; `words` are pieces of operations' paths."""
    top = _Scope()
    scopes: dict[ast.AST, _Scope] = {module.tree: top}
    given: list[Given] = []
    imported = set[str]()
    called, receivers, lookups = set[ast.AST](), set[ast.AST](), set[ast.AST]()
    # A node, the scopes that it stands in, and the decorators of the classes around it.
    pending: list[tuple[ast.AST, tuple[_Scope, ...], tuple[ast.expr, ...]]] = [(module.tree, (top,), ())]
    while pending:
        node, around, decorators = pending.pop()
        names: tuple[str, ...] = ()
        given.extend(_given(node, [scope.name for scope in around if scope is not top]))
        match node:
            case ast.Name(id=name):
                names = (name,)
            case ast.Attribute(value=receiver, attr=name):
                names = () if node in lookups else (f"{_BASE}{name}",) if _is_super(receiver) else (name,)
                receivers.add(receiver)
            case ast.Subscript(value=receiver):
                receivers.add(receiver)
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                scopes[node] = _Scope(name)
                around = (*(scope for scope in around if scope is not top), scopes[node])
                for scope in around[:-1]:
                    scope.nests = True
                pending.extend((one, around, ()) for one in decorators)
                decorators = ()
            case ast.ClassDef(decorator_list=more):
                decorators = (*decorators, *more)
            case ast.Import(names=listed) | ast.ImportFrom(names=listed):
                imported.update(one.asname or one.name for one in listed)
            case ast.Call(func=function):
                called.add(function)
                lookups.update([function] if _looks_up(node, words) else ())
                names = tuple(_asked(node))
            case _:
                pass
        sends = node not in receivers and not _SENDING.isdisjoint(name.removeprefix(_BASE) for name in names)
        for scope in around if names else ():
            scope.names.update(names)
            calls = node in called and scope is around[-1]
            if not calls and node not in receivers and not isinstance(node, ast.Call):
                scope.held.update(names)
            if sends and isinstance(node, ast.Name) and node not in called:
                scope.plain.update(names)
            elif sends or (node in called and not _MAKING.isdisjoint(names)):
                scope.opens = True
        pending.extend((child, around, decorators) for child in ast.iter_child_nodes(node))
    return Text({node: scope.mention(imported) for node, scope in scopes.items()}, tuple(given))


def _given(node: ast.AST, around: Sequence[str]) -> Iterator[Given]:
    """Yield what a statement gives names to; it stands in the functions of the names `around` it."""
    match node:
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
            yield from (Given(outer, frozenset({name}), _NONE) for outer in around)
        case ast.ClassDef(name=name, bases=bases):
            yield Given(name, frozenset(chain.from_iterable(map(_standing, bases))), _NONE)
        case ast.Import(names=listed) | ast.ImportFrom(names=listed):
            yield from (Given(one.asname, frozenset({one.name}), _NONE) for one in listed if one.asname)
        case ast.Assign(targets=targets, value=value):
            meant, makers = frozenset(_standing(value, local=bool(around))), frozenset(_makers(value))
            yield from (Given(name, meant, makers) for name in _targets(targets, local=bool(around)))
        case ast.AnnAssign(target=target, value=ast.expr() as value):
            meant, makers = frozenset(_standing(value, local=bool(around))), frozenset(_makers(value))
            yield from (Given(name, meant, makers) for name in _targets([target], local=bool(around)))
        case ast.Return(value=ast.expr() as value):
            makers = frozenset(_makers(value))
            yield from (Given(name, _NONE, makers) for name in around)
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


def _makers(value: ast.expr) -> Iterator[str]:
    """Yield the names of what is called for a value, and of what the value may be."""
    yield from _standing(value)
    yield from (name for node in ast.walk(value) if isinstance(node, ast.Call) for name in _name(node.func))


def _standing(value: ast.expr, *, local: bool = False) -> Iterator[str]:
    """Yield the names of the functions that a value may be, hold or call when it is called.

    What is called outside functions may be a decorator; inside, only what is known to keep the function that it gets.
    """
    pending: list[ast.expr | None] = [value]
    while pending:
        match pending.pop():
            case ast.Name(id=name) | ast.Attribute(attr=name):
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
            return _SENDING
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
