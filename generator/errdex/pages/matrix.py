"""The table of statuses and operations, as the catalogue merged it.

Few operations make the table that people know: a row for each status, a column for each operation or group, one
cell over several columns where one text holds for all. Many operations make one page for each section; a long
section is turned round into a compact table, a row for each operation, whose cells are links. A cell is blank in
three ways that must not look alike: told in the merged cell beside it, said not to happen, not said at all.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING

from errdex.pages.answers import merge
from errdex.pages.markup import Markdown
from errdex.pages.site import Address, page_writer
from errdex.pages.statuses import allowed_words
from errdex.pages.words import words_of
from errdex.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from errdex.catalogue.model import Operation, Response, State, Status
    from errdex.pages.answers import Answer
    from errdex.pages.site import Section, Site, WordsByNumber, Writer

COLUMNS_ON_ONE_PAGE = 6
"""Up to this many columns the whole catalogue is one table."""
COLUMNS_OF_A_TABLE = 12
"""Above this many columns a table is turned round and made compact."""
CELLS_A_PAGE = 2000


BLANKS: dict[State, Markdown] = {
    "documented": Markdown(""),
    "not-applicable": Markdown("\u2014 does not happen"),
    "unsaid": Markdown("not documented"),
}
COMPACT_BLANKS: dict[State, Markdown] = {
    "documented": Markdown(""),
    "not-applicable": Markdown("\u2014"),
    "unsaid": Markdown("\u00b7"),
}


class Part(NamedTuple):
    """What a cell says of some of the operations of its column."""

    who: Markdown
    """The operations, when the cell tells several apart; else empty."""
    says: Markdown
    allowed: Markdown
    body: Markdown
    causes: tuple[Markdown, ...]
    more: Markdown
    """A link to everything that is known."""


class TableCell(NamedTuple):
    """A cell of the matrix."""

    span: int
    """How many columns it covers."""
    state: str
    """A state of the model, or `mixed`."""
    parts: tuple[Part, ...]


class TableRow(NamedTuple):
    """A status and its cells."""

    head: Markdown
    cells: tuple[TableCell, ...]


class MatrixTable(NamedTuple):
    """The matrix of some columns."""

    columns: tuple[Markdown, ...]
    rows: tuple[TableRow, ...]


class CompactTable(NamedTuple):
    """A row for each operation, a column for each status that one of them documents."""

    columns: tuple[Markdown, ...]
    rows: tuple[tuple[Markdown, ...], ...]


class MatrixPage(NamedTuple):
    """A page of the matrix."""

    path: str
    title: Markdown
    operations: tuple[tuple[Markdown, int], ...]
    """A link to each operation, and how many statuses it documents: the way in on a narrow screen."""
    table: MatrixTable | None
    compact: CompactTable | None
    pages: tuple[tuple[Markdown, int], ...]
    """Links to further pages of the matrix, and how many operations each has."""


class MatrixPart(NamedTuple):
    """A page of the matrix below the one at the top."""

    path: str
    title: str
    operations: tuple[Operation, ...]


def matrix_parts(site: Site) -> tuple[MatrixPart, ...]:
    """Return the pages below the one at the top, which is all when there are few columns."""
    if len(site.catalogue.columns) <= COLUMNS_ON_ONE_PAGE:
        return ()
    return tuple(part for section in site.sections for part in _parts(site, section))


def matrix_part(site: Site, part: MatrixPart, written: WordsByNumber) -> MatrixPage:
    """Return what a page below the one at the top shows."""
    own = page_writer(site, part.path, written)
    return _page(own, Markdown(f"Matrix: {own.literal(part.title)}"), part.operations)


def matrix_top(site: Site, parts: Sequence[MatrixPart]) -> MatrixPage:
    """Return what the page at the top shows."""
    catalogue = site.catalogue
    top = "matrix/index.md"
    writer = page_writer(site, top)
    if not parts:
        return _page(writer, Markdown("Matrix"), catalogue.operations)
    small = len(_statuses(site, catalogue.operations)) * len(catalogue.operations) <= CELLS_A_PAGE
    return MatrixPage(
        path=top,
        title=Markdown("Matrix"),
        operations=(),
        table=None,
        compact=_compact(writer, catalogue.operations) if small else None,
        pages=tuple((writer.link(writer.literal(title), Address(path)), len(ops)) for path, title, ops in parts),
    )


def _page(writer: Writer, title: Markdown, operations: tuple[Operation, ...]) -> MatrixPage:
    columns = _columns(writer.site, operations)
    compact = len(columns) > COLUMNS_OF_A_TABLE
    return MatrixPage(
        path=writer.page,
        title=title,
        operations=() if compact else tuple(_ways_in(writer, operations)),
        table=None if compact else _table(writer, columns),
        compact=_compact(writer, operations) if compact else None,
        pages=(),
    )


def _parts(site: Site, section: Section) -> Iterator[MatrixPart]:
    """Yield a section's pages, each below the limit of cells."""
    operations = section.operations
    rows = max(1, CELLS_A_PAGE // max(1, len(_statuses(site, operations))))
    for start in range(0, len(operations), rows):
        part = start // rows + 1
        suffix, words = ("", "") if part == 1 else (f"-{part}", f" ({part})")
        path = f"matrix/{section.id}{suffix}.md"
        yield MatrixPart(path, f"{section.title}{words}", operations[start : start + rows])


def _statuses(site: Site, operations: Sequence[Operation]) -> list[Status]:
    """Return the statuses of which at least one of the operations says something."""
    codes = {response.status for operation in operations for response in site.said[operation.id]}
    return [status for status in site.catalogue.statuses if status.code in codes]


def _columns(site: Site, operations: Sequence[Operation]) -> list[tuple[str, tuple[Operation, ...]]]:
    """Return (title, operations) of the columns: the catalogue's, without operations of other pages."""
    position = _positions(site.catalogue.columns)
    titles = {group.id: group.title for group in site.catalogue.groups}
    column_of = {name: group.id for group in site.catalogue.groups if group.id in position for name in group.operations}
    members: dict[str, list[Operation]] = {}
    for operation in operations:
        members.setdefault(column_of.get(operation.id, operation.id), []).append(operation)
    return [
        (titles[column] if column in titles else site.operations[column].title, tuple(members[column]))
        for column in sorted(members, key=position.__getitem__)
    ]


@lru_cache(1)
def _positions(columns: tuple[str, ...]) -> dict[str, int]:
    """Return where each column stands among all, of which a page of a large API has few."""
    return {column: position for position, column in enumerate(columns)}


def _ways_in(writer: Writer, operations: Sequence[Operation]) -> Iterator[tuple[Markdown, int]]:
    site = writer.site
    for operation in operations:
        documented = sum(response.state == "documented" for response in site.said[operation.id])
        yield writer.link(writer.literal(operation.title), site.operation(operation.id)), documented


def _table(writer: Writer, columns: Sequence[tuple[str, tuple[Operation, ...]]]) -> MatrixTable:
    site = writer.site
    every = [operation for _, members in columns for operation in members]
    return MatrixTable(
        columns=tuple(_column_head(writer, title, members) for title, members in columns),
        rows=tuple(
            TableRow(_row_head(writer, status), tuple(_cells(writer, status, columns)))
            for status in _statuses(site, every)
        ),
    )


def _column_head(writer: Writer, title: str, members: tuple[Operation, ...]) -> Markdown:
    if len(members) == 1:
        return writer.link(writer.literal(title), writer.site.operation(members[0].id))
    links = ", ".join(writer.link(writer.literal(op.title), writer.site.operation(op.id)) for op in members)
    return Markdown(f"{writer.literal(title)}<br><small>{links}</small>")


def _row_head(writer: Writer, status: Status) -> Markdown:
    return writer.link(writer.literal(f"{status.code} {status.reason}".strip()), writer.site.status(status.code))


def _cells(writer: Writer, status: Status, columns: Sequence[tuple[str, tuple[Operation, ...]]]) -> Iterator[TableCell]:
    """Yield a row's cells; neighbouring columns that document one and the same thing become one cell."""
    site = writer.site

    told = [merge(site, status.code, members) for _, members in columns]

    def shared(index: int) -> object:
        answers = told[index]
        one = len(answers) == 1 and answers[0].response.state == "documented"
        return (site.alike[status.code, answers[0].response.operation],) if one else index

    for _, run in groupby(range(len(columns)), key=shared):
        indexes = list(run)
        answers = told[indexes[0]]
        states = {answer.response.state for answer in answers}
        yield TableCell(
            span=len(indexes),
            state=answers[0].response.state if len(states) == 1 else "mixed",
            parts=tuple(_part(writer, answer, alone=len(answers) == 1) for answer in answers),
        )


def _part(writer: Writer, answer: Answer, *, alone: bool) -> Part:
    response = answer.response
    who = Markdown("") if alone else Markdown(", ".join(writer.literal(op.title) for op in answer.operations))
    if response.state != "documented":
        nothing = Markdown("")
        return Part(who, BLANKS[response.state], nothing, nothing, (), nothing)
    words = words_of(writer, response)
    gone = [Markdown(f"No longer there since {writer.literal(response.removed)}.")] if response.removed else []
    return Part(
        who=who,
        says=Markdown(" ".join(filter(None, (*gone, words.summary, words.detail)))),
        allowed=allowed_words(writer, answer.operations, response.status),
        body=words.body,
        causes=tuple(cause.says for cause in words.causes),
        more=writer.link(
            Markdown(f"More on {response.status}"), writer.site.status(response.status, answer.operations[0].id)
        ),
    )


def _compact(writer: Writer, operations: Sequence[Operation]) -> CompactTable:
    site = writer.site
    statuses = _statuses(site, operations)
    unsaid = {status.code: COMPACT_BLANKS["unsaid"] for status in statuses}
    return CompactTable(
        columns=tuple(writer.link(writer.literal(status.code), site.status(status.code)) for status in statuses),
        rows=tuple(
            (
                writer.link(writer.literal(operation.title), site.operation(operation.id)),
                *_compact_cells(writer, operation, unsaid),
            )
            for operation in operations
        ),
    )


def _compact_cells(writer: Writer, operation: Operation, unsaid: Mapping[str, Markdown]) -> Iterable[Markdown]:
    """Return the cells of a row, most of which say nothing; `unsaid` is a row that says nothing at all."""
    said = {response.status: _compact_cell(writer, response) for response in writer.site.said[operation.id]}
    return {**unsaid, **said}.values()


def _compact_cell(writer: Writer, response: Response) -> Markdown:
    if response.state != "documented":
        return COMPACT_BLANKS[response.state]
    return writer.link(writer.literal(response.status), writer.site.operation(response.operation, response.status))
