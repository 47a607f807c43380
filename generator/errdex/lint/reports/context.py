"""What a format needs beside the report."""

from __future__ import annotations

from errdex.records import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


def _no_lines(_path: str) -> Sequence[str]:
    return ()


class Context(NamedTuple):
    """What a format needs beside the report."""

    lines: Callable[[str], Sequence[str]] = _no_lines
    """The lines of a file, without their endings, by its path; none when it cannot be read."""
    base: str = ""
    """The absolute folder, with forward slashes, that paths are shown from; empty to show them as they are."""
    colour: bool = False
    """Whether the text may hold terminal colours."""
    width: int = 100
    """Columns of the terminal."""
    statistics: bool = False
    """Whether to count findings by rule."""
    show_unresolved: bool = False
    """Whether to list the calls whose operation cannot be known."""
    version: str = "0"
    """Of errdex."""
