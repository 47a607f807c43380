"""The parts of the standard library that requests and statuses pass through."""

from __future__ import annotations

from typing import TYPE_CHECKING

from errdex.lint.interpreter import strings
from errdex.lint.libraries.names import status_named
from errdex.lint.values import (
    Body,
    Class,
    Deferred,
    Function,
    Hole,
    Instance,
    Library,
    Mapping,
    Method,
    Partial,
    Response,
    Sequence,
    Text,
    Unknown,
)

if TYPE_CHECKING:
    from errdex.lint.interpreter.machine import Walk
    from errdex.lint.values import Place

_IDENTITY = frozenset({
    "asyncio.create_task", "asyncio.ensure_future", "asyncio.shield", "asyncio.wait_for", "asyncio.timeout",
    "contextlib.closing", "contextlib.aclosing", "contextlib.nullcontext", "typing.cast", "copy.copy", "copy.deepcopy",
    "asyncio.Task", "pathlib.PurePosixPath", "pathlib.Path",
})  # fmt: skip
_RUN = frozenset(
    {"asyncio.run", "asyncio.run_coroutine_threadsafe", "anyio.run", "trio.run", "asgiref.sync.async_to_sync"}
)
_QUOTES = frozenset({"urllib.parse.quote", "urllib.parse.quote_plus", "urllib.parse.urlencode", "requests.utils.quote"})
_XML = frozenset({
    "xml.etree.ElementTree.fromstring", "xml.etree.ElementTree.XML", "xml.etree.ElementTree.parse",
    "lxml.etree.fromstring",
    "lxml.etree.XML", "lxml.etree.parse", "defusedxml.ElementTree.fromstring", "xml.dom.minidom.parseString",
    "xmltodict.parse", "lxml.objectify.fromstring",
})  # fmt: skip
_EXITS = frozenset({
    "sys.exit", "os._exit", "os.abort", "posix._exit", "argparse.ArgumentParser.error", "argparse.ArgumentParser.exit",
})  # fmt: skip
_NEVER = frozenset({"fail_json", "exit_json", "fail", "abort", "die", "bail", "error_exit"})


def never_returns(name: str) -> bool:
    """Return whether a method of that name, on an object that is not known, ends the program (Ansible's fail_json)."""
    return name in _NEVER


def call(
    walk: Walk, name: str, positional: list[object], keywords: dict[str, object], place: Place
) -> tuple[bool, object]:
    """Call a function of the standard library; the flag says whether it is one that is known here."""
    from errdex.lint.interpreter.calls import call_value, iterate, run_deferred
    from errdex.lint.interpreter.machine import RaiseSignal

    first = positional[0] if positional else None
    if name in _EXITS:
        raise RaiseSignal(Instance(Library("builtins.SystemExit"), {"args": Sequence("tuple", positional)}), place)
    if name.rpartition(".")[2] == "abort":
        # Web frameworks have an `abort` that raises the answer to their own caller (werkzeug/exceptions.py).
        raise RaiseSignal(Instance(Library("werkzeug.exceptions.HTTPException")), place)
    if name in _RUN:
        if isinstance(first, Function | Method):
            first = call_value(walk, first, positional[1:], keywords, place)
        return True, run_deferred(walk, first, place) if isinstance(first, Deferred) else first
    if name in _IDENTITY:
        return True, positional[1] if name == "typing.cast" and len(positional) > 1 else first
    if name in _QUOTES:
        safe = keywords.get("safe", positional[1] if len(positional) > 1 else None)
        return True, Text((Hole("quoted"),)) if not isinstance(first, str) else _quoted(name, first, safe)
    match name:
        case "re.split" if len(positional) > 1 and isinstance(first, str) and strings.is_text(positional[1]):
            most = keywords.get("maxsplit", positional[2] if len(positional) > 2 else 0)
            return True, _split(first, positional[1], most)
        case "functools.partial":
            return True, Partial(first, tuple(positional[1:]), tuple(keywords.items()))
        case "functools.wraps" | "functools.update_wrapper" | "functools.lru_cache" | "functools.cache":
            return True, Library("builtins.identity")
        case "urllib.parse.urljoin":
            return True, strings.join_urls(first, positional[1] if len(positional) > 1 else "")
        case "posixpath.join" | "os.path.join":
            return True, _path(positional)
        case "os.getenv" | "os.environ.get":
            return True, _environment(positional, keywords)
        case "asyncio.gather":
            return True, _gather(walk, positional, keywords, place)
        case "asyncio.to_thread" | "anyio.to_thread.run_sync" | "asyncio.get_event_loop.run_in_executor":
            return True, Deferred(first, positional[1:], dict(keywords), place)
        case "concurrent.futures.as_completed" | "asyncio.as_completed":
            items, is_open = iterate(walk, first, place)
            return True, Sequence("list", items, is_open=is_open)
        case "concurrent.futures.wait" | "asyncio.wait":
            items, is_open = iterate(walk, first, place)
            return True, Sequence("tuple", [Sequence("set", items, is_open=is_open), Sequence("set", [])])
        case "contextlib.ExitStack" | "contextlib.AsyncExitStack":
            return True, Instance(Library(name), {"entered": Sequence("list", [])})
        case "asyncio.TaskGroup" | "anyio.create_task_group" | "trio.open_nursery":
            return True, Instance(Library("asyncio.TaskGroup"), {"tasks": Sequence("list", [])})
        case "json.loads" | "json.load" | "orjson.loads" | "ujson.loads" | "simplejson.loads":
            return True, _decoded(walk, first, place, "json")
        case _ if name in _XML:
            return True, _decoded(walk, first, place, "xml")
        case "fastapi.Depends" | "fastapi.Security":
            dependency = first if first is not None else keywords.get("dependency")
            return True, Instance(Library("fastapi.Depends"), {"dependency": dependency})
        case "contextlib.suppress":
            return True, Instance(Library(name), {"__suppressed__": Sequence("tuple", list(positional))})
        case "enum.auto":
            return True, Library("enum.auto()")
        case "http.HTTPStatus" | "httpx.codes":
            return True, first
        case "types.SimpleNamespace":
            return True, Instance(Library(name), dict(keywords))
        case "dataclasses.field":
            return True, _field_default(walk, keywords, place)
        case "collections.defaultdict" | "collections.OrderedDict":
            source = positional[-1] if positional and isinstance(positional[-1], Mapping) else Mapping({})
            return True, Mapping(dict(source.items), is_open=source.open or name.endswith("defaultdict"))
        case "types.MappingProxyType" | "copy.replace":
            return True, first
        case "collections.namedtuple":
            return True, _named_tuple(first, positional)
        case _:
            return False, None


