"""What a program under construction has so far, and what its parts may refer to."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tests.lint.programs.draw import Draw
    from tests.lint.programs.errors import Family
    from tests.lint.programs.libraries import Library

#: The errors that the operation documents.
DOCUMENTED = (300, 403, 404, 409, 429, 500, 503)

#: What clients name besides: other successes, redirects and errors.
OTHERS = (201, 204, 302, 400, 401, 410, 418, 502, 504)


class Scope(NamedTuple):
    """What a piece of code can get at."""

    status: str
    """An expression."""
    success: str
    """An expression for what the request was made for."""
    response: str = ""
    """An expression; empty where only the status is at hand."""
    flags: tuple[str, ...] = ()
    """Names of booleans."""
    error: str = ""
    """The exception that is being handled, if it has a name."""
    handling: bool = False
    """Inside an `except` clause."""
    loop: str = ""
    """What leaves the loop around it: `break`, `continue`."""
    own: str = ""
    """What stands before names of the class: `self.`."""
    seen: str = ""
    """The exception that is being handled, where it is one of the program's own and has a name."""


class Writer:
    """A program under construction."""

    def __init__(self, draw: Draw, library: Library) -> None:
        self.draw = draw
        self.library = library
        self._numbers = count(1)
        self._imports: dict[str, None] = {}
        self._top: dict[str, str] = {}
        self._members: list[str] = []
        self.family: Family | None = None

    def imports(self, line: str) -> None:
        """Have the program import something."""
        self._imports[line] = None

    def top(self, stem: str, lines: Iterable[str]) -> str:
        """Put a definition before the functions and return its name, which stands for `<name>` in the lines."""
        name = self.fresh(stem)
        self._top[name] = "\n".join(line.replace("<name>", name) for line in lines)
        return name

    def member(self, stem: str, lines: Iterable[str]) -> str:
        """Put a definition into the class that is being written and return its name, `<name>` in the lines."""
        name = self.fresh(stem)
        self._members += ["", *indented(line.replace("<name>", name) for line in lines)]
        return name

    def members(self) -> list[str]:
        """Return the lines of what was put into the class, and forget them."""
        made, self._members = self._members, []
        return made

    def once(self, name: str, text: str) -> str:
        """Put a definition before the functions, the first time that it is asked for."""
        self._top.setdefault(name, text)
        return name

    def source(self, name: str) -> str:
        """Return the text of a definition before the functions."""
        return self._top[name]

    def fresh(self, stem: str) -> str:
        """Return a name that nothing else has."""
        return f"{stem}{next(self._numbers)}"

    def text(self, body: Iterable[str], entry: str) -> str:
        """Return the program: imports, definitions, functions, and how it is run."""
        main = list(body)
        parts = ["\n".join(sorted(self._imports)), *self._top.values(), f"# run: {entry}", "\n".join(main)]
        return "\n\n".join(part for part in parts if part) + "\n"


def indented(lines: Iterable[str]) -> Iterator[str]:
    """Yield the lines one level deeper."""
    for line in lines:
        yield f"    {line}" if line else line
