"""Arguments that are plain, without argparse, which takes 7 ms: options spelt out, and paths in one place.

What a command declares for argparse is what is read here. Whatever is not plain is left to argparse: help, errors, a
value that begins with a dash, paths on both sides of an option. Where both say something, they say the same.
"""

from __future__ import annotations

from types import SimpleNamespace

from errdex.records import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any


class Declared(NamedTuple):
    """An argument as a command declares it."""

    names: tuple[str, ...]
    said: dict[str, Any]

    @property
    def field(self) -> str:
        """The name of its value."""
        return self.names[0].lstrip("-").replace("-", "_")


class _Declarations:
    """Stands in for argparse's parser while a command declares its arguments."""

    def __init__(self) -> None:
        self.declared: list[Declared] = []

    def add_argument(self, *names: str, **said: Any) -> None:  # noqa: ANN401
        self.declared.append(Declared(names, said))


def read(declare: Callable[[Any], None], words: Sequence[str]) -> SimpleNamespace | None:
    """Return the arguments, None when something about them is not plain."""
    declarations = _Declarations()
    declare(declarations)
    options = {name: one for one in declarations.declared for name in one.names if name[0] == "-"}
    (paths,) = (one for one in declarations.declared if one.names[0][0] != "-")
    values = {one.field: _default(one) for one in options.values()}
    found: list[str] = []
    left = list(reversed(words))
    ended = False
    while left:
        word = left.pop()
        if word[:1] not in {"", "-"}:
            if ended:
                return None
            found.append(word)
            continue
        name, is_joined, value = word.partition("=")
        option = options.get(name)
        if option is None:
            return None
        ended = bool(found)
        if option.said.get("action") == "store_true":
            if is_joined:
                return None
            values[option.field] = True
            continue
        if not is_joined:
            value = left.pop() if left else ""
        if value[:1] in {"", "-"} or not _take(values, option, value):
            return None
    return SimpleNamespace(**{paths.field: found}, **values)


def _default(option: Declared) -> object:
    if option.said.get("action") == "store_true":
        return False
    default: object = option.said.get("default")
    return list(default) if isinstance(default, list) else default


def _take(values: dict[str, Any], option: Declared, text: str) -> bool:
    """Give an option its value; return whether it may have that."""
    try:
        value = option.said.get("type", str)(text)
    except Exception:  # noqa: BLE001 -- argparse will say what is wrong with it
        return False
    if value not in option.said.get("choices", (value,)):
        return False
    match option.said.get("action", "store"):
        case "store":
            values[option.field] = value
        case "append":
            values[option.field].append(value)
        case "extend":
            values[option.field].extend(value)
        case _:
            return False
    return True