def _split(pattern: str, text: object, most: object) -> object:
    """Return `re.split(pattern, text, 1)` where the place to cut stands in what is known of the text."""
    import re

    parts = strings.parts_of(text)
    if most == 1 and parts and isinstance(parts[0], str):
        try:
            pieces = re.split(pattern, parts[0], maxsplit=1)
        except re.error:
            return Unknown("split")
        if len(pieces) == 2:
            return Sequence("list", [pieces[0], strings.text_of((pieces[1], *parts[1:]))])
    return Unknown("split")


def _quoted(name: str, text: str, safe: object) -> str:
    from urllib.parse import quote, quote_plus

    kept = safe if isinstance(safe, str) else "/" if name.endswith("quote") else ""
    return quote(text, kept) if name.endswith("quote") else quote_plus(text, kept)


def _path(pieces: list[object]) -> object:
    parts: list[str | Hole] = []
    for index, piece in enumerate(pieces):
        if index:
            parts.append("/")
        parts.extend(strings.parts_of(piece))
    return strings.text_of(parts)


def _environment(positional: list[object], keywords: dict[str, object]) -> object:
    default = positional[1] if len(positional) > 1 else keywords.get("default")
    name = positional[0] if positional and isinstance(positional[0], str) else "environment"
    if strings.is_text(default) and default != "":
        return default
    return Unknown(name, question=("environment", name), default=default)


def _gather(walk: Walk, positional: list[object], keywords: dict[str, object], place: Place) -> object:
    from errdex.lint.interpreter.calls import run_deferred
    from errdex.lint.interpreter.machine import RaiseSignal

    results: list[object] = []
    for value in positional:
        try:
            results.append(run_deferred(walk, value, place) if isinstance(value, Deferred) else value)
        except RaiseSignal as signal:
            if keywords.get("return_exceptions") is not True:
                raise
            results.append(signal.exception)
    return Sequence("list", results)


def _decoded(walk: Walk, value: object, place: Place, form: str) -> object:
    from errdex.lint.libraries.responses import decode

    if isinstance(value, Instance):
        value = value.attributes.get("__response__", value)
    if isinstance(value, Response):
        value = Body(value, "")
    if isinstance(value, Body) and not value.key:
        error = Instance(Library("json.JSONDecodeError" if form == "json" else "xml.etree.ElementTree.ParseError"))
        return decode(walk, value.response, place, form, error)
    return Body(value.response, value.key) if isinstance(value, Body) else Unknown(form)


def _field_default(walk: Walk, keywords: dict[str, object], place: Place) -> object:
    from errdex.lint.interpreter.calls import call_value

    if "default" in keywords:
        return keywords["default"]
    factory = keywords.get("default_factory")
    return call_value(walk, factory, [], {}, place) if isinstance(factory, Library | Function | Class) else Unknown()


def _named_tuple(name: object, positional: list[object]) -> object:
    from errdex.lint.interpreter.modules import nowhere

    fields = positional[1] if len(positional) > 1 else None
    names = fields.replace(",", " ").split() if isinstance(fields, str) else []
    if isinstance(fields, Sequence):
        names = [item for item in fields.items if isinstance(item, str)]
    cls = Class(name if isinstance(name, str) else "", nowhere(), None, [])
    cls.fields = [(field, Unknown(field)) for field in names]
    return cls


#: Tables whose items and attributes are statuses.
def status_item(table: str, key: object) -> object:
    """Return `requests.codes[key]`."""
    status = status_named(table, key) if isinstance(key, str) else None
    return Unknown() if status is None else status
