"""What errdex says when it cannot go on: a list of problems, each with its place."""

from __future__ import annotations

from errdex.records import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable


class Location(NamedTuple):
    """A place in a file that a person can go to."""

    path: str
    """The file, as the user named it."""
    line: int
    """1-based; 0 when the fault is the file itself (missing, unreadable)."""
    column: int
    """1-based, in characters; 0 when the fault is the file itself."""

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}" if self.line else self.path


class Problem(NamedTuple):
    """One thing that is wrong with an input file."""

    location: Location
    """Where."""
    message: str
    """Lower case, subject first, no full stop; may end in `; did you mean 'x'?`."""
    source: str = ""
    """The text of the line, without its line ending; empty when there is none."""
    length: int = 1
    """How many characters the caret underlines."""


class ErrdexError(Exception):
    """The run cannot go on; the command line shows the text and exits with 2."""


class InputError(ErrdexError):
    """Input files cannot be used; `problems` has everything that is wrong with them, in file order."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(f"{p.location}: {p.message}" for p in self.problems))


class CatalogueError(InputError):
    """One or more catalogue files cannot be used."""


class ConfigError(InputError):
    """`[tool.errdex]` or `errdex.toml` cannot be used."""


class UsageError(ErrdexError):
    """The command line asks for something that cannot be done."""
