"""Values as Python source, laid out the way `ruff format` leaves them.

Catalogue text gets into a module here and nowhere else: as a string literal of printable ASCII, in which
everything else is an escape, or as a docstring escaped by the same rule. Nothing of it is ever pasted into a
comment, an f-string or an import.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeAlias

from errdex.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

WIDTH = 88
"""The line length that ruff and black use when nobody says otherwise."""
INDENT = 4


class Call(NamedTuple):
    """A call of a class of the module."""

    name: str
    arguments: tuple[Value, ...]
    keywords: tuple[tuple[str, Value], ...] = ()


class Name(NamedTuple):
    """A name of the module, or another expression that needs no escaping."""

    source: str


Value: TypeAlias = "str | bool | int | Call | Name | tuple[Value, ...] | None"


def assignment(target: str, value: Value, indent: int = 0) -> str:
    """Return `target = value` as source lines, each indented."""
    head = f"{' ' * indent}{target} = "
    if isinstance(value, str) and len(head) + len(one_line(value)) > WIDTH:
        lines = [head + "(", *_string_lines(value, indent + INDENT), " " * indent + ")"]
        return "\n".join(lines)
    return head + "\n".join(_layout(value, indent, len(head), 0))


def item(key: str, value: Value) -> str:
    """Return `key: value,` of a dictionary as source lines."""
    first, *lines = _element(value, INDENT, f"{_quoted(key)}: ")
    return "\n".join([marked(first), *lines])


def marked(line: str) -> str:
    """Return a line that cannot be broken, with leave to be long; a single word needs none."""
    return f"{line}  # noqa: E501" if len(line) > WIDTH and " " in line.strip() else line


def entry(key: str, items: tuple[str, ...]) -> str:
    """Return `key: (items),` of a dictionary as source lines, with an item on each unless there is only one."""
    line = f"    {_quoted(key)}: {one_line(items)},"
    if len(items) == 1 and len(line) <= WIDTH:
        return line
    return "\n".join([f"    {_quoted(key)}: (", *(f"        {_quoted(item)}," for item in items), "    ),"])


def one_line(value: Value) -> str:
    """Return a value as source on one line, however long."""
    match value:
        case Name(source):
            return source
        case Call(name, arguments, keywords):
            shown = [*map(one_line, arguments), *(f"{keyword}={one_line(item)}" for keyword, item in keywords)]
            return f"{name}({', '.join(shown)})"
        case tuple():
            return f"({', '.join(map(one_line, value))}{',' * (len(value) == 1)})"
        case str():
            return _quoted(value)
        case _:
            return repr(value)


def docstring(first: str, paragraphs: Iterable[str], indent: int = INDENT) -> str:
    """Return the literal of a docstring: a first line, then paragraphs of catalogue text, wrapped.

    White space is not kept: a paragraph's runs of it become single spaces or line ends.
    """
    edge = " " * indent
    blocks = ["\n".join(_wrapped(_docstring_text(" ".join(p.split())), edge)) for p in paragraphs if p.strip()]
    first = _docstring_text(first)
    if not blocks:
        line = f'{edge}"""{first}"""'
        return line if len(line) <= WIDTH else f"{line}  # noqa: E501"
    text = f'{edge}"""{first}\n\n' + "\n\n".join(blocks) + f'\n{edge}"""'
    # For E501 a word alone on its line may be of any length, so only the first line can be too long.
    return text if len(edge) + 3 + len(first) <= WIDTH else f"{text}  # noqa: E501"


def _wrapped(text: str, edge: str) -> Iterator[str]:
    """Yield a text as lines; textwrap does the same in four times the time."""
    line = edge
    for word in text.split(" "):
        if len(line) + len(word) > WIDTH and line != edge:
            yield line[:-1]
            line = edge
        line += f"{word} "
    yield line[:-1]


def _layout(value: Value, indent: int, used: int, after: int) -> list[str]:
    """Return the lines of a value; the first comes after `used` columns, `after` more follow the last."""
    line = one_line(value)
    if used + len(line) + after <= WIDTH:
        return [line]
    edge = " " * indent
    match value:
        case Call(name, arguments, keywords):
            inner = [
                *(line for item in arguments for line in _argument(item, indent + INDENT)),
                *(line for keyword, item in keywords for line in _element(item, indent + INDENT, f"{keyword}=")),
            ]
            return [f"{name}(", *inner, f"{edge})"]
        case tuple():
            inner = [line for item in value for line in _element(item, indent + INDENT)]
            return ["(", *inner, f"{edge})"]
        case str():
            return ["(", *_string_lines(value, indent + INDENT), f"{edge})"]
        case _:
            return [line]


def _argument(value: Value, indent: int) -> Iterator[str]:
    """Yield the lines of a positional argument, with its comma; adjacent literals need no parentheses there."""
    if isinstance(value, str) and indent + len(one_line(value)) + 1 > WIDTH:
        *lines, last = _string_lines(value, indent, 1)
        yield from lines
        yield f"{last},"
    else:
        yield from _element(value, indent)


def _element(value: Value, indent: int, head: str = "") -> Iterator[str]:
    """Yield the lines of an element of a tuple or of a keyword argument, with its comma."""
    first, *lines = _layout(value, indent, indent + len(head), 1)
    if not lines:
        yield f"{' ' * indent}{head}{first},"
        return
    *lines, last = lines
    yield f"{' ' * indent}{head}{first}"
    yield from lines
    yield f"{last},"


def _string_lines(text: str, indent: int, after: int = 0) -> Iterator[str]:
    """Yield a string as adjacent literals, one to a line, broken after spaces where there are any."""
    edge = " " * indent
    if indent + len(_quoted(text)) + after <= WIDTH:
        yield edge + _quoted(text)
        return
    # Two quotes and a comma; a quote inside counts as its escape, whatever becomes of it.
    room = WIDTH - indent - 3
    start = 0
    while start < len(text):
        end, used, space = start, 0, 0
        while end < len(text) and (used := used + _width(text[end])) <= room:
            end += 1
            space = end if text[end - 1] == " " else space
        end = space if space and end < len(text) else end
        yield edge + _quoted(text[start:end])
        start = end


def _quoted(text: str) -> str:
    """Return a text as a literal in double quotes, in single ones where that saves escapes."""
    quote = "'" if text.count('"') > text.count("'") else '"'
    body = text if _PLAIN.fullmatch(text) else "".join(_escaped(character, quote) for character in text)
    return f"{quote}{body}{quote}"


_PLAIN = re.compile(r"[ !#-&(-\[\]-~]*")
_WORDS = re.compile(r"[ !#-\[\]-~]*")


def _escaped(character: str, quote: str) -> str:
    if character in "'\"":
        return f"\\{character}" if character == quote else character
    # ascii() leaves printable ASCII alone and knows an escape for everything else, lone surrogates included.
    return ascii(character)[1:-1]


def _width(character: str) -> int:
    return 2 if character in "'\"" else len(_escaped(character, ""))


def _docstring_text(text: str) -> str:
    r"""Return text that can stand in triple quotes; only \u escapes are used, which no style asks to be raw.

    A lone surrogate is shown as U+FFFD: Python makes no class with one in its docstring.
    """
    if _WORDS.fullmatch(text):
        return text
    shown: list[str] = []
    for index, character in enumerate(text):
        alone = 0 < index < len(text) - 1 and not shown[-1].endswith('"')
        if (" " <= character <= "~" and character not in '\\"') or (character == '"' and alone):
            shown.append(character)
        else:
            code = 0xFFFD if "\ud800" <= character <= "\udfff" else ord(character)
            shown.append(f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}")
    return "".join(shown)
