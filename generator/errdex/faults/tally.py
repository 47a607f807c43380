"""What became of each documented answer in a run of tests: a table, and how many of them passed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from errdex.faults.answers import by_operation

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from collections.abc import Set as AbstractSet

    from errdex.catalogue.model import Catalogue

#: Above that, operations without any test are counted and not listed.
_LISTED = 40


def answerable(catalogue: Catalogue) -> dict[str, tuple[str, ...]]:
    """Return the documented statuses of each operation that a server can end a request with: no 1xx."""
    return {
        operation: tuple(status for status in responses if not status.startswith("1"))
        for operation, responses in by_operation(catalogue).items()
    }


class Tally:
    """The documented answers of one catalogue and what tests made of them."""

    def __init__(self, catalogue: Catalogue, outcomes: Mapping[tuple[str, str], AbstractSet[str]]) -> None:
        self.title = catalogue.api.title
        self._answerable = answerable(catalogue)
        self._outcomes = outcomes

    @property
    def percent(self) -> float:
        """The share of documented answers that were tried and passed; 100 when nothing is documented."""
        words = [word for row in self._rows().values() for word in row.values()]
        return 100 * words.count("ok") / len(words) if words else 100.0

    def lines(self) -> Iterator[str]:
        """Yield the table and the sum below it."""
        rows = self._rows()
        words = [word for row in rows.values() for word in row.values()]
        tried = {operation: row for operation, row in rows.items() if set(row.values()) != {"never"}}
        shown = rows if len(rows) <= _LISTED else tried
        statuses = dict.fromkeys(sorted(status for row in shown.values() for status in row))
        width = max(map(len, shown), default=0)
        yield _line(" " * width, statuses)
        for operation, row in shown.items():
            yield _line(f"{operation:{width}}", [row.get(status, "") for status in statuses])
        if len(shown) < len(rows):
            yield f"and {len(rows) - len(shown)} operations that no test names"
        yield (
            f"{words.count('ok')} passed, {words.count('FAIL')} failed, {words.count('never')} never tried: "
            f"{self.percent:.0f} % of {len(words)} documented answers"
        )

    def _rows(self) -> dict[str, dict[str, str]]:
        """Return `ok`, `FAIL` or `never` by operation and status."""
        return {
            operation: {status: _word(self._outcomes.get((operation, status), set())) for status in statuses}
            for operation, statuses in self._answerable.items()
        }


def _line(head: str, cells: Iterable[str]) -> str:
    return f"{head}  {''.join(f'{cell:<8}' for cell in cells)}".rstrip()


def _word(outcomes: AbstractSet[str]) -> str:
    if "failed" in outcomes:
        return "FAIL"
    return "ok" if "passed" in outcomes else "never"
