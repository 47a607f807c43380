"""Strings with holes: concatenation, formatting and the methods that URLs go through."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from errdex.lint.values import Hole, Instance, Mapping, Sequence, Text, Unknown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from errdex.lint.values import StatusValue

Part = str | Hole

MOST_CHARACTERS = 100_000
"""Longer than any URL; what doubles in a loop or line by line would fill the memory."""
MOST_PARTS = 1_000


def text_of(parts: Iterable[Part]) -> str | Text:
    """Return the string of these parts, a plain one when nothing is missing."""
    joined: list[Part] = []
    length = 0
    for part in parts:
        length += len(part) if isinstance(part, str) else 0
        if length > MOST_CHARACTERS or len(joined) > MOST_PARTS:
            return Text((Hole(""),))
        if isinstance(part, str) and joined and isinstance(joined[-1], str):
            joined[-1] += part
        elif part != "":
            joined.append(part)
    if not joined:
        return ""
    return joined[0] if len(joined) == 1 and isinstance(joined[0], str) else Text(tuple(joined))


def parts_of(value: object, name: str = "") -> tuple[Part, ...]:
    """Return the pieces of what `str(value)` gives."""
    match value:
        case str():
            return (value,)
        case Text():
            return value.parts
        case bool() | int() | float():
            return (str(value),)
        case None:
            # Nobody means "None" in a URL or a path: it is a default that somebody else replaces.
            return (Hole(name),)
        case Unknown():
            return (Hole(value.name or name, value.question),)
        case Instance() if "__url__" in value.attributes:
            return parts_of(value.attributes["__url__"])
        case _:
            return (Hole(name),)


def is_text(value: object) -> bool:
    """Return whether the value is certainly a string."""
    return isinstance(value, str | Text)


def holds_segments(text: Text) -> bool:
    """Return whether each unknown piece stands between slashes of a URL, or is what the URL starts with."""
    before = ["/", *text.parts[:-1]]
    after = [*text.parts[1:], "/"]
    return all(
        isinstance(part, str)
        or (isinstance(first, str) and isinstance(last, str) and first.endswith("/") and last.startswith("/"))
        for first, part, last in zip(before, text.parts, after, strict=True)
    )


def percent(template: str | Text, argument: object) -> object:
    """Return `template % argument`."""
    arguments = list(argument.items) if isinstance(argument, Sequence) and argument.kind == "tuple" else [argument]
    parts: list[Part] = []
    for piece in parts_of(template):
        if isinstance(piece, Hole):
            parts.append(piece)
            continue
        rest = piece
        while "%" in rest:
            before, _, rest = rest.partition("%")
            parts.append(before)
            if rest.startswith("%"):
                parts.append("%")
                rest = rest[1:]
                continue
            if rest.startswith("("):
                key, _, rest = rest[1:].partition(")")
                value = argument.items.get(key, Unknown(key)) if isinstance(argument, Mapping) else Unknown(key)
            else:
                value = arguments.pop(0) if arguments else Unknown()
            rest = rest.lstrip("-+ #0123456789.")
            parts.extend(parts_of(value))
            rest = rest[1:]
        parts.append(rest)
    return text_of(parts)


def format_text(
    template: str | Text,
    positional: list[object],
    keywords: dict[str, object],
    attribute: Callable[[object, str], object],
    item: Callable[[object, object], object],
) -> object:
    """Return `template.format(*positional, **keywords)`."""
    parts: list[Part] = []
    automatic = 0
    for piece in parts_of(template):
        if isinstance(piece, Hole):
            parts.append(piece)
            continue
        try:
            import string  # 1 ms for a rare call

            fields = list(string.Formatter().parse(piece))
        except ValueError:
            return Unknown()
        for literal, field, _, _ in fields:
            parts.append(literal)
            if field is None:
                continue
            head = field.split(".")[0].split("[")[0]
            tail = field[len(head) :]
            if head == "":
                head, automatic = str(automatic), automatic + 1
            if head.isdigit():
                value = positional[int(head)] if int(head) < len(positional) else Unknown()
            else:
                value = keywords.get(head, Unknown(head))
            for step in tail.replace("[", ".[").split("."):
                if step.startswith("["):
                    value = item(value, step[1:-1])
                elif step:
                    value = attribute(value, step)
            parts.extend(parts_of(value, head))
    return text_of(parts)


def method(name: str, value: str | Text, positional: list[object], keywords: dict[str, object]) -> object:
    """Return what a `str` method gives, Unknown where a hole decides it."""
    if isinstance(value, str) and name in _PLAIN and all(_plain(argument) for argument in positional) and not keywords:
        return _call(value, name, positional)
    parts = parts_of(value)
    match name:
        case "rstrip" | "removesuffix" | "strip" | "lstrip" | "removeprefix" if not isinstance(value, str):
            return _stripped(name, parts, positional)
        case "join":
            return _joined(value, positional)
        case "startswith" | "endswith":
            return _edge(name, parts, positional)
        case "lower" | "casefold" | "encode" | "decode" | "expandtabs" | "upper" | "title" | "capitalize" | "replace":
            if name in ("lower", "upper"):
                return text_of(getattr(part, name)() if isinstance(part, str) else part for part in parts)
            old, new = (*positional, None, None)[:2]
            if name == "replace" and isinstance(old, str) and isinstance(new, str):
                if any(isinstance(part, str) and _is_huge(part, name, [old, new]) for part in parts):
                    return Text((Hole(""),))
                return text_of(part.replace(old, new) if isinstance(part, str) else part for part in parts)
            return value
        case "split" | "partition" if positional and isinstance(positional[0], str) and isinstance(parts[0], str):
            pieces = cut(parts, positional[0]) if name == "partition" or positional[1:] == [1] else None
            if pieces is None:
                return Sequence("list", [Unknown()], is_open=True)
            before, after = pieces
            return (
                Sequence("tuple", [before, positional[0], after])
                if name == "partition"
                else Sequence("list", [before, after])
            )
        case "split" | "rsplit" | "splitlines" | "partition" | "rpartition":
            return Sequence("list", [Unknown()], is_open=True)
        case _:
            return Unknown()


def cut(parts: tuple[Part, ...], separator: str) -> tuple[object, object] | None:
    """Return what stands before and after the first separator, None when a hole may hold it."""
    first = parts[0] if parts else ""
    if not isinstance(first, str) or not separator or separator not in first:
        return None
    before, _, after = first.partition(separator)
    return before, text_of((after, *parts[1:]))


_PLAIN = frozenset({
    "capitalize", "casefold", "count", "endswith", "find", "index", "isdigit", "lower", "lstrip", "partition",
    "removeprefix", "removesuffix", "replace", "rfind", "rpartition", "rsplit", "rstrip", "split", "splitlines",
    "startswith", "strip", "title", "upper", "zfill", "isalpha", "isalnum", "isupper", "islower", "encode",
})  # fmt: skip


def _plain(value: object) -> bool:
    return isinstance(value, str | int | None) or (
        isinstance(value, Sequence) and value.kind == "tuple" and all(isinstance(item, str) for item in value.items)
    )


def _call(value: str, name: str, positional: list[object]) -> object:
    arguments = [tuple(a.items) if isinstance(a, Sequence) else a for a in positional]
    if _is_huge(value, name, arguments):
        return Unknown()
    try:
        result = getattr(value, name)(*arguments)
    except (TypeError, ValueError, LookupError, OverflowError, MemoryError):
        return Unknown()
    if isinstance(result, list | tuple):
        return Sequence("list" if isinstance(result, list) else "tuple", list(result))
    return result


def _is_huge(value: str, name: str, arguments: list[Any]) -> bool:
    """Return whether a method could make a text that is longer than any URL."""
    match name, arguments:
        case "replace", [str(), str(new), *_]:
            return (len(value) + 1) * len(new) > MOST_CHARACTERS
        case "zfill", [int(width)]:
            return width > MOST_CHARACTERS
        case _:
            return False


def _stripped(name: str, parts: tuple[Part, ...], positional: list[object]) -> object:
    characters = positional[0] if positional else None
    if not (characters is None or isinstance(characters, str)):
        return text_of(parts)
    edited = list(parts)
    if name in ("strip", "lstrip") and isinstance(edited[0], str):
        edited[0] = edited[0].lstrip(characters)
    if name in ("strip", "rstrip") and isinstance(edited[-1], str):
        edited[-1] = edited[-1].rstrip(characters)
    if name == "removeprefix" and isinstance(edited[0], str) and characters:
        edited[0] = edited[0].removeprefix(characters)
    if name == "removesuffix" and isinstance(edited[-1], str) and characters:
        edited[-1] = edited[-1].removesuffix(characters)
    return text_of(edited)


def _joined(separator: str | Text, positional: list[object]) -> object:
    if not positional or not isinstance(positional[0], Sequence):
        return Text((Hole("join"),))
    parts: list[Part] = []
    for index, item in enumerate(positional[0].items):
        if index:
            parts.extend(parts_of(separator))
        parts.extend(parts_of(item))
    if positional[0].open:
        parts.append(Hole("more"))
    return text_of(parts)


def _edge(name: str, parts: tuple[Part, ...], positional: list[object]) -> object:
    edge = parts[0] if name == "startswith" else parts[-1]
    wanted = positional[0] if positional else None
    options = wanted.items if isinstance(wanted, Sequence) else [wanted]
    if isinstance(edge, Hole) or not all(isinstance(option, str) for option in options):
        return Unknown()
    for option in options:
        if isinstance(option, str) and getattr(edge, name)(option):
            return True
    shortest = min((len(option) for option in options if isinstance(option, str)), default=0)
    return False if len(edge) >= shortest else Unknown()


def join_urls(base: object, url: object) -> object:
    """Return `urllib.parse.urljoin(base, url)` as far as it can be told."""
    first, second = parts_of(base, "base"), parts_of(url, "url")
    if isinstance(base, str) and isinstance(url, str):
        from urllib.parse import urljoin  # 3 ms for a rare call

        return urljoin(base, url)
    if isinstance(second[0], str) and "://" in second[0]:
        return text_of(second)
    if isinstance(second[0], Hole) and not isinstance(base, str | Text):
        return text_of((*first, *second))
    head = first[-1]
    if isinstance(second[0], str) and second[0].startswith("/"):
        # An absolute path replaces the base's; what is left is the host, if it is known.
        if isinstance(first[0], str) and "://" in first[0]:
            scheme, _, rest = first[0].partition("://")
            host, slash, _ = rest.partition("/")
            kept: tuple[Part, ...] = (f"{scheme}://{host}",) if slash or len(first) == 1 else _authority(first)
            return text_of((*kept, *second))
        return text_of((first[0], *second)) if isinstance(first[0], Hole) else text_of(second)
    if isinstance(head, str) and not head.endswith("/"):
        head = head[: head.rfind("/") + 1] if "/" in head.partition("://")[2] else head + "/"
        return text_of((*first[:-1], head, *second))
    if isinstance(head, Hole):
        return text_of((*first, "/", *second))
    return text_of((*first, *second))


def _authority(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    kept: list[Part] = []
    for index, part in enumerate(parts):
        if isinstance(part, str):
            start = part.find("://") + 3 if index == 0 and "://" in part else 0
            slash = part.find("/", start)
            if slash >= 0:
                return (*kept, part[:slash])
        kept.append(part)
    return tuple(kept)


def status_text(value: StatusValue) -> str:
    """Return the text of a status value."""
    return str(value.value)
