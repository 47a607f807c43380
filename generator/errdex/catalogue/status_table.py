"""A Markdown table of status codes, as API documentation has it, as a catalogue.

The table has a row for each status and a column for each operation or kind of operation:

    Code | Status | Write records | Read records |
    ---|---|---|---|
    401 Unauthorized | Error | The request is unauthorized and the body is empty. | |
    503 Service Unavailable | Error | The service is busy. Try again. | — |

An empty cell is the one on its left: tables that were cells merged lose them that way. A dash is a response that does
not happen, a question mark one of which nothing is known. What such a table cannot tell is the endpoints: each
operation gets one that is made up, and a warning.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from errdex.catalogue.model import Api, Body, Catalogue, Cause, Cell, Endpoint, Operation, Remedy, Status
from errdex.catalogue.naming import slug
from errdex.catalogue.openapi_responses import unsaid
from errdex.catalogue.wording import Reason, orders
from errdex.errors import CatalogueError, Location, Problem
from errdex.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from errdex.catalogue.model import BodyKind, Response

_RULE = re.compile(r"\s*\|?\s*:?-{3,}:?\s*(\|\s*:?-{3,}:?\s*)*\|?\s*")
_PIPE = re.compile(r"(?<!\\)\|")
_CODE = re.compile(r"\W*([1-5]\d\d|[1-5][xX]{2}|default)\W*(.*)", re.DOTALL)
_DASHES = frozenset(("\u2014", "\u2013", "-", "--", "---", "n/a", "N/A"))
_UNKNOWN = frozenset(("?", "??"))
_BULLET = re.compile(r"(?:^|\s+|<br ?/?>\s*)[-•*] +(?=\S)")
_SENTENCE = re.compile(r"(?<=[.!?]) +(?=[A-Z])")
_EMPTY = re.compile(r"(?:with (?:an )?empty|no) (?:response )?body|body is empty", re.IGNORECASE)
_BODY = re.compile(r"The (?:response )?body (?:contains|holds|has|is|lists)\b", re.IGNORECASE)
_ALLOWED = re.compile(r"\(any except [A-Za-z, ]+\)| Allowed: [A-Z, ]+\.$")
_OURS = re.compile(r" Allowed: [A-Z, ]+\.$")
_METHOD = re.compile(r"\b(?:GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)\b")
_MARKUP = re.compile(r"<br ?/?>")


class _Row(NamedTuple):
    """A row of the table."""

    code: str
    reason: str
    cells: tuple[str, ...]
    """One for each operation."""
    location: Location


def read_status_table(path: str, text: str) -> tuple[Catalogue, tuple[Problem, ...]]:
    """Return the catalogue of the first table of statuses in a text, and a warning for each endpoint that is made up.

    Raises CatalogueError when there is no such table.
    """
    lines = text.lstrip("\ufeff").splitlines()
    start = next(_tables(lines), None)
    if start is None:
        raise CatalogueError([Problem(Location(path, 0, 0), "no table of status codes is here: a row for each code")])
    header = _split(lines[start])
    rows = list(_rows(path, lines, start + 2, len(header)))
    first = 2 if len(header) > 2 and _is_kind(lines, start) else 1
    titles = header[first:] or ["Requests"]
    rows = [row._replace(cells=_filled(row.cells[first - 1 :], len(titles))) for row in rows]
    location = Location(path, start + 1, 1)
    operations = tuple(_operation(title, number, rows, location) for number, title in enumerate(titles))
    names = tuple(operation.id for operation in operations)
    title = next((line.strip("# *\t") for line in lines[:start] if line.strip("# *\t")), slug(path))
    end = start + 2 + sum(1 for _ in _table_lines(lines, start + 2))
    catalogue = Catalogue(
        path=path,
        api=Api(slug(title), title, "", "", (), "", "", location),
        links=(),
        operations=operations,
        groups=(),
        columns=names,
        statuses=tuple(_status(row, names) for row in rows),
        problems=(),
        notes=tuple(" ".join(line.split()) for line in lines[end:] if line.strip() and not line.startswith("#")),
    )
    return catalogue, tuple(_made_up(operations, lines))


def _tables(lines: list[str]) -> Iterator[int]:
    """Yield the index of the header of each table whose rows begin with a status."""
    for number, line in enumerate(lines[1:], 1):
        if "|" in line and _RULE.fullmatch(line) and "|" in lines[number - 1] and number + 1 < len(lines):
            cells = _split(lines[number + 1])
            if cells and _CODE.fullmatch(cells[0]):
                yield number - 1


def _table_lines(lines: list[str], start: int) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(lines[start:], start):
        if "|" not in line:
            return
        yield number, line


def _split(line: str) -> list[str]:
    """Return the cells of a row: a pipe at its beginning and one at its end are none."""
    text = line.strip()
    text = text.removeprefix("|")
    if text.endswith("|") and not text.endswith("\\|"):
        text = text[:-1]
    return [cell.strip().replace("\\|", "|") for cell in _PIPE.split(text)]


def _rows(path: str, lines: list[str], start: int, width: int) -> Iterator[_Row]:
    for number, line in _table_lines(lines, start):
        cells = _split(line)
        match = _CODE.fullmatch(cells[0])
        if match:
            padded = (cells[1:] + [""] * width)[: width - 1]
            code = match[1] if match[1] == "default" else match[1].upper()
            yield _Row(code, match[2].strip("`*_ "), tuple(padded), Location(path, number + 1, 1))


def _is_kind(lines: list[str], start: int) -> bool:
    """Say whether the second column only tells successes from errors."""
    said = {_split(line)[1].lower() for _, line in _table_lines(lines, start + 2) if len(_split(line)) > 1}
    return said <= {"success", "error", "redirect", "redirection", "informational", "client error", "server error", ""}


def _filled(cells: tuple[str, ...], width: int) -> tuple[str, ...]:
    """Return the cells with each empty one as the one on its left."""
    filled: list[str] = []
    for cell in (cells + ("",) * width)[:width]:
        filled.append(cell or (filled[-1] if filled else ""))
    return tuple(filled)


def _operation(title: str, number: int, rows: list[_Row], location: Location) -> Operation:
    """Return the operation of a column; its methods are those that its 405 allows, if that tells."""
    said = next((row.cells[number] for row in rows if row.code == "405"), "")
    allowed = _ALLOWED.search(said)
    methods = _METHOD.findall(allowed[0]) if allowed else []
    name = slug(title)
    endpoints = tuple(Endpoint(method, f"/{name}", location) for method in methods or ["GET"])
    return Operation(name, title, "", endpoints, (), (), "", None, "", None, location)


def _made_up(operations: tuple[Operation, ...], lines: list[str]) -> Iterator[Problem]:
    for operation in operations:
        said = ", ".join(f"{endpoint.method} {endpoint.path}" for endpoint in operation.endpoints)
        message = f"the table does not tell the endpoints of '{operation.title}'; {said} is made up"
        yield Problem(operation.location, message, lines[operation.location.line - 1])


def _status(row: _Row, names: tuple[str, ...]) -> Status:
    merged: dict[str, list[str]] = {}
    for cell, name in zip(row.cells, names, strict=True):
        merged.setdefault(cell, []).append(name)
    cells = [Cell(tuple(whose), None, _response(row, cell, whose[0])) for cell, whose in merged.items()]
    return Status(row.code, row.reason, "", tuple(cells), row.location)


def _response(row: _Row, text: str, operation: str) -> Response:
    response = unsaid(row.code, operation, row.location)._replace(reason=row.reason)
    if not text or text in _UNKNOWN:
        return response
    if text in _DASHES:
        return response._replace(state="not-applicable")
    # The methods that a 405 allows follow from the endpoints; our own tables end with them.
    opening, *bullets = [" ".join(_MARKUP.sub(" ", part).split()) for part in _BULLET.split(_OURS.sub("", text))]
    body, opening = _body(row, opening)
    says, remedies = orders(opening)
    reasons = [Reason(*orders(bullet)) for bullet in bullets]
    summary, *detail = _SENTENCE.split(says, maxsplit=1)
    return response._replace(
        state="documented",
        summary=summary,
        detail="".join(detail),
        body=body,
        causes=tuple(_cause(reason, row.location) for reason in reasons),
        remedies=tuple(_remedy(remedy, row.location) for remedy in remedies),
    )


def _body(row: _Row, text: str) -> tuple[Body | None, str]:
    """Return the body that a text speaks of, and the text without the sentence that speaks of nothing else."""
    sentences = _SENTENCE.split(text)
    said = next((sentence for sentence in sentences if _BODY.match(sentence)), "")
    is_empty = _EMPTY.search(text) is not None
    if not said and not is_empty:
        return None, text
    kind: BodyKind = "empty" if is_empty else "error" if row.code[0] in "45d" else "content"
    body = Body(
        id=kind,
        kind=kind,
        says=said,
        media_types=(),
        problem=(),
        problems=(),
        open=kind == "error",
        example=(),
        location=row.location,
    )
    return body, " ".join(sentence for sentence in sentences if sentence != said)


def _cause(reason: Reason, location: Location) -> Cause:
    return Cause("", reason.says, tuple(_remedy(text, location) for text in reason.remedies), None, location)


def _remedy(text: str, location: Location) -> Remedy:
    return Remedy("", text, location)
