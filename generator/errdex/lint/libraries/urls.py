"""URL objects: urllib.parse's results, yarl.URL, httpx.URL and URLObject, as the text that they stand for.

Sources: urllib/parse.py (urlunsplit), yarl/_url.py (build, joinpath, `/`, with_path), httpx/_urls.py (join, copy_with),
urlobject/urlobject.py (relative, add_path_segment), uritemplate/api.py (expand). An object keeps its text in `__url__`;
parts that were changed are kept beside it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from errdex.lint.interpreter import strings
from errdex.lint.values import Hole, Instance, Library, Sequence, Text, Unknown

if TYPE_CHECKING:
    from errdex.lint.interpreter.strings import Part

_RESULTS = {
    "urllib.parse.ParseResult": ("scheme", "netloc", "path", "params", "query", "fragment"),
    "urllib.parse.SplitResult": ("scheme", "netloc", "path", "query", "fragment"),
}
_CLASSES = frozenset({*_RESULTS, "httpx.URL", "yarl.URL", "furl.furl", "urlobject.URLObject"})
#: An expression of a URI template (RFC 6570): its operator, its variables.
_VARIABLE = re.compile(r"\{([+#./;?&]?)([^{}]*)\}")


def call(name: str, receiver: object, positional: list[object], keywords: dict[str, object]) -> tuple[bool, object]:
    """Call something of a URL library; the flag says whether it is known here."""
    first = positional[0] if positional else None
    match name:
        case "urllib.parse.urlparse" | "urllib.parse.urlsplit":
            return True, _split("urllib.parse.SplitResult", first)
        case "httpx.URL" | "yarl.URL" | "furl.furl" | "urlobject.URLObject":
            if first is None and name == "httpx.URL":
                return True, _built(name, keywords)
            return True, _split(name, first)
        case "urllib.parse.urlunparse" | "urllib.parse.urlunsplit":
            names = _RESULTS["urllib.parse.ParseResult" if name.endswith("parse") else "urllib.parse.SplitResult"]
            if isinstance(first, Sequence):
                return True, _text(dict(zip(names, first.items, strict=False)))
            return True, first.attributes["__url__"] if isinstance(
                first, Instance
            ) and "__url__" in first.attributes else Unknown("url")
        case "urllib.parse.ParseResult" | "urllib.parse.SplitResult":
            given = {**dict(zip(_RESULTS[name], positional, strict=False)), **keywords}
            return True, Instance(Library(name), {**given, "__url__": _text(given)})
        case "yarl.URL.build":
            return True, _built("yarl.URL", keywords)
        case "uritemplate.expand":
            return True, _expanded(keywords.get("uri", first))
        case _:
            return False, None


def _expanded(template: object) -> object:
    """Return a URI template, its variables being unknown."""
    parts: list[Part] = []
    for part in strings.parts_of(template, "url"):
        if isinstance(part, Hole):
            parts.append(part)
            continue
        end = 0
        for variable in _VARIABLE.finditer(part):
            operator = variable[1].replace("+", "")  # reserved characters as they are, and nothing before them
            parts.extend([part[end : variable.start()], operator, Hole(variable[2])])
            end = variable.end()
        parts.append(part[end:])
    return strings.text_of(parts)


def _split(kind: str, url: object) -> object:
    if isinstance(url, Instance) and "__url__" in url.attributes:
        return url
    text = url if strings.is_text(url) else Text((Hole(url.name if isinstance(url, Unknown) else "url"),))
    attributes: dict[str, object] = {"__url__": text}
    if isinstance(text, str):
        from urllib.parse import urlsplit  # 3 ms for a rare call

        parts = urlsplit(text)
        attributes.update({"scheme": parts.scheme, "netloc": parts.netloc, "path": parts.path, "query": parts.query})
        attributes.update(
            {"hostname": parts.hostname, "host": parts.hostname, "fragment": parts.fragment, "params": ""}
        )
    else:
        attributes.update({name: Unknown(name) for name in ("scheme", "netloc", "hostname", "host", "port")})
        attributes["path"] = Unknown("path", default="")
    return Instance(Library(kind), attributes)


def _built(kind: str, keywords: dict[str, object]) -> Instance:
    given = {"netloc": keywords.get("host", keywords.get("authority")), **keywords}
    return Instance(Library(kind), {**keywords, "__url__": _text(given)})


def _text(parts: dict[str, object]) -> object:
    """Return the URL of these parts; what is unknown before the path is one hole."""
    path = parts.get("path", "")
    netloc = parts.get("netloc")
    pieces: list[Part] = []
    scheme = parts.get("scheme")
    if netloc not in (None, ""):
        pieces.extend([*strings.parts_of(scheme, "scheme"), "://"] if isinstance(scheme, str) else ["https://"])
        pieces.extend(strings.parts_of(netloc, "host"))
    path_parts = strings.parts_of(path, "path")
    if pieces and path_parts and not (isinstance(path_parts[0], str) and path_parts[0].startswith("/")):
        pieces.append("/")
    return strings.text_of((*pieces, *path_parts))


def method(instance: Instance, name: str, positional: list[object], keywords: dict[str, object]) -> object:
    """Call a method of a URL object."""
    url = instance.attributes.get("__url__", Unknown("url"))
    first = positional[0] if positional else None
    match name:
        case "geturl" | "human_repr" | "__str__":
            return url
        case "join" | "relative":
            return _split(_kind(instance), strings.join_urls(url, _plain(first)))
        case "joinpath" | "add_path_segment" | "add_path":
            stripped = strings.method("rstrip", url, ["/"], {}) if isinstance(url, str | Text) else url
            parts = list(strings.parts_of(stripped))
            for piece in positional:
                parts.extend(["/", *strings.parts_of(piece)])
            return _split(_kind(instance), strings.text_of(parts))
        case "with_path" | "_replace" | "copy_with":
            path = first if name == "with_path" else keywords.get("path")
            if path is None:
                return instance
            return _split(_kind(instance), strings.join_urls(url, strings.text_of(("/", *_rooted(path)))))
        case "with_name":
            return _split(_kind(instance), strings.text_of((*_parent(url), "/", *strings.parts_of(first))))
        case "origin":
            return _split(_kind(instance), _origin(url))
        case (
            "with_query"
            | "update_query"
            | "with_fragment"
            | "copy_merge_params"
            | "copy_add_param"
            | "copy_set_param"
            | "extend_query"
        ):
            return instance
        case _:
            return Unknown(name)


def parent(instance: Instance) -> object:
    """Return `yarl.URL.parent`: the URL without the last piece of its path."""
    return _split(_kind(instance), strings.text_of(_parent(instance.attributes.get("__url__", Unknown("url")))))


def _parent(url: object) -> tuple[Part, ...]:
    *before, last = strings.parts_of(url) or ("",)
    if isinstance(last, str):
        return (*before, last.rpartition("/")[0])
    cut = before[-1] if before else ""
    return (*before[:-1], cut.rpartition("/")[0]) if isinstance(cut, str) and cut.endswith("/") else (Hole("parent"),)


def _origin(url: object) -> object:
    if not isinstance(url, str):
        return Text((Hole("origin"),))
    scheme, separator, rest = url.partition("://")
    return f"{scheme}{separator}{rest.partition('/')[0]}"


def is_url(instance: Instance) -> bool:
    """Return whether an object is a URL."""
    return isinstance(instance.cls, Library) and instance.cls.name in _CLASSES


def _kind(instance: Instance) -> str:
    return instance.cls.name if isinstance(instance.cls, Library) else "yarl.URL"


def _plain(value: object) -> object:
    return value.attributes["__url__"] if isinstance(value, Instance) and "__url__" in value.attributes else value


def _rooted(path: object) -> tuple[Part, ...]:
    parts = strings.parts_of(path, "path")
    return (parts[0].lstrip("/"), *parts[1:]) if parts and isinstance(parts[0], str) else parts
